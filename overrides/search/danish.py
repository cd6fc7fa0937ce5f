"""What the search knows of Danish: what a word is when its ending is gone, and which words it is put together of.

The dictionary is simplemma's: 790,000 forms and the word that each is a form of (`lexicon.py`). What is a part of a compound is
read off how the dictionary's own compounds are made; there is no list of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from snowballstemmer import stemmer

from .lexicon import SHORTEST, Lexicon, first_words, is_verb, lexicon

_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_LONGEST = 60
"""Letters; the longest in the dictionary has 51."""
_REGULAR = 0.3
"""How sure it has to be that a word is made of two; found by reading the site's 390 compounds (adr/0010)."""
_PARTICLE = 0.2
"""From which share of verbs on the first part is a particle: `for-stå`, `ind-tale`, `over-skride`."""

SAYS_LITTLE = frozenset(
    """
    og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu
    over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når være dog noget
    ville jo deres efter ned skulle denne end dette mit også under have dig anden hende mine alt meget sit sine vor mod
    disse hvis din nogle hos blive mange ad bliver hendes været thi jer sådan
    hvem hvordan hvorfor hvornår hvilken hvilket hvilke kan må bør gør får så vores jeres mens gennem ingen intet
    """.split()
)
"""Words that hold a sentence together and tell little of what it is about: Snowball's list
(https://snowballstem.org/algorithms/danish/stop.txt), and what questions begin with."""


def words(text: str) -> Iterator[str]:
    """The words of a text in small letters: those of a hyphenated one, and the whole of it as if written in one.

    What is longer than any word is none; it would cost every reader of the index.
    """
    return chain.from_iterable(map(_words_of, _WORD.findall(unicodedata.normalize("NFC", text))))


@cache
def _words_of(written: str) -> tuple[str, ...]:
    parts = [part.lower() for part in _PART.findall(written)]
    whole = ("".join(parts),) if 1 < len(parts) and len(written) <= _LONGEST else ()
    return (*(part for part in parts if len(part) <= _LONGEST), *whole)


@cache
def key(word: str) -> str:
    """What all forms of a word have in common, by Snowball's Danish algorithm
    (https://snowballstem.org/algorithms/danish/stemmer.html), with å for aa, æ for ae and ø for oe.

    `words.js` does the same to what is typed, and takes what is typed without æ, ø and å for either.
    """
    plain = str(_stem(word.lower()))
    if not plain.isascii():
        plain = "".join(letter if letter in "åæø" else unicodedata.normalize("NFD", letter)[0] for letter in plain)
    return plain.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")


_stem = stemmer("danish").stemWord


class Dictionary:
    """Danish words, and how they are put together."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cache
    def lemma(self, word: str) -> str:
        """The word that this is a form of; of a compound that is not in the dictionary, by its last part."""
        if (lemma := self._lexicon.lemma(word)) is not None:
            return lemma
        for start in range(SHORTEST, len(word) - SHORTEST + 1):
            last = self._lexicon.lemma(word[start:])
            if last is not None and any(self._lexicon.is_first(first) for first, _ in first_words(word[:start])):
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
        if two is None or two[0] in SAYS_LITTLE or two[1] in SAYS_LITTLE:
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
        return found[1:] if found and found[0] >= _REGULAR else None

    def _ways(self, word: str) -> Iterator[tuple[float, str, str]]:
        for start in range(SHORTEST, len(word) - SHORTEST + 1):
            as_last = self._lexicon.as_last(word[start:])
            if as_last is None:
                continue
            for first, link in first_words(word[:start]):
                if self._lexicon.is_first(first):
                    regular, verbs = self._lexicon.as_first(first)
                    if verbs < _PARTICLE:
                        # A word that ends in the link is as good as one that takes it: the shorter is the word itself.
                        yield regular * as_last + 0.001 * len(link), first, word[start:]


@cache
def dictionary() -> Dictionary:
    return Dictionary(lexicon())
