"""The first strategy of a new site is adopted by one command, once it is written, and that can be undone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.cli import new_site
from kanalstrategi.content.pins import Release
from kanalstrategi.content.project import read_project
from kanalstrategi.content.strategy_text import StrategyText
from kanalstrategi.starter.answer_file import read_answers
from kanalstrategi.starter.answers import Answers, NewDepartment
from kanalstrategi.starter.site_files import site_files
from macros import MACROS
from tests.support.project import DATA, Project
from tests.support.small_project import run, small_project, tree

RELEASE = Release("1.0.0", "", "")
ADOPT = ("edition", "adopt", "--date", "2026-02-24", "--by", "byrådet")
SMALL = Answers("Lillø", channels=("Telefon", "Chat"), departments=(NewDepartment("Havnen"),))
FJORDBY = read_answers("fjordby.yml", (DATA / "starter/fjordby.yml").read_bytes(), "Fjordby Kommune", [])


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769947200")  # 1 February 2026


def new_project(root: Path, answers: Answers) -> Project:
    logo = (DATA / "starter" / answers.logo).read_bytes() if answers.logo else None
    new_site.make_site(root, site_files(answers, logo, date(2026, 1, 1), RELEASE))
    return Project(root)


def pages(project: Project) -> list[Path]:
    """Return the files of the strategy's pages."""
    folders = read_project(project.root, os.environ).content.folders
    return [project.root / "docs/index.md", *sorted(file for name in folders.of_strategy for file in (project.root / "docs" / name).glob("*.md"))]


def write_whole(project: Project) -> None:
    """Write a text in the place of each that is missing."""
    for file in pages(project):
        lines = file.read_text(encoding="utf-8").split("\n")
        kept = ["Vi svarer inden en uge." if "endnu ikke skrevet" in line else line for line in lines if "hvad der mangler" not in line]
        file.write_text("\n".join(kept), encoding="utf-8")


@pytest.mark.parametrize(("answers", "name"), [(SMALL, "2026"), (FJORDBY, "2024-2027")])
def test_a_site_of_drafts_is_adopted_once_it_is_written_and_back_byte_for_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: Answers, name: str
) -> None:
    project = new_project(tmp_path / "site", answers)
    begun = tree(project.root)
    assert run(project, *ADOPT) == 1 and tree(project.root) == begun
    refused = capsys.readouterr().err
    assert {line.split(":")[0] for line in refused.split("\n")[1:-1]} == {file.relative_to(project.root).as_posix() for file in pages(project)}
    assert "docs/index.md:20: her står endnu »På hver side står der, hvad der mangler.«" in refused
    write_whole(project)
    written = tree(project.root)
    assert run(project, *ADOPT, "--decision", "https://byen.example/referat") == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert said.startswith(f"{name} er vedtaget den 24. februar 2026 af byrådet og gælder nu.") and "evaluate_by" in said
    content = read_project(project.root, os.environ).content
    assert content.strategy and content.strategy.adopted == date(2026, 2, 24) and content.strategy.adopted_by == "byrådet"
    assert content.edition and (content.edition.name, content.edition.decision) == (name, "https://byen.example/referat")
    adopted = {path for path, page in content.pages.items() if not page.is_of_program and page.status and page.status.value == "adopted"}
    assert adopted == {file.relative_to(project.root / "docs").as_posix() for file in pages(project)}
    assert find_diagnostics(project.root, os.environ, MACROS) == []
    changed = {path for path, before in written.items() if tree(project.root)[path] != before}
    assert changed == {f"docs/{path}" for path in adopted}  # and what is no part of the strategy is left alone
    assert run(project, *ADOPT) == 1 and "begynd et med python3 scripts/new.py edition" in capsys.readouterr().err
    assert run(project, "edition", "undo") == 0 and tree(project.root) == written


def test_what_was_adopted_first_is_succeeded_like_any_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = new_project(tmp_path / "site", SMALL)
    write_whole(project)
    assert run(project, "edition", "adopt", "2022-2025", "--date", "2022-02-24", "--by", "byrådet") == 0
    assert run(project, "new", "edition", "2026-2029") == 0
    assert run(project, *ADOPT) == 1 and "skriv, hvilket forslag der er vedtaget – 2026-2029" in capsys.readouterr().err
    assert run(project, "edition", "adopt", "2026-2029", "--date", "2026-02-24", "--by", "byrådet") == 0, capsys.readouterr().err
    assert {"docs/udgaver/2022-2025/index.md", "docs/udgaver/2022-2025/kanaler/chat.md"} <= tree(project.root).keys()
    assert find_diagnostics(project.root, os.environ, MACROS) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--date", "2999-01-01"), "er ikke kommet endnu"),
        (("--by", " "), "kan ikke stå som den, der vedtog det"),
        (("2026–2029",), "udgaven kan ikke hedde »2026–2029« – brug små bogstaver"),
        (("../x",), "udgaven kan ikke hedde »../x«"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str) -> None:
    project = new_project(tmp_path / "site", SMALL)
    write_whole(project)
    before = tree(project.root)
    assert run(project, *ADOPT, *words) == 1 and message in capsys.readouterr().err
    assert tree(project.root) == before


def test_a_mistake_that_the_check_would_find_is_named_and_nothing_is_adopted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = new_project(tmp_path / "site", SMALL)
    write_whole(project)
    project.replace("docs/kanaler/chat.md", "{{ status() }}", "{{ status( }}")
    before = tree(project.root)
    assert run(project, *ADOPT) == 1 and "docs/kanaler/chat.md:" in (said := capsys.readouterr().err) and "ikke vedtaget" in said
    assert tree(project.root) == before


def test_a_channel_that_was_begun_later_and_a_text_from_word_are_drafts_until_somebody_has_looked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = new_project(tmp_path / "site", SMALL)
    write_whole(project)
    from_word = site_files(SMALL, None, date(2026, 1, 1), RELEASE, StrategyText("Strategi", (("Formål", "Vi svarer."),), {}, "", ()))["docs/index.md"]
    project.write("docs/index.md", from_word.decode())
    assert run(project, "new", "channel", "Bogbus") == 0
    assert run(project, *ADOPT) == 1
    found = capsys.readouterr().err
    assert "docs/kanaler/bogbus.md:2: her står endnu »Udkast til" in found and "docs/kanaler/bogbus.md:13: her står endnu »Teksten er" in found
    assert "docs/index.md:20: her står endnu »står her som udkast, indtil siderne er gennemgået.«" in found


def test_a_proposal_with_a_channel_that_is_not_written_is_not_adopted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = small_project(tmp_path)
    assert run(project, "new", "edition", "2026-2029") == 0
    path = "docs/udgaver/2026-2029/kanaler/telefon.md"
    project.replace(path, "# Telefon\n", "# Telefon\n\nHer skal der stå, hvad kanalen bruges til. Teksten er endnu ikke skrevet.\n")
    assert run(project, "edition", "adopt", "2026-2029", "--date", "2026-02-24", "--by", "byrådet") == 1
    assert f"{path}:11: her står endnu »Teksten er endnu ikke skrevet.«" in capsys.readouterr().err
