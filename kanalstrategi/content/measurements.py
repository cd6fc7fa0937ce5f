"""Reads what is measured for a goal from the text of its CSV file. Pure.

The file has the head `periode,værdi,kilde`, and `bemærkning` may follow. Its cells are separated by commas or, as Danish spreadsheets save
them, by semicolons.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kanalstrategi.content.goal_model import Measurement, Period
from kanalstrategi.content.numbers import NumberError, parse_number
from kanalstrategi.danish.periods import parse_period
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import TextDiagnostic, Wording
from kanalstrategi.incoming_text import MAX_DIAGNOSTICS, read_bytes

COLUMNS = ("periode", "værdi", "kilde")
NOTE_COLUMN = "bemærkning"
MAX_BYTES = 100_000
MAX_MEASUREMENTS = 1_000
"""Maximum number of rows: a century of months has 1,200, and no strategy lasts that long."""
MAX_CELL_CHARACTERS = 500

_HEAD = ",".join(COLUMNS)
LENGTHS = {12: "år", 6: "halvår", 3: "kvartaler", 1: "måneder"}
"""What periods are called, keyed by their months."""
WORDINGS = {
    "too_large": Wording(f"filen fylder mere end {MAX_BYTES // 1000} kB", "behold kun tallene for målet i den"),
    "no_head": Wording(f"filen begynder ikke med {_HEAD}", f"skriv {_HEAD} på den første linje, hver i sin celle; {NOTE_COLUMN} må følge efter"),
    "bad_quotes": Wording(
        "anførselstegnene i linjen passer ikke sammen", 'sæt " om hele cellen, og skriv "" for et anførselstegn inde i den; en celle er på én linje'
    ),
    "other_delimiter": Wording("cellerne er delt med $found i linjen, men med $expected i filens første linje", "brug det samme tegn i hele filen"),
    "too_few": Wording("linjen har $count celler, og den skal have $columns", f"skriv {_HEAD} i hver sin celle"),
    "too_many": Wording("linjen har $count celler, og den må højst have $columns", 'sæt " om en tekst, der har $delimiter i sig'),
    "bare_decimals": Wording("linjen har et komma inde i tallet", 'sæt " om tallet: "$number"'),
    "bad_period": Wording("perioden $value kendes ikke", "skriv den som 2025, 1. halvår 2025, 2. kvartal 2025 eller maj 2025"),
    "no_period": Wording("perioden mangler", "skriv den som 2025, 1. halvår 2025, 2. kvartal 2025 eller maj 2025, eller slet hele linjen"),
    "future": Wording("perioden $period er ikke slut før den $day", "slet linjen, og skriv den, når perioden er slut"),
    "no_source": Wording("kilden mangler", "skriv, hvor tallet kommer fra, for eksempel et systems navn"),
    "source_is_number": Wording("kilden er kun et tal", 'skriv, hvor tallet kommer fra; har værdien decimaler, så sæt " om den: "$number"'),
    "long_cell": Wording("cellen $column er for lang", f"skriv højst {MAX_CELL_CHARACTERS} tegn"),
    "double": Wording("perioden $period står allerede i linje $first", "slet den ene af de to"),
    "mixed": Wording("perioden er ikke lige så lang som de andre, der er $length", "skriv alle perioder lige lange, så tallene kan sammenlignes"),
    "too_many_rows": Wording(f"filen har mere end {MAX_MEASUREMENTS} målinger", "slet de ældste, eller skriv længere perioder"),
}
"""What can be wrong with a file of measurements, besides its numbers."""


@dataclass(frozen=True)
class Measurements:
    """What is measured for a goal, and what is wrong with the file."""

    rows: tuple[Measurement, ...]
    """Oldest first; only those that can be read, no two of one period and all of one length."""
    diagnostics: tuple[TextDiagnostic, ...]


def read_measurements(data: bytes, latest: date) -> Measurements:
    """Return what the content of a CSV file says. No period may end after the day `latest`."""
    if len(data) > MAX_BYTES:
        return Measurements((), (_diagnostic(1, "too_large"),))
    incoming = read_bytes(data)
    reader = _Reader(latest)
    reader.read(incoming.text)
    odd_lines = {diagnostic.line for diagnostic in incoming.diagnostics}
    diagnostics = [*incoming.diagnostics, *(found for found in reader.diagnostics if found.line not in odd_lines)]
    return Measurements(tuple(sorted(reader.rows, key=lambda row: row.period)), tuple(sorted(diagnostics, key=lambda found: found.line)))


def gaps(periods: Sequence[Period]) -> list[Period]:
    """Return the periods that are missing between the first and the last of some periods of one length, given oldest first."""
    missing = []
    for before, after in pairwise(periods):
        period = before.following
        while period < after:
            missing.append(period)
            period = period.following
    return missing


class _Reader:
    """The reading of one file."""

    def __init__(self, latest: date) -> None:
        self.rows: list[Measurement] = []
        self.diagnostics: list[TextDiagnostic] = []
        self._latest = latest
        self._columns = len(COLUMNS)
        self._delimiter = ","
        self._lines: dict[Period, int] = {}
        """The line of each period that has been read."""

    def read(self, text: str) -> None:
        """Read the text of a file."""
        head = text.partition("\n")[0]
        self._delimiter = ";" if ";" in head else ","
        cells = self._split(head) or []
        if (*cells,) not in (COLUMNS, (*COLUMNS, NOTE_COLUMN)):
            self._report(1, "no_head")
            return
        self._columns = len(cells)
        for line, row in self._cells(text):
            if len(self.rows) == MAX_MEASUREMENTS:
                self._report(line, "too_many_rows")
                break
            self._read_row(line, row)
        self._leave_out_other_lengths()

    def _cells(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of each line after the head that holds any, with its number. A cell is in one line."""
        for line, written in enumerate(text.split("\n")[1:], 2):
            cells = self._split(written)
            if cells is None:
                self._report(line, "bad_quotes")
            elif any(cells):
                yield line, cells
            if len(self.diagnostics) >= MAX_DIAGNOSTICS:
                return

    def _split(self, line: str) -> list[str] | None:
        """Return the cells of a line, or None if its quotation marks do not match."""
        try:
            return [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=self._delimiter, strict=True), [])]
        except csv.Error:
            return None

    def _read_row(self, line: int, row: list[str]) -> None:
        while len(row) > self._columns and not row[-1]:
            row.pop()  # spreadsheets write empty cells at the end
        if not self._has_right_length(line, row):
            return
        period_text, value, source, note = (*row, "")[:4]
        mistakes = len(self.diagnostics)
        period = self._read_period(line, period_text)
        try:
            number = parse_number(value)
        except NumberError as error:
            self.diagnostics.append(TextDiagnostic(line, error.message, error.hint))
        if not source:
            self._report(line, "no_source")
        elif self._delimiter == "," and re.fullmatch("[0-9]+", source):
            self._report(line, "source_is_number", number=f"{value},{source}")
        for column, cell in ((COLUMNS[2], source), (NOTE_COLUMN, note)):
            if len(cell) > MAX_CELL_CHARACTERS:
                self._report(line, "long_cell", column=column)
        if period and len(self.diagnostics) == mistakes:
            self.rows.append(Measurement(period, number, source, note, line))

    def _has_right_length(self, line: int, row: list[str]) -> bool:
        if len(row) > self._columns:
            if self._delimiter == "," and all(re.fullmatch(r"-?[0-9.]+", cell) for cell in row[1:3]):
                self._report(line, "bare_decimals", number=f"{row[1]},{row[2]}")
            else:
                self._report(line, "too_many", count=len(row), columns=self._columns, delimiter=self._delimiter)
        elif len(row) < len(COLUMNS):
            other = ";" if self._delimiter == "," else ","
            if len(row) == 1 and row[0].count(other) >= len(COLUMNS) - 1:
                self._report(line, "other_delimiter", found=other, expected=self._delimiter)
            else:
                self._report(line, "too_few", count=len(row), columns=len(COLUMNS))
        return len(COLUMNS) <= len(row) <= self._columns

    def _read_period(self, line: int, text: str) -> Period | None:
        days = parse_period(text)
        if not days:
            self._report(line, "bad_period" if text else "no_period", value=f"»{text[:40]}«")
            return None
        period = Period(*days)
        if period.last > self._latest:
            self._report(line, "future", period=period.label, day=long_date(period.last))
        elif first := self._lines.get(period):
            self._report(line, "double", period=period.label, first=first)
        else:
            self._lines[period] = line
            return period
        return None

    def _leave_out_other_lengths(self) -> None:
        """Keep the periods of the most common length: the figures of a year and of a month cannot be compared."""
        lengths = Counter(row.period.months for row in self.rows)
        if len(lengths) > 1:
            usual = max(lengths, key=lambda length: (lengths[length], length))
            for row in self.rows:
                if row.period.months != usual:
                    self._report(row.line, "mixed", length=LENGTHS[usual])
            self.rows = [row for row in self.rows if row.period.months == usual]

    def _report(self, line: int, kind: str, **words: object) -> None:
        self.diagnostics.append(_diagnostic(line, kind, **words))


def _diagnostic(line: int, kind: str, **words: object) -> TextDiagnostic:
    return TextDiagnostic(line, *WORDINGS[kind].filled(**words))
