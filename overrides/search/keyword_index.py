"""The index of terms from A to Å (stikordsregister): what the site's pages are about, and where. Pure.

A term is what an editor gave as a keyword, a short heading, or a noun that Danish has put together of others: in a
text like a municipality's, those are its terms (`fællespostkasse`, `notatpligt`), and none has to be listed by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .danish import Dictionary, key, words
from .sections import Kind, SearchedPage, Section

NUMBERS = "0–9"
"""What stands for a letter where terms begin with a number."""
_SHORTEST = 2
"""Letters of a term."""
_LONGEST_HEADING = 4
"""Words of a heading that is a term and not a sentence."""


@dataclass(frozen=True)
class Reference:
    """Where a term stands."""

    page: SearchedPage
    section: Section

    @property
    def url(self) -> str:
        return f"{self.page.url}#{self.section.anchor}" if self.section.anchor else self.page.url


@dataclass(frozen=True)
class Entry:
    term: str
    places: tuple[Reference, ...]
    """One for each page, in the order of the menu."""


def entries_of(pages: Sequence[SearchedPage], dictionary: Dictionary) -> dict[str, list[Entry]]:
    """The entries by their letter, in the order of the Danish alphabet."""
    written: dict[str, str] = {}
    places: dict[str, dict[str, Reference]] = {}
    for page in (page for page in pages if page.is_term):
        for term, section in _terms(page, dictionary):
            one = " ".join(key(dictionary.lemma(word)) for word in words(term))
            if len(one) < _SHORTEST:
                continue
            written.setdefault(one, term)
            places.setdefault(one, {}).setdefault(page.url, Reference(page, section))
    entries = (Entry(written[one], tuple(found.values())) for one, found in places.items())
    by_letter: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: danish_order(entry.term)):
        first = danish_order(entry.term)[0]
        letter = NUMBERS if first.isdigit() else first.upper().translate(_BACK)
        by_letter.setdefault(letter, []).append(entry)
    return by_letter


def _terms(page: SearchedPage, dictionary: Dictionary) -> Iterator[tuple[str, Section]]:
    first = page.sections[0]
    for keyword in page.keywords:
        yield keyword, first
    if page.is_local:
        yield page.place[:1].lower() + page.place[1:], first
    elif not page.is_draft:
        yield from ((term, first) for term in _short(page.title))
    for section in (section for section in page.sections if section.is_on_paper):
        if not page.is_draft:
            yield from ((term, section) for term in _short(section.heading))
        texts = [section.heading, *(piece.text for piece in section.pieces if piece.kind is not Kind.QUOTE)]
        # A name has a capital wherever it stands.
        common = {word for text in texts for word in re.findall(r"[^\W_]+", text[:1].lower() + text[1:]) if word.islower()}
        for word in dict.fromkeys(word for text in texts for word in words(text)):
            if word in common and dictionary.is_compound_noun(word):
                lemma = dictionary.lemma(word)
                # `driftsstop` is a form of a verb, too.
                yield word if lemma.startswith(word) else lemma, section


def _short(heading: str) -> Iterator[str]:
    """A heading that is a term: `Digital post`, not `Hvad er en kanal?`."""
    if heading and len(heading.split()) <= _LONGEST_HEADING and not re.search(r"[?.!:,–]", heading):
        yield heading[0].lower() + heading[1:]


def danish_order(term: str) -> str:
    """What sorts terms as a Danish dictionary does: Æ, Ø and Å last, capitals like small letters, no heed to signs before."""
    plain = unicodedata.normalize("NFC", term.lower()).translate(_THERE)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    start = next((at for at, sign in enumerate(plain) if sign.isalnum() or sign in "{|}"), 0)
    return plain[start:]


_THERE, _BACK = str.maketrans("æøå", "{|}"), str.maketrans("{|}", "ÆØÅ")
