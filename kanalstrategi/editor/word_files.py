"""What the editor asks about a Word file that someone hands in. The build answers, since it knows how such files are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from kanalstrategi.diagnostics import Diagnostic


class PageFromWord(Protocol):
    """What a page becomes by a Word file. Nothing is written yet."""

    @property
    def path(self) -> str:
        """Path of the page, relative to the project."""

    @property
    def former(self) -> bytes | None:
        """The content of the page's file as it was read; None if it is a new page."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """What is to be written, keyed by path relative to the project; the page is last, and the others are new. Empty if nothing changes."""

    @property
    def report(self) -> str:
        """What became of the file, in Danish."""

    def explain(self, diagnostics: Sequence[Diagnostic]) -> str:
        """Return why it is not written, in Danish, given what would be wrong with it."""


class WordFiles(Protocol):
    """Reads Word files. `name` is the name of the file. Every method raises RefusedError."""

    def begin_guideline(self, department: str, data: bytes, name: str) -> PageFromWord:
        """Return the guideline of a new department with what a file says."""

    def answer_questionnaire(self, data: bytes, name: str) -> PageFromWord:
        """Return the guideline that a questionnaire belongs to, with its answers."""
