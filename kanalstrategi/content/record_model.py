"""Defines what the nightly commands remember in `records/`, beside `docs/`. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

RECORD_FOLDER = "records"
"""The folder in the project's root, which is not published."""


@dataclass(frozen=True)
class BrokenLink:
    """An outward link that has failed on so many days that somebody should look at it, on one page."""

    url: str
    path: str
    """Path of the page that links to it, relative to `docs/`."""
    line: int
    since: date
    """The first day that it failed."""
    reason: str
    """What happened, as a phrase in Danish: `siden findes ikke (404)`."""
    file: str = ""
    """The file to change, relative to the project's root, if it is not the page's: `mkdocs.yml`."""

    @property
    def place(self) -> str:
        """Where the link stands: `docs/strategi/formaal.md:12`."""
        return f"{self.file or f'docs/{self.path}'}:{self.line}"


@dataclass(frozen=True)
class DepartmentProgress:
    """How far one department had come with its guideline on one day."""

    day: date
    department: str
    """Id of the department."""
    adopted: int
    """Number of sections that were adopted."""
    drafts: int
    """Number of sections that were drafts."""
    missing: int
    open_decisions: int
    decisions: int
