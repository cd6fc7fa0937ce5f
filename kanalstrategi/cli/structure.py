"""Gives channels and departments other names, or removes them, with everything that names them, as one change that can be undone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.edition_tree import latest_day, read_tree
from kanalstrategi.cli.step_files import UNDO, refuse_unfinished, take_step, undo_step
from kanalstrategi.cli.structure_tree import finished_step
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.project import read_project
from kanalstrategi.content.steps import Step, StepError
from kanalstrategi.content.structure_removal import remove_channel, remove_department
from kanalstrategi.content.structure_steps import rename_channel, rename_department
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.diagnostics import printable
from kanalstrategi.rendering.macros import MacroRegistry

SCRIPT = "python3 scripts/structure.py"
USAGES = {
    "rename": f'{SCRIPT} rename channel telefon-og-videomoeder "Telefon, video og chat" (eller department skoler "Skoler og SFO")',
    "remove": f"{SCRIPT} remove channel telefon-og-videomoeder --to skriftlig-kommunikation (eller department skoler --to administration)",
    "undo": f"{SCRIPT} undo",
}
"""How each command is called."""
_KINDS = ("channel", "department")
"""What can be renamed and removed."""
_KIND_HELP = "hvad det er: en kanal (channel) eller et fagområde (department)"
_ID_HELP = "navnet på dens fil i mappen med kanaler eller med retningslinjer, uden .md"
DRY_RUN_HELP = "vis kun, hvad der vil ske"


def main(root: Path, registry: MacroRegistry, arguments: Sequence[str] | None = None) -> int:
    """Do what the first argument says in the project in a folder, and return the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    name = words[0] if words else ""
    if name in COMMANDS:
        return _run(root, registry, COMMANDS[name], words[1:])
    parser = ArgumentParser(
        usage_line="\n  ".join(USAGES.values()), description=f"Giv en kanal eller et fagområde et andet navn, eller fjern det: {'; '.join(USAGES.values())}."
    )
    parser.add_argument("command", choices=[*COMMANDS], help="giv et andet navn, fjern, eller fortryd det sidste skridt")
    parser.parse_args(words)
    return 2


@explains_errors
def _run(root: Path, registry: MacroRegistry, command: Callable[[Path, MacroRegistry, Sequence[str]], None], words: Sequence[str]) -> int:
    try:
        command(root, registry, words)
    except StepError as error:
        print("\n".join(map(printable, str(error).split("\n"))), file=sys.stderr)
        return 1
    return 0


def _rename(root: Path, registry: MacroRegistry, words: Sequence[str]) -> None:
    description = "Giv en kanal eller et fagområde et andet navn. Siden flytter, den gamle adresse fører videre, og alt, der nævner den, bliver rettet."
    parser = ArgumentParser(usage_line=USAGES["rename"], description=description)
    parser.add_argument("kind", choices=_KINDS, help=_KIND_HELP)
    parser.add_argument("id", help=_ID_HELP)
    parser.add_argument("name", help="det nye navn, som det skal stå i overskrifter og tabeller")
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)
    options = parser.parse_args(words)
    refuse_unfinished(root)
    tree, content, today = read_tree(root), read_project(root, os.environ).content, latest_day(os.environ)
    rename = rename_channel if options.kind == "channel" else rename_department
    step, heir = rename(tree, content, options.id, options.name, today)
    take_structure_step(root, f"rename {options.kind} {options.id}", finished_step(step, tree, registry, heir), is_dry=options.dry_run)


def _remove(root: Path, registry: MacroRegistry, words: Sequence[str]) -> None:
    description = "Fjern en kanal eller et fagområde. Dets adresser fører videre til det, der kommer i stedet. Det bliver sagt, hvad der går tabt."
    parser = ArgumentParser(usage_line=USAGES["remove"], description=description)
    parser.add_argument("kind", choices=_KINDS, help=_KIND_HELP)
    parser.add_argument("id", help=_ID_HELP)
    parser.add_argument("--to", default="", help="navnet på den kanal eller det fagområde, der kommer i stedet")
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)
    options = parser.parse_args(words)
    refuse_unfinished(root)
    tree, content, today = read_tree(root), read_project(root, os.environ).content, latest_day(os.environ)
    remove = remove_channel if options.kind == "channel" else remove_department
    step, heir = remove(tree, content, options.id, options.to, today)
    take_structure_step(root, f"remove {options.kind} {options.id}", finished_step(step, tree, registry, heir), is_dry=options.dry_run)


def _undo(root: Path, registry: MacroRegistry, words: Sequence[str]) -> None:
    ArgumentParser(usage_line=USAGES["undo"], description="Fortryd det sidste skridt: alle filer bliver, som de var før det.").parse_args(words)
    print(printable(f"Fortrudt: {undo_step(root)}. Alle filer er, som de var før."))


COMMANDS: dict[str, Callable[[Path, MacroRegistry, Sequence[str]], None]] = {"rename": _rename, "remove": _remove, "undo": _undo}
"""The commands, keyed by name."""


def take_structure_step(root: Path, command: str, step: Step, *, is_dry: bool) -> None:
    """Write the files of a step unless it is only to be shown, and print what it does."""
    if not is_dry:
        take_step(root, command, step.changes)
    files = count_phrase(len(step.changes), "fil", "filer")
    for line in step.report:
        print(printable(line))
    if is_dry:
        print(f"{files} ville blive ændret. Intet er skrevet.")
        return
    print(f"{files} er ændret. Det er én ændring: se den igennem, og få den godkendt samlet.")
    print(f"Fortryd: {UNDO}")
