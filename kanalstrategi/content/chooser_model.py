"""Defines the records of the channel chooser."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanalstrategi.content.model import Page


@dataclass(frozen=True)
class Answer:
    """One answer to a question of the channel chooser."""

    text: str
    to: str
    """Id of the step it leads to."""
    line: int


@dataclass(frozen=True)
class Step:
    """A question of the channel chooser, or an outcome if it has no answers."""

    id: str
    title: str
    line: int
    answers: tuple[Answer, ...] = ()
    channels: tuple[str, ...] = ()
    """Ids of the channels that an outcome names."""
    sources: tuple[str, ...] = ()
    """Ids of the rules and passages that an outcome cites."""
    actions: tuple[str, ...] = ()
    """What an outcome says to do, in order."""

    @property
    def is_outcome(self) -> bool:
        """Whether the step ends the chooser."""
        return not self.answers


@dataclass(frozen=True)
class Chooser:
    """The situations and questions that lead staff to a channel."""

    page: Page
    steps: tuple[Step, ...]
    """The questions and outcomes, starting with the first question."""
    paths: tuple[tuple[Answer, ...], ...] = ()
    """Every path from the first question to an outcome, as the answers along it; empty if the chooser has diagnostics."""
    opening: Step | None = None
    """The list that the chooser opens with: situations, and last the way to the first question. None if it opens with that question."""

    @cached_property
    def situations(self) -> tuple[Answer, ...]:
        """The entries of the opening list that lead straight to an outcome."""
        if self.opening is None:
            return ()
        return tuple(entry for entry in self.opening.answers if entry.to in self.by_id and self.by_id[entry.to].is_outcome)

    @cached_property
    def by_id(self) -> dict[str, Step]:
        """The steps, keyed by id."""
        return {step.id: step for step in self.steps}
