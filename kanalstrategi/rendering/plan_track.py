"""Draws when actions are done as bars under their dates: decoration, since the dates say the same in words. No I/O.

A drawing has attributes for its places, since the site's security policy allows no styles in place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.action_model import Action, ActionState
from kanalstrategi.markdown.nodes import Element, element

YEAR = 366
"""The width of a year, in the units of a drawing: a day of any year has a place of its own."""
MAX_YEARS = 20
"""With more years than this, nothing is drawn: the bars would be too small to see."""
_HEIGHT = 14
_LINE_AT, _BAR_AT = 13, 11
"""How far down the line of all years is, and the middle of a bar."""
_LEAST_SHARE = 50
"""A bar is at least this part of the whole: a single day would not be seen."""


@dataclass(frozen=True)
class Scale:
    """The years that a plan covers."""

    first_year: int
    last_year: int
    today: date

    @property
    def years(self) -> range:
        """The years, in order."""
        return range(self.first_year, self.last_year + 1)

    @property
    def width(self) -> int:
        """The width of all years, in the units of a drawing."""
        return len(self.years) * YEAR

    def place_of(self, day: date) -> int:
        """Return where a day begins. It ends one unit later."""
        return (day.year - self.first_year) * YEAR + day.timetuple().tm_yday - 1

    def bar_of(self, first: date, last: date) -> tuple[int, int]:
        """Return where a bar begins and ends. A short bar is made longer at its beginning, so that it ends where it should."""
        end = self.place_of(last) + 1
        return min(self.place_of(first), end - self.width // _LEAST_SHARE), end


def scale_of(actions: Iterable[Action], today: date) -> Scale | None:
    """Return the scale for some actions and today, or None if nothing can be drawn."""
    days = [day for action in actions for day in (action.begins, action.due, action.done) if day]
    if not days:
        return None
    years = [day.year for day in (*days, today)]
    scale = Scale(min(years), max(years), today)
    return scale if len(scale.years) <= MAX_YEARS else None


def axis(scale: Scale) -> Element:
    """Return the years above the bars of a column."""
    return element("span.plan-axis.web-only", [element("span.plan-year", str(year)) for year in scale.years], aria_hidden="true")


def track(action: Action, scale: Scale) -> Element | None:
    """Return the bar of an action and the line of today, or None if it has no date."""
    last = action.done or action.due or action.begins
    if last is None:
        return None
    begins, ends = scale.bar_of(min(action.begins or last, last), last)
    kind = "late" if action.is_overdue(scale.today) else action.state.value
    today = scale.place_of(scale.today)
    lines = [
        _line("plan-years", 0, _LINE_AT, scale.width, _LINE_AT),
        _line("plan-bar", begins, _BAR_AT, ends, _BAR_AT),
        _line("plan-today", today, 0, today, _HEIGHT),
    ]
    size = {"viewBox": f"0 0 {scale.width} {_HEIGHT}", "preserveAspectRatio": "none", "focusable": "false"}
    return element(f"svg.plan-track.{kind}.web-only", lines, xmlns="http://www.w3.org/2000/svg", aria_hidden="true", **size)


def _line(name: str, x1: int, y1: int, x2: int, y2: int) -> Element:
    return element(f"line.{name}", x1=str(x1), y1=str(y1), x2=str(x2), y2=str(y2))


TRACK_STATES = (*(state.value for state in ActionState), "late")
"""The classes that a track can have, one at a time."""
