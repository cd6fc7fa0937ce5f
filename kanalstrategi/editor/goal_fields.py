"""The fields of a goal's page in the editor in the browser."""

from __future__ import annotations

from typing import Any

from kanalstrategi.content.conventions import GOAL_FOLDER, STRATEGY_FOLDER
from kanalstrategi.content.goal_model import Direction
from kanalstrategi.content.model import Content

_DIRECTION_LABELS = {Direction.DOWN: "Falde", Direction.UP: "Stige"}


def is_goal(path: str) -> bool:
    """Whether a page is that of a goal, given its path relative to `docs/`."""
    return path.rpartition("/")[0] == GOAL_FOLDER and not path.endswith("/index.md")


def goal_fields(content: Content) -> dict[str, dict[str, Any]]:
    """Return the definition of each field, keyed by the key in the front matter."""
    sentences = [{"label": passage.text, "value": passage.id} for passage in content.passages.values() if passage.page.section == STRATEGY_FOLDER]
    directions = [{"label": label, "value": direction.value} for direction, label in _DIRECTION_LABELS.items()]
    return {
        "goal": {"label": "Strategiens sætning", "widget": "select", "options": sentences, "hint": "Den sætning i strategien, som siden måler."},
        "direction": {"label": "Tallet skal", "widget": "select", "options": directions},
        "unit": _optional("Det, der tælles", "Som opkald eller procent. Tom, til det er besluttet."),
        "target": _optional("Tal, der skal nås", "Som 9.800 eller 12,5. Tom, hvis der ikke er besluttet et."),
        "target_by": _optional("Nås i", "Den periode, som tallet skal nås i: 2027 eller 2. halvår 2027."),
    }


def _optional(label: str, hint: str) -> dict[str, Any]:
    return {"label": label, "widget": "string", "required": False, "hint": hint}
