"""The search in the browser splits and stems words as the program does."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

from kanalstrategi.danish.words import stem, words


@pytest.fixture(scope="module")
def page(browser: Browser, url: str) -> Iterator[Page]:
    page = browser.new_page(base_url=url)
    page.goto("soeg/")
    yield page
    page.close()


def stems_in_browser(page: Page, words: list[str]) -> list[str]:
    """Return the stems of some words, from the script of the search."""
    return page.evaluate(
        """async words => {
          const { stem } = await import(new URL('words.js', new URL(document.querySelector('form[data-script]').dataset.script, document.baseURI)))
          return words.map(stem)
        }""",
        words,
    )


def test_the_browser_has_the_same_stems(page: Page) -> None:
    forms = sorted({form.lower() for form in DEFAULT_DICTIONARY_FACTORY.get_dictionary("da") if form.isalnum()})[::5]
    assert len(forms) > 100_000
    assert stems_in_browser(page, forms) == [stem(form) for form in forms]


# Without unassigned characters: the browser may know a newer Unicode than Python does.
TEXTS = st.lists(
    st.text(st.sampled_from("aåæøeiouydfgklmnprst-‐ .,'5ÅÆØÉéüß²ª"), max_size=12) | st.text(st.characters(exclude_categories=["Cn", "Cs"]), max_size=8),
    max_size=5,
)


def test_the_browser_has_the_same_words(page: Page) -> None:
    texts: list[str] = []

    @given(TEXTS)
    def collect(parts: list[str]) -> None:
        texts.append(unicodedata.normalize("NFC", " ".join(parts)))  # as the browser normalizes a query

    collect()
    texts += ["İstanbul", "x" * 61, f"{'x' * 40}-{'y' * 40}", "video-møderum", "åbningstid"]
    ours = page.evaluate(
        """async texts => {
          const { words, stem } = await import(new URL('words.js', new URL(document.querySelector('form[data-script]').dataset.script, document.baseURI)))
          return texts.map(text => words(text).flatMap(({ word, parts }) => parts.length > 1 ? [...parts, word] : [word]).map(stem))
        }""",
        texts,
    )
    assert ours == [[stem(word) for word in words(text)] for text in texts]
