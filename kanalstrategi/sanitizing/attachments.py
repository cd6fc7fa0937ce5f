"""Checks that a file for readers to download is what its extension says, and holds nothing but the document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kanalstrategi.diagnostics import Diagnostic, TextDiagnostic
from kanalstrategi.limits import TooSlowError, time_limit
from kanalstrategi.sanitizing.csv_files import check_csv
from kanalstrategi.sanitizing.office_files import check_office

ATTACHMENT_KINDS = {".csv": "CSV", ".docx": "Word", ".pdf": "PDF", ".xlsx": "Excel"}
"""What readers call the files that pages may offer for download, keyed by extension."""


def check_attachment(file: Path, place: str) -> Iterator[Diagnostic]:
    """Yield the diagnostics for an attachment. `place` is the path to name in them."""
    try:
        with time_limit():
            faults = _check(file)
    except TooSlowError:
        faults = [TextDiagnostic(1, "filen tager for lang tid at læse", "gem dokumentet igen, eller del det i flere")]
    yield from (fault.in_file(place) for fault in faults)


def _check(file: Path) -> list[TextDiagnostic]:
    data = file.read_bytes()
    if file.suffix == ".csv":
        return check_csv(data)
    if file.suffix == ".pdf":
        from kanalstrategi.sanitizing.pdf_files import check_pdf  # only here, since it loads pikepdf

        return [TextDiagnostic(1, *fault) for fault in check_pdf(data)]
    return [TextDiagnostic(1, *fault) for fault in check_office(data, file.suffix)]
