"""Begins a channel with everything that belongs to it: `new.py channel "Chat og sms"`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.edition_tree import build_day, read_tree
from kanalstrategi.cli.step_files import refuse_unfinished
from kanalstrategi.cli.structure import DRY_RUN_HELP, take_structure_step
from kanalstrategi.cli.structure_tree import finished_step
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.project import read_project
from kanalstrategi.content.steps import StepError
from kanalstrategi.content.structure_additions import new_channel
from kanalstrategi.diagnostics import printable
from kanalstrategi.rendering.macros import MacroRegistry

USAGE = 'python3 scripts/new.py channel "Chat og sms"'


@explains_errors
def main(root: Path, registry: MacroRegistry, arguments: Sequence[str] | None = None) -> int:
    """Begin the channel in the project in a folder, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description="Begynd en ny kanal: dens side, dens plads i menuen og et afsnit i hver lokal retningslinje.")
    parser.add_argument("name", help="kanalens navn, som det skal stå i overskrifter og tabeller")
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)
    options = parser.parse_args(arguments)
    try:
        refuse_unfinished(root)
        tree = read_tree(root)
        step, path = new_channel(tree, read_project(root, os.environ).content, options.name, build_day(os.environ))
        take_structure_step(root, f"new channel {options.name}", finished_step(step, tree, registry, path), is_dry=options.dry_run)
    except StepError as error:
        print("\n".join(map(printable, str(error).split("\n"))), file=sys.stderr)
        return 1
    return 0
