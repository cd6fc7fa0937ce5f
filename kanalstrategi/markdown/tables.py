"""Checks the tables of a page, of which a Markdown parser says nothing: how large they are, and whether a row has too many cells."""

from __future__ import annotations

import re

MAX_PARSED_CELLS = 20_000
"""Maximum number of cells in the tables of a page that is parsed. The parser fills up short rows: a small text can have millions of cells."""

_RULER = re.compile(r"[ \t>]*[-:|][-:| \t]*")
"""The line below the head of a table."""
_CELL_SEPARATOR = re.compile(rb"(?<!\\)(?:\\\\)*\|")


def lines_before_too_large_table(text: str) -> int:
    """Return how many lines of a text stand before the table that has too many cells together with those above; 0 if there is none."""
    if "|" not in text:
        return 0
    cells = columns = 0
    for number, line in enumerate(text.split("\n")):
        if "|" in line and "-" in line and _RULER.fullmatch(line):
            columns = max(columns, line.count("|"))
        elif not line.strip(" \t>"):
            columns = 0
        cells += columns
        if cells > MAX_PARSED_CELLS:
            return max(number, 1)
    return 0


def cells_in(row: bytes) -> int:
    """Return the number of cells in a row, as typed."""
    row = row.strip()
    separators = len(_CELL_SEPARATOR.findall(row)) - row.startswith(b"|")
    return separators + 1 - bool(re.search(rb"(?<!\\)(?:\\\\)*\|\Z", row))
