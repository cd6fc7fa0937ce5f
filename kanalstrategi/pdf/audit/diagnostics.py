"""Defines the diagnostics of an audit, and helpers for quotations and counts in their messages."""

from __future__ import annotations

import functools
from dataclasses import dataclass

MAX_QUOTED_CHARACTERS = 60
"""Texts longer than this are truncated when a message quotes them."""


@functools.total_ordering
@dataclass(frozen=True)
class PdfDiagnostic:
    """An error in a PDF. Diagnostics are sorted by page, with those for the whole file first."""

    rule: str
    """A short, stable id such as `figure-alt`."""
    page: int | None
    """The number of the page, counted from 1, or None if the diagnostic is about the whole file."""
    message: str
    """The description of the error, in Danish."""
    hint: str
    """Advice on how to fix it, in Danish."""

    def __lt__(self, other: PdfDiagnostic) -> bool:
        return self._sort_key() < other._sort_key()

    def _sort_key(self) -> tuple[int, str, str, str]:
        return (self.page or 0, self.rule, self.message, self.hint)

    def __str__(self) -> str:
        place = f"side {self.page}: " if self.page else ""
        return f"{place}{self.message} – {self.hint}"


class UnreadableError(ValueError):
    """A file cannot be audited. The message says why, in Danish."""


def quoted(text: str) -> str:
    """Return a text in Danish quotation marks, truncated if it is long."""
    return f"»{text[: MAX_QUOTED_CHARACTERS - 3]}…«" if len(text) > MAX_QUOTED_CHARACTERS else f"»{text}«"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun in the singular or the plural."""
    return f"{number} {one if number == 1 else many}"
