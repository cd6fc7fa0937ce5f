"""The fields of a goal's page in the editor in the browser."""

from __future__ import annotations

from kanalstrategi.content.conventions import GOAL_FOLDER
from kanalstrategi.content.goal_model import Direction
from kanalstrategi.content.model import Content
from kanalstrategi.editor.field_types import Json, choice_field, text_field

MEASUREMENTS = "maalinger"
"""The name of the collection of measurements, and under which overrides/editor/start.js registers its format and its table."""
_DIRECTION_LABELS = {Direction.DOWN: "Falde", Direction.UP: "Stige"}


def is_goal(path: str) -> bool:
    """Whether a page is that of a goal, given its path relative to `docs/`."""
    return path.rpartition("/")[0] == GOAL_FOLDER and not path.endswith("/index.md")


def goal_fields(content: Content) -> dict[str, Json]:
    """Return the definition of each field, keyed by the key in the front matter."""
    sentences = {passage.id: passage.text for passage in content.passages.values() if passage.page.section == content.folders.strategy}
    directions = {direction.value: label for direction, label in _DIRECTION_LABELS.items()}
    fields = {
        "unit": text_field("Det, der tælles", "Som opkald eller procent. Tom, til det er besluttet."),
        "target": text_field("Tal, der skal nås", "Som 9.800 eller 12,5. Tom, hvis der ikke er besluttet et."),
        "target_by": text_field("Nås i", "Den periode, som tallet skal nås i: 2027 eller 2. halvår 2027."),
    }
    return {
        "goal": choice_field(content.say("Strategiens sætning"), sentences, content.say("Den sætning i strategien, som siden måler.")),
        "direction": choice_field("Tallet skal", directions, content.say("Hvilken vej strategien vil have det.")),
        **{key: {**field, "required": False} for key, field in fields.items()},
    }


def measurement_collection(content: Content) -> Json:
    """Return the collection of the CSV files with the measurements of the goals, one for each goal, also for one that has no file yet."""
    return {
        "name": MEASUREMENTS,
        "label": "Målinger",
        "description": content.say("Tallene for strategiens mål."),
        "format": MEASUREMENTS,
        "files": [
            {
                "name": goal.id,
                "label": goal.page.title,
                "file": f"docs/{GOAL_FOLDER}/{goal.id}.csv",
                "fields": [{"name": "body", "label": "Målinger", "widget": MEASUREMENTS}],
            }
            for goal in content.goals
        ],
    }
