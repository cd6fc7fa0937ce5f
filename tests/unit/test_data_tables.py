"""The open data as tables: every record is a row, every list of records a table of its own, and a spreadsheet shows each cell as meant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kanalstrategi.content.data_files import DATA_FILES
from kanalstrategi.content.data_model import DataFile, boolean, count, day, number, record, records, text, texts
from kanalstrategi.content.data_tables import DataTable, tables_of
from kanalstrategi.content.model import Content
from kanalstrategi.content.open_data import OPEN_DATA
from kanalstrategi.publishing.spreadsheet import spreadsheet
from tests.support.calc import read_csv
from tests.support.full_content import full_content

FILE = DataFile(
    "goals",
    "Mål",
    "Mål.",
    "Aldrig.",
    (),
    (
        text("id", "Navn."),
        texts("words", "Ord."),
        record("latest", "Tal.", number("value", "Tal."), record("by", "Hvornår.", day("day", "Dag."))).or_null,
        boolean("open", "Åben."),
        records("all_figures", "Tal.", text("note", "Ord.").or_empty, count("count", "Antal.")),
        day("due", "Frist.").or_empty,
    ),
)
RECORDS: list[dict[str, Any]] = [
    {
        "id": "a",
        "words": ["et", "to"],
        "latest": {"value": 12.5, "by": {"day": "2026-05-27"}},
        "open": True,
        "all_figures": [{"note": "", "count": 0}, {"note": "=1", "count": 2}],
        "due": "2026-01-02",
    },
    {"id": "b", "words": [], "latest": None, "open": False, "all_figures": [], "due": ""},
]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return full_content(tmp_path_factory.mktemp("full"))


def test_records_within_records_are_columns_and_lists_of_them_tables() -> None:
    assert [*tables_of(FILE, RECORDS)] == [
        DataTable(
            "goals",
            ("id", "words", "latest.value", "latest.by.day", "open", "all_figures", "due"),
            (("a", "et | to", Decimal("12.5"), date(2026, 5, 27), True, 2, date(2026, 1, 2)), ("b", "", None, None, False, 0, None)),
        ),
        DataTable("goals-all-figures", ("goals.id", "note", "count"), (("a", None, 0), ("a", "=1", 2))),
    ]
    assert FILE.table_names == ("goals", "goals-all-figures")


def test_every_record_is_a_row_and_none_is_wider_than_its_head(content: Content) -> None:
    for name, records_of in OPEN_DATA.items():
        found = records_of(content)
        tables = [*tables_of(DATA_FILES[name], found)]
        assert len(tables[0].rows) == len(found) and [row[0] for row in tables[0].rows] == [each["id"] for each in found]
        assert [table.name for table in tables] == [*DATA_FILES[name].table_names]
        for table in tables:
            assert {len(row) for row in table.rows} <= {len(table.columns)} and len({*table.columns}) == len(table.columns)
        lists = [sum(len(each[field.name]) for each in found) for field in DATA_FILES[name].fields if field.kind.name == "RECORDS"]
        assert [len(table.rows) for table in tables[1:]] == lists


def test_a_spreadsheet_shows_the_measurements_as_numbers_and_days(content: Content, tmp_path: Path) -> None:
    goals = OPEN_DATA["goals"](content)
    [table] = [table for table in tables_of(DATA_FILES["goals"], goals) if table.name == "goals-measurements"]
    (tmp_path / "maal.csv").write_bytes(spreadsheet(table.columns, table.rows))
    head, *rows = read_csv(tmp_path / "maal.csv", tmp_path)
    assert [value for _, value in head][:7] == ["goals.id", "period", "from", "to", "value", "source", "note"]
    shown = [{name: cell for (_, name), cell in zip(head, row, strict=False)} for row in rows]
    measured = [(goal["id"], each) for goal in goals for each in goal["measurements"]]
    assert len(measured) == 19 and any(isinstance(each["value"], float) for _, each in measured)
    for cells, (id, each) in zip(shown, measured, strict=False):
        assert cells["goals.id"] == ("string", id)
        assert cells["from"] == ("date", each["from"]) and cells["to"] == ("date", each["to"])
        assert cells["value"][0] == "float" and Decimal(cells["value"][1]) == Decimal(str(each["value"]))
        assert cells["source"] == ("string", each["source"])
