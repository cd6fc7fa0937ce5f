"""What the editor asks about a change before it is saved. The build answers, since it knows the checks and how pages are rendered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kanalstrategi.diagnostics import Diagnostic

Changes = Mapping[str, bytes | None]
"""The new content of files, keyed by path relative to the project; None for one that is deleted."""


class Review(Protocol):
    """Looks at changes as if they were made, and changes nothing."""

    def problems(self, changes: Changes) -> list[Diagnostic]:
        """Return the problems that the project would have with the changes and does not have now, sorted by file and line."""

    def article(self, path: str, text: str) -> str:
        """Return the HTML of a page's own part, as readers would see it. `path` is relative to `docs/`."""
