"""Writes down how far the departments have come today, for the page to the board. `--from-git` also fills in the end of each earlier month."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.generated_file import write_generated
from kanalstrategi.cli.git_history import HistoryError, Version, exported, last_versions_of_months
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.progress import PROGRESS_FILE, format_progress, progress_of, read_progress, with_progress
from kanalstrategi.content.project import read_project
from kanalstrategi.content.record_model import DepartmentProgress
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.diagnostics import Diagnostic, printable

USAGE = "python3 scripts/progress.py [--from-git]"


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Update the record of the project in a folder, and return the exit code: 1 if it cannot be read or written."""
    parser = ArgumentParser(usage_line=USAGE, description=f"Skriv i {PROGRESS_FILE}, hvor langt fagområderne er kommet i dag.")
    parser.add_argument("--from-git", action="store_true", help="skriv også, hvor langt de var ved slutningen af hver tidligere måned")
    options = parser.parse_args(arguments)
    wrong: list[Diagnostic] = []
    before = read_progress(root, wrong)
    if wrong:  # a line that is not understood would be lost when the file is written again
        print(*wrong, sep="\n", file=sys.stderr)
        return 1
    content = read_project(root, os.environ).content
    rows = before
    if options.from_git:
        try:
            versions = last_versions_of_months(root, content.today)
            if not versions:
                print("Historikken begynder i denne måned, så der er ingen tidligere måned at skrive om.")
            for version in versions:
                rows = with_progress(rows, _progress_at(root, version))
        except HistoryError as error:
            print(printable(f"{PROGRESS_FILE} er ikke skrevet: {error}"), file=sys.stderr)
            return 1
    rows = with_progress(rows, progress_of(content))
    if rows == before:
        print(f"{PROGRESS_FILE}: der er allerede skrevet om i dag.")
        return 0
    (root / PROGRESS_FILE).parent.mkdir(exist_ok=True)
    if not write_generated(root / PROGRESS_FILE, format_progress(rows)):
        return 1
    print(f"{PROGRESS_FILE}: {count_phrase(len(rows) - len(before), 'linje', 'linjer')} er skrevet til.")
    return 0


def _progress_at(root: Path, version: Version) -> tuple[DepartmentProgress, ...]:
    """Return how far the departments were in a version, or nothing, which is told, if its guidelines cannot be counted as today's are."""
    with exported(root, version) as folder:
        if folder is None:
            return ()
        project = read_project(folder, {"SOURCE_DATE_EPOCH": str(version.epoch)})
    folders = project.content.folders
    counted = tuple(f"docs/{name}/" for name in (folders.guidelines, folders.channels))
    if any(diagnostic.file.startswith(counted) for diagnostic in project.diagnostics):
        print(f"{long_date(version.day)} er sprunget over: retningslinjerne var skrevet, så de ikke kan tælles som i dag.")
        return ()
    return progress_of(project.content)
