"""Word files in the editor of `serve.py --admin`: a guideline begins with one, and a questionnaire is put into its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, Page, expect

from kanalstrategi.content.project import read_project
from tests.support.preview import editing
from tests.support.project import Project, copied
from tests.support.questionnaires import FilledInByHand
from tests.support.word_samples import WORD_SAMPLES

FOLDER = "docs/retningslinjer"
BEGIN, FILL_IN = "Begynd en retningslinje fra en Word-fil", "Sæt svarene ind fra et udfyldt skema"


@pytest.mark.slow
def test_word_files_come_in_by_the_browser(browser: Browser, tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    project.remove_documents()
    context = browser.new_context(viewport={"width": 375, "height": 812}, locale="da-DK", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script(AXE_SCRIPT)
    with editing(project) as with_key:
        page.goto(with_key)
        page.get_by_role("button", name="Log ind").click()
        page.goto(f"{with_key.partition('admin/')[0]}admin/#/collections/retningslinjer")
        _refused(page, project, tmp_path)
        _begun(page, project, tmp_path)
        _filled_in(page, project, tmp_path)
    context.close()
    assert project.check() == []


def _refused(page: Page, project: Project, folder: Path) -> None:
    """Whatever cannot be read is refused with a reason, and nothing is written."""
    before = _files(project)
    (folder / "vejledning.docm").write_bytes(WORD_SAMPLES["tracked"]())
    (folder / "i-stykker.docx").write_bytes(b"PK\x03\x04 og ikke mere")
    dialog = _open(page, BEGIN)
    dialog.get_by_role("button", name="Begynd retningslinjen").click()
    expect(dialog.get_by_role("alert")).to_have_text("Skriv fagområdets navn.")
    expect(dialog.get_by_label("Fagområdets navn")).to_be_focused()
    for department, file, words in (
        ("Dagplejen", "vejledning.docm", "vejledning.docm: filen er en skabelon eller indeholder makroer – "),
        ("Dagplejen", "i-stykker.docx", "i-stykker.docx: filen er beskadiget eller kan ikke læses – "),
        ("Skoler", "i-stykker.docx", "docs/retningslinjer/skoler.md findes allerede – "),
    ):
        dialog.get_by_label("Fagområdets navn").fill(department)
        dialog.get_by_label("Word-fil").set_input_files(folder / file)
        dialog.get_by_role("button", name="Begynd retningslinjen").click()
        expect(dialog.get_by_role("alert")).to_contain_text(words)
    assert _axe(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    dialog = _open(page, FILL_IN)
    dialog.get_by_label("Det udfyldte skema").set_input_files(folder / "vejledning.docm")
    dialog.get_by_role("button", name="Sæt svarene ind").click()
    expect(dialog.get_by_role("alert")).to_contain_text("filen er ikke en .docx – ")
    page.keyboard.press("Escape")
    assert _files(project) == before


def _begun(page: Page, project: Project, folder: Path) -> None:
    """By the keyboard, apart from choosing the file, which the system's own window does."""
    before = _files(project)
    (folder / "vejledning.docx").write_bytes(WORD_SAMPLES["images"]())
    page.get_by_role("button", name=BEGIN).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Dagplejen på Øen")
    dialog = page.get_by_role("dialog", name=BEGIN)
    dialog.get_by_label("Word-fil").set_input_files(folder / "vejledning.docx")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Retningslinjen er begyndt")
    report = dialog.get_by_role("region", name="Rapport")
    expect(report).to_contain_text("Fra vejledning.docx til docs/retningslinjer/dagplejen-paa-oeen.md")
    expect(report).to_contain_text("Billeder, der er kommet med:")
    assert _axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    dialog.get_by_role("button", name="Kopiér rapporten").click()
    expect(dialog.get_by_role("status")).to_have_text("Rapporten er kopieret.")
    assert "Fra vejledning.docx" in page.evaluate("navigator.clipboard.readText()")
    added = _files(project).keys() - before.keys()
    assert f"{FOLDER}/dagplejen-paa-oeen.md" in added
    assert {name.rpartition("/")[0] for name in added} == {FOLDER, "docs/billeder"}
    assert {name: content for name, content in _files(project).items() if name not in added} == before
    dialog.get_by_role("link", name="Åbn siden").press("Enter")
    expect(page.locator(".guideline-decision").first).to_be_visible()
    expect(page.get_by_label("Fagområde").first).to_have_value("Dagplejen på Øen")


def _filled_in(page: Page, project: Project, folder: Path) -> None:
    file = FilledInByHand()
    file.answer("telefon-telefontider", "Fra 8 til 14.")
    file.answer("telefon-kolleger", "", "x")
    file.document.add_paragraph("Husk også bussen.")
    (folder / "udfyldt.docx").write_bytes(file.saved())
    before = _files(project)
    for is_first in (True, False):
        if is_first:
            page.goto(f"{page.url.partition('#')[0]}#/collections/retningslinjer")
        dialog = _open(page, FILL_IN)
        dialog.get_by_label("Det udfyldte skema").set_input_files(folder / "udfyldt.docx")
        dialog.get_by_role("button", name="Sæt svarene ind").click()
        title = "Svarene er sat ind" if is_first else "Siden er ikke ændret: Der er ingen nye svar"
        report = page.get_by_role("dialog", name=title).get_by_role("region", name="Rapport")
        expect(report).to_contain_text("uden for skemaet: »Husk også bussen.«")
        if is_first:
            with page.expect_event("load"):  # since Decap does not know what has been written
                page.keyboard.press("Escape")
        after = _files(project)
        assert [name for name in after if after[name] != before.get(name)] == [f"{FOLDER}/skoler.md"]
    (schools,) = (one for one in read_project(project.root, {}).content.guidelines if one.id == "skoler")
    by_id = {decision.id: decision for decision in schools.decisions}
    assert by_id["telefon-telefontider"].answer == "Fra 8 til 14." and by_id["telefon-kolleger"].state.value == "not-relevant"


def _open(page: Page, name: str) -> Locator:
    page.get_by_role("button", name=name).click()
    return page.get_by_role("dialog", name=name)


def _files(project: Project) -> dict[str, bytes]:
    docs = project.root / "docs"
    return {file.relative_to(project.root).as_posix(): file.read_bytes() for file in docs.rglob("*") if file.is_file()}


def _axe(page: Page) -> list[str]:
    """What axe finds in the buttons and the dialog: the rest is Decap's."""
    within = "{include: [['.word-files'], ['.word-dialog']]}, {rules: {region: {enabled: false}}}"
    found: list[str] = page.evaluate(f"() => axe.run({within}).then(({{violations}}) => violations.map(({{id}}) => id))")
    return found
