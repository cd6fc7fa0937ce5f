"""Sorts texts by the Danish alphabet, which ends with Æ, Ø and Å."""

from __future__ import annotations

import unicodedata

from kanalstrategi.danish.normalization import to_nfc

_TO_SORTABLE, _FROM_SORTABLE = str.maketrans("æøå", "{|}"), str.maketrans("{|}", "ÆØÅ")
"""Translates æ, ø and å to the three characters that follow z in ASCII, and these to Æ, Ø and Å."""


def danish_order(text: str) -> str:
    """Return a key that sorts texts as a Danish dictionary does: Æ, Ø and Å last, regardless of case and leading punctuation."""
    plain = to_nfc(text.lower()).translate(_TO_SORTABLE)
    # One character at a time: on one letter, the time for normalizing grows with the square of the number of accents.
    plain = "".join(unicodedata.normalize("NFD", character) for character in plain)
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    start = next((index for index, character in enumerate(plain) if character.isalnum() or character in "{|}"), 0)
    return plain[start:]


def first_letter(text: str) -> str:
    """Return the capital letter that a dictionary lists a text under, or an empty string if the text does not begin with a letter."""
    first = danish_order(text)[:1]
    return first.upper().translate(_FROM_SORTABLE) if first.isalpha() or first in "{|}" else ""
