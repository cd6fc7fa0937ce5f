"""Defines the facts about an edition of the strategy: when it was proposed, adopted, changed and superseded. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from kanalstrategi.content.conventions import EDITION_FOLDER


@dataclass(frozen=True)
class Strategy:
    """The facts about the strategy as a whole, from the front matter of its front page."""

    adopted: date | None
    """The day it was adopted; None if it has not been."""
    adopted_by: str
    """Who adopted it, as running text; empty if nobody has."""
    evaluate_by: date | None
    """The last day for the evaluation, or None if none is set."""
    evaluated: date | None = None
    """The day it was evaluated, or None if it has not been."""


class EditionState(Enum):
    """How far an edition has come. The value is the word used in open data."""

    PROPOSAL = "proposal"
    CONSULTATION = "consultation"
    ADOPTED = "adopted"
    """It is in force."""
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    """It was proposed, and given up."""

    @property
    def was_adopted(self) -> bool:
        """Whether it is in force, or has been."""
        return self in (EditionState.ADOPTED, EditionState.SUPERSEDED)


@dataclass(frozen=True)
class Consultation:
    """Where answers to a hearing go. One of the two is empty."""

    url: str = ""
    """URL of a portal; `{reference}` in it stands for the point that is answered."""
    email: str = ""


@dataclass(frozen=True)
class AnsweredPoint:
    """A point of an edition's text that an answer is about."""

    title: str
    """The title of its page."""
    text: str
    kind: str
    """`heading`, `paragraph` or `item`."""
    url: str
    """The URL of the point, where the edition's text is now."""


@dataclass(frozen=True)
class HearingAnswers:
    """The answers to the hearing of an edition."""

    path: str
    """Path of the page."""
    url: str
    points: dict[str, AnsweredPoint]
    """The points that are answered, keyed by reference. What is no reference is not among them."""


@dataclass(frozen=True)
class Edition:
    """One edition of the strategy."""

    name: str
    """The name of its folder: `2026-2029`."""
    title: str
    """The title of its front page."""
    url: str
    """URL of its front page; empty for the one in force, whose front page is the site's."""
    folder: str
    """What the paths of its pages begin with: `udgaver/2026-2029/`, or nothing for the one in force."""
    state: EditionState
    adopted: date | None = None
    adopted_by: str = ""
    """Who adopted it, as running text."""
    decision: str = ""
    """URL of the decision to adopt it; may be empty."""
    consultation: tuple[date, date] | None = None
    """The first and the last day of the hearing; None if there is none."""
    superseded: date | None = None
    """The day another edition took its place."""
    superseded_by: str = ""
    """The name of that edition."""
    successor: str = ""
    """The title of that edition; empty if it is not known."""
    lapsed: date | None = None
    """The day the proposal was given up."""
    has_folder: bool = False
    """For the one in force, whether there is a folder with its name: it was proposed there, and has its receipt there."""
    confirm_by: date | None = None
    """The last day for departments to confirm what its adoption changed."""

    @property
    def folder_of_name(self) -> str:
        """The folder with its name, `udgaver/2026-2029/`: the edition is there unless it is in force, and what is said about it always."""
        return f"{EDITION_FOLDER}/{self.name}/"


@dataclass(frozen=True)
class Adoption:
    """When and by whom a guideline was adopted."""

    day: date
    by: str = ""
    """Who adopted it, as running text; may be empty."""


@dataclass(frozen=True)
class PageChange:
    """A change of an adopted page that somebody has told of."""

    day: date
    sentence: str
    """What has changed."""
    line: int
    """Line in the page's file."""
