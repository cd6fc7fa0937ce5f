"""Describes fields of the editor in the browser as Decap wants them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

DATE_WIDGET = "dato"
"""The name under which overrides/editor/start.js registers our own field for a day."""


def text_field(label: str, hint: str) -> Json:
    """Return a field for one line of text."""
    return {"label": label, "widget": "string", "hint": hint}


def date_field(label: str, hint: str = "", *, is_required: bool = True) -> Json:
    """Return a field for a day."""
    more: Json = {**({"hint": hint} if hint else {}), **({} if is_required else {"required": False})}
    return {"label": label, "widget": DATE_WIDGET, **more}


def choice_field(label: str, options: dict[str, str], hint: str) -> Json:
    """Return a field for one of several values; `options` has what each is called, keyed by value."""
    return {"label": label, "widget": "select", "options": _options(options), "hint": hint}


def choices_field(label: str, options: dict[str, str], hint: str) -> Json:
    """Return a field for any number of values, also none."""
    return {**choice_field(label, options, hint), "multiple": True, "required": False}


def _options(options: dict[str, str]) -> list[Json]:
    return [{"label": label, "value": value} for value, label in options.items()]
