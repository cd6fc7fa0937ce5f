"""Which terms a page gives the index of terms, and in what order."""

from __future__ import annotations

from kanalstrategi.danish.alphabet import danish_order
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.search.sections import IndexedPage, read_sections
from kanalstrategi.search.term_index import term_entries
from tests.support.trees import tree_from


def page(html: str, **facts: object) -> IndexedPage:
    return IndexedPage("side/", "Hvad er en side?", "", read_sections(tree_from(html)), **facts)  # type: ignore[arg-type]  # any of its fields


def terms(*pages: IndexedPage) -> list[str]:
    return [entry.term for entries in term_entries(pages, danish_dictionary()).values() for entry in entries]


def test_a_term_is_a_keyword_a_short_heading_or_a_compound_noun() -> None:
    text = (
        "<h1>Hvad er en side?</h1><p>Vi annoncerer fællespostkasser, når det er hurtigst muligt. Sandkøbing. Hvornår?</p>"
        '<h2 id="post">Digital post</h2><p>Vi er personfølsomme og videreudvikler.</p><h2 id="x">Hvem gælder det?</h2>'
    )
    assert terms(page(text, keywords=("Facebook",))) == ["digital post", "Facebook", "fællespostkasse"]


def test_text_of_another_page_is_indexed_there() -> None:
    text = '<div class="quoted-rules"><ul><li>om notatpligt</li></ul></div><table data-search-exclude=""><tr><td>telefontid</td></tr></table>'
    assert terms(page(text)) == []
    assert terms(page("<p>om notatpligt</p>", is_term=False)) == []


def test_letters_stand_as_in_denmark() -> None:
    words = ["åbningstid", "aftale", "Øl", "zebra", "ære", "ø", "Æble", "etage", "café", "cafe x"]
    assert sorted(words, key=danish_order) == ["aftale", "café", "cafe x", "etage", "zebra", "Æble", "ære", "ø", "Øl", "åbningstid"]
