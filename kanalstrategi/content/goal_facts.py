"""Says in Danish how a goal stands: the one source of the words on its page, in its chart, in documents, in open data and in mails. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from kanalstrategi.content.dates import is_overdue
from kanalstrategi.content.goal_model import Course, Direction, Goal, Measurement, Period
from kanalstrategi.content.measurements import gaps
from kanalstrategi.danish.numbers import danish_number

MAX_NAMED_GAPS = 3
"""If more periods are missing, they are counted instead of named."""
PERCENT_UNITS = ("%", "pct.", "procent")
"""The units of shares: a change of one is in percentage points."""

COURSE_LABELS = {
    Course.NOT_MEASURED: "ikke målt endnu",
    Course.BASELINE_ONLY: "kun målt én gang",
    Course.ON_COURSE: "på rette vej",
    Course.BEHIND: "bagud",
    Course.UNCHANGED: "uændret",
    Course.OFF_COURSE: "den forkerte vej",
}
"""The words for how a goal is going, as in "Målet er på rette vej"."""
NO_TARGET = "der er ikke sat et tal; strategien siger kun, hvilken vej det skal"


@dataclass(frozen=True)
class GoalFacts:
    """How a goal stands on a day, in words. What is not known is an empty text."""

    goal: Goal
    course: Course
    title: str
    """The title of the goal's page."""
    sentence: str
    """The strategy's sentence, or the title if the page names no sentence that exists."""
    direction: str
    """`Tallet skal falde`."""
    course_label: str
    """One of COURSE_LABELS: `på rette vej`."""
    rule: str
    """In whole sentences, by what rule it is on course or not."""
    baseline: str
    """`12.400 opkald i 2021`."""
    latest: str
    """`9.800 opkald i 2025`; also if that is the baseline."""
    change: str
    """The change since the baseline: `2.600 færre (21 %) siden 2021`; empty with fewer than two measurements."""
    change_line: str
    """The change with both values: `12.400 → 9.800 opkald: 2.600 færre (21 %) siden 2021`."""
    target: str
    """`højst 9.000 opkald i 2027`."""
    missing: tuple[str, ...]
    """What is missing, as phrases: `ingen måling for 2024`, `målt senest 2023`."""

    @property
    def is_measured(self) -> bool:
        """Whether there is any measurement."""
        return self.course is not Course.NOT_MEASURED

    @property
    def summary(self) -> str:
        """How it stands, in one line: what has changed, or the only value, or that nothing is measured."""
        return self.change_line or self.latest or COURSE_LABELS[Course.NOT_MEASURED]


def goal_facts(goal: Goal, today: date) -> GoalFacts:
    """Return how a goal stands on a day."""
    course, rule = _course(goal)
    baseline, latest = goal.baseline, goal.latest
    change = _change(goal)
    return GoalFacts(
        goal=goal,
        course=course,
        title=goal.page.title,
        sentence=goal.passage.text if goal.passage else goal.page.title,
        direction=f"Tallet skal {direction_verb(goal.direction)}",
        course_label=COURSE_LABELS[course],
        rule=rule,
        baseline=value_in_period(goal, baseline) if baseline else "",
        latest=value_in_period(goal, latest) if latest else "",
        change=change,
        change_line=f"{danish_number(baseline.value)} → {with_unit(goal, latest.value)}: {change}" if change and baseline and latest else "",
        target=f"{_bound(goal)} {with_unit(goal, goal.target)} i {goal.target_by.label}" if goal.target is not None and goal.target_by else "",
        missing=tuple(_missing(goal, today)),
    )


def direction_verb(direction: Direction) -> str:
    """Return what a figure should do: `falde` or `stige`."""
    return "falde" if direction is Direction.DOWN else "stige"


def with_unit(goal: Goal, value: Decimal) -> str:
    """Return a value of a goal with what is counted: `9.800 opkald`."""
    return f"{danish_number(value)} {goal.unit}".rstrip()


def value_in_period(goal: Goal, measurement: Measurement) -> str:
    """Return a measurement as a phrase: `9.800 opkald i 2025`."""
    return f"{with_unit(goal, measurement.value)} i {measurement.period.label}"


def _change(goal: Goal) -> str:
    if len(goal.measurements) < 2 or not goal.baseline or not goal.latest:
        return ""
    before, after = goal.baseline.value, goal.latest.value
    since = f"siden {goal.baseline.period.label}"
    difference = after - before
    if difference == 0:
        return f"uændret {since}"
    if goal.unit.lower() in PERCENT_UNITS:
        return f"{danish_number(abs(difference))} procentpoint {'lavere' if difference < 0 else 'højere'} {since}"
    is_whole = before == before.to_integral_value() and after == after.to_integral_value()
    words = ("færre", "flere") if is_whole else ("mindre", "mere")
    share = f" ({_percent(difference, before)})" if before else ""
    return f"{danish_number(abs(difference))} {words[difference > 0]}{share} {since}"


def _percent(difference: Decimal, whole: Decimal) -> str:
    percent = abs(Fraction(difference) / Fraction(whole)) * 100
    if percent < Fraction(1, 2):
        return "under 1 %"
    rounded = (Decimal(percent.numerator) / Decimal(percent.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{danish_number(rounded)} %"


def _course(goal: Goal) -> tuple[Course, str]:
    """Return whether a goal is on course, and by what rule."""
    baseline, latest = goal.baseline, goal.latest
    if not baseline or not latest:
        return Course.NOT_MEASURED, ""
    if baseline is latest:
        return Course.BASELINE_ONLY, "Der skal to målinger til, før man kan se, hvilken vej det går."
    verb = direction_verb(goal.direction)
    if latest.value == baseline.value:
        return Course.UNCHANGED, f"Tallet er det samme som ved den første måling, og det skal {verb}."
    is_lower = latest.value < baseline.value
    compared = "lavere" if is_lower else "højere"
    if is_lower != (goal.direction is Direction.DOWN):
        return Course.OFF_COURSE, f"Tallet er {compared} end ved den første måling, og det skal {verb}."
    expected = _expected(goal, baseline, latest)
    if expected is None:
        return Course.ON_COURSE, f"Tallet er {compared} end ved den første måling, og det skal {verb}."
    is_there = latest.value <= expected if goal.direction is Direction.DOWN else latest.value >= expected
    return Course.ON_COURSE if is_there else Course.BEHIND, _target_rule(goal, baseline, latest, expected)


def _target_rule(goal: Goal, baseline: Measurement, latest: Measurement, expected: Decimal) -> str:
    assert goal.target_by and goal.target is not None, "there is an expected value only with a target"
    asked = f"{_bound(goal)} {with_unit(goal, expected)}"
    if latest.period.last >= goal.target_by.last:
        return f"Målet var {asked} i {goal.target_by.label}. Tallet er {danish_number(latest.value)}."
    line = f"{with_unit(goal, baseline.value)} i {baseline.period.label} til {with_unit(goal, goal.target)} i {goal.target_by.label}"
    return f"En lige linje fra {line} giver {asked} i {latest.period.label}. Tallet er {danish_number(latest.value)}."


def _expected(goal: Goal, baseline: Measurement, latest: Measurement) -> Decimal | None:
    """Return the value that a straight line from the baseline to the target has by now, as exact as it is shown, or None without a target.

    It is rounded in the goal's favour, so that nobody reads "højst 8.880" and 8.880 and is told that the goal is behind.
    """
    if goal.target is None or not goal.target_by:
        return None
    whole, passed = goal.target_by.end_month - baseline.period.end_month, latest.period.end_month - baseline.period.end_month
    share = Fraction(passed, whole) if whole > passed else Fraction(1)
    exact = Fraction(baseline.value) + (Fraction(goal.target) - Fraction(baseline.value)) * share
    return _rounded(exact, (baseline.value, latest.value, goal.target), ROUND_CEILING if goal.direction is Direction.DOWN else ROUND_FLOOR)


def _rounded(value: Fraction, like: Sequence[Decimal], rounding: str) -> Decimal:
    """Return a value with as many decimals as the most exact of some numbers."""
    decimals = max(max(0, -int(number.as_tuple().exponent)) for number in like)
    scaled = value * 10**decimals
    whole = -(-scaled.numerator // scaled.denominator) if rounding == ROUND_CEILING else scaled.numerator // scaled.denominator
    return Decimal(whole).scaleb(-decimals)


def _bound(goal: Goal) -> str:
    return "højst" if goal.direction is Direction.DOWN else "mindst"


def _missing(goal: Goal, today: date) -> Iterator[str]:
    if not goal.latest:
        yield "der er ingen målinger endnu"
        return
    if not goal.unit:
        yield "det står ikke, hvad der tælles"
    if missing := gaps([measurement.period for measurement in goal.measurements]):
        yield f"ingen måling for {listed(missing)}"
    if goal.measure_by and is_overdue(goal.measure_by, today):
        yield f"målt senest {goal.latest.period.label}"


def listed(periods: Sequence[Period]) -> str:
    """Return the names of some periods, or how many there are if there are many: `2022 og 2024`, `5 perioder fra 2015 til 2020`."""
    if len(periods) > MAX_NAMED_GAPS:
        return f"{len(periods)} perioder fra {periods[0].label} til {periods[-1].label}"
    *before, last = (period.label for period in periods)
    return f"{', '.join(before)} og {last}" if before else last
