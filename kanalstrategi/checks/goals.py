"""Warns of what is missing for the strategy's goals, and does not stop a build: figures for some periods, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kanalstrategi.content.dates import is_overdue
from kanalstrategi.content.goal_facts import listed
from kanalstrategi.content.goal_model import Direction, Goal
from kanalstrategi.content.measurements import gaps
from kanalstrategi.content.project import Project
from kanalstrategi.diagnostics import Diagnostic


def warn_of_goals(project: Project) -> Iterator[Diagnostic]:
    """Yield the warnings about goals that have been measured."""
    for goal in project.content.goals:
        file, page = f"docs/{goal.file}", f"docs/{goal.page.path}"
        for before, after in pairwise(goal.measurements):
            if missing := gaps([before.period, after.period]):
                message = f"der mangler en måling for {listed(missing)}"
                yield Diagnostic(file, after.line, message, "skriv en linje for hver periode, hvis tallet findes")
        if goal.latest and goal.measure_by and is_overdue(goal.measure_by, project.content.today):
            message = f"målet er målt senest {goal.latest.period.label}"
            yield Diagnostic(file, goal.latest.line, message, "skriv en linje for de perioder, der er gået siden")
        if goal.latest and not goal.unit:
            yield Diagnostic(page, goal.page.line, "det står ikke, hvad der tælles", "skriv det efter `unit:` øverst, som `unit: opkald`")
        if _is_reached_already(goal):
            line = project.parsed_pages[goal.page.path].front.lines.get("target", 1)
            yield Diagnostic(page, line, "målet var nået allerede ved den første måling", "se, om tallet i target er rigtigt")


def _is_reached_already(goal: Goal) -> bool:
    if goal.target is None or not goal.baseline:
        return False
    return goal.baseline.value <= goal.target if goal.direction is Direction.DOWN else goal.baseline.value >= goal.target
