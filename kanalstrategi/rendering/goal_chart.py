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
from kanalstrategi.rendering.chart_model import CHARACTER_WIDTH, CHART_CLASS, HEIGHT, WIDTH, LineChart, Point

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


def target_point(goal: Goal) -> Point | None:
    """Return the end of the dashed line from the first figure to the target; None if there is no line to draw."""
    if goal.target is None or goal.target_by is None or not goal.baseline or goal.target_by.end_month <= goal.baseline.period.end_month:
        return None
    return goal.target_by.end_month, goal.target


def _drawn(goal: Goal) -> list[Node]:
    from kanalstrategi.rendering.line_chart import draw  # imported here, so that a site without figures does not wait for it

    points = [(measurement.period.end_month, measurement.value) for measurement in goal.measurements]
    missing = gaps([measurement.period for measurement in goal.measurements])
    target = target_point(goal)
    labels = {period.end_month: period.label for period in (*(measurement.period for measurement in goal.measurements), *missing)}
    if target and goal.target_by:
        labels.setdefault(target[0], goal.target_by.label)
    places = sorted(labels)
    values = [danish_number(value) for _, value in points]
    least = Decimal(goal.measurements[0].period.months) / 2
    margin = _margin(places, [*values, *([danish_number(target[1])] if target else [])], least)
    if _widest(values) <= min((after - before for (before, _), (after, _) in pairwise(points)), default=WIDTH) * _room(places, margin):
        named = points
    else:
        named = list(dict.fromkeys((points[0], points[-1])))
        margin = _margin(places, [danish_number(value) for _, value in (*named, *([target] if target else []))], least)
    return draw(
        LineChart(
            points=points,
            breaks=[period.end_month for period in missing],
            named=named,
            labels={place: labels[place] for place in _labelled(places, labels, _room(places, margin))},
            margin=margin,
            unit=goal.unit,
            target=target,
        )
    )


def _margin(places: Sequence[int], values: Collection[str], least: Decimal) -> Decimal:
    """Return the months before the first place and after the last, where there is room for half a value beside its dot."""
    width, half = WIDTH - _AXIS_WIDTH, _widest(values) / 2
    needed = half * (places[-1] - places[0]) / (width - 2 * half) if 4 * half < width else 0
    return max(least, Decimal(round(needed, 2)))


def _labelled(places: Sequence[int], labels: dict[int, str], room: float) -> list[int]:
    """Return the places whose labels have room beside each other, the last among them. `room` is the width of a month."""
    least = _widest(labels.values()) / room
    shown = [places[-1]]
    for place in reversed(places):
        if shown[-1] - place >= least:
            shown.append(place)
    return shown[::-1]


def _widest(words: Collection[str]) -> float:
    return (max(map(len, words)) + 1) * CHARACTER_WIDTH


def _room(places: Sequence[int], margin: Decimal) -> float:
    """Return the width of a month."""
    return (WIDTH - _AXIS_WIDTH) / (places[-1] - places[0] + 2 * float(margin))
