"""Splits Danish text into sentences. No I/O."""

from __future__ import annotations

import re

_BREAK = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅ])")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text in one line, each with its full stop. A full stop before a small letter (`f.eks. når`) ends none."""
    return _BREAK.split(text)
