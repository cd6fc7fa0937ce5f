"""Defines the records of the strategy's goals and of what is measured for each. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from kanalstrategi.danish.periods import months_between, next_period, period_label

if TYPE_CHECKING:
    from kanalstrategi.content.model import Page, Passage

MEASURED_EVERY = relativedelta(months=12)
"""A goal is measured again at the latest so long after the end of the period that was measured last."""


class Direction(Enum):
    """Which way a goal's figure should move. The value is the word used in front matter and open data."""

    DOWN = "down"
    UP = "up"


class Course(Enum):
    """Whether a goal is on course. The value is the word used in open data."""

    NOT_MEASURED = "not-measured"
    """There is no measurement."""
    BASELINE_ONLY = "baseline-only"
    """There is one measurement, so there is nothing to compare it with."""
    ON_COURSE = "on-course"
    """The latest value is on the right side of the baseline and, if there is a target, as far as it should be by now."""
    BEHIND = "behind"
    """The latest value is on the right side of the baseline, but not as far as the target asks for by now."""
    UNCHANGED = "unchanged"
    OFF_COURSE = "off-course"
    """The latest value is on the wrong side of the baseline."""


@dataclass(frozen=True, order=True)
class Period:
    """A year, half-year, quarter or month. Periods are ordered by their first day, and the longer of two that begin together comes last."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """The period as readers see it: `2023`, `1. halvår 2023`, `2. kvartal 2023`, `maj 2023`."""
        return period_label(self.first, self.last)

    @property
    def months(self) -> int:
        """How many months it has: 12, 6, 3 or 1."""
        return months_between(self.first, self.last)

    @property
    def end_month(self) -> int:
        """The number of its last month, counted from year 0: the distance between two periods is a difference of these."""
        return self.last.year * 12 + self.last.month

    @property
    def following(self) -> Period:
        """The period of the same length that comes after it."""
        return Period(*next_period(self.first, self.last))


@dataclass(frozen=True)
class Measurement:
    """A figure for a period: one row of the goal's CSV file."""

    period: Period
    value: Decimal
    source: str
    """Where the figure comes from."""
    note: str
    line: int
    """Line in the CSV file."""


@dataclass(frozen=True)
class Goal:
    """One of the strategy's goals, on a page of its own in `docs/maal/`."""

    id: str
    """The file's name without its extension; the CSV file of its measurements has the same name."""
    page: Page
    passage: Passage | None
    """The strategy's sentence; None if the page names none that exists."""
    direction: Direction
    unit: str = ""
    """What is counted: `opkald`. Empty until it has been decided."""
    target: Decimal | None = None
    """The value to reach; None if none has been decided, since the strategy only names a direction."""
    target_by: Period | None = None
    measurements: tuple[Measurement, ...] = ()
    """Oldest first; only those that can be read, no two of one period."""
    file: str = ""
    """Path of the CSV file, relative to `docs/`; empty if there is none."""

    @property
    def baseline(self) -> Measurement | None:
        """The first measurement."""
        return self.measurements[0] if self.measurements else None

    @property
    def latest(self) -> Measurement | None:
        """The latest measurement, which is the baseline if there is only one."""
        return self.measurements[-1] if self.measurements else None

    @property
    def measure_by(self) -> date | None:
        """The last day to measure it again; None if it has never been measured."""
        return self.latest.period.last + MEASURED_EVERY if self.latest else None
