"""Finds the words that people ask with, for the places that the answers to their questions quote. No I/O.

An answer has everyday words as keywords (`gdpr`, `e-boks`), and quotes rules and passages of the strategy. The same words should lead staff
to those rules, and to the outcomes of the chooser that cite the same. The strategy's own pages do without: citizens find the answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from kanalstrategi.content.urls import PLACEHOLDER_SITE
from kanalstrategi.search.audiences import PageKind
from kanalstrategi.search.sections import IndexedPage, Section

MIN_SHARE = 0.1
"""A place that has less than this share of what an answer quotes is not about the same."""

_PLACES = frozenset((PageKind.RULE, PageKind.CHOOSER))
"""The kinds of pages that get the words."""
ASKED_KINDS = _PLACES | {PageKind.ANSWER}
"""The kinds of pages that matter here."""


def asked_words(pages: Sequence[IndexedPage]) -> dict[str, list[tuple[str, float]]]:
    """Return the keywords of answers, keyed by the URL of a section, each with the share of what the answer quotes that the section has.

    What few sections have and few answers quote counts for more: nearly every outcome of the chooser says what a mail must not hold.
    """
    places = {f"{page.url}#{section.anchor}": set(_sources(page, section)) for page in pages if page.kind in _PLACES for section in page.sections}
    answers = [(answer, {source for section in answer.sections for source in _cited(answer, section)}) for answer in pages if answer.kind is PageKind.ANSWER]
    having = Counter(source for sources in places.values() for source in sources)
    quoting = Counter(source for _, quoted in answers for source in quoted)
    words: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for answer, quoted in answers:
        weights = {source: 1 / (having[source] * quoting[source]) for source in sorted(quoted) if having[source]}
        total = sum(weights.values())
        for place, sources in places.items():
            share = sum(weight for source, weight in weights.items() if source in sources) / total if total else 0.0
            if share >= MIN_SHARE:
                words[place].append((" ".join(answer.keywords), share))
    return words


def _sources(page: IndexedPage, section: Section) -> Iterator[str]:
    """Yield the URL of the rule that a section is about, or those of the rules and passages that it cites."""
    if page.kind is PageKind.CHOOSER:
        yield from _cited(page, section)
    elif section is page.sections[0]:
        yield f"{page.stated_on}#{page.url.rstrip('/').rpartition('/')[2]}"


def _cited(page: IndexedPage, section: Section) -> Iterator[str]:
    for href in section.cited:
        yield urljoin(PLACEHOLDER_SITE + page.url, href).removeprefix(PLACEHOLDER_SITE)
