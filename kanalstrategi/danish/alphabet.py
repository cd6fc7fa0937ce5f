"""The Danish alphabet, which ends with Æ, Ø and Å."""

from __future__ import annotations

import unicodedata

_TO_SORTABLE, _FROM_SORTABLE = str.maketrans("æøå", "{|}"), str.maketrans("{|}", "ÆØÅ")
"""Signs that come after z, and what they stand for."""


def danish_order(text: str) -> str:
    """What sorts as a Danish dictionary does: Æ, Ø and Å last, capitals like small letters, no heed to signs before."""
    plain = unicodedata.normalize("NFC", text.lower()).translate(_TO_SORTABLE)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    start = next((at for at, sign in enumerate(plain) if sign.isalnum() or sign in "{|}"), 0)
    return plain[start:]


def first_letter(text: str) -> str:
    """The capital that a text stands under in a dictionary, or nothing where it begins with no letter."""
    first = danish_order(text)[:1]
    return first.upper().translate(_FROM_SORTABLE) if first.isalpha() or first in "{|}" else ""
