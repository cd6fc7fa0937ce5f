"""Reads what an upgrade has to know: the files of a site, whether git has them, and which version of the program this is."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from kanalstrategi.cli.installed_program import installed_release
from kanalstrategi.content.program_pages import shipped_files
from kanalstrategi.content.steps import StepError
from kanalstrategi.design.theme import PACKAGE
from kanalstrategi.incoming_text import is_utf8
from kanalstrategi.site_macros import load_registry
from kanalstrategi.upgrading.from_clone import Program

SKIPPED = frozenset((".git", ".venv", "site", ".cache", ".edition", ".word", ".editor", ".bench", "screenshots", "dist", "node_modules"))
"""The folders in a site's own that hold nothing of it."""
_SKIPPED_ANYWHERE = frozenset(("__pycache__", ".pytest_cache", ".hypothesis", ".mypy_cache", ".ruff_cache"))
_MAX_REASON_LINES, _MAX_LISTED = 10, 10
MAX_BYTES = 100_000_000
"""The largest file that is read; no file of a site may be that large."""


def read_site(root: Path) -> dict[str, bytes]:
    """Return the files of a site that are files of its own, keyed by path relative to its folder. Links and huge files are left alone.

    Raises StepError if a name cannot be written down, since it is not in UTF-8.
    """
    found, unnamed = {}, []
    for folder, names, files in os.walk(root):
        here = Path(folder)
        names[:] = [name for name in names if name not in _SKIPPED_ANYWHERE and not (here == root and is_skipped(name)) and not (here / name).is_symlink()]
        for name in files:
            file = here / name
            if not file.is_file() or file.is_symlink() or file.stat().st_size > MAX_BYTES:
                continue
            path = file.relative_to(root).as_posix()
            if is_utf8(os.fsencode(path)):
                found[path] = file.read_bytes()
            else:
                unnamed.append(f"  {path}")
    if unnamed:
        listed = "\n".join(sorted(unnamed)[:_MAX_LISTED])
        raise StepError(f"disse filer har tegn i navnet, som ikke er UTF-8, så de kan ikke skrives ned – giv dem et andet navn\n{listed}")
    return found


def content_of(file: Path) -> bytes | None:
    """Return the content of a file, or None if `read_site` would not have it."""
    return file.read_bytes() if file.is_file() and not file.is_symlink() else None


def is_skipped(name: str) -> bool:
    """Whether a folder or file of this name, in a site's folder, holds nothing of the site."""
    return name in SKIPPED or name.startswith(".site-")


def uncommitted_files(root: Path) -> list[str]:
    """Return what git says has changed since the last commit; nothing without git, or if the folder is not under version control.

    Raises StepError if git will not say, as when the folder belongs to somebody else.
    """
    if shutil.which("git") is None:
        return []
    command = ["git", "-C", str(root), "status", "--porcelain", "--untracked-files=normal", "--", "."]
    process = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if process.returncode == 0:
        return process.stdout.decode("utf-8", "replace").splitlines()
    folder = root.resolve()
    if not any(os.path.lexists(parent / ".git") for parent in (folder, *folder.parents)):
        return []
    reason = "\n".join(f"  {line}" for line in process.stderr.decode("utf-8", "replace").strip().splitlines()[:_MAX_REASON_LINES])
    hint = "ret det, som git siger, eller brug --force, hvis alt er gemt et andet sted"
    raise StepError(f"git vil ikke sige, om der er ændringer, som ikke er gemt – {hint}\n{reason}")


def installed_program(wheel: Path | None = None) -> Program:
    """Return what the program has that runs this command. `wheel` is the file that it was installed from, if that is known."""
    return Program(installed_release(wheel), shipped_files(), frozenset(load_registry(PACKAGE)))
