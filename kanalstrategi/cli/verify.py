"""Tries on the built site what the program promises about every site, and says in Danish what holds.

The exit code is 0 if all that was tried holds, and 1 if something does not. What cannot be tried here is said to be untried, with what it
needs; with `--require-all` that fails, too. Nothing is asked of any other server.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.project import read_project
from kanalstrategi.file_system import write_whole
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import Promise, State
from kanalstrategi.verification.promises import PROMISES
from kanalstrategi.verification.report import as_json, as_markdown, as_text
from kanalstrategi.verification.runner import verify

USAGE = "kanalstrategi verify [--site MAPPE] [--only LØFTE,…] [--skip LØFTE,…] [--all] [--require-all] [--format text|json] [--report FIL.md]"
SITE_FOLDER = "site"
_NOWHERE_OF_THE_PROJECT = (".git", "node_modules", "__pycache__")
_NOT_OF_THE_PROJECT = (SITE_FOLDER, ".cache", ".venv", *_NOWHERE_OF_THE_PROJECT)
"""The folders that a build from nothing does not have: the former in no folder, and the others not in the project's own."""
_ENVIRONMENT_FILE = "pyvenv.cfg"
"""The file in each folder that is a virtual environment, whatever its name."""


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None, is_current: Callable[[Path], bool] = lambda root: False) -> int:
    """Try the promises on the site in a folder, and return the exit code. `is_current` says whether its `site/` is what a build would write."""
    parser = ArgumentParser(usage_line=USAGE, description="Prøv det, hjemmesiden lover, på den byggede hjemmeside.")
    parser.add_argument("--site", type=Path, help="en bygget hjemmeside; ellers bruges site/, eller den bliver bygget i en midlertidig mappe")
    parser.add_argument("--only", type=_ids, default=[], help=f"kun disse løfter, adskilt med komma: {', '.join(promise.id for promise in PROMISES)}")
    parser.add_argument("--skip", type=_ids, default=[], help="alle løfter på nær disse")
    parser.add_argument("--all", action="store_true", help="åbn hver side i browseren i både lyst og mørkt, og ikke kun nogle af hver slags")
    parser.add_argument("--require-all", action="store_true", help="det er en fejl, hvis noget ikke kan prøves")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--report", type=Path, help="skriv også en rapport i Markdown i denne fil")
    options = parser.parse_args(arguments)
    promises = [promise for promise in PROMISES if promise.id not in options.skip and (not options.only or promise.id in options.only)]
    if not promises:
        parser.error("nothing is left to try")
    with tempfile.TemporaryDirectory(prefix="kanalstrategi-") as temporary:
        folder = (root / options.site) if options.site else root / SITE_FOLDER
        if not options.site and not is_current(root):
            folder = Path(temporary) / SITE_FOLDER
            print("Bygger hjemmesiden i en midlertidig mappe …", file=sys.stderr)
            if failure := _build(root, folder):
                print(failure, file=sys.stderr)
                return 1
        if not (folder / "index.html").is_file():
            print(f"Der er ingen bygget hjemmeside i {folder} – byg den, eller giv en anden mappe efter --site", file=sys.stderr)
            return 2
        site = BuiltSite(folder, root, read_project(root, os.environ), None if options.site else partial(_build_from_nothing, root), options.all)
        outcomes = verify(site, promises, partial(_tell, len(promises)))
    if options.report:
        write_whole(root / options.report, as_markdown(outcomes, site.name, site.content.today).encode())
    print(as_json(outcomes) if options.format == "json" else as_text(outcomes))
    failing = (State.BROKEN, State.NOT_TRIED) if options.require_all else (State.BROKEN,)
    return 1 if any(outcome.state in failing for outcome in outcomes) else 0


def _ids(text: str) -> list[str]:
    """Return the ids of promises in an argument. Raises ValueError if there is another."""
    ids = text.split(",")
    if unknown := {*ids} - {promise.id for promise in PROMISES}:
        raise ValueError(f"unknown promises: {unknown}")
    return ids


def _tell(total: int, number: int, promise: Promise) -> None:
    print(f"{number} af {total}: {promise.title} …", file=sys.stderr)


def _build(root: Path, site: Path) -> str:
    """Build a project into a folder, and return what went wrong, or nothing. What it last built into `site/` stays known as such."""
    command = [sys.executable, "-P", "-m", "kanalstrategi", "build", "--quiet", "--clean", "--site-dir", str(site)]
    process = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", check=False)
    return process.stdout.strip() if process.returncode else ""


def _build_from_nothing(root: Path, site: Path) -> str:
    """Do the same with a copy of the project that has no cache, which lies beside the new site."""
    copy = site.parent / "project"
    shutil.copytree(root, copy, ignore=partial(_ignored, root), symlinks=True)
    return _build(copy, site)


def _ignored(root: Path, folder: str, names: list[str]) -> list[str]:
    """Return what a copy leaves out. A folder `site` in `docs/` is one of pages."""
    left_out = _NOT_OF_THE_PROJECT if Path(folder) == root else _NOWHERE_OF_THE_PROJECT
    return [name for name in names if name in left_out or Path(folder, name, _ENVIRONMENT_FILE).is_file()]
