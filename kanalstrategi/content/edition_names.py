"""Finds the name of an edition in titles, however it is written there: `2023–2025` is the edition `2023-2025`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.danish.slugs import slug

EDITION_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The name of an edition, which is also that of its folder."""
_YEARS = re.compile(r"(?<!\w)\d{4}(?:\s*[-–—/]\s*\d{4})?(?!\w)")
_WORD = re.compile(r"[^\W_]+")


def name_in_title(title: str) -> str:
    """Return the name of an edition by the years in its title, or nothing if the title has none or more than one."""
    years = _YEARS.findall(title)
    return slug(years[0]) if len(years) == 1 else ""


def as_written(text: str, name: str) -> str:
    """Return the name of an edition as a text writes it, or just the name."""
    return next((text[start:end] for start, end in _places(text, name)), name)


def with_name(text: str, old: str, new: str) -> str:
    """Return a text with the name of another edition."""
    for start, end in reversed(list(_places(text, old))):
        text = text[:start] + new + text[end:]
    return text


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where the name stands in a text, as start and end."""
    words = list(_WORD.finditer(text))
    length = name.count("-") + 1
    for first, last in zip(words, words[length - 1 :], strict=False):
        if name and slug(text[first.start() : last.end()]) == name:
            yield first.start(), last.end()
