"""A page that is printed from the browser is whole on paper."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.pages import serving_page

MONTHS = "Januar Februar Marts April Maj Juni Juli August September Oktober November December".split()
TEXT = f"""
<details>
<summary>Vis priser</summary>
<p>Det koster 75 kr.</p>
<details>
<summary>Vis rabatter</summary>
<p>Børn får den halve pris.</p>
</details>
</details>

<details open>
<summary>Vis steder</summary>
<p>På biblioteket.</p>
</details>

## Henvendelser

| Kanal | {" | ".join(MONTHS)} | Sum |
|---|{"---|" * 13}
| Telefonopkald | {"12.345 | " * 12} 999.999 |
| Selvbetjening | {"112.345 | " * 12} 9.999.999 |

## Lange ord

| Borgerserviceafdelingens | Ansøgningsskemaer | Selvbetjeningsløsninger | Hovedbibliotekets | Kommunalbestyrelsens | Digitaliseringsstyrelsen |
|---|---|---|---|---|---|
| 1 | 2 | 3 | 4 | 5 | Slut |
"""
WITHOUT_DETAILS_CONTENT = "const supports = CSS.supports; CSS.supports = (...query) => !query[0].includes('details-content') && supports.apply(CSS, query)"
"""As in a browser that is a few years old."""
OPEN = "[...document.querySelectorAll('article details')].map(it => it.open)"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a site with the page to print."""
    with serving_page(tmp_path_factory, "udskrift", TEXT) as url:
        yield url


def visiting(browser: Browser, host: str, width: int = 1280, *, with_script: bool = True) -> Page:
    page = browser.new_context(base_url=host, viewport={"width": width, "height": 900}, java_script_enabled=with_script).new_page()
    page.goto("strategi/udskrift/")
    return page


def printed(page: Page, folder: Path) -> str:
    """Return the text on the paper, each run of spaces as one."""
    page.pdf(path=folder / "page.pdf", format="A4", prefer_css_page_size=True)
    process = subprocess.run(["pdftotext", "-layout", folder / "page.pdf", "-"], capture_output=True, encoding="utf-8", check=True)
    return " ".join(process.stdout.split())


@pytest.mark.parametrize("with_script", [True, False], ids=["with JavaScript", "without"])
def test_fold_ud_prints_what_is_folded_up(browser: Browser, host: str, tmp_path: Path, with_script: bool) -> None:
    page = visiting(browser, host, with_script=with_script)
    text = printed(page, tmp_path)
    page.context.close()
    for sentence in ("Det koster 75 kr.", "Børn får den halve pris.", "På biblioteket."):
        assert text.count(sentence) == 1


def test_where_the_style_cannot_open_it_a_script_does_and_closes_it_again(browser: Browser, host: str) -> None:
    page = browser.new_context(base_url=host).new_page()
    page.add_init_script(WITHOUT_DETAILS_CONTENT)
    page.goto("strategi/udskrift/")
    assert page.evaluate(OPEN) == [False, False, True]
    for _ in range(2):
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(OPEN) == [True, True, True]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(OPEN) == [False, False, True]
    page.context.close()


@pytest.mark.parametrize("width", [375, 1280, 2000])
def test_tolv_maaneder_are_all_on_the_paper_with_whole_words(browser: Browser, host: str, tmp_path: Path, width: int) -> None:
    page = visiting(browser, host, width)
    page.locator(".table-scroll[tabindex]").first.wait_for()
    text = printed(page, tmp_path)
    page.context.close()
    assert " ".join(["Kanal", *MONTHS, "Sum"]) in text
    assert "112.345 9.999.999" in text and "Kommunalbestyrelsens Digitaliseringsstyrelsen" in text


def test_without_javascript_every_word_is_printed(browser: Browser, host: str, tmp_path: Path) -> None:
    page = visiting(browser, host, with_script=False)
    text = printed(page, tmp_path)
    page.context.close()
    assert text.count("9") == 6 + 7 and "Slut" in text  # the words are broken
