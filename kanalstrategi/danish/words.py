"""The words of a text, and the stem that all forms of a word share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain

from snowballstemmer import stemmer

_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")

_PART = re.compile(r"[^\W_]+")

_MAX_LETTERS = 60
"""Letters; the longest in the dictionary has 51."""

STOP_WORDS = frozenset(
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
    whole = ("".join(parts),) if 1 < len(parts) and len(written) <= _MAX_LETTERS else ()
    return (*(part for part in parts if len(part) <= _MAX_LETTERS), *whole)


@cache
def stem(word: str) -> str:
    """What all forms of a word have in common, by Snowball's Danish algorithm
    (https://snowballstem.org/algorithms/danish/stemmer.html), with å for aa, æ for ae and ø for oe.

    `words.js` does the same to what is typed, and takes what is typed without æ, ø and å for either.
    """
    plain = str(_snowball_stem(word.lower()))
    if not plain.isascii():
        plain = "".join(letter if letter in "åæø" else unicodedata.normalize("NFD", letter)[0] for letter in plain)
    return plain.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")


_snowball_stem = stemmer("danish").stemWord
