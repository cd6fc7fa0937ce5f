"""The accessibility statement: what an editor writes becomes its record, mistakes are reported at their line, and what the law asks for is missed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kanalstrategi.content.project import Project as ReadProject
from kanalstrategi.content.project import read_project
from kanalstrategi.content.statement import publication_gaps
from kanalstrategi.content.statement_model import Compliance, FaultReason, Method
from kanalstrategi.markdown.nodes import descendants, text_of
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.project import Project
from tests.support.small_project import small_project

PATH = "docs/tilgaengelighed/erklaering.md"
TODAY = {"SOURCE_DATE_EPOCH": "1767225600"}  # 1 January 2026
FAULT = "### Kortet {: criterion=1.1.1 reason=non-compliance until=2026-03-31 }\n\nKortet har ingen tekst.\n"
Write = Callable[..., ReadProject]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes the page of a statement with some fields and a text below its title, and reads the project."""
    project = small_project(tmp_path)
    project.replace("mkdocs.yml", "  - soeg.md\n", "  - soeg.md\n  - tilgaengelighed/erklaering.md\n")

    def written(fields: str = "", text: str = "", review_by: str = "2026-02-28") -> ReadProject:
        front = f"description: Om os.\nowner: hus\nstatus: adopted\nreviewed: 2025-02-28\nreview_by: {review_by}\n{fields}"
        project.write(PATH, f"---\n{front}---\n\n# Erklæring\n\n{text}")
        return read_project(tmp_path, TODAY)

    return written


def said(project: ReadProject) -> list[str]:
    return [str(diagnostic) for diagnostic in project.diagnostics]


def test_what_is_written_is_the_record(write: Write) -> None:
    read = write("compliance: partial\ntested: 2025-02-01\nmethod: external\n", f"## Kendte fejl\n\n{FAULT}\n- Ring til os.\n\n## Andet\n\n### Ikke en fejl\n")
    assert said(read) == []
    statement = read.content.statement
    assert statement and (statement.compliance, statement.method) == (Compliance.PARTIAL, Method.EXTERNAL)
    (fault,) = statement.faults
    assert (fault.title, fault.id, fault.criterion, fault.reason) == ("Kortet", "kortet", "1.1.1", FaultReason.NON_COMPLIANCE)
    assert fault.text == "Kortet har ingen tekst.\n\nRing til os." and str(fault.mended_by) == "2026-03-31"


def test_nothing_is_decided_by_default(write: Write) -> None:
    read = write()
    statement = read.content.statement
    assert said(read) == [] and statement
    assert (statement.compliance, statement.tested, statement.method, statement.faults) == (None, None, None, ())


@pytest.mark.parametrize(
    ("fields", "text", "message"),
    [
        ("compliance: nej\n", "", ":7: compliance kan ikke være nej"),
        ("method: andre\n", "", ":7: method kan ikke være andre"),
        ("tested: 2100-01-01\n", "", ":7: siden er prøvet på en dato, der ikke er kommet"),
        ("compliance: partial\n", "", ":7: compliance er partial, men ingen fejl er beskrevet"),
        ("compliance: none\n", f"## Kendte fejl\n\n{FAULT.replace('non-compliance', 'exempt')}", ":7: compliance er none, men ingen fejl er beskrevet"),
        ("compliance: full\n", f"## Kendte fejl\n\n{FAULT}", ":7: siden overholder alt, siger compliance, men »Kortet« er en fejl"),
        ("", f"## Kendte fejl\n\n{FAULT.replace('1.1.1', '1.1.9')}", ":13: kravet »1.1.9« findes ikke"),
        ("", f"## Kendte fejl\n\n{FAULT.replace('criterion=1.1.1 ', '')}", ":13: fejlen siger ikke, hvilket krav den bryder"),
        ("", f"## Kendte fejl\n\n{FAULT.replace('reason=non-compliance ', '')}", ":13: fejlen siger ikke, hvorfor den ikke er rettet"),
        ("", f"## Kendte fejl\n\n{FAULT.replace('non-compliance', 'fordi')}", ":13: reason kan ikke være »fordi«"),
        ("", f"## Kendte fejl\n\n{FAULT.replace('2026-03-31', '2026-02-31')}", ":13: »2026-02-31« er ikke en dag"),
        ("", f"## Kendte fejl\n\n{FAULT.replace('Kortet har ingen tekst.', '')}", ":13: fejlen er ikke beskrevet"),
        ("", f"## Andet\n\n{FAULT}", ":13: criterion står på en overskrift uden for ## Kendte fejl"),
    ],
)
def test_a_mistake_is_reported_at_its_line(write: Write, fields: str, text: str, message: str) -> None:
    read = write(fields, text)
    assert len(said(read)) == 1 and said(read)[0].startswith(f"{PATH}{message}"), said(read)


def test_a_criterion_may_be_written_as_the_standard_counts_it(write: Write) -> None:
    read = write("", f"## Kendte fejl\n\n{FAULT.replace('1.1.1', '9.1.1.1')}")
    assert read.content.statement and [fault.criterion for fault in read.content.statement.faults] == ["1.1.1"]


def test_it_is_gone_through_every_year(write: Write) -> None:
    assert said(write(review_by="2026-02-28")) == []
    assert said(write(review_by="2026-03-01"))[0].startswith(f"{PATH}:6: erklæringen skal gennemgås mindst en gang om året")


def test_its_fields_and_faults_stand_on_no_other_page(write: Write, tmp_path: Path) -> None:
    write()
    project = Project(tmp_path)
    project.replace("docs/strategi/formaal.md", "review_by: 2025-12-31\n", "review_by: 2025-12-31\ncompliance: full\n")
    project.replace("docs/kanaler/telefon.md", "# Telefon\n", "# Telefon\n\n## Fejl\n\n### Kortet {: criterion=1.1.1 }\n")
    found = said(read_project(tmp_path, TODAY))
    assert [line.partition(" – ")[0] for line in found] == [
        "docs/kanaler/telefon.md:13: criterion står på en overskrift, der ikke er en fejl i tilgængelighedserklæringen",
        "docs/strategi/formaal.md:7: feltet compliance hører til i docs/tilgaengelighed/erklaering.md",
    ]


def test_a_fault_says_on_the_page_what_it_breaks_and_until_when(write: Write) -> None:
    read = write("", f"## Kendte fejl\n\n{FAULT}")
    path = PATH.removeprefix("docs/")
    root = render_page(read.parsed_pages[path], read.content.pages[path], read.content, MACROS, files=(), assets="").root
    (line,) = [text_of(part) for part in descendants(root) if part.has_class("fault-facts")]
    assert line == "Overholder ikke loven endnu. Krav 9.1.1.1 Ikke-tekstbaseret indhold. Rettes senest 31. marts 2026."
    assert not any(key.startswith("data-") and key != "data-search-exclude" for part in descendants(root) if part.tag == "h3" for key in part.attributes)


def test_what_the_law_asks_for_is_missed(write: Write, tmp_path: Path) -> None:
    assert [gap.message for gap in publication_gaps(write().content)] == [
        "adressen på tilgængelighedserklæringen mangler",
        "det er ikke afgjort, om hjemmesiden overholder standarden",
        "det er ikke skrevet, hvornår hjemmesiden er prøvet",
        "det er ikke skrevet, hvordan hjemmesiden er prøvet",
        "Huset har intet telefonnummer, og erklæringen skal have begge dele",
        "Huset har ingen mailadresse, og erklæringen skal have begge dele",
    ]
    project = Project(tmp_path)
    statement = "  accessibility_statement: https://www.was.digst.dk/byen-dk\n"
    project.replace("mkdocs.yml", "  owners: {hus: {name: Huset}}\n", statement + '  owners: {hus: {name: Huset, phone: "12345678", email: a@example.org}}\n')
    assert publication_gaps(write("compliance: full\ntested: 2025-02-01\nmethod: self\n").content) == []
    (tmp_path / PATH).unlink()
    assert [gap.message for gap in publication_gaps(read_project(tmp_path, TODAY).content)] == ["jeres egen side med tilgængelighedserklæringen mangler"]
