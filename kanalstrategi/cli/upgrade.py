"""Brings a site to another version of the program, shows what changes for readers, and asks before anything is kept.

The site is built as it is and as it would be, in folders of their own. What is kept is one step, which can be taken back. The program that
runs gets the new one and builds the site as it is; the new one, which knows what has changed since, does all the rest.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.installed_program import installed_release
from kanalstrategi.cli.step_files import UPGRADE, refuse_unfinished, take_step, undo_step
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.cli.upgrade_build import build_with, copy_site
from kanalstrategi.cli.upgrade_files import content_of, installed_program, read_site, uncommitted_files
from kanalstrategi.cli.upgrade_plan import Plan, plan_from_clone, plan_to_version
from kanalstrategi.cli.upgrade_program import fetch, install, read_wheel, verified
from kanalstrategi.content.pins import LOCK_FILE, PIN_FILE, pinned_version
from kanalstrategi.content.steps import StepError
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.design.theme import PACKAGE
from kanalstrategi.diagnostics import printable
from kanalstrategi.upgrading.from_clone import is_clone
from kanalstrategi.upgrading.report import REPORT_FILE, report, shown
from kanalstrategi.upgrading.versions import parse_version

USAGE = "kanalstrategi upgrade [--to 1.2.0 --hash sha256:… | --wheel FIL] [--yes] [--force] eller upgrade --from-clone eller upgrade --undo"


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Upgrade the site in a folder, and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        _refuse_options(options)
        if options.undo:
            print(printable(f"Fortrudt: {undo_step(root, UPGRADE)}. Alle filer er, som de var før."))
            return 0
        _refuse(root, is_forced=options.force)
        tree = read_site(root)
        if is_clone(tree):
            wanted = verified(read_wheel(options.wheel), options.hash).version if options.wheel else options.to
            if wanted not in ("", installed_release().version):
                raise StepError(f"en kopi af programmets arkiv går over til den udgave, der er installeret – installér {wanted}, og kør kommandoen fra den")
            plan = plan_from_clone(root, tree, installed_program(options.wheel), is_forced=options.force)
            return _keep(root, tree, "upgrade --from-clone", plan, is_agreed=options.yes)
        if options.from_clone:
            raise StepError("--from-clone er til en hjemmeside, der har programmet liggende ved siden af docs/: det har den her ikke")
        if not options.was and (options.wheel or options.to not in ("", installed_release().version)):
            return _hand_over(root, _pinned(tree), options)
        plan = plan_to_version(root, tree, installed_program(options.wheel), options.was or _pinned(tree), options.before, is_forced=options.force)
        return _keep(root, tree, f"upgrade --to {plan.version}", plan, is_agreed=options.yes)
    except StepError as error:
        print("\n".join(map(printable, str(error).split("\n"))), file=sys.stderr)
        return 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(usage_line=USAGE, description="Skift til en nyere udgave af programmet, og se forskellen, før noget bliver gemt.")
    parser.add_argument("--to", default="", help="den udgave, der skal bruges; ellers den, der er installeret")
    parser.add_argument("--hash", default="", help="SHA-256 af udgavens wheel-fil, som står på udgavens side; kræves med --to")
    parser.add_argument("--wheel", type=Path, help="en wheel-fil med den udgave, der skal bruges (ved --from-clone: den, der er installeret)")
    parser.add_argument("--from-clone", action="store_true", help="hjemmesiden er en kopi af programmets arkiv (det bliver ellers opdaget)")
    parser.add_argument("--yes", action="store_true", help="gem uden at spørge")
    forced = "også selv om git har ændringer, der ikke er gemt, eller hjemmesiden ikke kan bygges bagefter"
    parser.add_argument("--force", action="store_true", help=forced)
    parser.add_argument("--undo", action="store_true", help="læg alle filer tilbage, som de var før")
    parser.add_argument("--was", default="", help=argparse.SUPPRESS)  # these two are how one version hands over to the next
    parser.add_argument("--before", type=Path, help=argparse.SUPPRESS)
    return parser


def _refuse_options(options: argparse.Namespace) -> None:
    """Raise StepError if the options contradict each other."""
    if options.to and options.wheel:
        raise StepError("--to henter en udgave, og --wheel er en fil, I har – brug en af dem")
    if options.hash and not options.to and not options.wheel:
        raise StepError("--hash siger, hvilken fil der må hentes – skriv også udgaven: --to 1.2.0")


def _refuse(root: Path, *, is_forced: bool) -> None:
    """Raise StepError if the site should not be changed now."""
    refuse_unfinished(root, UPGRADE)
    if PACKAGE.is_relative_to(root.resolve()) and not PACKAGE.is_relative_to((root / ".venv").resolve()):
        raise StepError("programmet, der kører, ligger i samme mappe – installér det nye i et miljø for sig, og kør kommandoen derfra")
    if not is_forced and (changed := uncommitted_files(root)):
        listed = "\n".join(f"  {line}" for line in changed[:10])
        raise StepError(f"der er ændringer, som ikke er gemt i git – gem dem først (git commit), eller brug --force\n{listed}")


def _pinned(tree: dict[str, bytes]) -> str:
    """Return the version that the site is built with. Raises StepError."""
    version = pinned_version(tree.get(PIN_FILE, b"")) or pinned_version(tree.get(LOCK_FILE, b""))
    if not version:
        raise StepError(f"{PIN_FILE} siger ikke, hvilken udgave af programmet hjemmesiden bruger – skriv for eksempel kanalstrategi==1.1.0 i den")
    return version


def _hand_over(root: Path, was: str, options: argparse.Namespace) -> int:
    """Get another version of the program, build the site with this one, and let the other go on.

    `was` is the version that the site's files are of, which need not be the one that runs: all migrations since then have to come.
    """
    own = installed_release().version
    with tempfile.TemporaryDirectory(prefix="kanalstrategi-") as name:
        folder = Path(name)
        (folder / "wheel").mkdir()
        wheel = verified(read_wheel(options.wheel), options.hash) if options.wheel else fetch(options.to, options.hash, folder / "wheel")
        if (parse_version(wheel.version) or ()) <= (parse_version(own) or ()):
            raise StepError(f"udgave {wheel.version} er ikke nyere end {own}, som er installeret – brug versionsstyringen til at gå tilbage")
        print(f"Installerer udgave {wheel.version} ved siden af …", file=sys.stderr, flush=True)
        program = install(wheel, folder)
        print("Bygger hjemmesiden, som den er …", file=sys.stderr, flush=True)
        copy_site(root, folder / "before")
        failure = build_with(sys.executable, folder / "before")
        before = () if failure else ("--before", str(folder / "before" / "site"))
        passed = [*(["--yes"] if options.yes else []), *(["--force"] if options.force else [])]
        return program.run(root, "upgrade", "--was", was, *before, "--wheel", str(wheel.file), *passed)


def _keep(root: Path, tree: Mapping[str, bytes], command: str, plan: Plan, *, is_agreed: bool) -> int:
    """Show what changes, ask, and write the files. Raises StepError if somebody has changed them since `tree` was read, minutes ago."""
    text = report(plan.move, plan.difference, plan.problem, plan.notes)
    print(*map(printable, shown(plan.move, plan.difference, plan.problem, plan.notes)), sep="\n")
    if not is_agreed and not _is_agreed():
        print(f"\nIntet er ændret. Kør kommandoen igen med --yes for at gemme. Så står hele forskellen i {REPORT_FILE}.")
        return 1
    if changed := [path for path in plan.move.changes if content_of(root / path) != tree.get(path)]:
        listed = "\n".join(f"  {path}" for path in changed[:10])
        raise StepError(f"intet er ændret, for nogen har rettet disse filer imens – kør kommandoen igen\n{listed}")
    take_step(root, command, {**plan.move.changes, REPORT_FILE: text.encode()}, UPGRADE)
    print(f"\n{count_phrase(len(plan.move.changes), 'fil', 'filer')} er ændret, flyttet eller fjernet. Hele forskellen står i {REPORT_FILE}.")
    pip = ".venv\\Scripts\\pip" if os.name == "nt" else ".venv/bin/pip"
    print(f"Installér den nye udgave: {pip} install --require-hashes -r {LOCK_FILE}")
    print(f"Fortryd: {UPGRADE.undo}")
    return 0


def _is_agreed() -> bool:
    """Ask, and return whether the answer is yes. Nobody can be asked where the input is no terminal."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    print("\nSkal det gemmes? Skriv ja: ", end="", flush=True)
    return sys.stdin.readline().strip().casefold() in ("ja", "j")
