"""Writes tables as CSV that a spreadsheet set to Danish opens with every cell as meant. Pure.

Spreadsheets guess what a cell is: `=1+1` is run, `maj 2023` becomes a day, `0045` becomes 45. Quotation marks do not change that. So a text that
would be taken for something else begins with an apostrophe, which is seen in the cell and does no harm. Numbers and days are written as such.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None
"""What a cell holds: a text, a number, a truth value, a day, or nothing."""

CSV_TYPE = "text/csv"
"""The media type of a table."""
_TEXT_MARK = "'"
_BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads a file as Windows-1252."""
_FORMULA = re.compile(r"""(^|[;,\t\r\n])(?=(?>(?:[^\S\t\r\n]|")*)[=+@＝＋＠－-])""")
"""Where a formula would begin: at the start of a text, or behind what ends a cell in a spreadsheet that is set to another language."""
_PLAIN_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
"""A text that looks the same when it is read as a number, such as a year."""
_NUMBER = re.compile(r"\(?[.,]?\d[\d.,:/]*+(?:[eE][+-]?\d+)?\s?%?\)?", re.ASCII)
_DAY = re.compile(r"(?:\d{1,4}[-./]\d{1,2}|\d{1,2}[-./]\d{1,4})(?:[-./]\d{1,4})?(?:[ T]\d{1,2}[:.]\d{2}.*)?", re.ASCII)
_MONTHS = (
    r"jan(?:uar|uary)?|feb(?:ruar|ruary)?|mar(?:ts|ch)?|apr(?:il)?|maj|may|jun[ie]?|jul[iy]?|aug(?:ust)?|sep(?:t|tember)?|"
    r"o[kc]t(?:ober)?|nov(?:ember)?|de[ck](?:ember)?"
)
_MONTH = re.compile(rf"(?:\d{{1,2}}\.?[ -]?(?:{_MONTHS})\.?|(?:{_MONTHS})\.?[ -]?\d)[ \d-]*", re.IGNORECASE | re.ASCII)
_TRUTH = ("sand", "falsk", "true", "false")
"""The truth values of a spreadsheet in Danish and in English."""


def spreadsheet(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV: semicolons, CRLF, UTF-8 with a byte order mark. `head` has the names of the columns."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in (head, *rows))
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return _as_text(cell)
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()  # the one form that is a day in every language
    return "" if cell is None else str(cell)


def _as_text(text: str) -> str:
    """Return a text so that every spreadsheet takes it for one."""
    marked = _FORMULA.sub(rf"\1{_TEXT_MARK}", text)
    return _TEXT_MARK + text if marked == text and _is_taken_for_a_value(text.strip()) else marked


def _is_taken_for_a_value(text: str) -> bool:
    if _PLAIN_NUMBER.fullmatch(text):
        return False
    return text.casefold() in _TRUTH or any(pattern.fullmatch(text) for pattern in (_NUMBER, _DAY, _MONTH))
