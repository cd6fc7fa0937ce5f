"""Brings texts to the one form in which they are compared: Unicode's NFC, where »å« is one character."""

from __future__ import annotations

import re
import unicodedata

_MAX_CHARACTERS = 1000
"""Maximum length of what is normalized at once: on one letter, the time grows with the square of the number of accents (Python 3.11)."""
_MAY_CHANGE = re.compile(rf"[^\u0300-\U0010ffff]?[\u0300-\U0010ffff]{{1,{_MAX_CHARACTERS}}}")
"""Pattern of what NFC may change: no character before U+0300 changes unless one from there on follows it."""


def to_nfc(text: str) -> str:
    """Return the text in NFC. A Mac writes »å« as two characters, an a and a ring."""
    return _MAY_CHANGE.sub(_composed, text)


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match.group())
