"""Tables that editors write can be read on a phone: their words are whole, and a table that is too wide scrolls inside its own box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.support.browser import axe_finds, measuring
from tests.support.pages import serving_page

TEXT = """
| Sted | Mandag | Tirsdag | Onsdag | Torsdag | Fredag |
|---|---|---|---|---|---|
| Borgerservice | 9-15 | 9-15 | Lukket | 10-17 | 9-12 |
| Hovedbiblioteket | 10-18 | 10-18 | 10-18 | 10-18 | 10-16 |

## Kontakt

| Enhed | Mail |
|---|---|
| Ansøgning | borgerserviceafdelingen@eksempelkommune.dk |
| Klage | <https://www.eksempelkommune.dk/borgerserviceafdelingen/klage?id=12345> |

## Priser

| Vare | Pris |
|---|---:|
| [Gebyr](../index.md) | `75` |

!!! note "Husk"

    | Borgerserviceafdelingen | Selvbetjeningsløsninger | Beskrivelse |
    |---|---|---|
    | `ansoegningsskema` | <mark>Hovedbibliotekets</mark> | En længere tekst, som skal brydes mellem ordene og ikke inde i dem. |
"""
BROKEN_WORDS = """() => {
  const broken = []
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  for (let text; (text = texts.nextNode()); ) {
    if (!text.parentElement.closest("table")) continue
    for (const word of text.data.matchAll(/\\S+/g)) {
      const range = new Range()
      range.setStart(text, word.index)
      range.setEnd(text, word.index + word[0].length)
      if (new Set([...range.getClientRects()].map(it => Math.round(it.top))).size > 1) broken.push(word[0])
    }
  }
  return broken
}"""
"""The words of tables that stand on more than one line."""
SCROLLS = "it => it.scrollWidth > it.clientWidth"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a site with the tables."""
    with serving_page(tmp_path_factory, "tabeller", TEXT) as url:
        yield url


@pytest.fixture(params=[320, 375, 1280])
def page(browser: Browser, host: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with measuring(browser, host, request.param) as context:
        page = context.new_page()
        page.goto("strategi/tabeller/")
        yield page


def box(page: Page, word: str) -> Locator:
    """Return the box of the table with a word."""
    return page.locator(".table-scroll", has_text=word)


def test_aabningstider_have_whole_words(page: Page) -> None:
    assert page.evaluate(BROKEN_WORDS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_table_scrolls_only_if_it_has_to(page: Page) -> None:
    is_phone = page.evaluate("innerWidth") < 400
    assert box(page, "Borgerservice ").first.evaluate(SCROLLS) == is_phone
    assert not box(page, "Gebyr").evaluate(SCROLLS)


@pytest.mark.evidence("9.2.1.1", "9.4.1.2", how="tables")
def test_the_keyboard_can_scroll_a_wide_table_which_says_so(page: Page) -> None:
    if page.evaluate("innerWidth") > 400:
        assert box(page, "Mandag").get_attribute("tabindex") is None
        return
    wide = page.get_by_role("group", name="Tabel, der kan rulles til siden").filter(has_text="Mandag")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("it => it.scrollLeft > 0", arg=wide.element_handle())
    assert box(page, "Gebyr").get_attribute("tabindex") is None
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("it => !it.hasAttribute('tabindex') && !it.hasAttribute('role')", arg=box(page, "Mandag").element_handle())


@pytest.mark.evidence("9.1.3.1", how="tables")
def test_a_table_is_still_a_table_and_axe_finds_nothing(page: Page) -> None:
    assert page.get_by_role("table").count() == 4
    assert page.get_by_role("columnheader", name="Mandag").count() == 1
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")  # the tables have been measured
    assert axe_finds(page) == []


def test_without_javascript_a_wide_table_scrolls_too(browser: Browser, host: str) -> None:
    context = browser.new_context(base_url=host, viewport={"width": 375, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto("strategi/tabeller/")
    table, last = box(page, "Mandag"), page.get_by_role("columnheader", name="Fredag")
    assert (last.bounding_box() or {})["x"] > 375
    table.hover()
    page.mouse.wheel(1000, 0)
    page.wait_for_timeout(100)
    last.scroll_into_view_if_needed()
    found = last.bounding_box()
    assert found and found["x"] + found["width"] <= 375
    context.close()
