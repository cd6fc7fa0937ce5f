"""The fields of the accessibility statement in the editor in the browser. No I/O."""

from __future__ import annotations

from typing import Any

from kanalstrategi.content.statement_model import Compliance, Method
from kanalstrategi.editor.field_types import date_field

_COMPLIANCE = {
    Compliance.FULL: "Overholder standarden fuldt ud",
    Compliance.PARTIAL: "Overholder standarden delvist",
    Compliance.NONE: "Overholder ikke standarden",
}
_METHODS = {Method.SELF: "Kommunen selv", Method.EXTERNAL: "En anden for kommunen", Method.OTHER: "På en anden måde"}


def statement_fields() -> dict[str, dict[str, Any]]:
    """Return the fields, keyed by name. All may be empty: nothing is decided until somebody has."""
    return {
        "compliance": _select("Overholdelse", {state.value: words for state, words in _COMPLIANCE.items()}, "Tom, indtil kommunen har afgjort det."),
        "tested": date_field("Senest prøvet", "Den dag, hjemmesiden sidst blev prøvet efter standarden.", is_required=False),
        "method": _select("Prøvet af", {method.value: words for method, words in _METHODS.items()}, "Hvem der har prøvet hjemmesiden."),
    }


def _select(label: str, words: dict[str, str], hint: str) -> dict[str, Any]:
    options = [{"label": text, "value": value} for value, text in words.items()]
    return {"label": label, "widget": "select", "options": options, "required": False, "hint": hint}
