"""Describes problems with the content and how to fix them. Every message is in Danish."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

NOT_BUILT = "Hjemmesiden er ikke bygget. En tidligere udgave er uændret."
"""The last line of a build that diagnostics have stopped."""


@dataclass(frozen=True, order=True)
class Diagnostic:
    """A problem that an editor has to fix. Diagnostics are collected, so that all of them are reported at once."""

    file: str
    """Path relative to the project's root, with `/`."""
    line: int
    """Line in the file, counted from 1."""
    message: str
    """What is wrong."""
    hint: str
    """What to do about it."""

    @property
    def place(self) -> str:
        """The file and line: `docs/strategi/formaal.md:12`."""
        return printable(f"{self.file}:{self.line}")

    @property
    def text(self) -> str:
        """The message and the hint, on one line."""
        return printable(f"{self.message} – {self.hint}")

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True)
class TextDiagnostic:
    """A diagnostic for a text, from code that does not know which file the text is in."""

    line: int
    """Line in the text, counted from 1."""
    message: str
    hint: str
    macro: str = ""
    """The macro that is called incorrectly, if that is the problem."""

    def in_file(self, file: str) -> Diagnostic:
        """Return the same diagnostic for a file, given as a path relative to the project's root."""
        return Diagnostic(file, self.line, self.message, self.hint)


@dataclass(frozen=True)
class Wording:
    """A message and a hint with the words that differ as `$name`. The editor in the browser fills in the same ones (checks/browser_rules.py)."""

    message: str
    hint: str

    def filled(self, **words: object) -> tuple[str, str]:
        """Return the message and the hint with their words."""
        return _WORD.sub(lambda match: str(words[match[1]]), self.message), _WORD.sub(lambda match: str(words[match[1]]), self.hint)

    def said(self, say: Callable[[str], str]) -> Wording:
        """Return the wording in the words of a site, as `say` puts them."""
        return Wording(say(self.message), say(self.hint))


_WORD = re.compile(r"\$([a-z_]+)")


def new_diagnostics(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics that were not there before a change, whatever lines they stand on now, in their order."""
    known = Counter((one.file, one.message, one.hint) for one in before)
    new = []
    for one in after:
        key = one.file, one.message, one.hint
        if known[key] > 0:
            known[key] -= 1
        else:
            new.append(one)
    return new


def printable(text: str) -> str:
    """Return the text on one line, without characters that control a terminal or a build server or that UTF-8 cannot encode.

    File names and quotations from pages are untrusted.
    """
    return "".join(character if character.isprintable() or unicodedata.category(character) == "Zs" else "�" for character in text)
