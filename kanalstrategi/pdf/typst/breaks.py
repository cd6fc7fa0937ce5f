"""Says where lines of print may be broken: inside long words, code and addresses. No I/O."""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen

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
"""What makes a word an address or the name of a file."""
_AFTER = re.compile(r"([/.\-_=&?,;:)\]}|\\@])(?=[^\s/-])")
_RUN = re.compile(rf"[^\s{BREAK}]{{{_LONG_RUN}}}(?=[^\s{BREAK}])")
_DANISH = pyphen.Pyphen(lang="da_DK", left=MIN_LETTERS_AT_END, right=MIN_LETTERS_AT_END)


def collapsed(text: str) -> str:
    """Return a text with single spaces, as browsers show it."""
    return _SPACE.sub(" ", text)


def hyphenated(text: str, min_letters: int = MIN_LETTERS) -> str:
    """Return a Danish text with soft hyphens in its long words. Addresses and names of files in it get no hyphens."""

    def divided(match: re.Match[str]) -> str:
        return _divided(match[0]) if len(match[0]) >= min_letters else match[0]

    return "".join(breakable(part) if _ADDRESS.search(part) else _WORD.sub(divided, part) for part in re.split(r"(\s+)", text))


def breakable(text: str) -> str:
    """Return code or an address that may be broken after punctuation marks, and anywhere in what is long without any."""
    return _RUN.sub(lambda match: match[0] + BREAK, _AFTER.sub(rf"\1{BREAK}", text))


@lru_cache(100_000)
def _divided(word: str) -> str:
    return str(_DANISH.inserted(word, SOFT_HYPHEN))
