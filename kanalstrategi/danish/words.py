"""Splits texts into words, and finds the stem that all forms of a word share."""

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
"""Maximum length of a word in the index. The longest in the dictionary has 51 letters."""

STOP_WORDS = frozenset(
    """
    og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu
    over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når være dog noget
    ville jo deres efter ned skulle denne end dette mit også under have dig anden hende mine alt meget sit sine vor mod
    disse hvis din nogle hos blive mange ad bliver hendes været thi jer sådan
    hvem hvordan hvorfor hvornår hvilken hvilket hvilke kan må bør gør får så vores jeres mens gennem ingen intet
    """.split()
)
"""Words that hold a sentence together but say little about its subject: Snowball's list
(https://snowballstem.org/algorithms/danish/stop.txt) and the words that questions begin with.
"""

_snowball_stem = stemmer("danish").stemWord


def words(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case. A hyphenated word yields its parts, then the whole word without hyphens.

    Anything longer than the longest real word is left out: it would make the index larger for every reader.
    """
    return chain.from_iterable(map(_words_of, _WORD.findall(unicodedata.normalize("NFC", text))))


@cache
def stem(word: str) -> str:
    """Return the stem that all forms of a word share, with å for aa, æ for ae and ø for oe.

    The algorithm is Snowball's for Danish (https://snowballstem.org/algorithms/danish/stemmer.html). In the browser, `words.js` does
    the same to what readers type, and also finds words that are typed without æ, ø and å.
    """
    plain = str(_snowball_stem(word.lower()))
    if not plain.isascii():
        plain = "".join(letter if letter in "åæø" else unicodedata.normalize("NFD", letter)[0] for letter in plain)
    return plain.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")


@cache
def _words_of(token: str) -> tuple[str, ...]:
    """Return the words of a token, which may be hyphenated."""
    parts = [part.lower() for part in _PART.findall(token)]
    whole = ("".join(parts),) if len(parts) > 1 and len(token) <= _MAX_LETTERS else ()
    return (*(part for part in parts if len(part) <= _MAX_LETTERS), *whole)
