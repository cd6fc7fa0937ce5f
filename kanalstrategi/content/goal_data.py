"""Creates the open data about the strategy's goals: the records of `site/data/goals.json`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kanalstrategi.content.goal_facts import goal_facts
from kanalstrategi.content.goal_model import Goal, Measurement, Period
from kanalstrategi.content.model import Content


def goal_records(content: Content) -> list[dict[str, Any]]:
    """Return a record for each goal, with its measurements and what its page says about them."""
    return [_record(goal, content) for goal in content.goals]


def _record(goal: Goal, content: Content) -> dict[str, Any]:
    facts = goal_facts(goal, content.today)
    return {
        "id": goal.id,
        "title": goal.page.title,
        "url": goal.page.url,
        "sentence": goal.passage.text if goal.passage else "",
        "sentence_url": goal.passage.url if goal.passage else "",
        "direction": goal.direction.value,
        "unit": goal.unit,
        "target": _number(goal.target) if goal.target is not None else None,
        "target_by": _period(goal.target_by) if goal.target_by else None,
        "course": facts.course.value,
        "course_text": facts.course_label,
        "baseline": _measurement(goal.baseline) if goal.baseline else None,
        "latest": _measurement(goal.latest) if goal.latest else None,
        "change": facts.change_line,
        "missing": list(facts.missing),
        "file": goal.file,
        "measurements": [_measurement(measurement) for measurement in goal.measurements],
    }


def _measurement(measurement: Measurement) -> dict[str, Any]:
    return {**_period(measurement.period), "value": _number(measurement.value), "source": measurement.source, "note": measurement.note}


def _period(period: Period) -> dict[str, str]:
    return {"period": period.label, "from": period.first.isoformat(), "to": period.last.isoformat()}


def _number(value: Decimal) -> int | float:
    """Return a value as a JSON number. It has at most 15 digits, which a float holds."""
    return int(value) if value == value.to_integral_value() else float(value)
