"""The life of an edition, on a copy of the project: proposed, heard, adopted, superseded. Every step can be undone byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kanalstrategi.cli import edition, new
from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import RECORD_FILE, parse_record
from kanalstrategi.pdf.audit.runner import audit
from macros import MACROS
from tests.support.project import ROOT, Project, copied, seconds

NAME, NEXT, FORMER = "2026-2029", "2030-2033", "2023-2025"
FOLDER = f"docs/udgaver/{NAME}"
TELEPHONE, WEBSITE, PRESS, IN_PERSON = "telefon-og-videomoeder", "hjemmeside-og-selvbetjening", "presse-sociale-medier-og-annoncer", "personligt-fremmoede"
ROOM = "- der skal være fysiske video-møderum tilgængelige, som har det rette udstyr\n    {: #videomoeder-moederum }\n"
CALL_BACK = "- vi skal ringe op igen samme dag\n    {: #telefon-samme-dag }\n"
CHANGED = {"telefon-ring", "hjemmeside-opdatering", "presse-korte-dialoger"}

pytestmark = pytest.mark.slow


class Story:
    """A project, and every address that it has published."""

    def __init__(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        self.project = project
        self.root = project.root
        self._monkeypatch = monkeypatch
        self.published: set[str] = set()

    def run(self, command: Any, *words: str, day: str) -> None:
        """Run a command of the project on a day, undo it, and run it again: the tree between is as before, byte for byte."""
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds(day)))
        before = self.tree()
        assert command.main(self.root, MACROS, [*words]) == 0
        after = self.tree()
        assert after != before
        assert edition.main(self.root, MACROS, ["undo"]) == 0
        assert self.tree() == before
        assert command.main(self.root, MACROS, [*words]) == 0
        assert self.tree() == after

    def tree(self) -> dict[str, bytes]:
        """The content of every file that a step may change, and the empty folders."""
        found = {RECORD_FILE: (self.root / RECORD_FILE).read_bytes(), "mkdocs.yml": (self.root / "mkdocs.yml").read_bytes()}
        for file in (self.root / "docs").rglob("*"):
            found[file.relative_to(self.root).as_posix()] = file.read_bytes() if file.is_file() else b""
        return found

    def build(self, day: str) -> None:
        """Build the site on a day. The project has no problem, every address that was ever published answers, and the PDFs pass the audit."""
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds(day)))
        assert self.project.check() == []
        process = self.project.build(epoch=seconds(day))
        assert process.returncode == 0, process.stdout + process.stderr
        self.published |= {file.relative_to(self.project.site).as_posix() for file in self.project.site.rglob("*.html")}
        self.published |= {file.relative_to(self.project.site).as_posix() for kind in ("pdf", "json") for file in self.project.site.rglob(f"*.{kind}")}
        recorded, _ = parse_record((self.root / RECORD_FILE).read_text(encoding="utf-8"))
        gone = {url for url in (*self.published, *recorded) if not (self.project.site / url).exists() and not url.startswith("search/")}
        assert gone == set()
        for file in self.project.site.rglob("*.pdf"):
            assert [str(one) for one in audit(file)] == [], file

    def data(self, name: str) -> list[dict[str, Any]]:
        """Return the records of a file of the site's open data."""
        records: list[dict[str, Any]] = json.loads((self.project.site / "data" / f"{name}.json").read_text(encoding="utf-8"))
        return records

    def page(self, url: str) -> str:
        """Return the HTML of a page."""
        return (self.project.site / url / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    project = copied(tmp_path / "project")
    project.remove_other_documents()
    record = (ROOT / RECORD_FILE).read_text(encoding="utf-8").split("\n")
    project.write(RECORD_FILE, "\n".join(line for line in record if not line.startswith(("/pdf/retningslinjer-", "/pdf/samlet", "/pdf/status"))))
    yield Story(project, monkeypatch)


def propose(project: Project) -> None:
    """Make the changes of the proposal: three rules changed, one new, one gone, one moved, and a chapter reworded."""
    project.replace(f"{FOLDER}/kanaler/{TELEPHONE}.md", "mere effektivt end skriftlig dialog", "hurtigere end skriftlig dialog")
    project.replace(f"{FOLDER}/kanaler/{TELEPHONE}.md", "    {: #telefon-telefontider }\n", f"    {{: #telefon-telefontider }}\n{CALL_BACK}")
    project.replace(f"{FOLDER}/kanaler/{TELEPHONE}.md", ROOM, "")
    project.replace(f"{FOLDER}/kanaler/{IN_PERSON}.md", "    {: #fremmoede-forberedelse }\n", f"    {{: #fremmoede-forberedelse }}\n{ROOM}")
    for id, path in (("hjemmeside-opdatering", WEBSITE), ("presse-korte-dialoger", PRESS)):
        project.replace(f"{FOLDER}/kanaler/{path}.md", f"\n    {{: #{id} }}", f", altid\n    {{: #{id} }}")
    lines = (project.root / f"{FOLDER}/kanaler/{IN_PERSON}.md").read_text(encoding="utf-8").split("\n")
    gone = next(number for number, line in enumerate(lines) if "#fremmoede-selvbetjening" in line)
    del lines[gone - 1 : gone + 1]
    project.write(f"{FOLDER}/kanaler/{IN_PERSON}.md", "\n".join(lines))
    project.replace(f"{FOLDER}/strategi/formaal.md", "## Strategiens sigte", "## Strategiens retning")
    project.replace(f"{FOLDER}/strategi/formaal.md", "både et kommunikationsstrategisk og et digitaliseringsstrategisk sigte", "ét sigte: den gode samtale")


def test_an_edition_is_proposed_heard_adopted_and_superseded(story: Story) -> None:
    project = story.project
    story.build("2026-01-05")
    in_force = {path: content for path, content in story.tree().items() if path.startswith(("docs/strategi/", "docs/kanaler/"))}

    story.run(new, "edition", NAME, day="2026-01-05")
    propose(project)
    project.replace(f"{FOLDER}/index.md", "\ntemplate:", "\nconsultation_from: 2026-01-10\nconsultation_to: 2026-01-31\ntemplate:")
    project.replace("mkdocs.yml", "extra:\n", "extra:\n  consultation:\n    email: hoering@example.dk\n")
    story.build("2026-01-15")
    [proposal, present] = story.data("editions")
    assert (proposal["id"], proposal["state"], present["state"]) == (NAME, "consultation", "adopted")
    assert proposal["changes"] == {"new": 1, "changed": 5, "moved": 1, "gone": 1}
    assert changed_blocks(story.root) == {
        *((ChangeKind.CHANGED, id) for id in CHANGED),
        (ChangeKind.NEW, "telefon-samme-dag"),
        (ChangeKind.GONE, "fremmoede-selvbetjening"),
        (ChangeKind.MOVED, "videomoeder-moederum"),
        (ChangeKind.CHANGED, "formaal-5"),  # its heading
        (ChangeKind.CHANGED, "formaal-6"),  # and its first paragraph
    }
    assert all(words in story.page("") for words in ("Der er et forslag til en nyere strategi", "er i høring fra 10. januar 2026 til 31. januar 2026"))
    assert "hoering@example.dk" in story.page(f"udgaver/{NAME}/kanaler/{TELEPHONE}")
    assert "noindex" in story.page(f"udgaver/{NAME}/kanaler/{TELEPHONE}") and f"udgaver/{NAME}" not in (project.site / "sitemap.xml").read_text()

    story.run(edition, "adopt", NAME, "--date", "2026-02-24", "--by", "byrådet", "--decision", "https://www.example.dk/referat", day="2026-02-25")
    filed = {path.replace(f"udgaver/{FORMER}/", ""): content for path, content in story.tree().items() if path.startswith(f"docs/udgaver/{FORMER}/")}
    assert in_force.items() <= filed.items()
    story.build("2026-02-25")
    assert [(one["id"], one["state"], one["superseded"]) for one in story.data("editions")] == [(NAME, "adopted", None), (FORMER, "superseded", "2026-02-24")]
    assert "vi skal ringe op igen samme dag" in story.page(f"kanaler/{TELEPHONE}") and "Udgået" in story.page("regler/fremmoede-selvbetjening")
    sections = story.data("guidelines")
    to_confirm = {(one["channel"], change["rule"], change["kind"]) for one in sections for change in one["to_confirm"]}
    assert {rule for _, rule, kind in to_confirm if kind == "changed"} >= CHANGED
    assert (IN_PERSON, "fremmoede-selvbetjening", "gone") in to_confirm and (TELEPHONE, "telefon-samme-dag", "new") in to_confirm
    assert {one["department"] for one in sections if one["to_confirm"]} == {one["department"] for one in sections}  # all quote the five channels
    assert all(one["confirm_by"] == "2026-05-24" for one in sections if one["to_confirm"])
    assert not any(one["to_confirm"] for one in sections if one["channel"] == "skriftlig-kommunikation")

    before = {path: content for path, content in story.tree().items() if path.startswith(f"docs/udgaver/{FORMER}/")}
    story.run(new, "edition", NEXT, day="2029-09-01")
    project.replace(f"docs/udgaver/{NEXT}/kanaler/{TELEPHONE}.md", "hurtigere end skriftlig dialog", "hurtigst")
    story.run(edition, "adopt", NEXT, "--date", "2029-12-20", "--by", "byrådet", day="2029-12-20")
    assert {path: content for path, content in story.tree().items() if path.startswith(f"docs/udgaver/{FORMER}/")} == before
    story.build("2029-12-21")
    assert [(one["id"], one["state"]) for one in story.data("editions")] == [(NEXT, "adopted"), (NAME, "superseded"), (FORMER, "superseded")]
    assert story.data("editions")[0]["changes"] == {"new": 0, "changed": 1, "moved": 0, "gone": 0}
    assert all(text in story.page("regler/telefon-ring") for text in ("hurtigst", "hurtigere", "mere effektivt end skriftlig dialog"))


def changed_blocks(root: Path) -> set[tuple[ChangeKind, str]]:
    """Return what changes with the first edition that is not in force, each with the reference of the block."""
    content = read_project(root, {"SOURCE_DATE_EPOCH": str(seconds("2026-01-15"))}).content
    comparison = content.editions[0].comparison
    assert comparison
    return {(change.kind, change.block.reference) for change in comparison.changes}
