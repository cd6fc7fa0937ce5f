"""Splits texts into words, and finds the stem that all forms of a word share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain

from Stemmer import Stemmer

from kanalstrategi.danish.normalization import to_nfc

_NUMBERS = (
    r"[0-9]{1,3}(?:[ .][0-9]{3})+",  # 1.250.000
    r"[0-9]{2}(?:[ .][0-9]{2}){3}",  # 70 12 34 56
    r"[0-9]{4}[ .][0-9]{4}",  # 8012 3457
    r"[0-9]{2,4}/[0-9]{3,}",  # 22/004711
)
"""Patterns of numbers that are written in groups: amounts, phone numbers and case numbers."""
_COUNTRY_CODE = r"\+45(?= |[0-9]{8})"
"""Pattern of the country code of a phone number, which is a word of its own: `+45 70 12 34 56`, `+4570123456`."""
_PART = r"(?:[^\W0-9_](?:/[^\W0-9_])+(?![^\W_])|[^\W_]+)"
"""Pattern of a part of a hyphenated word. An abbreviation such as `C/O` is one part."""
_WORD = re.compile(rf"{_COUNTRY_CODE}|(?:{'|'.join(_NUMBERS)})(?![0-9])|{_PART}(?:[-‐‑]{_PART})*")
_LEFT_OUT = re.compile(r"^\+|([^0-9])/")
"""Pattern of what a word does not have: the plus of a country code, and the slash after a letter."""
_SEPARATOR = re.compile(r"[-‐‑ ./]")

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""The soft hyphen and other characters that stand inside words without being seen."""

_MAX_LETTERS = 60
"""Maximum length of a word in the index. The longest in the dictionary has 51 letters."""

STOP_WORDS = frozenset(
    """
    og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu
    over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når være dog noget
    ville jo deres efter ned skulle denne end dette mit også under have dig anden hende mine alt meget sit sine vor mod
    disse hvis din nogle hos blive mange ad bliver hendes været thi jer sådan
    hvem hvordan hvorfor hvornår hvilken hvilket hvilke kan må bør gør får så vores jeres mens gennem ingen intet
    gerne stadig bare måske gælder stedet
    """.split()
)
"""Words that hold a sentence together but say little about its subject: Snowball's list
(https://snowballstem.org/algorithms/danish/stop.txt) and the words that questions begin with.
"""

_snowball_stem = Stemmer("danish").stemWord


def normalize(text: str) -> str:
    """Return the text as the search compares and shows it: in NFC, with single spaces, and without characters that nobody sees."""
    if not text.isascii():
        for character in _INVISIBLE:
            text = text.replace(character, "")
        text = to_nfc(text)
    return " ".join(text.split())


def words(text: str) -> Iterator[str]:
    """Yield the words of a normalized text in lower case. A hyphenated word yields its parts, then the whole word without hyphens.

    So does a number that is written in groups: `12.575` yields `12`, `575` and `12575`. Anything longer than the longest real word is
    left out: it would make the index larger for every reader.
    """
    return chain.from_iterable(map(_words_of, _WORD.findall(text)))


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
    """Return the words of a token, which may have several parts."""
    parts = [part.lower() for part in _SEPARATOR.split(_LEFT_OUT.sub(r"\1", token))]
    whole = ("".join(parts),) if len(parts) > 1 and len(token) <= _MAX_LETTERS else ()
    return (*(part for part in parts if len(part) <= _MAX_LETTERS), *whole)
