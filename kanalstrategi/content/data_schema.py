"""Writes what the fields of the open data are as JSON Schema (2020-12), so that others can check what they get. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kanalstrategi.content.data_model import Absence, DataField, DataFile, FieldKind

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_TYPE = "application/schema+json"
"""The media type of a schema."""

Schema = dict[str, Any]

_TYPES: dict[FieldKind, Schema] = {
    FieldKind.TEXT: {"type": "string"},
    FieldKind.COUNT: {"type": "integer", "minimum": 0},
    FieldKind.NUMBER: {"type": "number"},
    FieldKind.BOOLEAN: {"type": "boolean"},
    FieldKind.DATE: {"type": "string", "format": "date"},
    FieldKind.URL: {"type": "string", "format": "uri-reference", "pattern": "^(?![a-z]+:|/)"},
    FieldKind.WEB_URL: {"type": "string", "format": "uri", "pattern": "^https?://"},
    FieldKind.TEXTS: {"type": "array", "items": {"type": "string"}},
}
"""The schema of each kind of value that has no fields of its own."""


def schema_of(file: DataFile, site_url: str) -> Schema:
    """Return the schema of a file. `site_url` is absolute, since the name of a schema must be.

    A record may get further fields, so the schema does not forbid those that it does not know.
    """
    return {
        "$schema": SCHEMA_DIALECT,
        "$id": site_url + file.schema_url,
        "title": file.title,
        "description": file.description,
        "type": "array",
        "items": _object(file.fields),
    }


def _object(fields: Sequence[DataField]) -> Schema:
    return {"type": "object", "properties": {field.name: _property(field) for field in fields}, "required": [field.name for field in fields]}


def _property(field: DataField) -> Schema:
    """Return the schema of a field's value, with what it means."""
    value = _value(field)
    if field.absence is Absence.EMPTY:
        if "enum" in value:
            value = {**value, "enum": ["", *value["enum"]]}
        elif field.kind is not FieldKind.TEXT:
            value = {"anyOf": [value, {"const": ""}]}
    elif field.absence is Absence.NULL:
        value = {"anyOf": [value, {"type": "null"}]}
    return {"description": _description(field), **value}


def _value(field: DataField) -> Schema:
    if field.kind is FieldKind.RECORD:
        return _object(field.fields)
    if field.kind is FieldKind.RECORDS:
        return {"type": "array", "items": _object(field.fields)}
    if field.values:
        return {"type": "string", "enum": [*field.values]}
    if field.kind is FieldKind.TEXT and field.absence is not Absence.EMPTY:
        return {"type": "string", "minLength": 1}
    return _TYPES[field.kind]


def _description(field: DataField) -> str:
    """Return what a field means, with what each of its values means."""
    values = ", ".join(f"»{value}« er {words}" for value, words in field.values.items())
    return f"{field.meaning} {values}." if values else field.meaning
