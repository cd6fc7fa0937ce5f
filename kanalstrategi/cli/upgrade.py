"""Brings a site to the installed version of the program, shows what changes for readers, and asks before anything is kept.

The site is built as it is and as it would be, in folders of their own. What is kept is one step, which can be taken back.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.step_files import UPGRADE, refuse_unfinished, take_step, undo_step
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.cli.upgrade_build import build_with, build_with_own_program, copy_site, read_built, write_site
from kanalstrategi.cli.upgrade_files import installed_program, read_site, uncommitted_files
from kanalstrategi.content.steps import StepError
from kanalstrategi.design.theme import PACKAGE
from kanalstrategi.diagnostics import printable
from kanalstrategi.upgrading.difference import Difference, difference
from kanalstrategi.upgrading.from_clone import Program, from_clone, is_clone
from kanalstrategi.upgrading.move import Move
from kanalstrategi.upgrading.report import REPORT_FILE, report, shown

USAGE = "kanalstrategi upgrade [--from-clone] [--wheel FIL] [--yes] [--force] [--undo]"
_MAX_OUTPUT = 40
"""How many lines of a failed build are shown."""


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Upgrade the site in a folder, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description="Skift til den udgave af programmet, der er installeret, og se forskellen, før noget bliver gemt.")
    parser.add_argument("--from-clone", action="store_true", help="hjemmesiden er en kopi af programmets arkiv (det bliver ellers opdaget)")
    parser.add_argument("--wheel", type=Path, help="den wheel-fil, programmet er installeret fra, hvis pip ikke ved det")
    parser.add_argument("--yes", action="store_true", help="gem uden at spørge")
    parser.add_argument("--force", action="store_true", help="også selv om git har ændringer, der ikke er gemt, eller hjemmesiden ikke kan bygges bagefter")
    parser.add_argument("--undo", action="store_true", help="læg alle filer tilbage, som de var før")
    options = parser.parse_args(arguments)
    try:
        if options.undo:
            print(printable(f"Fortrudt: {undo_step(root, UPGRADE)}. Alle filer er, som de var før."))
            return 0
        _refuse(root, is_forced=options.force)
        tree = read_site(root)
        if not is_clone(tree):
            hint = "den her har det ikke" if options.from_clone else "der er intet at opgradere"
            raise StepError(f"--from-clone er til en hjemmeside, der har programmet liggende ved siden af docs/: {hint}")
        return _upgrade_clone(root, installed_program(options.wheel), is_agreed=options.yes, is_forced=options.force)
    except StepError as error:
        print("\n".join(map(printable, str(error).split("\n"))), file=sys.stderr)
        return 1


def _refuse(root: Path, *, is_forced: bool) -> None:
    """Raise StepError if the site should not be changed now."""
    refuse_unfinished(root, UPGRADE)
    if PACKAGE.is_relative_to(root.resolve()) and not PACKAGE.is_relative_to((root / ".venv").resolve()):
        raise StepError("programmet, der kører, ligger i samme mappe – installér det nye i et miljø for sig, og kør kommandoen derfra")
    if not is_forced and (changed := uncommitted_files(root)):
        listed = "\n".join(f"  {line}" for line in changed[:10])
        raise StepError(f"der er ændringer, som ikke er gemt i git – gem dem først (git commit), eller brug --force\n{listed}")


def _upgrade_clone(root: Path, program: Program, *, is_agreed: bool, is_forced: bool) -> int:
    """Make a site that is only its own of a clone."""
    tree = read_site(root)
    with tempfile.TemporaryDirectory(prefix="kanalstrategi-") as name:
        folder = Path(name)
        print("Bygger hjemmesiden, som den er …", file=sys.stderr, flush=True)
        copy_site(root, folder / "before")
        failure = build_with_own_program(folder / "before")
        print("Bygger den med det nye program …", file=sys.stderr, flush=True)
        move, new_failure = _buildable_move(root, tree, program, folder)
        found = None if failure or new_failure else difference(*(read_built(folder / name / "site") for name in ("before", "after")))
    if new_failure and not is_forced:
        hint = "ret det, eller brug --force for at gemme alligevel"
        raise StepError(f"intet er ændret, for hjemmesiden kan ikke bygges med det nye program – {hint}:\n{_end_of(new_failure)}")
    with_which = "med det nye program" if new_failure else "som den er nu"
    problem = "" if found else f"Hjemmesiden kunne ikke bygges, {with_which}, så de to kan ikke sammenlignes:\n{_end_of(new_failure or failure)}"
    return _keep(root, "upgrade --from-clone", move, found, problem, is_agreed=is_agreed)


def _buildable_move(root: Path, tree: dict[str, bytes], program: Program, folder: Path) -> tuple[Move, str]:
    """Return the move after which the site can be built, in its folder `after`; and what goes wrong, if there is none.

    Templates of the municipality that name what the program no longer has are put away, first those that the failure names, then all.
    """
    after, broken = folder / "after", set[str]()
    while True:
        move = from_clone(tree, program, broken)
        shutil.rmtree(after, ignore_errors=True)
        copy_site(root, after)
        write_site(after, move.changes)
        failure = build_with(sys.executable, after)
        templates = {path for path in tree if path.startswith("overrides/theme/") and path.endswith(".html") and move.changes.get(path, b"") is not None}
        if not failure or not templates:
            return move, failure
        broken |= {path for path in templates if str(after / path) in failure} or templates


def _end_of(output: str) -> str:
    return "\n".join(output.splitlines()[-_MAX_OUTPUT:])


def _keep(root: Path, command: str, move: Move, found: Difference | None, problem: str, *, is_agreed: bool) -> int:
    """Show what changes, ask, and write the files."""
    text = report(move, found, problem)
    print(*map(printable, shown(move, found, problem)), sep="\n")
    if not is_agreed and not _is_agreed():
        print(f"\nIntet er ændret. Kør kommandoen igen med --yes for at gemme. Så står hele forskellen i {REPORT_FILE}.")
        return 1
    take_step(root, command, {**move.changes, REPORT_FILE: text.encode()}, UPGRADE)
    print(f"\n{len(move.changes)} filer er ændret, flyttet eller fjernet. Hele forskellen står i {REPORT_FILE}.")
    print(f"Fortryd: {UPGRADE.undo}")
    return 0


def _is_agreed() -> bool:
    """Ask, and return whether the answer is yes. Nobody can be asked where the input is no terminal."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    print("\nSkal det gemmes? Skriv ja: ", end="", flush=True)
    return sys.stdin.readline().strip().casefold() in ("ja", "j")
