"""The diagnostics of an audit, and how their messages quote and count."""

from __future__ import annotations

import functools
from dataclasses import dataclass

MAX_QUOTED_CHARACTERS = 60
"""A longer text is cut before it is quoted in a message."""


@functools.total_ordering
@dataclass(frozen=True)
class PdfDiagnostic:
    """One thing that is wrong with a PDF. Diagnostics sort by page, those of the whole file first."""

    rule: str
    """A short, stable id such as `figure-alt`."""
    page: int | None
    """Counted from 1; None if it concerns the whole file."""
    message: str
    """What is wrong, in Danish."""
    hint: str
    """What to do about it, in Danish."""

    def __lt__(self, other: PdfDiagnostic) -> bool:
        return self._sort_key() < other._sort_key()

    def _sort_key(self) -> tuple[int, str, str, str]:
        return (self.page or 0, self.rule, self.message, self.hint)

    def __str__(self) -> str:
        place = f"side {self.page}: " if self.page else ""
        return f"{place}{self.message} – {self.hint}"


class UnreadableError(ValueError):
    """A file cannot be audited. The text says why, in Danish."""


def quoted(text: str) -> str:
    """Return a text in Danish quotation marks, cut if it is long."""
    return f"»{text[: MAX_QUOTED_CHARACTERS - 3]}…«" if len(text) > MAX_QUOTED_CHARACTERS else f"»{text}«"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun in the singular or the plural."""
    return f"{number} {one if number == 1 else many}"
