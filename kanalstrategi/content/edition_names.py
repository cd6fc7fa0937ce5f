"""Says what editions can be called, and finds their names in titles, however they are written there: `2023–2025` is the edition `2023-2025`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.content.conventions import FORMER_GUIDELINES
from kanalstrategi.danish.slugs import slug
from kanalstrategi.sanitizing.files import WINDOWS_NAMES

MAX_NAME_CHARACTERS = 60
RESERVED_NAMES = frozenset((FORMER_GUIDELINES.rpartition("/")[2], "index", *WINDOWS_NAMES))
"""What no edition can be called, because its folder could not."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEARS = re.compile(r"(?<!\w)\d{4}(?:\s*[-–—/]\s*\d{4})?(?!\w)")
_WORD = re.compile(r"[^\W_]+")


def is_edition_name(text: str) -> bool:
    """Whether an edition can be called that. Its name is also that of its folder."""
    return bool(_NAME.fullmatch(text)) and len(text) <= MAX_NAME_CHARACTERS and text not in RESERVED_NAMES


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
