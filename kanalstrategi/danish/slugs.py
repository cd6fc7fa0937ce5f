"""Turns Danish text into ids and URLs in ASCII."""

from __future__ import annotations

import re

_ASCII_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def slug(text: str, separator: str = "-") -> str:
    """Return the id of a heading, in ASCII so that URLs can be read aloud and typed.

    Has the signature that Python-Markdown's `toc` extension expects.
    """
    words = re.findall(r"[a-z0-9]+", text.lower().translate(_ASCII_DANISH))
    return separator.join(words)
