"""Defines the records of the decisions that the strategy leaves to the departments. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MAX_NAME_CHARACTERS = 60
"""Maximum length of the short name that a question may begin with."""


class DecisionState(Enum):
    """How far a decision is. The value is the word used in open data."""

    OPEN = "open"
    DECIDED = "decided"
    NOT_RELEVANT = "not-relevant"
    """The department has looked at it, and it does not concern them."""


@dataclass(frozen=True)
class Decision:
    """A decision that the strategy leaves to the department: an item of a task list."""

    id: str
    """Its anchor on the page, which stays when the question is reworded after its short name."""
    channel: str
    """Id of the sub-channel whose rules stand above it, or else of the channel group."""
    text: str
    """The text of the item itself, in one line."""
    question: str
    """What is asked: the text, or only its short name if the answer stands in the place of the question."""
    answer: str
    """What the department says, with an empty line between two paragraphs; empty if it has not said anything."""
    state: DecisionState
    is_essential: bool
    """Whether it is one of the most important ones."""
    line: int

    @property
    def name(self) -> str:
        """The short name that the question begins with, or all of it if it has none."""
        name, colon, _ = self.question.partition(":")
        return name if colon and len(name) <= MAX_NAME_CHARACTERS else self.question

    @property
    def is_open(self) -> bool:
        """Whether the department has still to look at it."""
        return self.state is DecisionState.OPEN
