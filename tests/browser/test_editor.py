"""Editing in the browser: real Decap in real Chromium, in the preview of `serve.py --admin`."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.base import AXE_SCRIPT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect

from kanalstrategi.content.conventions import STATEMENT_PAGE
from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.content.model import Page as ContentPage
from kanalstrategi.content.project import read_project
from kanalstrategi.editor.config import GUIDELINE_COLLECTION, collection_of, entry_url
from tests.support.editor_mistakes import MISTAKES, PAGE, with_call
from tests.support.fake_github import REPOSITORY, FakeGitHub
from tests.support.preview import editing, wait_for
from tests.support.project import PARTS, Project, copied

FOLDED = "docs/strategi/formaal.md"
WITH_CRLF = "docs/retningslinjer/skoler.md"
WITHOUT_LINE_END = "docs/regler.md"


@dataclass(frozen=True)
class Editor:
    """The editor, open in a browser, and the project that it writes to."""

    project: Project
    page: Page
    url: str
    errors: list[str]

    def files(self) -> dict[str, bytes]:
        """The content of all files of the project that a save could change, hidden ones included."""
        root = self.project.root
        files = [file for part in PARTS for file in ([root / part] if (root / part).is_file() else (root / part).rglob("*"))]
        return {file.relative_to(root).as_posix(): file.read_bytes() for file in files if file.is_file() and "__pycache__" not in file.parts}


@pytest.fixture(scope="module")
def editor(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    project = copied(tmp_path_factory.mktemp("edited") / "project")
    _make_hard(project.root)
    project.remove_documents()
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    page = context.new_page()
    try:
        with editing(project, rebuilds=False) as with_key:
            page.goto(with_key)
            page.get_by_role("button", name="Log ind").click()
            page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
            url = with_key.partition("admin/")[0]
            page.on("request", lambda request: request.url.startswith((url, "data:", "blob:")) or errors.append(request.url))
            page.reload()
            expect(page.get_by_role("link", name="Lokale retningslinjer")).to_be_visible()
            yield Editor(project, page, url, errors)
    finally:
        context.close()


def _make_hard(root: Path) -> None:
    """Pages that Decap's own format would rewrite."""
    page = root / FOLDED
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"^description: (\S+ \S+ \S+) (.*)$", r"description: >-\n  \1\n  \2", text, count=1, flags=re.MULTILINE)
    page.write_text(text.replace("\nowner: politik-personale", "\n# hvem: centret\n\nowner: 'politik-personale'"), encoding="utf-8")
    page = root / WITH_CRLF
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    page = root / "docs" / PAGE
    page.write_text(with_call(page.read_text(encoding="utf-8")), encoding="utf-8")
    page = root / WITHOUT_LINE_END
    page.write_bytes(page.read_bytes().rstrip(b"\n"))


def other_page(editor: Editor) -> Page:
    """A page in a browser of its own, which has the key to the preview."""
    browser = editor.page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    context.add_cookies([{"name": one["name"], "value": one["value"], "url": editor.url} for one in editor.page.context.cookies()])
    return context.new_page()


def logged_in(editor: Editor, place: str) -> Page:
    """Another page, at a place among the collections."""
    page = other_page(editor)
    page.goto(f"{editor.url}admin/#/collections/retningslinjer")
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_text("Biblioteker", exact=True)).to_be_visible()
    page.goto(f"{editor.url}admin/#/collections/{place}")
    return page


def press_save(page: Page) -> None:
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_text("Gem nu", exact=True).click()


def text_field(page: Page, of_page: ContentPage) -> Locator:
    """The field with a page's text, or with the last text that stands between the decisions of a guideline."""
    if collection_of(of_page, DEFAULT_FOLDERS) == GUIDELINE_COLLECTION:
        page.get_by_text("Teksten uden om beslutningerne").click()
        return page.locator(".guideline-text textarea").last
    body = page.locator(".page-text")
    expect(body).to_have_value(re.compile("^# |^{{ status"))  # an answer's title is a field of its own
    return body


def unfold_facts(page: Page) -> None:
    """Show the fields about a page, which are folded."""
    page.get_by_role("button", name="Fold ud").last.click()  # a list among the other fields has a button of its own


def saved(editor: Editor) -> list[str]:
    """Save, and return the files that have changed."""
    before = editor.files()
    editor.page.get_by_role("button", name="Gem", exact=True).click()
    editor.page.get_by_text("Gem nu", exact=True).click()
    # Until Decap knows, it confuses the next page with the one being saved.
    expect(editor.page.get_by_text("Ugemte ændringer")).to_have_count(0)
    editor.page.get_by_role("dialog", name="Ændringen er gemt").get_by_role("button", name="Luk").click()
    wait_for(lambda: editor.files() != before)  # only now: it reads all files each time
    after = editor.files()
    return [name for name in before | after if before.get(name) != after.get(name)]


@pytest.mark.slow
def test_every_page_opens_and_saving_changes_those_two_lines_only(editor: Editor) -> None:
    page, content = editor.page, read_project(editor.project.root, {}).content
    pages = [(path, page) for path, page in content.pages.items() if not page.is_of_program]
    assert len(pages) > 40
    for path, of_page in pages:
        file = f"docs/{path}"
        before = (editor.project.root / file).read_bytes()
        # By way of the list: Decap (3.16.3) confuses two pages when the URL changes directly from one to the other.
        page.goto(f"{editor.url}admin/#/collections/{collection_of(of_page, content.folders)}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto(f"{editor.url}{entry_url(of_page, content.folders)}")
        body = text_field(page, of_page)
        text = body.input_value()
        last = text.split("\n")[-1]
        end = "|" if last.endswith("|") else ""  # the last cell of a table
        body.fill(f"{text.removesuffix(end)} Og en sætning.{end}")
        unfold_facts(page)
        # The accessibility statement has to be reviewed within a year.
        day = f"{of_page.reviewed + timedelta(days=300)}" if path == STATEMENT_PAGE else "2031-02-03"
        page.get_by_label("Gennemgås senest").first.fill(day)
        changed = saved(editor)
        old = re.search(rb"^review_by: (\S+)", before, re.MULTILINE)
        assert old
        expected = before.replace(b"review_by: " + old.group(1), f"review_by: {day}".encode(), 1)
        place = expected.rindex(last.encode()) + len(last.removesuffix(end).encode())
        expected = expected[:place] + " Og en sætning.".encode() + expected[place:]
        assert (editor.project.root / file).read_bytes() == expected, file
        assert changed == [file]
    assert editor.errors == []


def _answer_late(route: Route) -> None:
    time.sleep(0.5)
    route.continue_()


@pytest.mark.slow
def test_a_new_guideline_right_after_a_save_begins_with_the_template_and_passes_the_checks(editor: Editor) -> None:
    page = editor.page
    page.goto(f"{editor.url}admin/#/collections/retningslinjer")
    expect(page.get_by_text("Skoler", exact=True)).to_be_visible()
    page.goto(f"{editor.url}admin/#/collections/retningslinjer/entries/biblioteker")
    unfold_facts(page)
    page.get_by_label("Gennemgås senest").first.fill("2031-03-04")
    assert saved(editor) == ["docs/retningslinjer/biblioteker.md"]
    page.goto(f"{editor.url}admin/#/collections/retningslinjer")
    expect(page.get_by_text("Skoler", exact=True)).to_be_visible()
    page.route("**/admin/api", _answer_late)  # what is typed before Decap has all it asks for is kept too
    page.goto(f"{editor.url}admin/#/collections/retningslinjer/new")
    page.get_by_label("Fagområde").first.fill("Børn & Unge på Ærø")
    page.unroute("**/admin/api")
    assert saved(editor) == ["docs/retningslinjer/boern-unge-paa-aeroe.md"]
    file = editor.project.root / "docs/retningslinjer/boern-unge-paa-aeroe.md"
    text = file.read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---")[1])
    assert front["department"] == "Børn & Unge på Ærø" and "Børn & Unge på Ærø" in front["description"]
    assert front["owner"] == "ikke-udpeget" and front["status"] == "draft"
    assert "# Lokal retningslinje: Børn & Unge på Ærø\n" in text and "$" not in text and text.endswith("?\n")
    assert (front["review_by"].year * 12 + front["review_by"].month) - (front["reviewed"].year * 12 + front["reviewed"].month) == 6
    diagnostics = editor.project.check()
    assert diagnostics == []
    assert editor.errors == []


@pytest.mark.slow
def test_a_new_answer_asks_for_what_it_needs_and_is_the_page_that_was_typed(editor: Editor) -> None:
    page = editor.page
    page.goto(f"{editor.url}admin/#/collections/svar")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Kan jeg få brev på papir?", exact=True)).to_be_visible()
    page.goto(f"{editor.url}admin/#/collections/svar/new")
    page.get_by_label("Spørgsmål").first.fill("Må jeg få en tolk på Ærø?")
    page.get_by_label("Beskrivelse").first.fill("Om tolk.")
    page.get_by_label("Søgeord").first.fill("tolk, oversætter")
    page.get_by_label("Kanal").first.click()
    page.keyboard.type("Telefon")
    page.get_by_role("option", name="Telefon", exact=True).click()
    unfold_facts(page)
    page.get_by_label("Kort fortalt").first.fill("Strategien siger ikke noget om tolk.")
    body = page.locator(".page-text")
    notes = iter(["Strategien siger ikke noget om tolk.", "Spørg kommunen.", '{{ passage("telefon-afklaring") }}'])
    body.fill(re.sub(r"^\{#.*#\}$", lambda _: next(notes), body.input_value(), flags=re.MULTILINE))
    assert saved(editor) == ["docs/svar/maa-jeg-faa-en-tolk-paa-aeroe.md"]
    text = (editor.project.root / "docs/svar/maa-jeg-faa-en-tolk-paa-aeroe.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---")[1])
    assert (front["channel"], front["status"], front["keywords"], front["hide"]) == ("telefon", "draft", ["tolk", "oversætter"], ["toc"])
    assert "title" not in front and text.partition("\n---\n")[2].startswith("\n# Må jeg få en tolk på Ærø?\n\n{{ status() }}\n\nStrategien")
    assert editor.project.check() == []
    assert editor.errors == []


@pytest.mark.slow
def test_a_new_action_and_its_material_are_the_pages_that_were_typed(editor: Editor) -> None:
    page = editor.page
    page.goto(f"{editor.url}admin/#/collections/procesplan")
    expect(page.get_by_text("Skriv procesplanen", exact=True)).to_be_visible()
    page.goto(f"{editor.url}admin/#/collections/procesplan/new")
    page.get_by_label("Handling").first.fill("Prøv løsningerne på Ærø")
    page.get_by_label("Beskrivelse").first.fill("Om prøver.")
    page.get_by_label("Tilstand").first.click()
    page.get_by_role("option", name="Planlagt", exact=True).click()
    page.get_by_label("Frist").first.fill("2031-03-04")
    page.get_by_label("Tjener").first.click()
    page.keyboard.type("telefontider")
    page.keyboard.press("Enter")
    body = page.locator(".page-text")
    body.fill(re.sub(r"^\{#.*#\}$", "Borgere prøver dem.", body.input_value(), flags=re.MULTILINE))
    assert saved(editor) == ["docs/procesplan/proev-loesningerne-paa-aeroe.md"]
    text = (editor.project.root / "docs/procesplan/proev-loesningerne-paa-aeroe.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---")[1])
    assert (front["action"], front["due"].isoformat(), front["serves"], front["owner"]) == ("planned", "2031-03-04", ["telefon-telefontider"], "ikke-udpeget")
    assert not {"begins", "done", "title"} & set(front)
    assert text.partition("\n---\n")[2] == "\n# Prøv løsningerne på Ærø\n\n{{ status() }}\n\nBorgere prøver dem.\n"
    page.goto(f"{editor.url}admin/#/collections/materiale/new")
    expect(body).to_have_value(re.compile(r"\{#"))  # the page before it has gone
    for label, words in {"Materiale": "Skabelon", "Beskrivelse": "Om den.", "Til": "Ens breve.", "Hjælper": "Alle."}.items():
        page.get_by_label(label, exact=True).first.fill(words)
    body.fill("{{ status() }}\n\nHer er den.")
    assert saved(editor) == ["docs/materiale/skabelon.md"]
    assert editor.project.check() == []
    assert editor.errors == []


def test_an_image_is_uploaded_as_it_is_and_a_program_is_refused_in_danish(editor: Editor, tmp_path: Path) -> None:
    page, before = editor.page, editor.files()
    Image.new("RGB", (40, 30), "#125a73").save(tmp_path / "Kort over Ærø.PNG")
    (tmp_path / "program.exe").write_bytes(b"MZ")
    page.goto(f"{editor.url}admin/#/collections/retningslinjer")
    page.get_by_role("button", name="Medier").click()
    page.locator("input[type=file]").first.set_input_files(tmp_path / "Kort over Ærø.PNG")
    expect(page.get_by_text("kort-over-aeroe.png")).to_be_visible()
    assert editor.files() == {**before, "docs/billeder/kort-over-aeroe.png": (tmp_path / "Kort over Ærø.PNG").read_bytes()}
    assert editor.errors == []
    page.locator("input[type=file]").first.set_input_files(tmp_path / "program.exe")
    expect(page.get_by_text("filer af typen .exe kan ikke ligge i docs/")).to_be_visible()
    Image.new("RGB", (40, 30), "#a33").save(tmp_path / "Kort over Ærø.PNG")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "Kort over Ærø.PNG")  # another image of the same name: none is lost
    expect(page.get_by_text("kort-over-aeroe-2.png")).to_be_visible()
    assert editor.files().keys() - before.keys() == {"docs/billeder/kort-over-aeroe.png", "docs/billeder/kort-over-aeroe-2.png"}
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Slet valgte").click()  # of the image, which Decap has selected
    expect(page.get_by_text("kort-over-aeroe-2.png")).to_have_count(0)
    page.get_by_text("kort-over-aeroe.png").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Slet valgte").click()
    wait_for(lambda: editor.files() == before)
    page.get_by_role("button", name="Luk", exact=True).click()
    assert editor.errors == []


@pytest.mark.slow
def test_on_github_a_mistake_is_told_at_its_place_and_nothing_is_sent(editor: Editor) -> None:
    page, github = other_page(editor), FakeGitHub(editor.project.root)
    page.add_init_script(AXE_SCRIPT)
    github.serve(page, editor.url)
    page.goto(f"{editor.url}admin/#/collections/retningslinjer")
    expect(page.get_by_text("Biblioteker", exact=True)).to_be_visible()
    page.goto(f"{editor.url}admin/#/collections/oevrige-sider/entries/medarbejdere")
    body = page.locator(".page-text")
    expect(body).to_have_value(re.compile("^# "))
    text = body.input_value()
    mistakes = ['{{ rules("telefon") }', "Se [Borger.dk](www.borger.dk)."]
    body.fill(f"{text.replace(f'{mistakes[0]}}}', mistakes[0], 1)}\n\n{mistakes[1]}")
    page.get_by_role("button", name="Gem", exact=True).click()
    panel = page.get_by_role("region", name="Siden er ikke gemt: 2 ting skal rettes")
    expect(panel.get_by_role("alert")).to_contain_text("makroen kan ikke læses")
    expect(page.get_by_text("Ugemte ændringer")).to_be_visible()
    selected = "() => { const { value, selectionStart, selectionEnd } = document.activeElement; return value.slice(selectionStart, selectionEnd) }"
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => axe.run('.problems', {rules: {region: {enabled: false}}}).then(({violations}) => violations.map(({id}) => id))") == []
        for number, mistake in enumerate(mistakes, 1):
            panel.get_by_role("heading").focus()
            for _ in range(number):
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert page.evaluate(selected).startswith(mistake)
    assert github.written == []
    body.fill(f"{text} Tak?")
    page.get_by_role("button", name="Gem", exact=True).click()
    link = page.get_by_role("dialog", name="Ændringen er gemt").get_by_role("link", name="pull requests på GitHub")
    expect(link).to_have_attribute("href", f"https://github.com/{REPOSITORY}/pulls")
    before = (editor.project.root / "docs" / PAGE).read_bytes()
    assert github.blobs == [before.rstrip(b"\n") + b" Tak?\n"]
    page.context.close()


_MENU = """() => [...document.querySelectorAll('[role=menuitem]')].map(item => {
    item.scrollIntoView({block: 'nearest'});
    const {left, right, top, bottom} = item.getBoundingClientRect();
    const places = [[left + 8, top + 8], [right - 8, bottom - 8], [(left + right) / 2, (top + bottom) / 2]];
    return item.textContent + (places.every(place => item.contains(document.elementFromPoint(...place))) ? '' : ' is not whole');
})"""


def _menus_that_open(page: Page) -> list[str]:
    """Open all menus of a page by touch and by keyboard, and return their buttons. Fails if an item cannot be seen and touched."""
    buttons = page.locator("[role=button][aria-haspopup=true]:visible")
    names = []
    for number in range(buttons.count()):
        for by_keyboard in (False, True):
            buttons.nth(number).press("Enter") if by_keyboard else buttons.nth(number).click()
            expect(page.get_by_role("menuitem").first).to_be_visible()
            assert [item for item in page.evaluate(_MENU) if item.endswith(" is not whole")] == []
            page.keyboard.press("Escape")
            expect(page.get_by_role("menuitem")).to_have_count(0)
        names.append(buttons.nth(number).inner_text())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return names


def test_on_a_phone_every_menu_is_whole_and_what_deletes_a_page_is_far_from_what_saves_it(editor: Editor) -> None:
    page = logged_in(editor, "retningslinjer")
    expect(page.get_by_text("Biblioteker", exact=True)).to_be_visible()
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert {"Hurtig opret", "Sorter efter"} <= {name.strip() for name in _menus_that_open(page)}
    page.goto(f"{editor.url}admin/#/collections/retningslinjer/entries/biblioteker")
    page.locator(".guideline-decision textarea").first.fill("Lederen.")
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert _menus_that_open(page) == ["Gem"]
    expect(page.get_by_role("button", name="Slet siden")).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.dismiss())  # it asks first
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Slet siden").click()
    save, delete = (page.get_by_role("button", name=name, exact=True).bounding_box() for name in ("Gem", "Slet siden"))
    assert save and delete and delete["y"] > save["y"] + 200
    assert (editor.project.root / "docs/retningslinjer/biblioteker.md").is_file()
    page.context.close()


def test_a_date_is_typed_by_keyboard_and_one_that_is_missing_is_named(editor: Editor) -> None:
    page = logged_in(editor, "retningslinjer/entries/biblioteker")
    file = editor.project.root / "docs/retningslinjer/biblioteker.md"
    before = file.read_text(encoding="utf-8")
    unfold_facts(page)
    review_by, adopted = page.get_by_label("Gennemgås senest").first, page.get_by_label("Vedtaget (kan udelades)", exact=True).first

    for field, typed in ((review_by, "04042"), (adopted, "04")):  # day and month have the same number: browsers differ in which comes first
        field.focus()
        page.keyboard.type(typed, delay=20)
    page.get_by_role("button", name="Gennemgået: tøm").click()
    press_save(page)
    panel = page.get_by_role("alert").get_by_role("listitem")
    expect(panel).to_have_text(
        [
            re.compile("Gennemgås senest: årstallet er for lille"),
            re.compile("Vedtaget: datoen er kun skrevet halvt, eller den findes ikke"),
            re.compile("Gennemgået: feltet er tomt"),
        ]
    )
    panel.get_by_role("button").last.click()
    expect(page.get_by_label("Gennemgået").first).to_be_focused()
    page.get_by_role("button", name="Gennemgået: i dag").click()
    expect(panel).to_have_count(2)  # each leaves when it is mended
    review_by.focus()
    page.keyboard.type("04042031", delay=20)
    page.get_by_role("button", name="Vedtaget: tøm").click()
    expect(panel).to_have_count(0)
    press_save(page)
    page.get_by_role("dialog", name="Ændringen er gemt").get_by_role("button", name="Luk").click()
    after = file.read_text(encoding="utf-8")
    assert re.sub(r"^review(ed|_by): .*$", "", after, flags=re.MULTILINE) == re.sub(r"^review(ed|_by): .*$", "", before, flags=re.MULTILINE)
    assert "\nreview_by: 2031-04-04\n" in after
    review_by.fill("2020-04-04")
    press_save(page)
    expect(panel).to_have_text([re.compile("Gennemgås senest: datoen i »Gennemgås senest« ligger før datoen i »Gennemgået«")])
    review_by.focus()
    page.keyboard.type("04042031", delay=20)  # as it was saved: then the page as a whole has not been changed
    expect(panel).to_have_count(0)
    page.context.close()


@pytest.mark.slow
def test_a_mistake_is_told_in_the_words_of_the_form_until_it_is_mended(editor: Editor) -> None:
    page = logged_in(editor, "retningslinjer/entries/bosteder")
    page.get_by_text("Teksten uden om beslutningerne").click()
    box = page.locator(".guideline-text textarea").last
    panel = page.locator(".problems")
    text = box.input_value()
    box.fill(f"{text} Se {{{{ navn() }}}}.")
    press_save(page)
    expect(panel.get_by_role("button").first).to_have_text(re.compile("^Boksen ».+« under »Teksten uden om beslutningerne«: her står {{ og }}$"))
    assert not re.search("Linje|makro|rules", panel.inner_text())
    panel.get_by_role("button").first.click()
    expect(box).to_be_focused()
    page.get_by_role("button", name="Se siden").click()
    expect(page.locator(".preview-panel p")).to_contain_text("når fejlene er rettet")
    page.get_by_role("button", name="Luk visningen").click()  # nothing lies above it
    page.get_by_role("button", name="Luk beskeden").click()
    page.get_by_role("button", name="Se siden").click()
    box.fill(f"{text} Se {{{{ navn }}}}.")
    expect(page.locator(".preview-panel p")).to_contain_text("når fejlene er rettet")
    expect(panel).to_have_count(0)  # it was closed, and nobody has tried to save
    page.get_by_role("button", name="Luk visningen").click()
    press_save(page)
    expect(panel).to_be_visible()
    box.fill(f"{text} Se her.")
    expect(panel).to_have_count(0)
    page.context.close()


@pytest.mark.slow
def test_thirty_mistakes_are_told_at_their_place_and_nothing_is_kept(editor: Editor) -> None:
    """With `serve.py --admin`, where the real checks decide."""
    page = other_page(editor)
    page.goto(f"{editor.url}admin/#/collections/oevrige-sider")
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{editor.url}admin/#/collections/oevrige-sider/entries/medarbejdere")
    body = page.locator(".page-text")
    expect(body).to_have_value(re.compile("^# "))
    unfold_facts(page)
    before = editor.files()
    for mistake in MISTAKES:
        field = body if mistake.field == "body" else page.locator(f"[id^='{mistake.field}-field-']").first
        right = field.input_value()
        field.fill(mistake.in_text(right) if mistake.field == "body" else mistake.new)
        press_save(page)
        line = page.get_by_role("alert").get_by_role("button").filter(has_text=mistake.told or mistake.message).first
        expect(line, mistake.name).to_be_visible()
        line.click()
        expect(field, mistake.name).to_be_focused()
        if mistake.field == "body":
            selected = field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
            assert selected and (selected in mistake.new or mistake.new in selected), mistake.name
        page.locator(".problems-close").click()
        field.fill(right)
    assert editor.files() == before
    page.close()


def test_a_change_is_added_to_the_earlier_ones(editor: Editor) -> None:
    page, file = editor.page, "docs/kanaler/personligt-fremmoede.md"
    told = 'changed: "2024-01-02: Siden er rettet, og mere."\n'
    editor.project.replace(file, "icon: ", f"{told}icon: ")
    before = (editor.project.root / file).read_text(encoding="utf-8")
    page.goto(f"{editor.url}admin/#/collections/kanaler")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{editor.url}admin/#/collections/kanaler/entries/kanaler--personligt-fremmoede")
    unfold_facts(page)
    page.get_by_role("button", name="Tilføj ændring").click()
    page.get_by_label("Ændring", exact=True).first.fill("2026-03-01: Vi møder dig nu om tirsdagen, også kl. 18.")
    assert saved(editor) == [file]
    new = 'changed:\n  - "2026-03-01: Vi møder dig nu om tirsdagen, også kl. 18."\n  - "2024-01-02: Siden er rettet, og mere."\n'
    assert (editor.project.root / file).read_text(encoding="utf-8") == before.replace(told, new)


def test_the_policy_lets_no_script_stand_in_the_page_and_the_language_is_danish(editor: Editor) -> None:
    html = editor.page.request.get(f"{editor.url}admin/").text()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    scripts = re.search(r"script-src ([^;]+)", policy.group(1))
    assert scripts and "unsafe-inline" not in scripts.group(1) and "http" not in scripts.group(1)
    assert "default-src &#x27;none&#x27;" in policy.group(1)
    editor.page.goto(f"{editor.url}admin/#/collections/retningslinjer")
    expect(editor.page.get_by_text("Skoler", exact=True)).to_be_visible()
    expect(editor.page.locator("a[href$='entries/index']")).to_have_count(0)
    words = editor.page.locator("body").inner_text()
    assert not re.search(r"\b(New|Sort by|Search|Collections|Contents|Quick add|Media|Workflow)\b", words), words


@pytest.fixture(scope="module")
def format_page(editor: Editor) -> Iterator[Page]:
    page = editor.page.context.new_page()
    page.goto(f"{editor.url}admin/danish.js")
    kinds = {"description": "text", "owner": "text", "icon": "text", "reviewed": "date", "hide": "list"}
    page.evaluate(
        "async ([url, kinds]) => { const {pageFormat, withTitle} = await import(url); window.format = pageFormat(kinds);"
        " window.titled = withTitle(window.format); window.order = Object.keys(kinds); }",
        [f"{editor.url}admin/page-format.js", kinds],
    )
    yield page
    page.close()


PIECES = st.sampled_from(
    [
        "---",
        "...",
        "\n",
        "\r\n",
        "\r",
        "owner: x",
        "owner: 'a''b' # c",
        'description: "a\\"b\\x41"',
        "description: >-",
        "  foldet",
        "hide:",
        "  - toc",
        "- toc",
        "hide: [a, b]",
        "# c",
        " ",
        "\t",
        "\ufeff",
        "\u2028",
        "\x85",
        "reviewed: 2026-01-02",
        '"owner": y',
        "å: b",
        "# A",
        "# A \n\n",
        "## A",
    ]
)  # fmt: skip - laid out by hand, as a table
TEXTS = st.lists(PIECES | st.text(alphabet=st.characters(codec="utf-8"), max_size=5), max_size=25).map("".join) | st.text(alphabet=st.characters(codec="utf-8"))
MANY = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(st.lists(TEXTS.flatmap(lambda text: st.sampled_from([text, f"---\n{text}\n---\n{text}"])), min_size=40, max_size=80))
def test_unchanged_parts_of_a_page_stay_byte_for_byte(format_page: Page, texts: list[str]) -> None:
    for kind in ("format", "titled"):
        written = format_page.evaluate(f"texts => texts.map(text => String({kind}.toFile({kind}.fromFile(text), order)))", texts)
        assert written == texts


@MANY
@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8"))
        | st.sampled_from(
            [
                '"\nowner: x',
                "a\n---\nb",
                ": #",
                "a: b",
                "a #b",
                "'",
                '"',
                "yes",
                "null",
                "2026-01-01",
                "- x",
                "{{ x }}",
                "\x7f\x85\u2028",
                "&a",
                "*a",
                "!!x",
                "1e3",
                "| x",
            ]
        ),
        min_size=30,
        max_size=60,
    ),
    st.sampled_from(["owner: x", "owner: 'x' # y", 'owner: "x"', "owner: >-\n  x\n  y", "icon: z", "owner:"]),
)  # fmt: skip - a table
def test_a_value_reads_back_as_it_was_typed_and_adds_no_key(format_page: Page, values: list[str], line: str) -> None:
    text = f"---\ndescription: d\n{line}\nreviewed: 2026-01-02\n---\n\n# Titel\n"
    written = format_page.evaluate("([text, values]) => values.map(owner => String(format.toFile({...format.fromFile(text), owner}, order)))", [text, values])
    keys = {"description", "owner", "reviewed"} | ({"icon"} if "icon" in line else set())
    for value, page in zip(values, written, strict=True):
        front = yaml.safe_load(re.split(r"^---\n", page, flags=re.MULTILINE)[1])
        assert (front.get("owner") or "") == value, page
        assert set(front) - {"owner"} == keys - {"owner"}, page
        assert page.endswith("---\n\n# Titel\n")


@pytest.mark.parametrize("text", ["owner:\n  Ring.\n  Skriv.\n", "owner: Ring.\n  Skriv.\n", "owner: >-\n  Ring.\n  Skriv.\n"])
def test_a_text_over_several_lines_is_read_as_one(format_page: Page, text: str) -> None:
    assert format_page.evaluate("text => format.fromFile(text).owner", f"---\n{text}---\nA\n") == "Ring. Skriv."


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [("# A?\n\nJa.\n", "A?", "Ja."), ("\n#  A {: #a }  \nJa.\n", "A {: #a }", "Ja."), ("# A?", "A?", ""), ("Ja.\n", None, "Ja."), ("## A\n", None, "## A")],
)
def test_a_title_of_its_own_is_written_where_it_stood(format_page: Page, text: str, title: str | None, rest: str) -> None:
    front = "---\r\nowner: x\r\n---\r\n"
    assert format_page.evaluate("text => { const data = titled.fromFile(text); return [data.title ?? null, data.body]; }", front + text) == [title, rest]
    change = "([text, data]) => String(titled.toFile({...titled.fromFile(text), ...data}, order))"
    retitled = text.replace(title, "B?") if title else f"# B?\n\n{text}"
    assert format_page.evaluate(change, [front + text, {"title": "B?"}]).replace("\r\n", "\n") == (front + retitled).replace("\r\n", "\n")
    if title and rest:
        assert format_page.evaluate(change, [front + text, {"body": "Nej."}]) == front + text.replace(rest, "Nej.")


def test_a_short_text_over_several_lines_is_changed_and_nothing_else(format_page: Page) -> None:
    text = "---\ndescription: d\nowner:\n  Ring.\n  Skriv.\nreviewed: 2026-01-02\n---\n- vi må ikke\n    {: #a kind=prohibition }\n"
    changed = format_page.evaluate("text => String(format.toFile({...format.fromFile(text), owner: 'Ring: nu.'}, order))", text)
    assert changed == text.replace("owner:\n  Ring.\n  Skriv.\n", 'owner: "Ring: nu."\n')


@pytest.mark.parametrize(("written", "value"), [('"a: b"', ["a: b"]), ("'a, b'", ["a, b"]), ("a", ["a"]), ("[a, b]", ["a", "b"]), ("", None)])
def test_a_text_in_the_place_of_a_list_is_a_list_of_one(format_page: Page, written: str, value: list[str] | None) -> None:
    text = f"---\nhide: {written}\n---\nA\n"
    assert format_page.evaluate("text => format.fromFile(text).hide ?? null", text) == value
    more = format_page.evaluate("text => String(format.toFile({...format.fromFile(text), hide: ['ny', ...(format.fromFile(text).hide ?? [])]}, order))", text)
    assert yaml.safe_load(more.split("---\n")[1])["hide"] == ["ny", *(value or [])]


def test_dates_and_lists_are_written_plain(format_page: Page) -> None:
    text = "---\ndescription: d\nhide: # her\n  - toc # c\n---\nA\n"
    change = "text => String(format.toFile({...format.fromFile(text), hide: ['navigation', 'toc'], reviewed: '2031-02-03'}, order))"
    assert format_page.evaluate(change, text) == ("---\ndescription: d\nreviewed: 2031-02-03\nhide: # her\n  - navigation\n  - toc # c\n---\nA\n")
