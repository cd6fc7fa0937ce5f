"""Checks that a file of comma-separated values is text in UTF-8 whose cells are values, and nothing that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.incoming_text import ANY_LENGTH, read_bytes

_DELIMITERS = ";,\t"
"""What spreadsheets take for the end of a cell, by the language that they are set to. Danish ones take the semicolon."""
_OTHER_DELIMITER = re.compile(r'"?sep=(.)', re.IGNORECASE)
"""The first line by which a file tells Excel what ends its cells."""
_RUNS = re.compile(r"""[^\W\d]\d*+\s*+\(|\||!['"$A-Za-z]""")
"""What a formula needs to do anything: a function, a program, or a cell elsewhere. Numbers, telephone numbers and words with a sign have none."""
_MAX_SHOWN_CHARACTERS = 40
_MAX_DIAGNOSTICS = 10


def check_csv(data: bytes) -> list[TextDiagnostic]:
    """Return what is wrong with the content of a file."""
    incoming = read_bytes(data, ANY_LENGTH)
    return [*incoming.diagnostics, *islice(_formulas(incoming.text), _MAX_DIAGNOSTICS)]


def _formulas(text: str) -> Iterator[TextDiagnostic]:
    """Yield a diagnostic for each line with a cell that a spreadsheet takes for a formula. A formula saved as CSV has become its value."""
    sep = _OTHER_DELIMITER.match(text)
    delimiters = re.escape(_DELIMITERS + (sep[1] if sep else ""))
    cell = re.compile(rf'(?:^|[{delimiters}])[ "\xa0]*+(?P<content>[=+@＝＋＠－-][^{delimiters}]*+)')
    for number, line in enumerate(text.split("\n"), 1):
        contents = (found["content"].rstrip(' "') for found in cell.finditer(line))
        if formula := next((content for content in contents if content[0] in "=＝" or _RUNS.search(content)), ""):
            shown = formula if len(formula) <= _MAX_SHOWN_CHARACTERS else f"{formula[: _MAX_SHOWN_CHARACTERS - 1]}…"
            yield TextDiagnostic(number, f"cellen »{shown}« er en formel, som et regneark udfører", "skriv tallet eller teksten selv")
