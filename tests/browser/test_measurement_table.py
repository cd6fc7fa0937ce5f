"""The measurements of a goal in the editor: what is typed is in the file, and nothing else. Real Decap in real Chromium, with `serve.py --admin`."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.fake_github import FakeGitHub
from tests.support.goal_figures import FIGURES, PAGES, fill_in_goals
from tests.support.preview import editing, wait_for
from tests.support.project import Project, copied

TITLES = {"telefon": "opkald", "breve": "breve", "digitalt": "digitale", "selvbetjening": "selvbetjening"}
"""A word of the title of each goal that no other has."""
AXE = "() => axe.run('.measurements').then(({violations}) => violations.map(({id, nodes}) => [id, nodes[0].html]))"


@dataclass(frozen=True)
class Table:
    """The editor, open in a browser, and the project that it writes to."""

    project: Project
    page: Page
    url: str

    def open(self, id: str) -> None:
        """Open the measurements of a goal by way of the list."""
        self.page.goto(f"{self.url}admin/#/collections/maalinger")
        self.page.get_by_role("link", name=re.compile(TITLES[id])).click()
        expect(self.page.locator(".measurements")).to_be_visible()

    def file(self, id: str) -> Path:
        """The file of a goal."""
        return self.project.root / f"docs/maal/{PAGES[id]}.csv"


@pytest.fixture(scope="module")
def table(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    project = copied(tmp_path_factory.mktemp("measured") / "project")
    project.remove_documents()
    fill_in_goals(project)
    breve = project.root / f"docs/maal/{PAGES['breve']}.csv"
    breve.write_bytes(("\ufeff" + FIGURES["breve"].replace("\n", "\r\n")).removesuffix("\r\n").encode())
    (project.root / f"docs/maal/{PAGES['digitalt']}.csv").unlink()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    page = context.new_page()
    page.add_init_script(AXE_SCRIPT)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        with editing(project) as with_key:
            page.goto(with_key)
            page.get_by_role("button", name="Log ind").click()
            expect(page.get_by_role("link", name="Målinger")).to_be_visible()
            yield Table(project, page, with_key.partition("admin/")[0])
        assert set(errors) <= {"Object"}  # what Decap throws when a save is refused
    finally:
        context.close()


def _save(page: Page) -> None:
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_text("Gem nu", exact=True).click()


@pytest.mark.slow
def test_on_a_published_site_the_browser_checks_and_a_new_file_is_sent(table: Table) -> None:
    browser = table.page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    context.add_cookies([{"name": one["name"], "value": one["value"], "url": table.url} for one in table.page.context.cookies()])
    page, github = context.new_page(), FakeGitHub(table.project.root)
    github.serve(page, table.url)
    page.goto(f"{table.url}admin/#/collections/maalinger")
    page.get_by_role("link", name=re.compile(TITLES["digitalt"])).click()
    page.get_by_role("button", name="Tilføj en måling").click()
    for label, words in (("Periode", "2024"), ("Værdi", "30.5"), ("Kilde", "Systemet")):
        page.get_by_label(f"{label}, måling 1").fill(words)
    expect(page.get_by_text("Resten bliver tjekket på GitHub")).to_be_visible()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Linje 2: 30.5 er ikke et tal på dansk")).to_be_visible()
    expect(page.locator(".measurements-fault")).to_contain_text("30.5 er ikke et tal på dansk")
    assert github.written == []
    page.get_by_label("Værdi, måling 1").fill("30,5")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("dialog", name="Ændringen er gemt")).to_be_visible()
    assert github.blobs == ['periode,værdi,kilde,bemærkning\n2024,"30,5",Systemet,\n'.encode()]
    context.close()


@pytest.mark.slow
def test_gitlab_has_no_file_of_a_goal_either_until_the_first_save(table: Table) -> None:
    browser = table.page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    context.add_cookies([{"name": one["name"], "value": one["value"], "url": table.url} for one in table.page.context.cookies()])
    page = context.new_page()
    sent = _serve_gitlab(page, table)
    page.goto(f"{table.url}admin/#/collections/maalinger")
    page.get_by_role("link", name=re.compile(TITLES["digitalt"])).click()
    page.get_by_role("button", name="Tilføj en måling").click()
    for label, words in (("Periode", "2024"), ("Værdi", "30"), ("Kilde", "Systemet")):
        page.get_by_label(f"{label}, måling 1").fill(words)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("dialog", name="Ændringen er gemt")).to_be_visible()
    [action] = sent[0]["actions"]
    assert (action["action"], action["file_path"]) == ("create", f"docs/maal/{PAGES['digitalt']}.csv")
    assert base64.b64decode(action["content"]).decode() == "periode,værdi,kilde,bemærkning\n2024,30,Systemet,\n"
    context.close()


def _serve_gitlab(page: Page, table: Table) -> list[dict[str, Any]]:
    """Have the editor save to GitLab, as far as measurements need it, and return the commits that it sends."""
    sent: list[dict[str, Any]] = []
    backend = {"name": "gitlab", "repo": "kommune/strategi", "branch": "main", "api_root": f"{table.url}api/v4", "base_url": table.url, "auth_type": "pkce"}
    more = {"backend": {**backend, "app_id": "x"}, "publish_mode": "editorial_workflow", "checks_in_browser": True}

    def change_config(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), **more})

    def answer(route: Route) -> None:
        request = route.request
        path = unquote(urlsplit(request.url).path).partition("/api/v4")[2].removeprefix("/projects/kommune/strategi")
        file = table.project.root / path.removeprefix("/repository/files/").removesuffix("/raw")
        if request.method == "POST":
            if path == "/repository/commits":
                sent.append(request.post_data_json or {})
            route.fulfill(status=201, json={"id": "c1", "iid": 1})
        elif path.startswith("/repository/files/"):
            route.fulfill(status=200 if file.is_file() else 404, body=file.read_bytes() if file.is_file() else b'{"message": "404 File Not Found"}')
        elif path == "/user":
            route.fulfill(json={"id": 1, "name": "Kim", "username": "kim"})
        elif path in ("", "/"):
            route.fulfill(json={"permissions": {"project_access": {"access_level": 40}}})
        else:
            route.fulfill(json=[])

    page.route("**/admin/config.json", change_config)
    page.route("**/api/v4/**", answer)
    page.add_init_script("localStorage.setItem('decap-cms-user', JSON.stringify({ backendName: 'gitlab', token: 'x', login: 'kim', name: 'Kim' }))")
    return sent


@pytest.mark.slow
def test_a_figure_is_saved_in_its_cell_and_the_change_is_shown(table: Table) -> None:
    page, before = table.page, table.file("breve").read_bytes()
    table.open("breve")
    expect(page.get_by_role("row")).to_have_count(6)
    value = page.get_by_label("Værdi, måling 5")
    expect(value).to_have_value("7.400")
    value.fill("7.350,5")
    _save(page)
    dialog = page.get_by_role("dialog", name="Ændringen er gemt")
    expect(dialog).to_contain_text(re.compile("2025,7.400,Postsystemet,.*2025,\"7.350,5\",Postsystemet,"))
    expect(dialog.get_by_role("link")).to_have_attribute("href", f"{table.url}maal/{PAGES['breve']}/")
    dialog.get_by_role("button", name="Luk").click()
    assert table.file("breve").read_bytes() == before.replace(b"2025,7.400", b'2025,"7.350,5"')
    value.fill("7.400")
    _save(page)
    dialog.get_by_role("button", name="Luk").click()
    wait_for(lambda: table.file("breve").read_bytes() == before)


@pytest.mark.slow
def test_a_wrong_figure_is_refused_at_its_row(table: Table) -> None:
    page, before = table.page, table.file("telefon").read_bytes()
    table.open("telefon")
    page.get_by_label("Værdi, måling 3").fill("11.35")
    _save(page)
    expect(page.get_by_role("alert").filter(has_text="Linje 4: 11.35 er ikke et tal på dansk")).to_be_visible()
    expect(page.locator("tr:has(.measurements-fault) + tr").get_by_label("Periode")).to_have_value("2023")
    expect(page.locator(".measurements-fault")).to_contain_text("11.35 er ikke et tal på dansk: skriv komma før decimaler")
    expect(page.get_by_label("Værdi, måling 3")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".measurements [aria-invalid]")).to_have_count(4)
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 812})
        assert page.evaluate(AXE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name=re.compile("^Linje 4")).click()
    expect(page.get_by_label("Periode, måling 3")).to_be_focused()
    assert table.file("telefon").read_bytes() == before
    page.get_by_label("Værdi, måling 3").fill("11.350")
    expect(page.locator(".measurements [aria-invalid]")).to_have_count(0)


@pytest.mark.slow
def test_the_first_measurement_is_typed_with_the_keyboard_alone(table: Table) -> None:
    page = table.page
    table.open("digitalt")
    expect(page.get_by_text("Der er ingen målinger endnu.")).to_be_visible()
    page.get_by_role("button", name="Tilføj en måling").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Periode, måling 1")).to_be_focused()
    for words in ("2024", "30,5", 'Systemet "A"', ""):
        page.keyboard.insert_text(words)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Slet måling 1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Periode, måling 2")).to_be_focused()
    page.keyboard.insert_text("2023")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the row is not wanted after all
    expect(page.get_by_label("Periode, måling 1")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Måling 2 er slettet.")).to_have_count(1)
    page.get_by_role("button", name="Gem", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Ændringen er gemt").get_by_role("button", name="Luk").click()
    assert table.file("digitalt").read_text(encoding="utf-8") == 'periode,værdi,kilde,bemærkning\n2024,"30,5","Systemet ""A""",\n'
    wait_for(lambda: "30,5" in page.request.get(f"{table.url}maal/{PAGES['digitalt']}/").text())


@pytest.mark.slow
def test_a_line_that_is_no_row_is_shown_as_it_is_and_kept(table: Table) -> None:
    page, file = table.page, table.file("selvbetjening")
    file.write_text(FIGURES["selvbetjening"] + "2026;12\n", encoding="utf-8")
    table.open("selvbetjening")
    expect(page.get_by_label("Linjen i filen, måling 5")).to_have_value("2026;12")
    assert page.evaluate(AXE) == []
    page.get_by_label("Bemærkning, måling 1").fill("Nyt; og bedre")
    _save(page)
    page.get_by_role("dialog", name="Ændringen er gemt").get_by_role("button", name="Luk").click()
    expected = FIGURES["selvbetjening"].replace("kilde\n", "kilde;bemærkning\n").replace("Borger.dk\n", 'Borger.dk;"Nyt; og bedre"\n', 1) + "2026;12\n"
    assert file.read_text(encoding="utf-8") == expected
