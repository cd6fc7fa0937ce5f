"""Shows the measurements of a goal as a chart, which says the facts to whoever does not see it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import pairwise

from kanalstrategi.content.goal_facts import GoalFacts, direction_verb
from kanalstrategi.content.goal_model import Goal
from kanalstrategi.content.measurements import gaps
from kanalstrategi.danish.numbers import danish_number
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.chart_model import CHARACTER_WIDTH, CHART_CLASS, HEIGHT, WIDTH, LineChart

_AXIS_WIDTH = 70
"""About the width of what stands beside the lines: the labels of the values."""


def goal_chart(facts: GoalFacts) -> Element:
    """Return the chart of a goal that has been measured."""
    title, description = f"{facts.goal.id}-graf", f"{facts.goal.id}-graf-tekst"
    return element(
        f"svg.{CHART_CLASS}",
        element("title", chart_title(facts), id=title),
        element("desc", chart_description(facts), id=description),
        _drawn(facts.goal),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_labelledby=title,
        aria_describedby=description,
    )


def chart_title(facts: GoalFacts) -> str:
    """Return what a chart shows: `Telefon: opkald i 2021 til 2025`."""
    goal = facts.goal
    if not goal.baseline or not goal.latest:
        return facts.title
    until = "" if goal.baseline is goal.latest else f" til {goal.latest.period.label}"
    return f"{facts.title}: {goal.unit or 'tal'} i {goal.baseline.period.label}{until}"


def chart_description(facts: GoalFacts) -> str:
    """Return what a chart says, in whole sentences."""
    if not facts.change:
        return f"Det eneste tal er {facts.latest}. {facts.direction}."
    target = f" Målet er {facts.target}." if facts.target else ""
    goes = f"Tallet skal {direction_verb(facts.goal.direction)}: {facts.course_label}."
    return f"Første tal: {facts.baseline}. Seneste tal: {facts.latest}, {facts.change}. {goes}{target}"


def _drawn(goal: Goal) -> list[Node]:
    from kanalstrategi.rendering.line_chart import draw  # imported here, so that a site without figures does not wait for it

    points = [(measurement.period.end_month, measurement.value) for measurement in goal.measurements]
    target = (goal.target_by.end_month, goal.target) if goal.target_by and goal.target is not None else None
    labels = {measurement.period.end_month: measurement.period.label for measurement in goal.measurements}
    if target and goal.target_by:
        labels.setdefault(target[0], goal.target_by.label)
    return draw(
        LineChart(
            points=points,
            breaks=[period.end_month for period in gaps([measurement.period for measurement in goal.measurements])],
            named=points if _fit([danish_number(value) for _, value in points], sorted(labels)) else list(dict.fromkeys((points[0], points[-1]))),
            labels={place: labels[place] for place in _labelled(sorted(labels), labels)},
            margin=Decimal(goal.measurements[0].period.months) / 2,
            unit=goal.unit,
            target=target if target and target[0] > points[0][0] else None,
        )
    )


def _labelled(places: Sequence[int], labels: dict[int, str]) -> list[int]:
    """Return the places whose labels have room beside each other, the last among them."""
    least = _widest(labels.values()) / _room(places)
    shown = [places[-1]]
    for place in reversed(places):
        if shown[-1] - place >= least:
            shown.append(place)
    return shown[::-1]


def _fit(values: Sequence[str], places: Sequence[int]) -> bool:
    """Whether there is room for all values beside each other. Otherwise only the first and the last are written at their dots."""
    return len(values) < 2 or _widest(values) <= min(after - before for before, after in pairwise(places)) * _room(places)


def _widest(words: Collection[str]) -> float:
    return (max(map(len, words)) + 1) * CHARACTER_WIDTH


def _room(places: Sequence[int]) -> float:
    """Return the width of a month."""
    return (WIDTH - _AXIS_WIDTH) / max(1, places[-1] - places[0] + 12)
