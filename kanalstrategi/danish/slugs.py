"""Ids and addresses in ASCII Danish."""

from __future__ import annotations

import re

_ASCII_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def slug(text: str, separator: str = "-") -> str:
    """A heading's id: ASCII Danish, so that addresses can be read aloud and typed.

    Has the signature that Python-Markdown's `toc` extension asks for.
    """
    words = re.findall(r"[a-z0-9]+", text.lower().translate(_ASCII_DANISH))
    return separator.join(words)
