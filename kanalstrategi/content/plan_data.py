"""Creates the open data about the process plan and its material."""

from __future__ import annotations

from datetime import date
from typing import Any

from kanalstrategi.content.action_model import Action, Material


def action_record(action: Action, today: date) -> dict[str, Any]:
    """Return the record of an action on a day. `serves` has the ids of goals first, then those of rules."""
    return {
        "id": action.id,
        "title": action.page.title,
        "url": action.page.url,
        "owner": action.page.owner.id,
        "status": action.page.status.value,
        "state": action.state.value,
        "begins": _day(action.begins),
        "due": _day(action.due),
        "done": _day(action.done),
        "overdue": action.is_overdue(today),
        "serves": [*action.goals, *action.rules],
    }


def material_record(material: Material) -> dict[str, Any]:
    """Return the record of material."""
    return {
        "id": material.id,
        "title": material.page.title,
        "url": material.page.url,
        "owner": material.page.owner.id,
        "status": material.page.status.value,
        "purpose": material.purpose,
        "audience": material.audience,
        "supports": list(material.actions),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
