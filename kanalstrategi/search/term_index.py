"""The index of terms from A to Å (stikordsregister): what the site's pages are about, and where. Pure.

A term is what an editor gave as a keyword, a short heading, or a noun that Danish has put together of others: in a
text like a municipality's, those are its terms (`fællespostkasse`, `notatpligt`), and none has to be listed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kanalstrategi.danish.alphabet import danish_order, first_letter
from kanalstrategi.danish.compounds import Dictionary
from kanalstrategi.danish.words import STOP_WORDS, stem, words
from kanalstrategi.search.sections import IndexedPage, Kind, Section

NUMBERS = "0–9"
"""What stands for a letter where terms begin with a number."""

_MIN_LETTERS = 2
"""Letters of a term."""

_MAX_HEADING_WORDS = 4
"""Words of a heading that is a term and not a sentence."""


@dataclass(frozen=True)
class Reference:
    """Where a term stands."""

    page: IndexedPage
    section: Section
    paper: str | None = None
    """Where in the page's print, as an id; empty for its beginning, None where print does not have it."""
    is_keyword: bool = False
    """Whether the page has the term from its editor, and not in its text."""

    @property
    def url(self) -> str:
        return f"{self.page.url}#{self.section.anchor}" if self.section.anchor else self.page.url

    @property
    def paper_url(self) -> str:
        return f"{self.page.url}#{self.paper}" if self.paper else self.page.url


@dataclass(frozen=True)
class Entry:
    term: str
    places: tuple[Reference, ...]
    """One for each page: in the order of the menu, drafts last."""


def term_entries(pages: Iterable[IndexedPage], dictionary: Dictionary) -> dict[str, list[Entry]]:
    """The entries by their letter, in the order of the Danish alphabet."""
    written: dict[str, str] = {}
    places: dict[str, dict[str, Reference]] = {}
    for page in (page for page in pages if page.is_term):
        for term, place in _terms_of(page, dictionary):
            one = " ".join(stem(dictionary.lemma(word)) for word in words(term))
            if len(one) < _MIN_LETTERS:
                continue
            written.setdefault(one, term)
            found = places.setdefault(one, {})
            first = found.setdefault(page.url, place)
            if first.paper is None or (first.is_keyword and not place.is_keyword):
                found[page.url] = replace(first, paper=place.paper, is_keyword=place.is_keyword)
    by_letter: dict[str, list[Entry]] = {}
    for one in sorted(places, key=lambda one: (danish_order(written[one]), one)):
        in_order = sorted(places[one].values(), key=lambda place: place.page.is_draft)
        by_letter.setdefault(first_letter(written[one]) or NUMBERS, []).append(Entry(written[one], tuple(in_order)))
    return by_letter


def _terms_of(page: IndexedPage, dictionary: Dictionary) -> Iterator[tuple[str, Reference]]:
    top = Reference(page, page.sections[0], "")
    for keyword in page.keywords:
        yield keyword, replace(top, is_keyword=True)
    if page.is_local:
        yield page.place[:1].lower() + page.place[1:], top
    elif not page.is_draft:
        yield from ((term, top) for term in _heading_terms(page.title, dictionary))
    for section in page.sections:
        at_heading = Reference(page, section, section.anchor if section.anchor in page.on_paper else None)
        if section.anchor and not page.is_draft:
            yield from ((term, at_heading) for term in _heading_terms(section.heading, dictionary))
        yield from ((term, at_heading) for term in _compounds(section.heading, dictionary))
        for piece in section.pieces:
            if piece.kind is not Kind.QUOTE:
                place = Reference(page, section, piece.place if piece.place in page.on_paper else None)
                yield from ((term, place) for term in _compounds(piece.text, dictionary))


def _compounds(text: str, dictionary: Dictionary) -> Iterator[str]:
    # A name has a capital wherever it stands.
    common = {word for word in re.findall(r"[^\W_]+", text[:1].lower() + text[1:]) if word.islower()}
    for word in dict.fromkeys(words(text)):
        if word in common and dictionary.is_compound_noun(word):
            lemma = dictionary.lemma(word)
            # `driftsstop` is a form of a verb, too.
            yield word if lemma.startswith(word) else lemma


def _heading_terms(heading: str, dictionary: Dictionary) -> Iterator[str]:
    """The terms of a heading that is no sentence: `Digital post`, or `presse`, `sociale medier` and `annoncer`."""
    parts = re.split(r", | og ", heading)
    names_one_thing_each = len(parts) > 1 and all(_is_name(part, dictionary) for part in parts)
    for term in parts if names_one_thing_each else [heading]:
        if _is_name(term, dictionary):
            yield term[0].lower() + term[1:]


def _is_name(heading: str, dictionary: Dictionary) -> bool:
    all_words = list(words(heading))
    if not all_words or len(all_words) > _MAX_HEADING_WORDS or re.search(r"[?.!:,–]", heading) or all_words[0] in STOP_WORDS:
        return False
    return dictionary.is_noun(all_words[-1])
