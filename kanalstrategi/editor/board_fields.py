"""Describes the fields of the board's page for the editor in the browser."""

from __future__ import annotations

from kanalstrategi.content.conventions import MAX_DECISION_CHARACTERS, MAX_DECISIONS_SOUGHT, STATUS_KEYS, STATUS_PAGE
from kanalstrategi.editor.field_types import Json, text_field


def board_keys(path: str) -> tuple[str, ...]:
    """Return the keys that only the board's page has, if a path is its."""
    return STATUS_KEYS if path == STATUS_PAGE else ()


def board_fields() -> dict[str, Json]:
    """Return the fields of the board's page, keyed by name."""
    decision = text_field("Beslutning", f"Én sætning på højst {MAX_DECISION_CHARACTERS} tegn.")
    return {
        "decisions_sought": {
            "label": "Beslutninger, der søges",
            "label_singular": "Beslutning, der søges",
            "widget": "list",
            "collapsed": False,
            "required": False,
            "max": MAX_DECISIONS_SOUGHT,
            "hint": "Højst tre. Er der ingen, foreslår hjemmesiden selv nogle ud fra det, der mangler.",
            "field": {"name": "decision", **decision},
        }
    }
