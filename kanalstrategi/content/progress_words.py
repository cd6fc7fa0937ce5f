"""Says in Danish what has happened in the departments since an earlier day. Pure."""

from __future__ import annotations

from kanalstrategi.content.record_model import DepartmentProgress

NO_CHANGE = "ingen ændring"


def change_words(before: DepartmentProgress, now: DepartmentProgress) -> str:
    """Return what has changed for a department, or for all of them in sum: `2 flere vedtaget, 12 færre åbne`."""
    phrases = [_difference(now.adopted - before.adopted, "vedtaget"), _difference(now.missing - before.missing, "mangler")]
    phrases.append(_difference(now.open_decisions - before.open_decisions, "åbne"))
    return ", ".join(filter(None, phrases)) or NO_CHANGE


def _difference(number: int, noun: str) -> str:
    return f"{abs(number)} {'flere' if number > 0 else 'færre'} {noun}" if number else ""
