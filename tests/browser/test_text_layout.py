"""Lists, quotes and boxes that editors write look like what they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import measuring
from tests.support.pages import serving_page

TEXT = """
Et afsnit.

- Ydre
    - Indre
        - Inderst

> Et citat.

!!! warning "Pas på"

    - I boksen

<details>
<summary>Vis mere</summary>
<p>Mere.</p>
</details>
"""
LEFT = """words => {
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  for (let text; (text = texts.nextNode()); ) {
    if (text.data.trim() !== words) continue
    const range = new Range()
    range.selectNodeContents(text)
    return range.getBoundingClientRect().left
  }
}"""
"""Where a text begins, in pixels from the left."""
ICON = """title => {
  const { left, width } = getComputedStyle(title, "::before")
  return title.getBoundingClientRect().left + parseFloat(left) + parseFloat(width)
}"""
"""Where the icon of a title ends."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a site with the page."""
    with serving_page(tmp_path_factory, "tekst", TEXT) as url:
        yield url


@pytest.fixture(params=[375, 1280])
def page(browser: Browser, host: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with measuring(browser, host, request.param, "") as context:
        page = context.new_page()
        page.goto("strategi/tekst/")
        yield page


def test_a_list_in_a_list_is_indented(page: Page) -> None:
    paragraph, *items = (page.evaluate(LEFT, words) for words in ("Et afsnit.", "Ydre", "Indre", "Inderst"))
    for outer, inner in zip([paragraph, *items], items, strict=False):
        assert inner > outer + 10


def test_points_and_quotes_stand_clear_of_the_edge_of_their_box(page: Page) -> None:
    assert page.evaluate(LEFT, "I boksen") > page.locator(".admonition").evaluate("it => it.getBoundingClientRect().left") + 25
    assert page.evaluate(LEFT, "Et citat.") > page.locator("blockquote").evaluate("it => it.getBoundingClientRect().left") + 10


@pytest.mark.parametrize(("title", "words"), [(".admonition-title", "Pas på"), ("summary", "Vis mere")])
def test_an_icon_does_not_cover_its_title(page: Page, title: str, words: str) -> None:
    assert page.evaluate(LEFT, words) > page.locator(f"article {title}").evaluate(ICON)
