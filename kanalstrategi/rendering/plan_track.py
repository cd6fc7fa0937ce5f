"""Draws when actions are done as a row of steps under their dates: decoration, since the dates say the same in words. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.action_model import Action, ActionState
from kanalstrategi.markdown.nodes import Element, element

MAX_YEARS_OF_QUARTERS = 4
"""Up to so many years, a step is a quarter; of more years, it is a year."""
MAX_YEARS = 20
"""With more years than this, nothing is drawn: the steps would be too small to see."""


@dataclass(frozen=True)
class Scale:
    """The years that a plan covers, and how they are divided."""

    first_year: int
    last_year: int
    today: date

    @property
    def years(self) -> range:
        """The years, in order."""
        return range(self.first_year, self.last_year + 1)

    @property
    def steps_of_year(self) -> int:
        """How many steps a year has."""
        return 4 if len(self.years) <= MAX_YEARS_OF_QUARTERS else 1

    def step_of(self, day: date) -> int:
        """Return the number of the step that a day is in, counted from 0."""
        return (day.year - self.first_year) * self.steps_of_year + (day.month - 1) * self.steps_of_year // 12


def scale_of(actions: Iterable[Action], today: date) -> Scale | None:
    """Return the scale for some actions and today, or None if nothing can be drawn."""
    days = [day for action in actions for day in (action.begins, action.due, action.done) if day]
    if not days:
        return None
    years = [day.year for day in (*days, today)]
    scale = Scale(min(years), max(years), today)
    return scale if len(scale.years) <= MAX_YEARS else None


def axis(scale: Scale) -> Element:
    """Return the years above the steps of a column."""
    return element("span.plan-axis.web-only", [element("span.plan-year", str(year)) for year in scale.years], aria_hidden="true")


def track(action: Action, scale: Scale) -> Element | None:
    """Return the steps of an action, or None if it has no date. A day alone fills the step that it is in."""
    last = action.done or action.due or action.begins
    if last is None:
        return None
    begins, ends = scale.step_of(min(action.begins or last, last)), scale.step_of(last)
    today, count = scale.step_of(scale.today), len(scale.years) * scale.steps_of_year
    kind = "late" if action.is_overdue(scale.today) else action.state.value
    steps = [element("span" + _classes(step, begins, ends, today)) for step in range(count)]
    return element(f"span.plan-track.{kind}.web-only", steps, aria_hidden="true")


def _classes(step: int, begins: int, ends: int, today: int) -> str:
    return ".plan-step" + (".filled" if begins <= step <= ends else "") + (".now" if step == today else "")


TRACK_STATES = (*(state.value for state in ActionState), "late")
"""The classes that a track can have, one at a time."""
