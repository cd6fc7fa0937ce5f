"""What the search knows of Danish: what a word is when its ending is gone, and which words it is put together of.

The dictionary is simplemma's: 790,000 forms and the word that each is a form of (`lexicon.py`). What is a part of a compound is
read off how the dictionary's own compounds are made; there is no list of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kanalstrategi.danish.lexicon import MIN_LETTERS, Lexicon, first_part_candidates, is_verb, open_lexicon
from kanalstrategi.danish.words import STOP_WORDS

_MIN_REGULARITY = 0.3
"""How sure it has to be that a word is made of two; found by reading the site's 390 compounds (adr/0010)."""

_MAX_VERB_SHARE = 0.2
"""From which share of verbs on the first part is a particle: `for-stå`, `ind-tale`, `over-skride`."""


class Dictionary:
    """Danish words, and how they are put together."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cache
    def lemma(self, word: str) -> str:
        """The word that this is a form of; of a compound that is not in the dictionary, by its last part."""
        if (lemma := self._lexicon.lemma(word)) is not None:
            return lemma
        for start in range(MIN_LETTERS, len(word) - MIN_LETTERS + 1):
            last = self._lexicon.lemma(word[start:])
            if last is not None and any(self._lexicon.is_first(first) for first, _ in first_part_candidates(word[:start])):
                return word[:start] + last
        return word

    def forms_of(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Every form of some words, each with the word."""
        return ((form, word) for word in words for form in self._lexicon.forms(word))

    def parts(self, word: str) -> Iterator[str]:
        """The words inside a compound, large and small: of `selvbetjeningsløsning`, `selvbetjening`, `løsning`,
        `selv` and `betjening`. None of a word that is not one."""
        waiting = list(self._two(self.lemma(word)) or ())
        while waiting:
            part = waiting.pop(0)
            yield part
            waiting += self._two(part) or ()

    @cache
    def is_compound_noun(self, word: str) -> bool:
        """Whether a word is put together of others and can be the name of something."""
        lemma = self.lemma(word)
        two = self._two(lemma)
        if two is None or two[0] in STOP_WORDS or two[1] in STOP_WORDS:
            return False
        return (self._is_noun(lemma) or self._is_noun(two[1])) and not (is_verb(lemma, self._lexicon.lemma) or self._is_adjective(two[1]))

    def is_noun(self, word: str) -> bool:
        """Whether a form can be one of the name of something."""
        lemma = self.lemma(word)
        return (self._is_noun(lemma) or self._is_noun(word)) and not self._is_adjective(lemma)

    def _is_noun(self, word: str) -> bool:
        """Whether a word has a definite form: `tid-en`, `sæt-tet`, `adresse-n`."""
        ends = ("n", "t") if word.endswith("e") else ("en", "et", word[-1] + "en", word[-1] + "et")
        return any(self._lexicon.lemma(word + end) == word for end in ends)

    def _is_adjective(self, word: str) -> bool:
        return word.endswith(("isk", "lig")) or self._lexicon.lemma(word + "t") == self._lexicon.lemma(word + "e") == word

    @cache
    def _two(self, word: str) -> tuple[str, str] | None:
        found = max(self._ways(word), default=None)
        return found[1:] if found and found[0] >= _MIN_REGULARITY else None

    def _ways(self, word: str) -> Iterator[tuple[float, str, str]]:
        for start in range(MIN_LETTERS, len(word) - MIN_LETTERS + 1):
            as_last = self._lexicon.as_last(word[start:])
            if as_last is None:
                continue
            for first, link in first_part_candidates(word[:start]):
                if self._lexicon.is_first(first):
                    regular, verbs = self._lexicon.as_first(first)
                    if verbs < _MAX_VERB_SHARE:
                        # A word that ends in the link is as good as one that takes it: the shorter is the word itself.
                        yield regular * as_last + 0.001 * len(link), first, word[start:]


@cache
def danish_dictionary() -> Dictionary:
    return Dictionary(open_lexicon())
