"""Checks all of `docs/` without building, and prints every problem in Danish.

Problems go to standard output, and the exit code is 1 if there are any. Warnings, such as those about text that is hard to read,
go to standard error and do not change the exit code. `--format github` prints both as annotations of a pull request, `--format
json` as data. `--overdue` first prints what is overdue or unfinished, by owner.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.checks.runner import check_project
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.follow_up import follow_up_report
from kanalstrategi.cli.formats import as_annotation, as_json
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.project import read_project
from kanalstrategi.rendering.macros import MacroRegistry

USAGE = "python3 scripts/check.py [--overdue] [--format text|github|json]"


@explains_errors
def main(root: Path, registry: MacroRegistry, arguments: Sequence[str] | None = None) -> int:
    """Check the project in a folder, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description="Tjek alle sider i docs/ uden at bygge.")
    parser.add_argument("--overdue", action="store_true", help="vis også, hvad der er overskredet og åbent, efter ansvarlig")
    parser.add_argument("--format", choices=["text", "github", "json"], default="text", help="github: som noter i en pull request")
    options = parser.parse_args(arguments)
    project = read_project(root, os.environ)
    errors = check_project(project, root / "docs", registry)
    warnings = find_warnings(project, root / "docs")
    if options.format == "json":
        print(as_json(errors, warnings))
    elif options.format == "github":
        for severity, diagnostics in (("error", errors), ("warning", warnings)):
            for diagnostic in diagnostics:
                print(as_annotation(severity, diagnostic))
    else:
        if options.overdue:
            print(*follow_up_report(project), sep="\n", end="\n\n")
        for warning in warnings:
            print(f"{warning.place}: advarsel: {warning.text}", file=sys.stderr)
        for error in errors:
            print(error)
        noun = "problem" if len(errors) == 1 else "problemer"
        print(f"\n{len(errors)} {noun} skal rettes." if errors else "Alt er i orden.")
    return 1 if errors else 0
