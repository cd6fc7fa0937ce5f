"""One command takes each step of an edition's life: all of it or nothing, and it can be undone."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kanalstrategi.cli import step_files
from kanalstrategi.content.project import read_project
from kanalstrategi.content.receipts import file_digest
from kanalstrategi.content.redirects import redirects
from kanalstrategi.content.steps import StepError
from tests.support.project import Project
from tests.support.small_project import FILES, run, small_project, tree

ADOPT = ("edition", "adopt", "2026-2029", "--date", "2026-02-24", "--by", "byrådet")
PROPOSAL = "docs/udgaver/2026-2029"
FILED = "docs/udgaver/2023-2025"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769947200")  # 1 February 2026


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path)


@pytest.fixture
def proposed(project: Project) -> Project:
    assert run(project, "new", "edition", "2026-2029") == 0
    return project


def text(project: Project, path: str) -> str:
    return (project.root / path).read_text(encoding="utf-8")


# Beginning


def test_a_proposal_is_a_copy_of_the_edition_in_force(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(project.root)
    assert run(project, "new", "edition", "2026-2029") == 0
    after = tree(project.root)
    assert {path: after[path] for path in before} == before
    pages = [path for path in FILES if path.startswith(("docs/index", "docs/strategi", "docs/kanaler"))]
    assert {path for path in after if path not in before and after[path] != b"/"} == {path.replace("docs", PROPOSAL, 1) for path in pages}
    assert text(project, f"{PROPOSAL}/index.md") == (
        FILES["docs/index.md"]
        .replace("status: adopted\nreviewed: 2023-02-28\nreview_by: 2025-12-31", "status: draft\nreviewed: 2026-02-01\nreview_by: 2026-08-01")
        .replace("redirects:\n  - forside/\n", "")
        .replace("adopted: 2023-02-28\nadopted_by: byrådet\nevaluate_by: 2025-12-31\n", "")
        .replace("2023-2025", "2026-2029")
        .replace("2023–2025", "2026-2029")
    )
    assert "edition" not in text(project, f"{PROPOSAL}/strategi/maal.md") and "redirects" not in text(project, f"{PROPOSAL}/strategi/maal.md")
    assert project.check() == []
    assert "2026-2029" in (said := capsys.readouterr().out) and "scripts/edition.py adopt 2026-2029" in said


def test_every_other_byte_of_a_page_is_copied(project: Project) -> None:
    page = FILES["docs/strategi/formaal.md"].rstrip().replace("\n", "\r\n").encode()
    (project.root / "docs/strategi/formaal.md").write_bytes(b"\xef\xbb\xbf" + page)
    assert run(project, "new", "edition", "Forår & æra") == 0
    copy = (project.root / "docs/udgaver/foraar-aera/strategi/formaal.md").read_bytes()
    for old, new in {b"adopted": b"draft", b"2023-02-28": b"2026-02-01", b"2025-12-31": b"2026-08-01"}.items():
        page = page.replace(old, new)
    assert copy == b"\xef\xbb\xbf" + page
    assert "# Strategi Forår & æra\n" in text(project, "docs/udgaver/foraar-aera/index.md")


def test_the_edition_in_force_gets_its_name_from_its_title(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace("docs/index.md", "edition: 2023-2025\n", "")
    assert run(project, "new", "edition", "2026-2029") == 0
    assert "edition: 2023-2025\n" in text(project, "docs/index.md")
    assert run(project, "edition", "undo") == 0 and "edition" not in text(project, "docs/index.md")
    project.replace("docs/index.md", "# Strategi 2023–2025", "# Strategi")
    assert run(project, "new", "edition", "2026-2029") == 1
    assert "skriv for eksempel `edition: 2023-2025`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2023-2025", "er den udgave, der gælder"),
        ("2026 – 2029", "allerede begyndt i docs/udgaver/2026-2029/"),
        ("…", "kan ikke bruges som navn"),
        ("", "kan ikke bruges som navn"),
        ("a\nb\x00", "kan ikke bruges som navn"),
        ("2" * 61, "kan ikke bruges som navn"),
        ("Retningslinjer", "taget af hjemmesiden selv"),
        ("con", "taget af hjemmesiden selv"),
    ],
)
def test_a_name_that_cannot_be_is_refused(proposed: Project, capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
    before = tree(proposed.root)
    assert run(proposed, "new", "edition", name) == 1
    assert words in capsys.readouterr().err and tree(proposed.root) == before


# Adopting


def change_proposal(project: Project) -> None:
    """Change a rule of the proposal, drop a page, add another, and give it a picture of its own and notes."""
    project.replace(f"{PROPOSAL}/kanaler/telefon.md", "vi skal ringe", "vi skal skrive")
    (project.root / PROPOSAL / "strategi/maal.md").unlink()
    project.write(f"{PROPOSAL}/strategi/veje.md", text(project, f"{PROPOSAL}/strategi/formaal.md").replace("# Formål", "# Veje").replace("{: #maal }\n", ""))
    project.write(f"{PROPOSAL}/billeder/forside.svg", FILES["docs/billeder/forside.svg"].replace("h1v1", "h1v2"))
    fields = FILES["docs/soeg.md"].split("# ")[0].replace("adopted", "draft")
    project.write(f"{PROPOSAL}/aendringer.md", fields + "# Ændringer\n\n## telefon-ring\n\nDet er lettere.\n")


def test_an_adopted_edition_takes_the_place_of_the_one_before(proposed: Project, capsys: pytest.CaptureFixture[str]) -> None:
    change_proposal(proposed)
    before = tree(proposed.root)
    capsys.readouterr()
    assert run(proposed, *ADOPT, "--decision", "https://byen.dk/referat?id=1#4") == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert proposed.check() == []
    after = tree(proposed.root)
    pages = ["kanaler/index.md", "kanaler/telefon.md", "strategi/formaal.md", "strategi/maal.md"]
    assert {path: after[f"{FILED}/{path}"] for path in pages} == {path: before[f"docs/{path}"] for path in pages}
    assert after[f"{FILED}/billeder/forside.svg"] == before["docs/billeder/forside.svg"]
    assert after[f"{FILED}/bilag/tal.csv"] == before["docs/bilag/tal.csv"] == after["docs/bilag/tal.csv"]
    front = FILES["docs/index.md"].replace("review_by: 2025-12-31\n", "review_by: 2025-12-31\nsuperseded: 2026-02-24\nsuperseded_by: 2026-2029\n")
    assert after[f"{FILED}/index.md"].decode() == front
    assert {path for path in after if path.startswith(PROPOSAL)} == {PROPOSAL, f"{PROPOSAL}/aendringer.md", f"{PROPOSAL}/kvittering.json"}
    assert after["docs/billeder/forside.svg"] == before[f"{PROPOSAL}/billeder/forside.svg"]
    assert "vi skal skrive" in text(proposed, "docs/kanaler/telefon.md")
    assert text(proposed, "docs/index.md").split("---")[1].split("\n")[1:-1] == [
        "description: Om os.",
        "owner: hus",
        "status: adopted",
        "reviewed: 2026-02-24",
        "review_by: 2026-08-24",
        "redirects: [forside/, strategi/maal/, strategi/vision/]",
        "adopted: 2026-02-24",
        "adopted_by: byrådet",
        'decision: "https://byen.dk/referat?id=1#4"',
        "confirm_by: 2026-05-24",
        "edition: 2026-2029",
        "template: home.html",
    ]
    content = read_project(proposed.root, {}).content
    assert content.edition and content.former and content.former.edition
    assert (content.edition.name, content.former.edition.name, content.former.rules["telefon-ring"].text) == ("2026-2029", "2023-2025", "vi skal ringe")
    assert redirects(content)["strategi/vision/"] == ""
    config = FILES["mkdocs.yml"].replace("2023-2025", "2026-2029").replace("strategi/maal.md # måske", "strategi/veje.md")
    assert text(proposed, "mkdocs.yml") == config
    assert before["addresses.txt"] != after["addresses.txt"] and b"/udgaver/2023-2025/strategi/maal/\n" in after["addresses.txt"]
    assert "mkdocs.yml: ny linje: site_name: Strategi 2026-2029" in said and "edition.py undo" in said and "én ændring" in said
    assert "Skal bekræfte afsnit i deres retningslinje senest den 24. maj 2026: Skoler." in said


def test_each_step_is_undone_byte_for_byte(project: Project) -> None:
    at_first = tree(project.root)
    assert run(project, "new", "edition", "2026-2029") == 0
    begun = tree(project.root)
    assert run(project, *ADOPT) == 0 and tree(project.root) != begun
    assert run(project, "edition", "undo") == 0 and tree(project.root) == begun
    assert run(project, "edition", "lapse", "2026-2029", "--date", "2026-01-31") == 0
    assert text(project, f"{PROPOSAL}/index.md").count("lapsed: 2026-01-31\n") == 1 and project.check() == []
    assert run(project, *ADOPT) == 1  # it was given up
    assert run(project, "edition", "undo") == 0 and tree(project.root) == begun
    assert run(project, "edition", "undo") == 0 and tree(project.root) == at_first
    assert run(project, "edition", "undo") == 1 and not (project.root / ".edition").exists()


def test_undo_names_what_has_changed_since_and_leaves_it(proposed: Project, capsys: pytest.CaptureFixture[str]) -> None:
    proposed.write(f"{PROPOSAL}/svar.md", "# Svar\n")
    proposed.replace(f"{PROPOSAL}/kanaler/telefon.md", "ringe", "skrive")
    before = tree(proposed.root)
    assert run(proposed, "edition", "undo") == 1
    error = capsys.readouterr().err
    assert f"  {PROPOSAL}/svar.md\n" in error and f"  {PROPOSAL}/kanaler/telefon.md\n" in error and "index.md" not in error
    assert tree(proposed.root) == before


def test_what_was_filed_once_stays_when_another_edition_is_adopted(proposed: Project) -> None:
    change_proposal(proposed)
    assert run(proposed, *ADOPT) == 0
    filed = {path: content for path, content in tree(proposed.root).items() if path.startswith(FILED)}
    assert run(proposed, "new", "edition", "2030") == 0
    assert text(proposed, "docs/udgaver/2030/index.md").count("# Strategi 2030\n") == 1
    assert run(proposed, "edition", "adopt", "2030", "--date", "2026-03-01", "--by", "byrådet") == 0
    after = tree(proposed.root)
    assert {path: content for path, content in after.items() if path.startswith(FILED)} == filed
    assert proposed.check() == []
    assert after[f"{PROPOSAL}/aendringer.md"] and b"superseded_by: 2030\n" in after[f"{PROPOSAL}/index.md"]
    receipt = json.loads(after[f"{PROPOSAL}/kvittering.json"])
    assert {"aendringer.md", "billeder/forside.svg", "index.md"} < set(receipt["files"]) and receipt["superseded_by"] == "2030"
    assert "redirects: [forside/, strategi/maal/, strategi/vision/]\n" in text(proposed, "docs/index.md")


@pytest.mark.parametrize("fails_at", [0, 5, 12])
def test_an_error_half_way_leaves_everything_as_it_was(proposed: Project, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    change_proposal(proposed)
    before = tree(proposed.root)
    write, count = step_files._write, 0

    def write_or_fail(file: Path, content: bytes | None) -> None:
        nonlocal count
        count += 1
        if count > fails_at:
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        write(file, content)

    monkeypatch.setattr(step_files, "_write", write_or_fail)
    assert run(proposed, *ADOPT) == 1
    assert count == fails_at + 1 and tree(proposed.root) == before


def test_a_step_that_was_killed_half_way_is_taken_back(proposed: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(proposed.root)

    def never(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(step_files, "_remove_empty_folders", never)
        patch.setattr(step_files, "_take_back", lambda *_: None)  # the process is gone
        with pytest.raises(KeyboardInterrupt):
            run(proposed, *ADOPT)
    assert tree(proposed.root) != before
    for command in (("new", "edition", "2030"), ADOPT, ("edition", "lapse", "2026-2029", "--date", "2026-01-01")):
        assert run(proposed, *command) == 1 and "blev afbrudt" in capsys.readouterr().err
    assert run(proposed, "edition", "undo") == 0 and tree(proposed.root) == before


REFUSED: list[tuple[tuple[str, ...], Callable[[Project], object], str]] = [
    (("--date", "2999-01-01"), lambda project: None, "er ikke kommet endnu"),
    (("--date", "2022-01-01"), lambda project: None, "er vedtaget senere, den 28. februar 2023"),
    (("--date", "20260224"), lambda project: None, "er ikke en dato"),
    (("--date", "2026-02-30"), lambda project: None, "er ikke en dato"),
    (("--by", " "), lambda project: None, "kan ikke stå som den, der vedtog det"),
    (("--decision", "http://byen.dk"), lambda project: None, "er ikke en adresse, der begynder med https://"),
    (("--decision", "https://["), lambda project: None, "er ikke en adresse, der begynder med https://"),
    (
        (),
        lambda project: project.replace(f"{PROPOSAL}/index.md", "edition:", "consultation_from: 2026-02-01\nconsultation_to: 2026-02-24\nedition:"),
        "24. februar",
    ),
    ((), lambda project: project.replace(f"{PROPOSAL}/index.md", "edition:", "superseded: 2026-02-01\nedition:"), "er afløst"),
    (
        (),
        lambda project: project.replace(f"{PROPOSAL}/kanaler/telefon.md", "vi skal", "{{ status( }} vi skal"),
        "docs/udgaver/2026-2029/kanaler/telefon.md:13: ",
    ),
    ((), lambda project: project.replace("docs/retningslinjer/skoler.md", "Vi svarer.", "{{ rules("), "docs/retningslinjer/skoler.md:"),
    ((), lambda project: project.write(f"{PROPOSAL}/andet.md", FILES["docs/soeg.md"]), "hører ikke til i en udgave"),
    ((), lambda project: project.replace("mkdocs.yml", "owners: {", "owners: {{"), "mkdocs.yml"),
    ((), lambda project: project.replace("mkdocs.yml", "nav:\n", "nav: &menu\n  - Igen: *menu\n"), "mkdocs.yml kan ikke læses"),
]


@pytest.mark.parametrize(("words", "spoil", "message"), REFUSED)
def test_what_cannot_be_adopted_is_refused(
    proposed: Project, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], spoil: Callable[[Project], object], message: str
) -> None:
    spoil(proposed)
    before = tree(proposed.root)
    assert run(proposed, *ADOPT, *words) == 1
    error = capsys.readouterr().err
    assert message in error and " – " in error
    assert tree(proposed.root) == before


@pytest.mark.parametrize(("name", "message"), [("2026-2030", "mente du 2026-2029?"), ("2023-2025", "er den udgave, der gælder"), ("../x", "intet forslag")])
def test_a_name_that_is_no_proposal_is_refused(proposed: Project, capsys: pytest.CaptureFixture[str], name: str, message: str) -> None:
    assert run(proposed, "edition", "adopt", name, "--date", "2026-02-24", "--by", "byrådet") == 1
    assert message in capsys.readouterr().err


def test_without_a_command_the_commands_are_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ((), ("vedtag",), ("adopt", "2026-2029")):
        with pytest.raises(SystemExit) as left:
            run(project, "edition", *words)
        assert left.value.code == 2 and "Skriv: python3 scripts/edition.py adopt" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(project, "edition", "--help")
    assert "scripts/edition.py" in (said := capsys.readouterr().out) and "bortfalde" in said


ANOTHER_FILE = {"path": "../andet.txt", "before": "", "after": file_digest(b"andet"), "mode": 0}
TAMPERED: list[Callable[[dict[str, Any]], object]] = [
    lambda record: record.clear(),
    lambda record: record.update(command="\ud800"),
    lambda record: record.update(files=[1]),
    lambda record: record["files"][0].pop("path"),
    lambda record: record["files"][0].update(before="/dev/zero"),
    lambda record: record["files"].append(ANOTHER_FILE),
    lambda record: record["files"].append({**ANOTHER_FILE, "path": "docs/../../andet.txt"}),
    lambda record: record["files"].append({**ANOTHER_FILE, "path": "docs/genvej/andet.txt"}),
    lambda record: record.update(made_folders=["/etc"]),
    lambda record: record.update(made_folders=[1]),
]


@pytest.mark.parametrize("change", TAMPERED)
def test_a_record_that_somebody_has_changed_undoes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Callable[[dict[str, Any]], object]
) -> None:
    project = small_project(tmp_path / "project")
    assert run(project, "new", "edition", "2026-2029") == 0
    (tmp_path / "andet.txt").write_text("andet")
    (project.root / "docs/genvej").symlink_to(tmp_path)
    file = project.root / ".edition/1/step.json"
    record = json.loads(file.read_bytes())
    change(record)
    file.write_text(json.dumps(record))
    before = tree(tmp_path)
    assert run(project, "edition", "undo") == 1 and "kan ikke læses" in capsys.readouterr().err
    assert tree(tmp_path) == before


def test_a_record_that_is_no_json_undoes_nothing(proposed: Project) -> None:
    (proposed.root / ".edition/1/step.json").write_text("[" * 100_000)
    with pytest.raises(StepError, match="kan ikke læses"):
        step_files.undo_step(proposed.root)
