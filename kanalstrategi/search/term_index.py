"""The index of terms from A to Å (stikordsregister): what the site's pages are about, and where. Pure.

Terms are the keywords that editors give, short headings, and Danish compound nouns: in texts like a municipality's, those are the
technical terms (`fællespostkasse`, `notatpligt`), so none has to be listed by hand.
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
"""The heading over terms that begin with a number instead of a letter."""

_MIN_LETTERS = 2
"""Letters of the shortest term."""

_MAX_HEADING_WORDS = 4
"""Words of the longest heading that is a term and not a sentence."""


@dataclass(frozen=True)
class Reference:
    """A place where a term stands."""

    page: IndexedPage
    section: Section
    print_anchor: str | None = None
    """The id of the place in the printed page; empty for the page's beginning, None if the place is not printed."""
    is_keyword: bool = False
    """Whether the term is one of the page's keywords and does not stand in its text."""

    @property
    def url(self) -> str:
        """The section's URL, relative to the site's root."""
        return f"{self.page.url}#{self.section.anchor}" if self.section.anchor else self.page.url

    @property
    def print_url(self) -> str:
        """The URL of the place that is printed, relative to the site's root."""
        return f"{self.page.url}#{self.print_anchor}" if self.print_anchor else self.page.url


@dataclass(frozen=True)
class Entry:
    """A term, with the places where it stands."""

    term: str
    references: tuple[Reference, ...]
    """One for each page, in the order of the menu, drafts last."""


def term_entries(pages: Iterable[IndexedPage], dictionary: Dictionary) -> dict[str, list[Entry]]:
    """Return the entries by their letter (or NUMBERS), in the order of the Danish alphabet."""
    spellings: dict[str, str] = {}
    references: dict[str, dict[str, Reference]] = {}
    for page in (page for page in pages if page.is_term):
        for term, reference in _terms_of(page, dictionary):
            stems = " ".join(stem(dictionary.lemma(word)) for word in words(term))
            if len(stems) < _MIN_LETTERS:
                continue
            spellings.setdefault(stems, term)
            by_page = references.setdefault(stems, {})
            first = by_page.setdefault(page.url, reference)
            if first.print_anchor is None or (first.is_keyword and not reference.is_keyword):
                by_page[page.url] = replace(first, print_anchor=reference.print_anchor, is_keyword=reference.is_keyword)
    by_letter: dict[str, list[Entry]] = {}
    for stems in sorted(references, key=lambda stems: (danish_order(spellings[stems]), stems)):
        drafts_last = sorted(references[stems].values(), key=lambda reference: reference.page.is_draft)
        by_letter.setdefault(first_letter(spellings[stems]) or NUMBERS, []).append(Entry(spellings[stems], tuple(drafts_last)))
    return by_letter


def _terms_of(page: IndexedPage, dictionary: Dictionary) -> Iterator[tuple[str, Reference]]:
    """Yield the terms of a page as they are written, each with where it stands; some more than once."""
    top = Reference(page, page.sections[0], "")
    for keyword in page.keywords:
        yield keyword, replace(top, is_keyword=True)
    if page.is_local:
        yield page.place[:1].lower() + page.place[1:], top
    elif not page.is_draft:
        yield from ((term, top) for term in _heading_terms(page.title, dictionary))
    for section in page.sections:
        at_heading = Reference(page, section, section.anchor if section.anchor in page.printed_ids else None)
        if section.anchor and not page.is_draft:
            yield from ((term, at_heading) for term in _heading_terms(section.heading, dictionary))
        yield from ((term, at_heading) for term in _compounds(section.heading, dictionary))
        for block in section.blocks:
            if block.kind is not Kind.QUOTE:
                at_block = Reference(page, section, block.mark_id if block.mark_id in page.printed_ids else None)
                yield from ((term, at_block) for term in _compounds(block.text, dictionary))


def _compounds(text: str, dictionary: Dictionary) -> Iterator[str]:
    """Yield the compound nouns in a text, but no names: those have a capital even inside a sentence."""
    lower_case = {word for word in re.findall(r"[^\W_]+", text[:1].lower() + text[1:]) if word.islower()}
    for word in dict.fromkeys(words(text)):
        if word in lower_case and dictionary.is_compound_noun(word):
            lemma = dictionary.lemma(word)
            # A word such as `driftsstop` is also a form of a verb, whose base form is not the term.
            yield word if lemma.startswith(word) else lemma


def _heading_terms(heading: str, dictionary: Dictionary) -> Iterator[str]:
    """Yield the terms of a heading that is not a sentence: `Digital post`, or `presse`, `sociale medier` and `annoncer`."""
    parts = re.split(r", | og ", heading)
    is_enumeration = len(parts) > 1 and all(_is_name(part, dictionary) for part in parts)
    for term in parts if is_enumeration else [heading]:
        if _is_name(term, dictionary):
            yield term[0].lower() + term[1:]


def _is_name(heading: str, dictionary: Dictionary) -> bool:
    """Whether a heading, or a part of one, names something: it is short, and its last word is a noun."""
    all_words = list(words(heading))
    if not all_words or len(all_words) > _MAX_HEADING_WORDS or re.search(r"[?.!:,–]", heading) or all_words[0] in STOP_WORDS:
        return False
    return dictionary.is_noun(all_words[-1])
