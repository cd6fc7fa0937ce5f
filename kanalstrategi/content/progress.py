"""Keeps a record of how far the departments had come with their guidelines on earlier days: one row for each department and day."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from dateutil.relativedelta import relativedelta

from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.fields import parse_day
from kanalstrategi.content.model import Content, Guideline
from kanalstrategi.content.record_model import RECORD_FOLDER, DepartmentProgress
from kanalstrategi.content.settings_model import DEFAULT_WORDS, Words
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.diagnostics import Diagnostic, TextDiagnostic
from kanalstrategi.incoming_text import read_bytes

PROGRESS_FILE = f"{RECORD_FOLDER}/progress.csv"
"""The record's file, relative to the project's root."""
HEADER = ("dag", "fagområde", "vedtaget", "udkast", "mangler", "åbne", "beslutninger")
"""The columns of the file."""
MAX_BYTES = 5_000_000
"""Maximum size of the file: a row a day for forty departments over ten years."""
MAX_NUMBER_DIGITS = 6
MAX_DIAGNOSTICS = 20
"""How many wrong lines are reported. Whoever mends them will see the others."""
COMPARED_WITHIN = relativedelta(years=1)
"""How far back the state of a department is compared with, unless a page asks for a day."""

_NUMBER = re.compile(f"[0-9]{{1,{MAX_NUMBER_DIGITS}}}")
_HINT = "slet linjen, eller ret den; scripts/progress.py skriver selv nye linjer"


def progress_of(content: Content) -> tuple[DepartmentProgress, ...]:
    """Return how far each department has come on the build date, in menu order."""
    return tuple(_progress_of(guideline, content.today) for guideline in content.guidelines)


def _progress_of(guideline: Guideline, day: date) -> DepartmentProgress:
    coverage = Counter(section.coverage for section in guideline.sections)
    adopted, drafts, missing = (coverage[state] for state in (Coverage.ADOPTED, Coverage.DRAFT, Coverage.MISSING))
    return DepartmentProgress(day, guideline.id, adopted, drafts, missing, len(guideline.open_decisions), len(guideline.decisions))


def progress_before(content: Content, department: str, since: date | None = None) -> DepartmentProgress | None:
    """Return the earlier state of a department to compare today's with, or None if none is recorded.

    It is the latest one up to the day `since` or else the first one after it; without a day, the earliest one within the last year.
    """
    rows = [row for row in content.progress if row.department == department and row.day < content.today]
    if since:
        until = [row for row in rows if row.day <= since]
        return until[-1] if until else next(iter(rows), None)
    return next((row for row in rows if row.day >= content.today - COMPARED_WITHIN), None)


def read_progress(root: Path, diagnostics: list[Diagnostic], words: Words = DEFAULT_WORDS) -> tuple[DepartmentProgress, ...]:
    """Return the record of the project in a folder, which is empty if there is none. Wrong lines are reported and left out."""
    file = root / PROGRESS_FILE
    if not file.is_file():
        return ()
    if file.stat().st_size > MAX_BYTES:
        diagnostics.append(Diagnostic(PROGRESS_FILE, 1, "filen er for stor", f"den må højst fylde {MAX_BYTES // 1_000_000} MB; slet de ældste linjer"))
        return ()
    incoming = read_bytes(file.read_bytes())
    rows, wrong = parse_progress(incoming.text, words)
    by_line = {diagnostic.line: diagnostic for diagnostic in (*wrong, *incoming.diagnostics)}
    diagnostics += [by_line[line].in_file(PROGRESS_FILE) for line in sorted(by_line)]
    return rows


def parse_progress(text: str, words: Words = DEFAULT_WORDS) -> tuple[tuple[DepartmentProgress, ...], list[TextDiagnostic]]:
    """Return the rows that can be read, oldest first, and what is wrong with the others."""
    rows: dict[tuple[date, str], DepartmentProgress] = {}
    diagnostics: list[TextDiagnostic] = []
    for number, line in enumerate(text.split("\n"), 1):
        if number == 1:
            if tuple(line.split(",")) != HEADER:
                hint = f"skriv {','.join(HEADER)}, eller slet filen, og kør python3 scripts/progress.py"
                return (), [TextDiagnostic(1, "filen har ikke de overskrifter, den skal have", hint)]
            continue
        if not line.strip():
            continue
        found = _parse_row(line, words)
        if isinstance(found, DepartmentProgress) and (found.day, found.department) in rows:
            found = f"{words.say('fagområdet')} {found.department} har allerede en linje om {found.day}"
        if isinstance(found, DepartmentProgress):
            rows[found.day, found.department] = found
        elif len(diagnostics) < MAX_DIAGNOSTICS:
            diagnostics.append(TextDiagnostic(number, found, _HINT))
    return tuple(sorted(rows.values(), key=lambda row: row.day)), diagnostics


def format_progress(rows: Iterable[DepartmentProgress]) -> str:
    """Return the file's text, by day and then in the order given."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for row in sorted(rows, key=lambda row: row.day):
        writer.writerow([row.day.isoformat(), row.department, row.adopted, row.drafts, row.missing, row.open_decisions, row.decisions])
    return text.getvalue()


def with_progress(rows: Sequence[DepartmentProgress], new: Iterable[DepartmentProgress]) -> tuple[DepartmentProgress, ...]:
    """Return the record with new rows. What is recorded of a department on a day is not replaced: it was said then."""
    known = {(row.day, row.department) for row in rows}
    added = [row for row in new if (row.day, row.department) not in known]
    return tuple(sorted((*rows, *added), key=lambda row: row.day))


def _parse_row(line: str, words: Words) -> DepartmentProgress | str:
    """Return the row in a line, or what is wrong with it. No value holds a comma, so none is quoted."""
    cells = [cell.strip() for cell in line.split(",")]
    if len(cells) != len(HEADER):
        return f"linjen har {count_phrase(len(cells), 'felt', 'felter')}, og den skal have {len(HEADER)}"
    day_text, department, *number_texts = cells
    try:
        day = parse_day(day_text)
    except ValueError:
        day = None
    if day is None:
        return f"»{day_text[:40]}« er ikke en dag, skrevet som 2026-03-31"
    if not department:
        return words.say("linjen nævner ikke et fagområde")
    wrong = next((text for text in number_texts if not _NUMBER.fullmatch(text)), None)
    if wrong is not None:
        return f"»{wrong[:40]}« er ikke et helt tal"
    adopted, drafts, missing, open_decisions, decisions = map(int, number_texts)
    if open_decisions > decisions:
        return f"der kan ikke være {open_decisions} åbne af {count_phrase(decisions, 'beslutning', 'beslutninger')}"
    return DepartmentProgress(day, department, adopted, drafts, missing, open_decisions, decisions)
