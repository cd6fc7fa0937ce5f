"""Checks that a file for readers to download is what its extension says, and holds nothing but the document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.limits import TooSlowError, time_limit
from kanalstrategi.sanitizing.office_files import check_office

ATTACHMENT_KINDS = {".docx": "Word", ".pdf": "PDF", ".xlsx": "Excel"}
"""What readers call the files that pages may offer for download, keyed by extension."""


def check_attachment(file: Path, place: str) -> Iterator[Diagnostic]:
    """Yield the diagnostics for an attachment. `place` is the path to name in them."""
    try:
        with time_limit():
            faults = _check(file)
    except TooSlowError:
        faults = [("filen tager for lang tid at læse", "gem dokumentet igen, eller del det i flere")]
    yield from (Diagnostic(place, 1, message, hint) for message, hint in faults)


def _check(file: Path) -> list[tuple[str, str]]:
    if file.suffix != ".pdf":
        return check_office(file.read_bytes(), file.suffix)
    from kanalstrategi.sanitizing.pdf_files import check_pdf  # only here, since it loads pikepdf

    return check_pdf(file.read_bytes())
