"""One command adopts a guideline, and files the version before it as it was adopted."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.content.guideline_steps import adopt_guideline
from kanalstrategi.content.project import read_project
from tests.support.project import Project
from tests.support.small_project import FILES, run, small_project, tree

PAGE = "docs/retningslinjer/skoler.md"
FOLDER = "docs/udgaver/retningslinjer/skoler"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path)


def adopt(project: Project, day: str, department: str = "skoler") -> int:
    return run(project, "edition", "guideline", department, "--date", day, "--by", "skoleudvalget")


def test_versions_are_filed_as_they_were_adopted(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    at_first = tree(project.root)
    assert adopt(project, "2026-01-05") == 0
    first = (project.root / PAGE).read_text()
    fields = ["status: adopted", "reviewed: 2026-01-05", "review_by: 2026-07-05", "adopted: 2026-01-05", "adopted_by: skoleudvalget"]
    assert [line for line in first.split("\n") if line in fields] == fields
    assert list((project.root / FOLDER).iterdir()) == [project.root / FOLDER / "kvittering.json"]
    project.replace(PAGE, "Vi svarer.", "Vi svarer straks.")
    between = tree(project.root)
    assert adopt(project, "2026-03-05") == 0
    assert (project.root / FOLDER / "2026-01-05.md").read_text() == first.replace("review_by: 2026-07-05\n", "review_by: 2026-07-05\nsuperseded: 2026-03-05\n")
    assert "Vi svarer straks." in (project.root / PAGE).read_text() and project.check() == []
    [former] = read_project(project.root, {}).content.former_guidelines
    assert former.edition and former.edition.superseded and former.edition.superseded.isoformat() == "2026-03-05"
    receipt = json.loads((project.root / FOLDER / "kvittering.json").read_bytes())
    assert (receipt["adopted"], list(receipt["files"]), list(receipt["words"])) == ("2026-03-05", ["2026-01-05.md"], ["retningslinjer/skoler.md"])
    filed = tree(project.root)[f"{FOLDER}/2026-01-05.md"]
    assert adopt(project, "2026-04-05") == 0
    assert tree(project.root)[f"{FOLDER}/2026-01-05.md"] == filed and (project.root / FOLDER / "2026-03-05.md").is_file()
    assert run(project, "edition", "undo") == run(project, "edition", "undo") == 0 and tree(project.root) == between
    project.replace(PAGE, "Vi svarer straks.", "Vi svarer.")
    assert run(project, "edition", "undo") == 0 and tree(project.root) == at_first


def test_what_a_page_tells_of_its_changes_is_filed_with_the_version_that_was_changed() -> None:
    first = adopt_guideline({PAGE: FILES[PAGE].encode()}, "skoler", date(2026, 1, 5), "skoleudvalget", date(2026, 6, 1))
    tree = first.applied({})
    changed = 'changed: "2026-02-01: Svaret er rettet."\n'
    tree[PAGE] = tree[PAGE].replace(b"status:", f"{changed}status:".encode())
    second = adopt_guideline(tree, "skoler", date(2026, 3, 5), "skoleudvalget", date(2026, 6, 1))
    assert changed.encode() in (second.changes[f"{FOLDER}/2026-01-05.md"] or b"") and b"changed" not in (second.changes[PAGE] or b"")


def test_a_version_that_was_adopted_by_hand_is_filed_as_the_page_stands(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace(PAGE, "status: draft", "status: adopted\nadopted: 2024-05-01\nadopted_by: udvalget")
    assert adopt(project, "2026-01-05") == 0
    assert "adopted: 2024-05-01\n" in (project.root / FOLDER / "2024-05-01.md").read_text()
    assert "Se efter, at filen har den tekst" in capsys.readouterr().out


def test_what_cannot_be_adopted_is_refused(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert adopt(project, "2026-03-05") == 0
    before = tree(project.root)
    for day, department, words in (
        ("2026-03-05", "skoler", "allerede vedtaget"),
        ("2026-01-05", "skoler", "allerede vedtaget"),
        ("2999-01-01", "skoler", "ikke kommet endnu"),
        ("2026-04-05", "skolr", "mente du skoler?"),
        ("2026-04-05", "../index", "findes ikke"),
    ):
        assert adopt(project, day, department) == 1
        error = capsys.readouterr().err
        assert words in error and " – " in error and tree(project.root) == before
    project.replace(PAGE, "Vi svarer.", "{{ rules(")
    assert adopt(project, "2026-04-05") == 1
    assert f"{PAGE}:" in capsys.readouterr().err
