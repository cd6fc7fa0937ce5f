"""The search in the browser splits and stems words as the program does, and finds what is typed in another way than on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

from kanalstrategi.danish.words import normalize, stem, words
from kanalstrategi.search.sections import IndexedPage, read_sections
from tests.support.browser import visiting
from tests.support.search_cases import RESULTS, ask, write_site_with_index
from tests.support.trees import tree_from

PAGE = """
<h2 id="telefon">Telefontavle</h2><p>Ring til vagten på 70 12 34 56 eller til borgerservice på 8012 3457.</p>
<h2 id="lov">Lovgivning § 123 c</h2><p>Se § 456, stk. 7, og § 89a i giraffloven.</p>
<h2 id="andet">Lovgivning § 123 b</h2><p>Den handler om 12 byer, 575 borgere, 70 gader og 34 veje.</p>
<h2 id="penge">Beløb</h2><p>Taksten er 12.575 kr. Støtten er 1 250 000 kr. Gebyret er 13700 kr.</p>
<h2 id="navne">Forkortelser</h2><p>Brug MitID eller NemKonto. Skriv til girafpost@eksempel-kommune.dk eller brug C/O-adressen.</p>
<h2 id="numre">Sager</h2><p>Sagsnummer 22/004711. Dokument 2023-0045.</p>
<h2 id="bindestreg">Selv\u00adbetje\u00adning for giraffer</h2><p>Her står halv\u00adårs\u00adbudget og giraffoder-
leverandør, der er delt. Formularen er pa\u030a dansk.</p>
"""
"""A page on which words and numbers are not written as readers type them."""


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


NUMBERS = st.text(st.sampled_from("0123456789 .-/+a"), max_size=20)
# Without unassigned characters: the browser may know a newer Unicode than Python does.
TEXTS = st.lists(
    NUMBERS
    | st.text(st.sampled_from("aåæøeiouydfgklmnprst-‐ .,/'5ÅÆØÉéüß²ª"), max_size=12)
    | st.text(st.characters(exclude_categories=["Cn", "Cs"]), max_size=8),
    max_size=5,
)


def test_the_browser_has_the_same_words(page: Page) -> None:
    texts: list[str] = []

    @given(TEXTS)
    def collect(parts: list[str]) -> None:
        texts.append(normalize(" ".join(parts)))

    collect()
    texts += ["İstanbul", "x" * 61, f"{'x' * 40}-{'y' * 40}", "video-møderum", "åbningstid"]
    texts += ["12.575 kr", "1 250 000", "+45 70 12 34 56", "+4570123456", "8012 3457", "22/004711", "C/O-adressen", "a/b/cd", "12.575kr"]
    ours = page.evaluate(
        """async texts => {
          const { words, stem } = await import(new URL('words.js', new URL(document.querySelector('form[data-script]').dataset.script, document.baseURI)))
          return texts.map(text => words(text).flatMap(({ word, parts }) => parts.length > 1 ? [...parts, word] : [word]).map(stem))
        }""",
        texts,
    )
    assert ours == [[stem(word) for word in words(text)] for text in texts]


def test_the_browser_normalizes_what_is_typed_as_the_program_does(page: Page) -> None:
    typed = ["halv\u00adårs", " pa\u030a  ra\u030adhuset\n", "1\u00a0250\u202f000", "a\u2060b\ufeffc\u200bd"]
    ours = page.evaluate(
        """async texts => {
          const { normalize } = await import(new URL('words.js', new URL(document.querySelector('form[data-script]').dataset.script, document.baseURI)))
          return texts.map(normalize)
        }""",
        typed,
    )
    assert ours == [normalize(text) for text in typed]


@pytest.fixture(scope="module")
def other_page(browser: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The search of a site whose only page is `PAGE`."""
    folder = tmp_path_factory.mktemp("other") / "site"
    write_site_with_index(site, folder, [IndexedPage("side/", "Numre", "", read_sections(tree_from(PAGE)))])
    with visiting(browser, folder) as page:
        yield page


def marked(page: Page) -> list[str]:
    """Return the hits that the results mark."""
    return page.locator("[data-search-results] .excerpt mark").all_inner_texts()


@pytest.mark.parametrize(
    ("section", "hit", "queries"),
    [
        ("telefon", "70 12 34 56", ["70123456", "70 12 34 56", "7012 3456", "701 23 456", "70.12.34.56", "+45 70 12 34 56", "+4570123456"]),
        ("telefon", "8012 3457", ["80123457", "8012 3457", "80 12 34 57", "+45 80123457"]),
        ("penge", "12.575", ["12575", "12.575", "12 575", "12\u00a0575"]),
        ("penge", "1 250 000", ["1250000", "1 250 000", "1.250.000", "1250 000"]),
        ("penge", "13700", ["13700", "13.700", "13 700"]),
        ("numre", "22/004711", ["22/004711", "22004711", "22 004711", "004711"]),
        ("numre", "2023-0045", ["2023-0045", "20230045", "2023 0045"]),
        ("lov", "89a", ["89a", "89 a", "§ 89 a", "§89a"]),
    ],
)
def test_a_number_is_found_however_it_is_typed(other_page: Page, section: str, hit: str, queries: list[str]) -> None:
    for query in queries:
        assert ask(other_page, query) == [f"side/#{section}"], query
        assert hit in marked(other_page), query


@pytest.mark.parametrize("query", ["123 c", "123c", "§ 123 c", "§123c"])
def test_the_letter_of_a_section_in_a_law_counts(other_page: Page, query: str) -> None:
    assert ask(other_page, query) == ["side/#lov"]
    assert ask(other_page, query.replace("c", "b")) == ["side/#andet"]


@pytest.mark.parametrize("typed", ["12.57", "70 12 34", "70 12 34 5", "8012 34"])
def test_a_number_is_found_while_it_is_typed(other_page: Page, typed: str) -> None:
    assert ask(other_page, typed) in (["side/#telefon"], ["side/#penge"])


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        *(("mit id", "MitID"), ("mitid", "MitID"), ("Mit-ID", "MitID"), ("logge på med mit id", "MitID"), ("nem konto", "NemKonto")),
        *(("c/o", "C/O-adressen"), ("co-adresse", "C/O-adressen"), ("girafpost@eksempel-kommune.dk", "girafpost"), ("girafpost", "girafpost")),
    ],
)
def test_a_name_is_found_however_it_is_typed(other_page: Page, query: str, hit: str) -> None:
    assert ask(other_page, query) == ["side/#navne"]
    assert hit in marked(other_page)


@pytest.mark.parametrize(
    "query",
    ["selvbetjening", "selv\u00adbetjening", "halvårsbudget", "halvårs\u00adbudget", "pa\u030a dansk", "giraffoder", "giraffoderleverandør"],
)
def test_soft_hyphens_and_accents_of_their_own_make_no_difference(other_page: Page, query: str) -> None:
    assert ask(other_page, query) == ["side/#bindestreg"]
    expect(other_page.locator(RESULTS)).to_have_text(re.compile("› Selvbetjening for giraffer$"))
    assert "\u00ad" not in other_page.locator("[data-search-results]").inner_text()


def test_a_break_in_a_word_stays_as_it_was_typed(other_page: Page) -> None:
    ask(other_page, "giraffoder")
    expect(other_page.locator("[data-search-results] .excerpt")).to_contain_text("giraffoder- leverandør")
