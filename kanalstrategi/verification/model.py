"""What a promise is, and what was found when it was tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from kanalstrategi.diagnostics import printable

if TYPE_CHECKING:
    from kanalstrategi.verification.built_site import BuiltSite


BUILD_AGAIN = "byg hjemmesiden igen, og meld fejlen, hvis den bliver ved"
"""What to do about what no content can cause."""


@dataclass(frozen=True, order=True)
class Finding:
    """A place where a promise does not hold."""

    where: str
    """The address of a page or a file on the site, with `/` first, or a file of the project with its line."""
    message: str
    """What is wrong, in Danish."""
    hint: str
    """What to do about it."""

    def __str__(self) -> str:
        return printable(f"{self.where}: {self.message} – {self.hint}")


class NotTriedError(Exception):
    """Raised by a promise that cannot be tried here."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} – {remedy}")
        self.reason, self.remedy = reason, remedy


class NothingToTryError(Exception):
    """Raised by a promise about something that the site does not have, which therefore holds. Its text says in Danish what that is."""


Check = Callable[["BuiltSite"], Iterator[Finding]]
"""Yields where a promise does not hold. Raises NotTriedError or NothingToTryError, before it has yielded anything."""


@dataclass(frozen=True)
class Promise:
    """Something that readers of every site may count on."""

    id: str
    """Its name on the command line."""
    title: str
    """The promise, as a sentence in Danish."""
    check: Check


class State(Enum):
    """What became of a promise, as the report has it in JSON."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True)
class Outcome:
    """A promise that was tried, or could not be."""

    promise: Promise
    state: State
    findings: tuple[Finding, ...] = ()
    """Sorted; empty unless the promise is broken."""
    note: str = ""
    """Why it was not tried and how it can be, or what the site does not have."""
