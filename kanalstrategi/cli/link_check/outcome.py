"""Defines what can become of a link that is asked. Reasons are phrases in Danish; none of them holds words of the server."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What is known of a link after it has been asked."""

    WORKS = "works"
    FAILS = "fails"
    """A reader who follows it today sees no page."""
    UNCHECKED = "unchecked"
    """The server does not answer programs, or we do not ask it."""
    LATER = "later"
    """The server, or the clock, says that it should be asked another day."""


@dataclass(frozen=True)
class Outcome:
    """What became of one link."""

    verdict: Verdict
    reason: str = ""
    """Why it does not work or was not checked: `siden findes ikke (404)`. Empty if it works."""
    moved_to: str = ""
    """The URL that it has moved to for good; empty if it has not moved."""
    has_answer: bool = True
    """Whether a server has answered, so that the network works."""


class LinkError(Exception):
    """Why a request has no answer: the server cannot be reached, or must not be."""

    def __init__(self, reason: str, verdict: Verdict = Verdict.FAILS, *, is_connected: bool = False, has_answer: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.verdict = verdict
        self.is_connected = is_connected
        """Whether there was a connection, so that another request may fare better."""
        self.has_answer = has_answer
        """Whether something outside has answered, although not with a page."""
