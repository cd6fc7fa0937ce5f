"""Turns Danish text into ids and URLs in ASCII."""

from __future__ import annotations

import re
import unicodedata

_RING = "\u030a"
_LETTERS = {
    "æ": "ae", "ø": "oe", "œ": "oe", "ß": "ss", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ŀ": "l", "ħ": "h", "ŧ": "t", "ŋ": "ng", "ĸ": "q", "ı": "i",
    "ə": "e", "ƒ": "f", "ſ": "s", "ŉ": "n", "ĳ": "ij", "ǆ": "dz", "ǉ": "lj", "ǌ": "nj", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
    "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip # one line per letter would fill a page
"""How lower-case letters are written in ASCII that are not ASCII letters with an accent."""
_INVISIBLE_CATEGORIES = frozenset(("Mn", "Mc", "Me", "Cf"))
"""Unicode's categories of accents, and of characters that nobody sees, such as the soft hyphen."""


def slug(text: str, separator: str = "-") -> str:
    """Return the id of a heading or the name of a file, in ASCII so that URLs can be read aloud and typed.

    Letters lose their accents: `Café` becomes `cafe`. The editor in the browser does the same (overrides/editor/slug.js). The signature
    is the one that Python-Markdown's `toc` extension expects: the benchmark's other programs use it.
    """
    letters: list[str] = []
    # One character at a time: on one letter, the time for normalizing grows with the square of the number of accents.
    for character in "".join(unicodedata.normalize("NFD", character) for character in text).lower():
        if character == _RING and letters and letters[-1] == "a":
            letters[-1] = "aa"
        elif unicodedata.category(character) not in _INVISIBLE_CATEGORIES:
            letters.append(_LETTERS.get(character, character))
    return separator.join(re.findall("[a-z0-9]+", "".join(letters)))
