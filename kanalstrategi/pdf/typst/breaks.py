"""Says where lines of print may be broken: inside long words, code and addresses. No I/O."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import pyphen

from kanalstrategi.content.languages import SITE_LANGUAGE, language_of
from kanalstrategi.design.fonts import text_width

SOFT_HYPHEN, BREAK = "\u00ad", "\u200b"
"""What allows a break: with a hyphen, and without any sign."""
MIN_LETTERS, MIN_LETTERS_AT_END = 8, 4
"""The shortest word that is divided, and the fewest letters on either side. Typst's own hyphenation (0.15) divides short words too."""
_LONG_RUN = 16
"""How many characters of code or an address may follow each other without a place for a break."""

MIN_LETTERS_IN_HEADING = 20
"""The shortest word of a heading that is divided: others have room, and a title is easier to read whole."""

_SPACE = re.compile(r"[ \t\r\n\f]+")
_WORD = re.compile(rf"[^\W\d_]{{{MIN_LETTERS},}}")
_ADDRESS = re.compile(r"://|@|[^\W\d]{2}[.](?=[^\W\d]{2})|\w[/_\\]\w")
"""What makes a word an address or the name of a file; "f.eks." is neither."""
_AFTER = re.compile(r"([/.\-_=&?,;:)\]}|\\@])(?=[^\s/-])")
_UNBROKEN = re.compile(rf"[^\s{SOFT_HYPHEN}{BREAK}]{{13,}}")
"""What has no place for a break."""
_MAX_EM, _LETTERS_OF_PIECE = 12.5, 12
"""How wide that may be, in the size of its letters: a title on the cover has room for as much. What is wider is broken after so many letters."""
_PIECE = re.compile(rf".{{{_LETTERS_OF_PIECE}}}(?=.)")
_RUN = re.compile(rf"[^\s{BREAK}]{{{_LONG_RUN}}}(?=[^\s{BREAK}])")


def collapsed(text: str) -> str:
    """Return a text with single spaces, as browsers show it."""
    return _SPACE.sub(" ", text)


def hyphenated(text: str, min_letters: int = MIN_LETTERS, language: str = SITE_LANGUAGE) -> str:
    """Return a text in a language with soft hyphens in its long words. Addresses and names of files in it get no hyphens."""

    def divided(match: re.Match[str]) -> str:
        return _divided(match[0], language) if len(match[0]) >= min_letters else match[0]

    def broken(word: str) -> str:
        return _UNBROKEN.sub(_in_pieces, _WORD.sub(divided, word)) if len(word) > MIN_LETTERS else word

    return "".join(breakable(part) if _ADDRESS.search(part) else broken(part) for part in re.split(r"(\s+)", text))


def breakable(text: str) -> str:
    """Return code or an address that may be broken after punctuation marks, and anywhere in what is long without any."""
    return _RUN.sub(lambda match: match[0] + BREAK, _AFTER.sub(rf"\1{BREAK}", text))


def _in_pieces(match: re.Match[str]) -> str:
    return _PIECE.sub(rf"\g<0>{BREAK}", match[0]) if text_width(match[0]) > _MAX_EM else match[0]


@lru_cache(100_000)
def _divided(word: str, language: str) -> str:
    dictionary = _dictionary(language)
    return str(dictionary.inserted(word, SOFT_HYPHEN)) if dictionary else word


@cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    """Return the dictionary of where the words of a language may be divided, or None if there is none."""
    name = language_of(language).hyphenation
    return pyphen.Pyphen(lang=name, left=MIN_LETTERS_AT_END, right=MIN_LETTERS_AT_END) if name else None
