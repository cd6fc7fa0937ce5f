"""What is wrong with the content and what to do about it, as records. Every message is in Danish."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Diagnostic:
    """Something that an editor has to mend. Diagnostics are collected, so that all of them are reported at once."""

    file: str
    """Path from the project's root, with `/`."""
    line: int
    """Line of the file, counted from 1."""
    message: str
    """What is wrong."""
    hint: str
    """What to do about it."""

    @property
    def place(self) -> str:
        """`docs/strategi/formaal.md:12`."""
        return printable(f"{self.file}:{self.line}")

    @property
    def text(self) -> str:
        """Message and hint, on one line."""
        return printable(f"{self.message} – {self.hint}")

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True)
class TextDiagnostic:
    """A diagnostic of a text, from code that does not know which file the text is in."""

    line: int
    """Line of the text, counted from 1."""
    message: str
    hint: str
    macro: str = ""
    """The macro that is called wrongly, if that is what is wrong."""

    def in_file(self, file: str) -> Diagnostic:
        """Return the same diagnostic, of a file (a path from the project's root)."""
        return Diagnostic(file, self.line, self.message, self.hint)


def printable(text: str) -> str:
    """Return the text on one line, without characters that steer a terminal or a build server or that UTF-8 cannot hold.

    File names and what is quoted from pages are untrusted.
    """
    return "".join(character if character.isprintable() or unicodedata.category(character) == "Zs" else "�" for character in text)
