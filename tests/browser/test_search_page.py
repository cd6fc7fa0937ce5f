"""The search by keyboard, with a screen reader, without JavaScript, and when files are missing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.support.browser import AXE_CLAUSES, axe_finds, measuring, visiting
from tests.support.search_cases import FIELD, RESULTS

AT_THE_TOP = "#site-search"
PANEL = ".site-search-panel"
WIDTHS = (375, 1280)


@pytest.fixture
def context(browser: Browser, url: str) -> Iterator[BrowserContext]:
    """A context whose console errors fail the test, such as violations of the content security policy."""
    context = browser.new_context(base_url=url)
    reported: list[str] = []
    context.on("console", lambda message: reported.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: reported.append(str(error.error)))
    yield context
    context.close()
    assert reported == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def own_site(site: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may break."""
    folder = tmp_path / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("pdf"))
    return folder


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ') || document.activeElement.id"))


@pytest.mark.evidence("9.2.1.1", "9.2.1.2", how="search")
@pytest.mark.parametrize("key", ["/", "s"])
def test_the_field_at_the_top_is_used_by_keyboard(page: Page, key: str) -> None:
    page.goto("strategi/formaal/")
    page.keyboard.press(key)
    expect(page.locator(AT_THE_TOP)).to_be_focused()
    page.keyboard.type("videomøder")
    first = page.locator(f"{PANEL} a").first
    expect(first).to_contain_text("videomøde")
    page.keyboard.press("ArrowDown")
    assert "videomøde" in focused(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(AT_THE_TOP)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page.locator(AT_THE_TOP)).to_be_focused()
    page.keyboard.type(" telefon")
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/under/path/(svar|kanaler)/"))


def test_a_letter_that_is_typed_elsewhere_is_no_shortcut(page: Page) -> None:
    page.goto("regler/")
    page.locator("#regelfilter").press_sequentially("s/s")
    expect(page.locator("#regelfilter")).to_have_value("s/s")
    page.goto("kanaler/")
    page.keyboard.press("Control+s")
    expect(page.locator(AT_THE_TOP)).not_to_be_focused()


@pytest.mark.evidence("9.2.1.4", how="search")
def test_the_shortcuts_can_be_turned_off(page: Page) -> None:
    page.goto("soeg/")
    choice = page.get_by_label("Tasterne / og s fører til søgefeltet")
    choice.uncheck()
    page.goto("kanaler/")
    page.keyboard.press("s")
    expect(page.locator(AT_THE_TOP)).not_to_be_focused()
    page.goto("soeg/")
    choice.check()
    page.goto("kanaler/")
    page.keyboard.press("s")
    expect(page.locator(AT_THE_TOP)).to_be_focused()


def test_the_field_at_the_top_leads_to_the_page(page: Page) -> None:
    page.goto("kanaler/telefon-og-videomoeder/")
    page.locator(AT_THE_TOP).fill("løsning")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/under/path/soeg/\?q=l%C3%B8sning$"))
    expect(page.locator(FIELD)).to_have_value("løsning")
    expect(page.locator(RESULTS).first).to_have_attribute("href", re.compile("kanaler/hjemmeside-og-selvbetjening/#"))


@pytest.mark.evidence("9.2.1.1", "9.2.1.2", "9.2.4.3", how="search")
def test_the_whole_page_is_used_by_keyboard(page: Page) -> None:
    page.goto("soeg/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("notatpligt")
    expect(page.locator(FIELD)).to_have_value("notatpligt")
    expect(page.locator(".search-status")).to_contain_text("»notatpligt«")
    for _ in ("button", "who searches", "pages for others", "first result"):
        page.keyboard.press("Tab")
    expect(page.locator(RESULTS).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/kanaler/.*notatpligt$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/soeg/\?q=notatpligt$"))
    expect(page.locator(RESULTS).first).to_be_visible()


def test_a_reader_who_is_faster_than_the_script_keeps_the_place(page: Page) -> None:
    held: list[Route] = []
    page.route("**/results-page.js*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot call a method of a list
    page.goto("soeg/")
    link = page.locator(".keyword-index a").first
    link.focus()
    with page.expect_response("**/results-page.js*"):
        held[0].continue_()
    expect(page.locator(".shortcuts")).to_be_visible()  # which the script adds before it would focus the field
    expect(link).to_be_focused()


def test_a_result_shows_its_kind_and_its_place(page: Page) -> None:
    page.goto("soeg/?q=videomøder skoler")
    item = page.locator("[data-search-results] > li", has_text="skoler").first
    expect(item.locator("a")).to_have_text("Lokal retningslinje for skoler › Telefon og videomøder › Videomøder")
    expect(item.locator(".result-place")).to_have_text("Skoler")
    expect(item.locator(".badge")).to_have_text(["Udkast", "For medarbejdere"])
    expect(item.locator("mark").first).to_have_text(re.compile("video|skole", re.IGNORECASE))
    expect(page.locator(".search-status")).to_have_text(re.compile(r"^\d+ sider om »videomøder skoler«\s*$"))
    expect(page).to_have_title(re.compile("^videomøder skoler - Søg"))


def test_more_results_come_when_asked_for(page: Page) -> None:
    page.goto("soeg/?q=kanal")
    expect(page.locator(RESULTS)).to_have_count(10)
    page.locator(".more-results").press("Enter")
    expect(page.locator(RESULTS).nth(10)).to_be_focused()


@pytest.mark.evidence("9.4.1.3", how="search")
def test_results_are_announced_once_the_reader_pauses(page: Page) -> None:
    page.goto("soeg/")
    page.evaluate(
        """() => {
          window.told = []
          const status = document.querySelector(".search-status")
          new MutationObserver(() => status.textContent && told.push(status.textContent)).observe(status, { childList: true })
        }"""
    )
    page.locator(FIELD).press_sequentially("telefon", delay=60)
    expect(page.locator(".search-status")).to_have_text(re.compile("sider om »telefon«"))
    assert len(page.evaluate("told")) == 1


@pytest.mark.evidence("9.3.3.3", how="search")
def test_a_typing_error_is_suggested_right(page: Page) -> None:
    page.goto("soeg/?q=selvbetjning på nettet")
    expect(page.locator(RESULTS).first).to_have_attribute("href", re.compile("selvbetjening"))
    page.get_by_role("link", name="selvbetjening på nettet").click()
    expect(page.locator(FIELD)).to_have_value("selvbetjening på nettet")
    expect(page.locator(".did-you-mean")).to_have_count(0)


def test_where_nothing_is_found_there_is_help(page: Page) -> None:
    page.goto("soeg/?q=xyzzyx")
    expect(page.locator(".search-hint")).to_contain_text("Prøv et andet ord")
    expect(page.locator(".keyword-index")).to_be_visible()
    expect(page.locator(".search-status")).to_contain_text("Ingen sider om »xyzzyx« Ingen sider svarer til det.")  # for screen readers
    page.locator(FIELD).fill("telefon")
    expect(page.locator(".keyword-index")).to_be_hidden()
    for too_little in ("", "t", " ?"):
        page.locator(FIELD).fill(too_little)
        expect(page.locator(".keyword-index")).to_be_visible()
        expect(page.locator(".search-hint")).to_have_text("")
    page.locator(FIELD).fill("")
    expect(page).to_have_url(re.compile(r"/soeg/$"))


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)>", "a" * 5000, "' \" & % # ? \\ {{ 7*7 }}", "٣ 😀 \u202e", "__proto__ constructor"])
def test_whatever_is_typed_is_text(page: Page, query: str) -> None:
    page.goto("soeg/")
    page.locator(FIELD).evaluate("(field, text) => { field.value = text; field.dispatchEvent(new Event('input')) }", query)
    expect(page.locator("[data-search-results]")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(700)  # until the results have been announced
    assert page.locator(".md-content img").count() == 0


def test_on_a_phone_the_search_is_a_link_away(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("kanaler/")
    expect(page.locator(AT_THE_TOP)).to_be_hidden()
    page.get_by_role("link", name="Søg", exact=True).first.click()
    expect(page).to_have_url(re.compile("/under/path/soeg/$"))
    page.go_back()
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/under/path/soeg/$"))


def test_the_page_that_is_not_there_can_be_searched_from(browser: Browser, site: Path) -> None:
    with visiting(browser, site) as page:
        page.goto("404.html")
        page.locator(AT_THE_TOP).fill("telefon")
        expect(page.locator(f"{PANEL} a", has_text="Telefon").first).to_be_visible()


@pytest.mark.evidence("9.2.4.5", how="search")
def test_without_javascript_there_is_the_index_of_terms(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("kanaler/")
    page.locator(AT_THE_TOP).fill("fællespostkasse")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/under/path/soeg/\?q=f"))
    expect(page.get_by_text("Søgefeltet virker kun med JavaScript")).to_be_visible()
    entry = page.locator(".terms li", has=page.get_by_text("fællespostkasse", exact=True))
    entry.get_by_role("link", name="Digital og analog skriftlig kommunikation").click()
    expect(page).to_have_url(re.compile("/kanaler/skriftlig-kommunikation/#mail$"))
    context.close()


@pytest.mark.parametrize("missing", ["search", "search/index.json", "assets/*/search/engine.js"])
def test_without_its_index_it_says_so(browser: Browser, own_site: Path, missing: str) -> None:
    (gone,) = own_site.glob(missing)
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with visiting(browser, own_site) as page:
        page.goto("soeg/?q=telefon")
        expect(page.locator(".search-status")).to_contain_text("Søgningen virker ikke lige nu")
        expect(page.locator(".keyword-index")).to_be_visible()
        expect(page.locator(FIELD)).to_have_value("telefon")
        page.goto("kanaler/")
        page.locator(AT_THE_TOP).fill("telefon")
        if missing != "assets/*/search/engine.js":
            expect(page.locator(PANEL)).to_contain_text("Søgningen virker ikke lige nu")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("soeg/"))


@pytest.mark.parametrize("then", ["annoncer", "telefon", "telefonen"])
def test_an_open_page_still_searches_after_the_site_was_rebuilt(browser: Browser, own_site: Path, then: str) -> None:
    with visiting(browser, own_site) as page:
        page.goto("soeg/")
        page.locator(FIELD).fill("xyzzyx telefon")  # so that its words and first pages have been fetched
        expect(page.locator(RESULTS).nth(4)).to_be_visible()
        (old,) = (file for file in (own_site / "search").iterdir() if file.is_dir())
        entry = own_site / "search" / "index.json"
        entry.write_text(entry.read_text("utf-8").replace(old.name, "0123456789ab"), encoding="utf-8")
        old.rename(old.with_name("0123456789ab"))
        page.locator(FIELD).fill(then)
        expect(page.locator(".search-status")).to_contain_text(f"sider om »{then}«")
        expect(page.locator(RESULTS).first).to_have_attribute("href", re.compile("(svar|kanaler)/"))
        page.wait_for_timeout(700)
        expect(page.locator(".search-status")).to_contain_text(f"sider om »{then}«")


def test_a_connection_that_comes_back_is_used(browser: Browser, site: Path) -> None:
    with visiting(browser, site) as page:
        page.goto("soeg/?q=telefon")
        expect(page.locator(RESULTS)).to_have_count(10)
        page.context.route("**/search/*/*.json", lambda route: route.abort())
        page.locator(".more-results").click()
        expect(page.locator(".search-status")).to_contain_text("Søgningen virker ikke lige nu")
        page.locator(FIELD).fill("annoncer")
        expect(page.locator(RESULTS)).to_have_count(0)
        expect(page.locator(".keyword-index")).to_be_visible()
        page.context.unroute("**/search/*/*.json")
        page.locator(FIELD).fill("annoncere")
        expect(page.locator(RESULTS).first).to_be_visible()
        expect(page.locator(".search-status")).to_contain_text("sider om »annoncere«")


def test_an_answer_that_comes_late_is_not_shown(browser: Browser, site: Path) -> None:
    with visiting(browser, site) as page:
        page.goto("kanaler/")
        page.locator(AT_THE_TOP).fill("presse")
        expect(page.locator(f"{PANEL} a").first).to_contain_text("Presse")
        held: list[Route] = []
        page.context.route("**/search/*/*.json", lambda route: held.append(route))  # noqa: PLW0108 - Playwright accepts no built-in function
        page.locator(AT_THE_TOP).fill("telefon")
        while not held:
            page.wait_for_timeout(50)
        page.locator(AT_THE_TOP).fill("presse")  # which is in the cache
        for route in held:
            route.abort()
        page.wait_for_timeout(900)
        expect(page.locator(f"{PANEL} a").first).to_contain_text("Presse")
        expect(page.locator(".site-search [role=status]")).to_contain_text("fundet")


def test_typing_after_enter_keeps_the_focus(browser: Browser, site: Path) -> None:
    with visiting(browser, site) as page:
        page.goto("soeg/")
        page.context.route("**/search/*/*.json", lambda route: (page.wait_for_timeout(150), route.continue_()))
        expect(page.locator(".shortcuts")).to_be_visible()  # the script has loaded
        page.locator(FIELD).focus()
        page.keyboard.type("annoncer")
        page.keyboard.press("Enter")
        page.keyboard.type(" presse")
        expect(page.locator(".search-status")).to_contain_text("»annoncer presse«")
        expect(page.locator(FIELD)).to_be_focused()


@pytest.mark.evidence(*AXE_CLAUSES, how="axe")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(browser: Browser, url: str, width: int, scheme: str) -> None:
    """In the states of the page that are not looked at with every other page, as it is when it opens."""
    with measuring(browser, url, width, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("soeg/?q=selvbetjning")
        page.locator(RESULTS).nth(5).wait_for()
        assert axe_finds(page) == []
        page.goto("soeg/?q=xyzzyx")
        page.locator(".search-hint p").wait_for()
        assert axe_finds(page) == []
        if width == WIDTHS[-1]:
            page.goto("kanaler/")
            page.locator(AT_THE_TOP).fill("skoler")
            page.locator(f"{PANEL} a").first.wait_for()
            assert axe_finds(page) == []
