"""Begins a proposal for a new edition as a copy of the one in force: `new.py edition "2026-2029"`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.edition_tree import build_day, read_tree
from kanalstrategi.cli.step_files import UNDO, refuse_unfinished, take_step
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.edition_steps import begin_edition
from kanalstrategi.content.steps import StepError
from kanalstrategi.diagnostics import printable

USAGE = 'python3 scripts/new.py edition "2026-2029"'


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Begin the proposal in the project in a folder, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description="Begynd et forslag til en ny udgave af strategien, som en kopi af den, der gælder.")
    parser.add_argument("name", help="udgavens navn: de år, den skal gælde, eller et andet navn")
    name = parser.parse_args(arguments).name
    try:
        refuse_unfinished(root)
        step = begin_edition(read_tree(root), name, build_day(os.environ))
        take_step(root, f"new {name}", step.changes)
    except StepError as error:
        print("\n".join(map(printable, str(error).split("\n"))), file=sys.stderr)
        return 1
    for line in step.report:
        print(printable(line))
    print(f"Fortryd: {UNDO}")
    return 0
