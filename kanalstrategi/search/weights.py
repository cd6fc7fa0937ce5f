"""Weighs the words of pages: how much each section has to say about each word. No I/O."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from kanalstrategi.content.conventions import DEFINITION_PREFIX
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.danish.compounds import Dictionary
from kanalstrategi.danish.words import stem, words
from kanalstrategi.search.sections import IndexedPage, Kind

TITLE_WEIGHT, KEYWORD_WEIGHT, HEADING_WEIGHT, PARENT_HEADING_WEIGHT, LINK_TEXT_WEIGHT = 6.0, 6.0, 4.0, 2.5, 1.5
ASKED_WORD_WEIGHT = 2.0
"""The weight of the words that citizens ask with, in what the answer to their question quotes."""
KIND_WEIGHTS = {Kind.RULE: 2.5, Kind.TEXT: 1.0, Kind.QUOTE: 0.4}
"""The weight of a word in each kind of text."""

LAST_PART_SHARE, FIRST_PART_SHARE = 0.8, 0.7
"""The share of a compound's weight that each part gets: a `fællespostkasse` is a `postkasse`, and `fælles` only says which kind."""

KEYWORD_PART_SHARE = 0.5
"""The share that is left of a part's weight if the compound is a keyword: `tavshedspligt` says little about other kinds of `pligt`."""

OTHER_FORM_SHARE = 0.9
"""The share of a word's weight that its base form in the dictionary gets: `barn` for `børn`."""

WHOLE_WORD_COUNT = 10
"""How many occurrences as part of a compound count as much as one as a word of its own, when forms are counted."""

_Word = tuple[tuple[str, str, float], ...]
"""A word and the others that should find it: for each, its form, its stem, and its share of the word's weight."""


@dataclass(frozen=True)
class WeighedPage:
    """The words of a page, which depend on nothing but the page."""

    stems: list[str]
    """The stem of each word."""
    forms: list[dict[str, int]]
    """How often each form occurs, for each of the stems."""
    sections: list[tuple[list[int], list[float]]]
    """For each section, the words that it has, as positions in `stems`, and their weights."""


class WordWeights:
    """Adds up the weights of words, and counts in which forms they occur."""

    def __init__(self, dictionary: Dictionary | None) -> None:
        """Begin with the dictionary of the language that the words are in, or None if there is no dictionary of it."""
        self._dictionary = dictionary
        self.forms: dict[str, Counter[str]] = defaultdict(Counter)
        """How often each form occurs, keyed by stem."""

    def add(self, weights: dict[str, float], text: str, weight: float, part_share: float = 1.0) -> None:
        """Add each word of a text to the weights of a section, which are keyed by stem. `part_share` is what is left of the weight of parts."""
        for word in words(text):
            count = WHOLE_WORD_COUNT
            for form, stem_of_form, share in _word_forms(word, self._dictionary) if self._dictionary else ((word, stem(word), 1.0),):
                counted = share if share >= OTHER_FORM_SHARE else share * part_share
                weights[stem_of_form] = weights.get(stem_of_form, 0.0) + weight * counted
                self.forms[stem_of_form][form] += count
                count = 1


def weigh_page(page: IndexedPage, dictionary: Dictionary) -> WeighedPage:
    """Return the weights of the words of a page, links from other pages left out."""
    total = WordWeights(dictionary if page.language == SITE_LANGUAGE else None)
    sections: list[dict[str, float]] = []
    for number, section in enumerate(page.sections):
        weights: dict[str, float] = {}
        total.add(weights, page.title, TITLE_WEIGHT if number == 0 else TITLE_WEIGHT / 3)
        if number == 0:
            total.add(weights, " ".join(page.keywords), KEYWORD_WEIGHT, KEYWORD_PART_SHARE)
            total.add(weights, page.description, KIND_WEIGHTS[Kind.TEXT])
        total.add(weights, section.heading, HEADING_WEIGHT)
        total.add(weights, section.parent_heading, PARENT_HEADING_WEIGHT)
        for block in section.blocks:
            total.add(weights, block.text, KIND_WEIGHTS[block.kind])
            if block.anchor.startswith(DEFINITION_PREFIX):  # people who ask what a word means should find its definition
                total.add(weights, block.anchor.removeprefix(DEFINITION_PREFIX).replace("-", " "), KEYWORD_WEIGHT)
        sections.append(weights)
    stems = list(total.forms)
    positions = {text: position for position, text in enumerate(stems)}
    forms = [dict(total.forms[text]) for text in stems]
    return WeighedPage(stems, forms, [([positions[text] for text in weights], list(weights.values())) for weights in sections])


@cache
def _word_forms(word: str, dictionary: Dictionary) -> _Word:
    """Return a word, its base form and its parts, each with its share of the word's weight."""
    found = [(word, stem(word), 1.0)]
    lemma = dictionary.lemma(word)
    if stem(lemma) != stem(word):
        found.append((lemma, stem(lemma), OTHER_FORM_SHARE))
    for part in dictionary.parts(word):
        found.append((part, stem(part), LAST_PART_SHARE if lemma.endswith(part) else FIRST_PART_SHARE))
    return tuple(found)
