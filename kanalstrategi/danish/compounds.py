"""Finds the base forms of Danish words, and the words that compounds consist of.

The dictionary is simplemma's: 790,000 forms, each with its base form (`lexicon.py`). Which words may be parts of a compound is
learned from the dictionary's own compounds; there is no list of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kanalstrategi.danish.lexicon import MIN_LETTERS, Lexicon, first_part_candidates, is_verb, open_lexicon
from kanalstrategi.danish.words import STOP_WORDS

_MIN_REGULARITY = 0.3
"""The regularity from which a word counts as a compound, chosen by reading the site's 390 compounds (adr/0010)."""

_MAX_VERB_SHARE = 0.2
"""A first part with at least this share of verbs is a particle, which does not form compounds: `for-stå`, `ind-tale`, `over-skride`."""


class Dictionary:
    """Danish words, with their base forms and the parts of compounds."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cache  # noqa: B019 -- each process has one dictionary, for as long as it runs
    def lemma(self, word: str) -> str:
        """Return the base form of a word. If a compound is not in the dictionary, only its last part is looked up."""
        if (lemma := self._lexicon.lemma(word)) is not None:
            return lemma
        for start in range(MIN_LETTERS, len(word) - MIN_LETTERS + 1):
            last = self._lexicon.lemma(word[start:])
            if last is not None and any(self._lexicon.is_first(first) for first, _ in first_part_candidates(word[:start])):
                return word[:start] + last
        return word

    def forms_of(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield every form of some words, each with the word that it is a form of."""
        return ((form, word) for word in words for form in self._lexicon.forms(word))

    def parts(self, word: str) -> Iterator[str]:
        """Yield the words inside a compound: first the two that it consists of, then the parts of those.

        The parts of `selvbetjeningsløsning` are `selvbetjening`, `løsning`, `selv` and `betjening`. A word that is not a compound has
        none.
        """
        waiting = list(self._split_compound(self.lemma(word)) or ())
        while waiting:
            part = waiting.pop(0)
            yield part
            waiting += self._split_compound(part) or ()

    @cache  # noqa: B019 -- each process has one dictionary, for as long as it runs
    def is_compound_noun(self, word: str) -> bool:
        """Whether a word is a compound that can be a noun."""
        lemma = self.lemma(word)
        parts = self._split_compound(lemma)
        if parts is None or parts[0] in STOP_WORDS or parts[1] in STOP_WORDS:
            return False
        return (self._is_noun(lemma) or self._is_noun(parts[1])) and not (is_verb(lemma, self._lexicon.lemma) or self._is_adjective(parts[1]))

    def is_noun(self, word: str) -> bool:
        """Whether a word can be a noun, in any of its forms."""
        lemma = self.lemma(word)
        return (self._is_noun(lemma) or self._is_noun(word)) and not self._is_adjective(lemma)

    def _is_noun(self, word: str) -> bool:
        """Whether a word has a definite form: `tid-en`, `sæt-tet`, `adresse-n`."""
        ends = ("n", "t") if word.endswith("e") else ("en", "et", word[-1] + "en", word[-1] + "et")
        return any(self._lexicon.lemma(word + end) == word for end in ends)

    def _is_adjective(self, word: str) -> bool:
        return word.endswith(("isk", "lig")) or self._lexicon.lemma(word + "t") == self._lexicon.lemma(word + "e") == word

    @cache  # noqa: B019 -- each process has one dictionary, for as long as it runs
    def _split_compound(self, word: str) -> tuple[str, str] | None:
        """Return the two words that a compound consists of, or None if the word is not a compound."""
        best = max(self._candidate_splits(word), default=None)
        return best[1:] if best and best[0] >= _MIN_REGULARITY else None

    def _candidate_splits(self, word: str) -> Iterator[tuple[float, str, str]]:
        """Yield the ways to split a word in two, each as its regularity, its first word and its last."""
        for start in range(MIN_LETTERS, len(word) - MIN_LETTERS + 1):
            last_regularity = self._lexicon.as_last(word[start:])
            if last_regularity is None:
                continue
            for first, link in first_part_candidates(word[:start]):
                if self._lexicon.is_first(first):
                    first_regularity, verb_share = self._lexicon.as_first(first)
                    if verb_share < _MAX_VERB_SHARE:
                        # With and without the linking letter, the first part scores the same. Prefer the shorter one, which is the real word.
                        yield first_regularity * last_regularity + 0.001 * len(link), first, word[start:]


@cache
def danish_dictionary() -> Dictionary:
    """Return the dictionary, which is opened once per process."""
    return Dictionary(open_lexicon())
