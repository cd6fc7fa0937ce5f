"""Builds the index of terms from A to Å (stikordsregister). No I/O.

Terms are editors' keywords, short headings, and Danish compound nouns. In a municipality's texts, the compound nouns are the technical
terms (`fællespostkasse`, `notatpligt`), so nobody has to list the terms by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kanalstrategi.danish.alphabet import danish_order, first_letter
from kanalstrategi.danish.compounds import Dictionary
from kanalstrategi.danish.words import STOP_WORDS, stem, words
from kanalstrategi.search.sections import IndexedPage, Kind

NUMBERS = "0–9"
"""The heading above terms that begin with a number instead of a letter."""

_MIN_LETTERS = 2
"""The minimum number of letters in a term."""

_MAX_HEADING_WORDS = 4
"""A heading with more words than this is a sentence instead of a term."""


@dataclass(frozen=True, slots=True)
class TermPage:
    """What the index of terms says of a page."""

    url: str
    title: str
    name: str
    """What the page is called in the index: a guideline by its department, another page by its title."""
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where a term occurs."""

    page: TermPage
    anchor: str
    """The id of the section that it occurs in; empty for the start of the page."""
    print_anchor: str | None = None
    """The id of the place in the printed page. It is empty for the start of the page, and None if the place is not printed."""
    is_keyword: bool = False
    """Whether the term is a keyword of the page and does not occur in its text."""

    @property
    def url(self) -> str:
        """The URL of the section, relative to the site's root."""
        return f"{self.page.url}#{self.anchor}" if self.anchor else self.page.url

    @property
    def print_url(self) -> str:
        """The URL of the place in the printed page, relative to the site's root."""
        return f"{self.page.url}#{self.print_anchor}" if self.print_anchor else self.page.url


@dataclass(frozen=True)
class Entry:
    """A term with the places where it occurs."""

    term: str
    references: tuple[Reference, ...]
    """One place per page, in menu order but with drafts last."""


def term_entries(pages: Iterable[IndexedPage], dictionary: Dictionary) -> dict[str, list[Entry]]:
    """Return the entries, keyed by their letter (or NUMBERS) and sorted by the Danish alphabet."""
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
    """Yield the terms of a page as written, each with the place where it occurs. A term can be yielded more than once."""
    shown = TermPage(page.url, page.title, page.place if page.is_local else page.title, page.is_draft)
    top = Reference(shown, page.sections[0].anchor, "")
    for keyword in page.keywords:
        yield keyword, replace(top, is_keyword=True)
    if page.is_local:
        yield page.place[:1].lower() + page.place[1:], top
    elif not page.is_draft:
        yield from ((term, top) for term in _heading_terms(page.title, dictionary))
    for section in page.sections:
        at_heading = Reference(shown, section.anchor, section.anchor if section.anchor in page.printed_ids else None)
        if section.anchor and not page.is_draft:
            yield from ((term, at_heading) for term in _heading_terms(section.heading, dictionary))
        yield from ((term, at_heading) for term in _compounds(section.heading, dictionary))
        for block in section.blocks:
            if block.kind is not Kind.QUOTE:
                at_block = Reference(shown, section.anchor, block.mark_id if block.mark_id in page.printed_ids else None)
                yield from ((term, at_block) for term in _compounds(block.text, dictionary))


def _compounds(text: str, dictionary: Dictionary) -> Iterator[str]:
    """Yield the compound nouns in a text, except for names, which have a capital letter even inside a sentence."""
    lower_case = {word for word in re.findall(r"[^\W_]+", text[:1].lower() + text[1:]) if word.islower()}
    for word in dict.fromkeys(words(text)):
        if word in lower_case and dictionary.is_compound_noun(word):
            lemma = dictionary.lemma(word)
            # A word such as `driftsstop` is also a verb form, but the base form of that verb is not the term.
            yield word if lemma.startswith(word) else lemma


def _heading_terms(heading: str, dictionary: Dictionary) -> Iterator[str]:
    """Yield the terms in a heading that is not a sentence: `Digital post`, or `presse`, `sociale medier` and `annoncer`."""
    parts = re.split(r", | og ", heading)
    is_enumeration = len(parts) > 1 and all(_is_name(part, dictionary) for part in parts)
    for term in parts if is_enumeration else [heading]:
        if _is_name(term, dictionary):
            yield term[0].lower() + term[1:]


def _is_name(heading: str, dictionary: Dictionary) -> bool:
    """Whether a heading or part of a heading names something, that is, whether it is short and ends with a noun."""
    all_words = list(words(heading))
    if not all_words or len(all_words) > _MAX_HEADING_WORDS or re.search(r"[?.!:,–]", heading) or all_words[0] in STOP_WORDS:
        return False
    return dictionary.is_noun(all_words[-1])
