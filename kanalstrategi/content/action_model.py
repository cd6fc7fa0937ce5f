"""Defines the records of the process plan: its actions, and the material that supports them. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from kanalstrategi.content.dates import is_overdue

if TYPE_CHECKING:
    from kanalstrategi.content.model import Page


class ActionState(Enum):
    """How far an action is. The value is the word used in front matter and open data."""

    OPEN = "open"
    """Nobody has decided yet who does it or when: the strategy promises it, or somebody has proposed it."""
    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_closed(self) -> bool:
        """Whether there is nothing left to do."""
        return self in (ActionState.DONE, ActionState.DROPPED)


@dataclass(frozen=True)
class Action:
    """One action of the process plan, on a page of its own in `docs/procesplan/`. The page's title says what, and its owner who."""

    id: str
    """The file's name without its extension."""
    page: Page
    state: ActionState
    begins: date | None = None
    due: date | None = None
    """The last day; None if nobody has decided it."""
    done: date | None = None
    """The day it was done; only of an action that is."""
    goals: tuple[str, ...] = ()
    """Ids of the goals that it serves."""
    rules: tuple[str, ...] = ()
    """Ids of the rules that it serves."""

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done."""
        return not self.state.is_closed and self.due is not None and is_overdue(self.due, today)

    def has_late_start(self, today: date) -> bool:
        """Whether it should have been begun, and nobody has said that it is."""
        return self.state in (ActionState.OPEN, ActionState.PLANNED) and self.begins is not None and self.begins < today


@dataclass(frozen=True)
class Material:
    """A page in `docs/materiale/` that supports the work: a template, a guide, a course."""

    id: str
    """The file's name without its extension."""
    page: Page
    purpose: str
    """What it is for."""
    audience: str
    """Who it helps."""
    actions: tuple[str, ...] = ()
    """Ids of the actions that it belongs to."""
