"""Finds out what an upgrade does to a site and what its readers would notice, by building it as it would be. Changes nothing in its folder."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kanalstrategi.cli.upgrade_build import build_with, build_with_own_program, copy_site, read_built, write_site
from kanalstrategi.content.pins import WHEEL_FOLDER, Release, pin_files
from kanalstrategi.content.steps import StepError
from kanalstrategi.upgrading.difference import BuiltSite, Difference, difference
from kanalstrategi.upgrading.from_clone import Program, from_clone
from kanalstrategi.upgrading.move import Move
from kanalstrategi.upgrading.versions import FIRST, migrated, migrations_between, notes_between, parse_version

_MAX_OUTPUT = 40
"""How many lines of a failed build are shown."""


@dataclass(frozen=True)
class _Upgrade:
    """What a plan is made of."""

    root: Path
    """The site's folder."""
    program: Program
    """The program that it is brought to."""
    old: str
    """The version that its files are of."""
    move_for: Callable[[set[str]], Move]
    """Returns what is done to the files, given the templates with which the site cannot be built."""
    templates: frozenset[str] = frozenset()
    """The municipality's own templates, which are put away if the site cannot be built with them."""
    before: BuiltSite | None = None
    """The site as it is; None if it cannot be built."""
    failure: str = ""
    """Why it cannot."""


@dataclass(frozen=True)
class Plan:
    """What an upgrade would do."""

    version: str
    """The version of the program that it leads to."""
    move: Move
    difference: Difference | None
    """What readers would notice; None if it cannot be said."""
    problem: str = ""
    """Why it cannot be said, in Danish."""
    notes: tuple[tuple[str, str], ...] = ()
    """Each version on the way, and what people are told about it, as Markdown."""


def plan_from_clone(root: Path, tree: dict[str, bytes], program: Program, *, is_forced: bool) -> Plan:
    """Return the plan that makes a site that is only its own of a clone. Raises StepError if it could not be built."""
    with tempfile.TemporaryDirectory(prefix="kanalstrategi-") as name:
        folder = Path(name)
        print("Bygger hjemmesiden, som den er …", file=sys.stderr, flush=True)
        copy_site(root, folder / "before")
        failure = build_with_own_program(folder / "before")
        before = None if failure else read_built(folder / "before" / "site")
        templates = frozenset(path for path in tree if path.startswith("overrides/theme/") and path.endswith(".html"))
        upgrade = _Upgrade(root, program, FIRST, lambda broken: from_clone(tree, program, broken), templates, before, failure)
        return _plan(upgrade, folder, is_forced=is_forced)


def plan_to_version(root: Path, tree: dict[str, bytes], program: Program, old: str, before: Path | None, *, is_forced: bool) -> Plan:
    """Return the plan that brings a site from a version to that of the program. `before` is the site as the former version has built it.

    Raises StepError if there is nothing to do, or the site could not be built.
    """
    version = program.release.version
    was, new = parse_version(old), parse_version(version)
    if was is None or new is None or was >= new:
        hint = "en nyere nævnes med --to og --hash, for eksempel --to 1.2.0 --hash sha256:…, eller med --wheel"
        raise StepError(f"hjemmesiden bruger udgave {old}, og det her er udgave {version}, så der er intet at gøre – {hint}")
    move = migrated(tree, migrations_between(was, new)) | moved_pins(tree, program.release)
    failure = "den udgave, der er nu, er ikke med – kør kommandoen fra den med --to eller --wheel for at se forskellen"
    with tempfile.TemporaryDirectory(prefix="kanalstrategi-") as name:
        upgrade = _Upgrade(root, program, old, lambda broken: move, before=read_built(before) if before else None, failure=failure)
        return _plan(upgrade, Path(name), is_forced=is_forced)


def moved_pins(tree: dict[str, bytes], release: Release) -> Move:
    """Return the move of the files that say which version a site is built with. A site with a wheel in a folder gets the new one there."""
    wheels = [path for path in tree if path.startswith(f"{WHEEL_FOLDER}/") and path.endswith(".whl")]
    written = pin_files(release, has_wheel=bool(wheels))
    gone: dict[str, bytes | None] = {path: None for path in wheels if path not in written}
    return Move({**gone, **{path: content for path, content in written.items() if tree.get(path) != content}})


def _plan(upgrade: _Upgrade, folder: Path, *, is_forced: bool) -> Plan:
    """Return a plan once the site has been built as it would be, in a folder. Raises StepError if it cannot be."""
    print("Bygger den med det nye program …", file=sys.stderr, flush=True)
    after = folder / "after"
    move, new_failure = _buildable_move(upgrade, after)
    if new_failure and not is_forced:
        hint = "ret det, eller brug --force for at gemme alligevel"
        raise StepError(f"intet er ændret, for hjemmesiden kan ikke bygges med det nye program – {hint}:\n{_end_of(new_failure)}")
    found = None if upgrade.before is None or new_failure else difference(upgrade.before, read_built(after / "site"))
    with_which = "med det nye program" if new_failure else "som den er nu"
    problem = "" if found else f"Hjemmesiden kunne ikke bygges, {with_which}, så de to kan ikke sammenlignes:\n{_end_of(new_failure or upgrade.failure)}"
    version = upgrade.program.release.version
    notes = notes_between(parse_version(upgrade.old) or (), parse_version(version) or ())
    return Plan(version, move, found, problem, tuple(notes))


def _buildable_move(upgrade: _Upgrade, after: Path) -> tuple[Move, str]:
    """Return the move after which the site can be built; and what goes wrong, if there is none.

    Templates of a municipality that name what the program no longer has are put away, first those that the failure names, then all.
    """
    broken: set[str] = set()
    while True:
        move = upgrade.move_for(broken)
        shutil.rmtree(after, ignore_errors=True)
        copy_site(upgrade.root, after)
        write_site(after, move.changes)
        failure = build_with(sys.executable, after)
        templates = {path for path in upgrade.templates if move.changes.get(path, b"") is not None}
        if not failure or not templates - broken:
            return move, failure
        broken |= {path for path in templates if str(after / path) in failure} or templates


def _end_of(output: str) -> str:
    return "\n".join(output.splitlines()[-_MAX_OUTPUT:])
