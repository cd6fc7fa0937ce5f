"""The editor in two windows at once: nothing that was typed in either is undone or dropped without a word. Real Decap in real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

from tests.support.preview import editing, wait_for
from tests.support.project import Project, copied

GUIDELINE = "collections/retningslinjer/entries/skoler"
FORMER, OWN, OTHERS = "Det, der stod.", "Kontoret svarer.", "Lederen svarer."
COPY_HOLDS = """words => new Promise((resolve) => {
  const opening = indexedDB.open("localforage");
  opening.onsuccess = () => {
    const reading = opening.result.transaction("keyvaluepairs").objectStore("keyvaluepairs").get("backup.retningslinjer.skoler");
    reading.onsuccess = () => (opening.result.close(), resolve(Boolean(reading.result?.raw.includes(words))));
  };
})"""
"""Whether Decap (3.16.3) has put its own copy of what is not saved away."""


@dataclass(frozen=True)
class Desk:
    """A browser with the key to the editor of a project."""

    project: Project
    context: BrowserContext
    url: str

    def window(self, place: str, answer: bool | None = None) -> Page:
        """Open the editor at a place, and answer its question about unsaved changes. None if it must not ask."""
        page = self.context.new_page()
        page.add_init_script(AXE_SCRIPT)

        def reply(dialog: Dialog) -> None:
            assert dialog.type == "beforeunload" or answer is not None, dialog.message
            if dialog.type == "beforeunload" or answer:
                dialog.accept()
            else:
                dialog.dismiss()

        page.on("dialog", reply)
        page.goto(f"{self.url}admin/#/{place}")
        return page

    @property
    def file(self) -> Path:
        return self.project.root / "docs/retningslinjer/skoler.md"


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    project = copied(tmp_path_factory.mktemp("two") / "project")
    project.remove_documents()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    context.set_default_timeout(120_000)  # a slow machine is no failure
    with editing(project, rebuilds=False) as with_key:
        page = context.new_page()
        page.goto(with_key)
        page.get_by_role("button", name="Log ind").click()
        expect(page.get_by_role("link", name="Lokale retningslinjer")).to_be_visible()
        page.close()
        yield Desk(project, context, with_key.partition("admin/")[0])
    context.close()


def decision(page: Page, number: int) -> Locator:
    return page.locator(".guideline-decision").nth(number).locator("textarea")


def press_save(page: Page) -> None:
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_text("Gem nu", exact=True).click()


def save(page: Page) -> Locator:
    press_save(page)
    return page.get_by_role("dialog", name="Ændringen er gemt")


def save_and_close(page: Page) -> None:
    save(page).get_by_role("button", name="Luk").click()
    expect(page.get_by_text("Ugemte ændringer")).to_have_count(0)


@pytest.mark.slow
def test_what_two_windows_have_answered_is_kept_and_told_and_the_same_question_is_refused_to_the_second(desk: Desk) -> None:
    before = desk.file.read_text(encoding="utf-8")
    old, new = desk.window(GUIDELINE), desk.window(GUIDELINE)
    for page in (old, new):
        expect(decision(page, 0)).to_be_visible()
    decision(new, 0).fill(OTHERS)
    save_and_close(new)
    decision(old, 1).fill(OWN)
    receipt = save(old)
    expect(receipt).to_contain_text(re.compile(f"Begge dele er gemt.*Det har en anden ændret imens.*{OTHERS}.*Det har du ændret.*{OWN}", re.DOTALL))
    receipt.get_by_role("button", name="Luk").click()
    text = desk.file.read_text(encoding="utf-8")
    added = [line for line in text.split("\n") if line not in before.split("\n")]
    assert [line.strip() for line in added if not line.startswith("- [x]")] == [OTHERS, OWN] and text.count("- [x]") == 2
    expect(decision(old, 0)).to_have_value("")
    decision(old, 1).fill(f"{OWN} Altid.")  # once more in the window that does not show the other's answer
    save_and_close(old)
    assert desk.file.read_text(encoding="utf-8") == text.replace(OWN, f"{OWN} Altid.")

    decision(old, 0).fill(OWN)
    press_save(old)
    told = old.get_by_role("dialog", name="Siden er ikke gemt: En anden har ændret det samme imens")
    expect(told).to_contain_text(re.compile(f"Det har den anden ændret.*{OTHERS}.*Det har du ændret.*{OWN}", re.DOTALL))
    assert old.evaluate("() => axe.run('dialog', {rules: {region: {enabled: false}}}).then(({violations}) => violations.map(({id}) => id))") == []
    assert desk.file.read_text(encoding="utf-8") == text.replace(OWN, f"{OWN} Altid.")
    with desk.context.expect_page() as opened:
        told.get_by_role("link", name="Åbn siden, som den er nu").click()
    fresh = opened.value
    fresh.on("dialog", lambda dialog: pytest.fail(dialog.message))
    expect(decision(fresh, 0)).to_have_value(OTHERS)
    expect(decision(fresh, 1)).to_have_value(f"{OWN} Altid.")
    decision(fresh, 0).fill(OWN)
    save_and_close(fresh)
    assert desk.file.read_text(encoding="utf-8") == text.replace(OWN, f"{OWN} Altid.").replace(OTHERS, OWN)
    told.get_by_role("button", name="Luk").click()
    expect(decision(old, 0)).to_have_value(OWN)  # nothing of it was lost
    for page in (old, new, fresh):
        page.close()


@pytest.mark.slow
def test_changes_that_were_never_saved_and_are_opened_again_do_not_undo_what_has_been_saved_meanwhile(desk: Desk) -> None:
    page = desk.window(GUIDELINE, answer=True)
    decision(page, 3).fill(FORMER)
    expect(page.get_by_text("Ugemte ændringer")).to_be_visible()
    wait_for(lambda: page.evaluate(COPY_HOLDS, FORMER))
    page.close()
    before = desk.file.read_text(encoding="utf-8")
    other = before.replace("# Lokal retningslinje", "<!-- en andens -->\n\n# Lokal retningslinje", 1)
    assert other != before
    desk.file.write_text(other, encoding="utf-8")
    page = desk.window(GUIDELINE, answer=True)
    expect(decision(page, 3)).to_have_value(FORMER)
    decision(page, 4).fill(OWN)
    save_and_close(page)
    after = desk.file.read_text(encoding="utf-8")
    assert "<!-- en andens -->" in after and FORMER in after and OWN in after
    page.close()
    desk.file.write_text(before, encoding="utf-8")


@pytest.mark.slow
def test_a_page_of_text_and_a_page_that_is_to_be_deleted_are_not_overwritten_either(desk: Desk) -> None:
    file = desk.project.root / "docs/medarbejdere.md"
    page = desk.window("collections/oevrige-sider/entries/medarbejdere")
    body = page.locator(".page-text")
    expect(body).to_have_value(re.compile("^# "))
    text = body.input_value()
    other = file.read_text(encoding="utf-8").replace("# For medarbejdere", "# Ansatte", 1)
    file.write_text(other, encoding="utf-8")
    body.fill(text.replace("# For medarbejdere", "# Vores ansatte", 1))
    press_save(page)
    told = page.get_by_role("dialog", name="Siden er ikke gemt: En anden har ændret det samme imens")
    expect(told).to_contain_text(re.compile("Nu.*# Ansatte.*Nu.*# Vores ansatte", re.DOTALL))
    told.get_by_role("button", name="Luk").click()
    expect(body).to_have_value(re.compile("^# Vores ansatte"))
    body.fill(text + "\n\nMed hilsen.")  # another place
    save_and_close(page)
    assert file.read_text(encoding="utf-8") == other.rstrip("\n") + "\n\nMed hilsen.\n"
    page.close()

    file = desk.project.root / "docs/retningslinjer/biblioteker.md"
    page = desk.window("collections/retningslinjer/entries/biblioteker", answer=True)
    expect(decision(page, 0)).to_be_visible()
    other = file.read_text(encoding="utf-8") + "\nEn andens afsnit.\n"
    file.write_text(other, encoding="utf-8")
    page.get_by_role("button", name="Slet siden").click()
    expect(page.get_by_text("den er ændret af en anden, siden du så den")).to_be_visible()
    assert file.read_text(encoding="utf-8") == other
    page.close()
