"""Lays the records of the open data out as tables, for CSV files. No I/O.

A table has one row for each record. A list of texts is one cell, and the fields of a record within a record are columns of their own:
`changes.new`. A list of records is a table of its own, in which each row begins with the id of the record that it belongs to; in the
table of that record, the list is its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kanalstrategi.content.data_model import DataField, DataFile, FieldKind

TEXT_SEPARATOR = " | "
"""What stands between the texts of a list in one cell."""


DataCell = str | int | Decimal | date | None
"""What a cell holds: a text, a number, a truth value, a day, or nothing."""


@dataclass(frozen=True)
class DataTable:
    """A table whose rows have a cell for each column."""

    name: str
    """The name of its file without an extension."""
    columns: tuple[str, ...]
    rows: tuple[tuple[DataCell, ...], ...]


def tables_of(file: DataFile, records: Sequence[Mapping[str, Any]]) -> Iterator[DataTable]:
    """Yield the tables of a file, in the order of `DataFile.table_names`: that of its records, then one for each list of records in them."""
    names = iter(file.table_names)
    yield DataTable(next(names), tuple(_columns(file.fields)), tuple(tuple(_cells(file.fields, record)) for record in records))
    for field in (field for field in file.fields if field.kind is FieldKind.RECORDS):
        rows = [(record["id"], *_cells(field.fields, inner)) for record in records for inner in record[field.name]]
        yield DataTable(next(names), (f"{file.name}.id", *_columns(field.fields)), tuple(rows))


def _columns(fields: Iterable[DataField]) -> Iterator[str]:
    for field in fields:
        if field.kind is FieldKind.RECORD:
            yield from (f"{field.name}.{column}" for column in _columns(field.fields))
        else:
            yield field.name


def _cells(fields: Iterable[DataField], record: Mapping[str, Any] | None) -> Iterator[DataCell]:
    """Yield the cells of a record; those of one that is null are empty."""
    for field in fields:
        value = record[field.name] if record else None
        if field.kind is FieldKind.RECORD:
            yield from _cells(field.fields, value)
        else:
            yield None if value in (None, "") else _cell(field, value)


def _cell(field: DataField, value: Any) -> DataCell:
    """Return the cell of a value that is there."""
    match field.kind:
        case FieldKind.RECORDS:
            return len(value)
        case FieldKind.TEXTS:
            return TEXT_SEPARATOR.join(value)
        case FieldKind.NUMBER:
            return Decimal(str(value))
        case FieldKind.DATE:
            return date.fromisoformat(value)
    cell: DataCell = value
    return cell
