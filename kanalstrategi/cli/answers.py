"""Writes the answers of a questionnaire that was filled in into the page of its guideline: `new.py answers udfyldt.docx`."""

from __future__ import annotations

import codecs
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.checks.runner import check_project
from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.conventions import GUIDELINE_FOLDER
from kanalstrategi.content.model import Guideline
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.diagnostics import Diagnostic, printable
from kanalstrategi.file_system import explain, write_whole
from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.suggestions import suggestion
from kanalstrategi.word.answer_report import answers_of, report_lines
from kanalstrategi.word.answers import Result, apply_answers
from kanalstrategi.word.filled_in import FilledIn, FilledInError, read_filled_in
from kanalstrategi.word.questionnaire import questionnaire_of

USAGE = "python3 scripts/new.py answers udfyldt.docx"


class _RefusedError(ValueError):
    """The answers cannot be written. The message says why, in Danish."""


@explains_errors
def main(root: Path, registry: MacroRegistry, arguments: Sequence[str] | None = None) -> int:
    """Write the answers into the project in a folder, print the report, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description="Sæt svarene fra et udfyldt skema ind i fagområdets retningslinje.")
    parser.add_argument("file", type=Path, help="skemaet, udfyldt og gemt som .docx")
    file = parser.parse_args(arguments).file
    try:
        if file.suffix.lower() != ".docx":
            raise _RefusedError(f"{file}: filen er ikke en .docx – gem skemaet som .docx, og prøv igen")
        if file.stat().st_size > MAX_BYTES[".docx"]:
            raise _RefusedError(f"{file}: filen er for stor – den må højst fylde {MAX_BYTES['.docx'] // 1_000_000} MB")
        try:
            filled_in = read_filled_in(file.read_bytes())
        except FilledInError as error:
            raise _RefusedError(f"{file}: {error}") from error
        for line in _write_answers(root, registry, filled_in):
            print(printable(line))
    except _RefusedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _write_answers(root: Path, registry: MacroRegistry, filled_in: FilledIn) -> list[str]:
    """Write the answers into the page, and return the report. Raises _RefusedError."""
    if not filled_in.department:
        raise _RefusedError("filen er ikke et udfyldt skema: der er ingen række med en nøgle – hent skemaet på retningslinjens side, og udfyld det")
    project = read_project(root, os.environ)
    guideline = _guideline(project, filled_in.department)
    path = f"docs/{guideline.page.path}"
    data = (root / path).read_bytes()
    mark, text = _decoded(data, path)
    answers, remarks = answers_of(filled_in)
    changed, results = apply_answers(text, answers)
    report = list(report_lines(results, remarks, filled_in, questionnaire_of(guideline, project.content)))
    if changed == text:
        return [f"{path} er ikke ændret: der er ingen nye svar.", *report]
    new = mark + changed.encode()
    if len(new) > MAX_BYTES[".md"]:
        raise _RefusedError(f"{path}: siden ville fylde for meget – del svarene op, og skriv dem kortere")
    if wrong := _new_diagnostics(root, registry, project, data, new):
        named = [_with_question(diagnostic, path, results) for diagnostic in wrong]
        advice = "Ret svarene i skemaet, og prøv igen."
        raise _RefusedError("\n".join([f"{path} er ikke ændret, for svarene ville give fejl:", *named, advice, "", *map(printable, report)]))
    try:
        write_whole(root / path, new)
    except (OSError, MemoryError) as error:
        raise _RefusedError(f"{path} er ikke ændret: {explain(error)}") from error
    return [f"Svarene er sat ind i {path}. Læs siden igennem, og kør derefter python3 scripts/check.py", *report]


def _guideline(project: Project, department: str) -> Guideline:
    guidelines = {guideline.id: guideline for guideline in project.content.guidelines}
    if department not in guidelines:
        raise _RefusedError(f"docs/{GUIDELINE_FOLDER}/{printable(department)}.md findes ikke – {suggestion(department, guidelines)}")
    return guidelines[department]


def _decoded(data: bytes, path: str) -> tuple[bytes, str]:
    """Return the byte order mark of a page, if it has one, and its text with its line endings unchanged. Raises _RefusedError."""
    for diagnostic in read_bytes(data).diagnostics:
        raise _RefusedError(f"{diagnostic.in_file(path)}\nRet siden først")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark, data.removeprefix(mark).decode()


def _new_diagnostics(root: Path, registry: MacroRegistry, project: Project, data: bytes, new: bytes) -> list[Diagnostic]:
    """Return what would be wrong with the project if a page had another content, and is not wrong now."""
    former, changed = read_bytes(data).text, read_bytes(new)
    with_change = read_project(root, os.environ, parser_for=lambda texts: lambda text: parse(changed.text if text == former else text))
    known = Counter(map(_without_line, check_project(project, root / "docs", registry)))
    found = check_project(with_change, root / "docs", registry)
    return [diagnostic for diagnostic in found if not _take(known, _without_line(diagnostic))]


def _with_question(diagnostic: Diagnostic, path: str, results: Sequence[Result]) -> str:
    """Return what would be wrong, with the question whose answer it stands in."""
    above = [result for result in results if diagnostic.file == path and 0 < result.line <= diagnostic.line]
    nearest = max(above, key=lambda result: result.line, default=None)
    return printable(f"- i svaret på »{nearest.question}«: {diagnostic.message} – {diagnostic.hint}" if nearest else f"- {diagnostic}")


def _without_line(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.file, diagnostic.message, diagnostic.hint


def _take(known: Counter[tuple[str, str, str]], one: tuple[str, str, str]) -> bool:
    """Whether one of some diagnostics is left, which is then taken away."""
    known[one] -= 1
    return known[one] >= 0
