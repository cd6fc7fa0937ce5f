"""A questionnaire goes out, is filled in with another program, and comes back: every answer is in its place, and all else is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.cli import new
from kanalstrategi.cli.answers import main
from kanalstrategi.content.project import read_project
from kanalstrategi.word.questionnaire import questionnaire_of, write_questionnaire
from macros import MACROS
from tests.support.documents import CONTENT
from tests.support.office import convert
from tests.support.project import Project
from tests.support.questionnaires import FilledInByHand, fill_in_with_libreoffice

PAGE = "docs/retningslinjer/skoler.md"


def answered(project: Project, file: FilledInByHand, capsys: pytest.CaptureFixture[str]) -> str:
    """Write the answers into the project, and return the report."""
    filled_in = project.root / "udfyldt.docx"
    filled_in.write_bytes(file.saved())
    assert main(project.root, MACROS, [str(filled_in)]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_fifty_answers_filled_in_with_libreoffice_are_in_place(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guideline = max(CONTENT.guidelines, key=lambda guideline: len(guideline.open_decisions))
    ids = [decision.id for decision in guideline.open_decisions]
    answers = {id: [f"Svar {number}: vi {{gør}} det den 1. marts, *hver* <dag>.", "- Og mere – æøå"] for number, id in enumerate(ids[:40])}
    marked = set(ids[40:50])
    (tmp_path / "skema.docx").write_bytes(write_questionnaire(questionnaire_of(guideline, CONTENT)))
    convert([tmp_path / "skema.docx"], "fodt", tmp_path)
    fill_in_with_libreoffice(tmp_path / "skema.fodt", answers, marked)
    convert([tmp_path / "skema.fodt"], "docx", tmp_path)
    assert main(project.root, MACROS, [str(tmp_path / "skema.docx")]) == 0
    assert f"40 spørgsmål er besluttet, 10 ikke relevante, {len(ids) - 50} uden svar.\n" in capsys.readouterr().out
    assert project.check() == []
    (found,) = (one for one in read_project(project.root, {}).content.guidelines if one.id == guideline.id)
    by_id = {decision.id: decision for decision in found.decisions}
    assert {id: by_id[id].answer.split("\n\n") for id in answers} == answers
    assert {id for id, decision in by_id.items() if decision.state.value == "not-relevant"} == marked
    assert [decision.id for decision in found.open_decisions] == [id for id in ids if id not in answers and id not in marked]


def test_whatever_has_no_place_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    file = FilledInByHand()
    file.answer("telefon-telefontider", "Fra 8 til 14.")
    file.answer("telefon-telefonsvarer", "Den henviser til siden.")
    file.answer("telefon-annoncering-af-numre", "På siden.", "x")
    file.answer("telefon-kolleger", "I telefonbogen.")
    file.answer("telefon-hvornaar-vi-ringer", "", "Det gør vi aldrig")
    file.answer("videomoeder-moeder-paa-video", "Svar med \ue000 tegn")
    file.answer("hjemmeside-indhold", "Ikke relevant.")
    file.answer("hjemmeside-henvisninger", "?", "-")
    file.answer("mails-fordeling", "Hver morgen.")
    file.answer("mails-journalisering", "Sekretæren.")
    file.add_row("Hvad gør vi om natten?", "Vi sover.")
    file.add_row("Ny uden svar?", "")
    file.add_row("Nøgle: bosteder/telefon-telefontider", "Altid.")
    file.add_row("Nøgle: skoler/mails-fordeling", "Hver aften.")
    key = file.rows["mails-journalisering"].cells[0].paragraphs[-1]
    key._p.getparent().remove(key._p)
    file.document.add_paragraph("Husk også bussen.")
    emner = file.rows["presse-sociale-medier-og-annoncer-emner"].cells[0].paragraphs[-2]
    emner.runs[-1].text = " Svaret står her"
    file.insert_xml("telefon-telefontider", "<w:ins><w:r><w:t> Undtagen fredag.</w:t></w:r></w:ins><w:del><w:r><w:delText>Aldrig.</w:delText></w:r></w:del>")
    file.document.add_comment(file.rows["telefon-telefontider"].cells[1].paragraphs[0].runs, "Er det nu rigtigt?", author="Leder")
    project.replace(PAGE, "- [ ] Telefonsvarer: Hvad siger", "- [ ] Telefonsvarer: Hvad i alverden siger")
    project.replace(PAGE, "- [ ] Kolleger: ", "- [x] Kolleger: Vi har en fælles liste. ")
    project.replace(PAGE, "- [ ] Hvornår vi ringer: ", "- [ ] Opkald: ")
    report = answered(project, file, capsys)
    told = {
        "4 spørgsmål er besluttet, 2 ikke relevante, 40 uden svar.",
        "»Telefonsvarer« lød anderledes i skemaet: »Telefonsvarer: Hvad siger",
        "Hvad i alverden siger",
        "»Annoncering af numre« har både kryds i »Ikke relevant« og tekst",
        "»Kolleger« har fået et andet svar imens, som er beholdt. På siden: »Kolleger: Vi har en fælles liste.",
        "I skemaet: »I telefonbogen.«",
        "spørgsmålet findes ikke på siden: »Hvornår vi ringer: ",
        "sat som ikke relevant. Svaret er ikke sat ind: »Det gør vi aldrig«",
        "»Møder på video« er ikke sat ind: ",
        "Skriv det selv på siden: »Svar med � tegn«",
        "spørgsmålet findes ikke på siden: »Hvad gør vi om natten?«. Svaret er ikke sat ind: »Vi sover.«",
        "rækken »Ny uden svar?« er en ny række uden svar",
        "hører til et andet fagområde (bosteder) og er ikke sat ind: »Altid.«",
        "står der to gange, og kun det første svar er sat ind: »Hver morgen.«",
        "er fundet på sin ordlyd, for nøglen mangler eller findes ikke",
        "uden for skemaet: »Husk også bussen.«",
        "rækken »Indhold«: »Ikke relevant.« i kolonnen »Svar« er læst som et kryds i »Ikke relevant«",
        "rækken »Henvisninger«: »?« i kolonnen »Svar« er ikke læst som et svar",
        "rækken »Henvisninger«: »-« i kolonnen »Ikke relevant« er ikke læst som et kryds",
        "rækken »Telefontider«: slettet med ændringssporing: »Aldrig.«",
        "kommentar fra Leder: »Er det nu rigtigt?«",
        "»Emner« lød anderledes i skemaet: »Emner: Svaret står her«. På siden: »Emner: ",
    }
    assert {words for words in told if words not in report} == set(), report
    assert report.count("uden for skemaet") == 1 and "sidehoved" not in report and "sidefod" not in report
    assert project.check() == []
    (schools,) = (one for one in read_project(project.root, {}).content.guidelines if one.id == "skoler")
    by_id = {decision.id: decision for decision in schools.decisions}
    assert by_id["telefon-telefontider"].answer == "Fra 8 til 14. Undtagen fredag."
    assert by_id["mails-journalisering"].answer == "Sekretæren."
    assert by_id["telefon-kolleger"].answer == ""


def test_filling_in_twice_changes_nothing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    file = FilledInByHand()
    file.answer("telefon-telefontider", "Fra 8 til 14.")
    answered(project, file, capsys)
    once = (project.root / PAGE).read_bytes()
    assert f"{PAGE} er ikke ændret: der er ingen nye svar." in answered(project, file, capsys)
    assert (project.root / PAGE).read_bytes() == once


def test_a_page_that_would_be_wrong_is_not_written(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("mkdocs.yml", (project.root / "mkdocs.yml").read_text(encoding="utf-8").replace("        - kanaler/\n", f"        - {PAGE[5:]}\n", 1))
    file = FilledInByHand()
    file.answer("telefon-telefontider", "Fra 8 til 14 \U00013000")
    file.answer("telefon-telefonsvarer", "Den henviser til siden.")
    before = (project.root / PAGE).read_bytes()
    (project.root / "udfyldt.docx").write_bytes(file.saved())
    assert main(project.root, MACROS, [str(project.root / "udfyldt.docx")]) == 1
    told = capsys.readouterr().err
    assert f"{PAGE} er ikke ændret, for svarene ville give fejl:\n- i svaret på »Telefontider: " in told
    assert (project.root / PAGE).read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK", "filen er ikke et dokument fra Word"),
        (b"\xd0\xcf\x11\xe0", "låst med en adgangskode eller gemt i et gammelt format"),
        (None, "der er ingen række med en nøgle"),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused(project: Project, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = FilledInByHand()
    for table in file.document.tables:
        table._tbl.getparent().remove(table._tbl)
    (project.root / "andet.docx").write_bytes(file.saved() if content is None else content)
    assert main(project.root, MACROS, [str(project.root / "andet.docx")]) == 1
    assert words in capsys.readouterr().err


def test_the_command_is_part_of_new(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    assert new.main(project.root, MACROS, ["answers", str(project.root / "findes-ikke.docx")]) == 1
    assert "findes-ikke.docx: den findes ikke" in capfd.readouterr().err
