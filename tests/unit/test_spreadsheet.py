"""A table as CSV opens in a spreadsheet with every cell as meant, and runs nothing."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.publishing.spreadsheet import Cell, spreadsheet
from kanalstrategi.sanitizing.csv_files import check_csv
from tests.support.calc import read_csv

AS_THEY_ARE = ["æøå ÆØÅ", 'et "citat"', "to\nlinjer", "a; b", "a, b", "54 73 10 00", "2023-2025", "1. halvår 2023", "maj", "Marts måned", "a=b", "x@y.dk", ""]
MARKED = [
    "=1+1", "-5", "+45 54", "@SUM(A1)", "\t=1", " =1", '"=1"', "＝1", "0045", "1.000", "3,5", "1.1.1", "27.35.00", "1-2", "12-2025", "2026-05-27", "1/2",
    "12:30", "12e5", "10%", "(5)", ".5", "maj 2023", "1. maj", "5 jun", "sand", "FALSE", "-", "=cmd|' /C calc'!A0",
]  # fmt: skip - as a list of words
TYPED: dict[Cell, tuple[str, str]] = {
    7: ("float", "7"),
    -5: ("float", "-5"),
    Decimal("1234.50"): ("float", "1234.5"),
    Decimal("-0.25"): ("float", "-0.25"),
    date(2026, 5, 27): ("date", "2026-05-27"),
    True: ("string", "ja"),
}


def test_calc_shows_every_cell_as_meant(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[cell, "næste"] for cell in (*AS_THEY_ARE, *MARKED, *TYPED)]
    (tmp_path / "tabel.csv").write_bytes(spreadsheet(["Første kolonne", "Anden"], rows))
    read = read_csv(tmp_path / "tabel.csv", tmp_path)
    assert read[0] == [("string", "Første kolonne"), ("string", "Anden")]
    expected = [("string", text) if text else ("", "") for text in AS_THEY_ARE] + [("string", marked(text)) for text in MARKED] + [*TYPED.values()]
    assert [row[0] for row in read[1 : len(rows) + 1]] == expected
    assert all(row[1] == ("string", "næste") for row in read[1 : len(rows) + 1])


def marked(text: str) -> str:
    return text.replace("\t", "'") if "\t" in text else f"'{text}"  # behind a tab, which Calc leaves out, the mark stands


def test_without_the_mark_calc_would_run_a_formula_and_change_texts(tmp_path: Path) -> None:
    (tmp_path / "tabel.csv").write_text('"=1+1"\r\n"maj 2023"\r\n"0045"\r\n', encoding="utf-8")
    assert [row[0] for row in read_csv(tmp_path / "tabel.csv", tmp_path)[:3]] == [("formula", "of:=1+1"), ("date", "2023-05-01"), ("float", "45")]


def test_it_is_written_for_danish_excel() -> None:
    assert spreadsheet(["a", "b"], [["x;y", Decimal("1.5")], ["æ", None]]) == '\ufeffa;b\r\n"x;y";1,5\r\næ;\r\n'.encode()


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=30), min_size=1, max_size=4))
def test_any_text_comes_back_with_no_more_than_marks(texts: list[str]) -> None:
    written = spreadsheet(["x"] * len(texts), [texts]).decode("utf-8-sig")
    (read,) = [*csv.reader(io.StringIO(written, newline=""), delimiter=";")][1:]
    assert [text.replace("'", "") for text in read] == [text.replace("'", "") for text in texts]


@given(st.text(st.sampled_from("=+-@;,\t\n\" 'aA(1|!＝－"), max_size=12))
def test_no_text_is_a_formula_whatever_ends_a_cell(text: str) -> None:
    assert check_csv(spreadsheet(["x"], [[text]])) == []


@pytest.mark.parametrize("text", ["a,=1+1", "a;=1+1", "a\n=1+1"])
def test_a_formula_within_a_text_is_marked_where_another_language_would_split_it(text: str) -> None:
    assert spreadsheet(["x"], [[text]]).decode().count("'=1+1") == 1
