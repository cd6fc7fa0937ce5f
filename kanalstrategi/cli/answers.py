"""Writes the answers of a questionnaire that was filled in into the page of its guideline: `new.py answers udfyldt.docx`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.checks.runner import check_project
from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.diagnostics import Diagnostic, new_diagnostics, printable
from kanalstrategi.file_system import explain, write_whole
from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.word.answered_page import MAX_FILE_BYTES, AnswersError, answered_page, read_questionnaire
from kanalstrategi.word.filled_in import FilledIn

USAGE = "python3 scripts/new.py answers udfyldt.docx"


@explains_errors
def main(root: Path, registry: MacroRegistry, arguments: Sequence[str] | None = None) -> int:
    """Write the answers into the project in a folder, print the report, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description="Sæt svarene fra et udfyldt skema ind i fagområdets retningslinje.")
    parser.add_argument("file", type=Path, help="skemaet, udfyldt og gemt som .docx")
    file = parser.parse_args(arguments).file
    try:
        with file.open("rb") as source:
            filled_in = read_questionnaire(source.read(MAX_FILE_BYTES + 1), str(file))  # no more than is needed to see that it is too large
        for line in _write_answers(root, registry, filled_in):
            print(printable(line))
    except AnswersError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _write_answers(root: Path, registry: MacroRegistry, filled_in: FilledIn) -> list[str]:
    """Write the answers into the page, and return the report. Raises AnswersError."""
    project = read_project(root, os.environ)
    page = answered_page(root, project.content, filled_in)
    if page.content == page.former:
        return [f"{page.path} er ikke ændret: der er ingen nye svar.", *page.report]
    if wrong := _new_diagnostics(root, registry, project, page.former, page.content):
        raise AnswersError(page.explain(wrong))
    try:
        write_whole(root / page.path, page.content)
    except (OSError, MemoryError) as error:
        raise AnswersError(f"{page.path} er ikke ændret: {explain(error)}") from error
    return [f"Svarene er sat ind i {page.path}. Læs siden igennem, og kør derefter python3 scripts/check.py", *page.report]


def _new_diagnostics(root: Path, registry: MacroRegistry, project: Project, data: bytes, new: bytes) -> list[Diagnostic]:
    """Return what would be wrong with the project if a page had another content, and is not wrong now."""
    former, changed = read_bytes(data).text, read_bytes(new)
    with_change = read_project(root, os.environ, parser_for=lambda texts: lambda text: parse(changed.text if text == former else text))
    return new_diagnostics(check_project(project, root / "docs", registry), check_project(with_change, root / "docs", registry))
