"""What the search knows of Danish: what a word is when its ending is gone, and which words it is put together of.

The dictionary is simplemma's: 790,000 forms and the word that each is a form of. What is a part of a compound is read
off how the dictionary's own compounds are made; there is no list of them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from functools import cache
from typing import Any

from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY
from snowballstemmer import stemmer

_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_LINKS = ("", "s", "e")
"""What Danish puts between the two words of a compound."""
_LONGEST = 60
"""Letters; the longest in the dictionary has 51."""
_SHORTEST = 3
"""Letters of the shortest word that takes part in a compound: `fag`, `tid`."""
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
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        parts = [part.lower() for part in _PART.findall(match.group())]
        yield from (part for part in parts if len(part) <= _LONGEST)
        if 1 < len(parts) and len(match.group()) <= _LONGEST:
            yield "".join(parts)


@cache
def key(word: str) -> str:
    """What all forms of a word have in common, by Snowball's Danish algorithm
    (https://snowballstem.org/algorithms/danish/stemmer.html), with å for aa, æ for ae and ø for oe.

    `words.js` does the same to what is typed, and takes what is typed without æ, ø and å for either.
    """
    plain = "".join(
        letter if letter in "åæø" else unicodedata.normalize("NFD", letter)[0] for letter in str(_stem(word.lower()))
    )
    return plain.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")


_stem = stemmer("danish").stemWord


class Dictionary:
    """Danish words, and how they are put together. Takes a second and 120 MB to make."""

    def __init__(self) -> None:
        self._lemmas = DEFAULT_DICTIONARY_FACTORY.get_dictionary("da")
        self._words = {word for word in set(self._lemmas.values()) if len(word) >= _SHORTEST and word.isalpha() and word.islower()}
        self._from_start = sorted(self._words)
        self._from_end = sorted(word[::-1] for word in self._words)
        self._firsts: dict[str, tuple[float, float]] = {}
        self._lasts: dict[str, float] = {}
        self._split: dict[str, tuple[str, str] | None] = {}

    def lemma(self, word: str) -> str:
        """The word that this is a form of; of a compound that is not in the dictionary, by its last part."""
        if word in self._lemmas:
            return self._lemmas[word]
        for start in range(_SHORTEST, len(word) - _SHORTEST + 1):
            if word[start:] in self._lemmas and any(self._is_first(first) for first, _ in _first_words(word[:start])):
                return word[:start] + self._lemmas[word[start:]]
        return word

    def forms_of(self, words: Container[str]) -> Iterator[tuple[str, str]]:
        """Every form of some words, each with the word."""
        return ((form, lemma) for form, lemma in self._lemmas.items() if lemma in words)

    def parts(self, word: str) -> Iterator[str]:
        """The words inside a compound, large and small: of `selvbetjeningsløsning`, `selvbetjening`, `løsning`,
        `selv` and `betjening`. None of a word that is not one."""
        waiting = list(self._two(self.lemma(word)) or ())
        while waiting:
            part = waiting.pop(0)
            yield part
            waiting += self._two(part) or ()

    def is_compound_noun(self, word: str) -> bool:
        """Whether a word is put together of others and can be the name of something."""
        lemma = self.lemma(word)
        two = self._two(lemma)
        if two is None or two[0] in SAYS_LITTLE or two[1] in SAYS_LITTLE:
            return False
        return (self._is_noun(lemma) or self._is_noun(two[1])) and not (self._is_verb(lemma) or self._is_adjective(two[1]))

    def is_noun(self, word: str) -> bool:
        """Whether a form can be one of the name of something."""
        lemma = self.lemma(word)
        return (self._is_noun(lemma) or self._is_noun(word)) and not self._is_adjective(lemma)

    def _is_noun(self, word: str) -> bool:
        """Whether a word has a definite form: `tid-en`, `sæt-tet`, `adresse-n`."""
        ends = ("n", "t") if word.endswith("e") else ("en", "et", word[-1] + "en", word[-1] + "et")
        return any(self._lemmas.get(word + end) == word for end in ends)

    def _is_verb(self, word: str) -> bool:
        """Whether a word has a present participle: `gøre-nde`."""
        return self._lemmas.get(word + "nde") == word

    def _is_adjective(self, word: str) -> bool:
        return word.endswith(("isk", "lig")) or self._lemmas.get(word + "t") == self._lemmas.get(word + "e") == word

    def _two(self, word: str) -> tuple[str, str] | None:
        if word not in self._split:
            found = max(self._ways(word), default=None)
            self._split[word] = found[1:] if found and found[0] >= _REGULAR else None
        return self._split[word]

    def _ways(self, word: str) -> Iterator[tuple[float, str, str]]:
        for start in range(_SHORTEST, len(word) - _SHORTEST + 1):
            if word[start:] not in self._words:
                continue
            for first, link in _first_words(word[:start]):
                if self._is_first(first):
                    regular, verbs = self._as_first(first)
                    if verbs < _PARTICLE:
                        # A word that ends in the link is as good as one that takes it: the shorter is the word itself.
                        yield regular * self._as_last(word[start:]) + 0.001 * len(link), first, word[start:]

    def _is_first(self, word: str) -> bool:
        return len(word) >= _SHORTEST and word in self._lemmas

    def _as_first(self, part: str) -> tuple[float, float]:
        """How regularly words that begin with this go on as a word, and how many of those that do are verbs."""
        if part not in self._firsts:
            rests = [word[len(part) :] for word in _beginning(self._from_start, part)]
            rests = [rest for rest in rests if len(rest) >= _SHORTEST]
            made = [rest for rest in rests if rest in self._words or (rest[0] in "se" and rest[1:] in self._words)]
            verbs = sum(self._is_verb(part + rest) for rest in made)
            self._firsts[part] = (len(made) + 1) / (len(rests) + 1), verbs / max(len(made), 1)
        return self._firsts[part]

    def _as_last(self, part: str) -> float:
        """How regularly words that end with this begin as a word."""
        if part not in self._lasts:
            rests = [word[: len(part) - 1 : -1] for word in _beginning(self._from_end, part[::-1])]
            rests = [rest for rest in rests if len(rest) >= _SHORTEST]
            made = sum(any(self._is_first(first) for first, _ in _first_words(rest)) for rest in rests)
            self._lasts[part] = (made + 1) / (len(rests) + 1)
        return self._lasts[part]


def _first_words(start: str) -> Iterator[tuple[str, str]]:
    """What a compound's first word may be, and the link after it."""
    for link in _LINKS:
        if start.endswith(link):
            yield start[: len(start) - len(link)], link


def _beginning(ordered: list[str], start: str) -> Iterable[str]:
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, start + "\uffff")]


@cache
def dictionary() -> Dictionary:
    return Dictionary()


class Answers:
    """The dictionary, with what it has answered before: while no word is new, it need not be loaded."""

    def __init__(self, remembered: bytes | None = None) -> None:
        """`remembered` is what `to_remember` gave, of this program and this dictionary."""
        self._before: dict[str, dict[str, Any]] = json.loads(remembered) if remembered else {}
        self._asked: dict[str, dict[str, Any]] = {}

    def lemma(self, word: str) -> str:
        return str(self._ask("lemma", word, lambda known: known.lemma(word)))

    def parts(self, word: str) -> list[str]:
        return list(self._ask("parts", word, lambda known: list(known.parts(word))))

    def is_noun(self, word: str) -> bool:
        return bool(self._ask("is_noun", word, lambda known: known.is_noun(word)))

    def is_compound_noun(self, word: str) -> bool:
        return bool(self._ask("is_compound_noun", word, lambda known: known.is_compound_noun(word)))

    def forms_of(self, words: Collection[str]) -> Iterator[tuple[str, str]]:
        before = self._before.setdefault("forms", {})
        if unknown := {word for word in words if word not in before}:  # all at once, since it goes through the whole dictionary
            before.update({word: [] for word in unknown})
            for form, word in dictionary().forms_of(unknown):
                before[word].append(form)
        return ((form, word) for word in words for form in self._ask("forms", word, lambda known: before[word]))

    def to_remember(self) -> bytes:
        """What has been asked this time."""
        return json.dumps(self._asked, ensure_ascii=False, sort_keys=True).encode()

    def _ask(self, question: str, word: str, ask: Callable[[Dictionary], Any]) -> Any:
        asked = self._asked.setdefault(question, {})
        if word not in asked:
            before = self._before.get(question, {})
            asked[word] = before[word] if word in before else ask(dictionary())
        return asked[word]
