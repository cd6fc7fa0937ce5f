"""Reads earlier versions of a project from git's history."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kanalstrategi.danish.local_date import date_in_denmark

MAX_SECONDS = 120
"""The time limit for one call of git."""
_READ = ("docs", "mkdocs.yml")
"""What of a version is read, relative to the project's folder."""


class HistoryError(Exception):
    """The history cannot be read. The message says why and what to do about it, in Danish."""


@dataclass(frozen=True)
class Version:
    """A commit of the project."""

    commit: str
    day: date
    """The day in Denmark on which it was made."""
    epoch: int
    """The same time in seconds since 1970."""


def last_versions_of_months(root: Path, today: date) -> list[Version]:
    """Return the last commit of each month before this one, oldest first. Raises HistoryError."""
    if shutil.which("git") is None:
        raise HistoryError("git findes ikke på maskinen – installér git, eller udelad --from-git")
    if _git(root, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        raise HistoryError("mappen er ikke hentet med git, så der er ingen historik at læse – udelad --from-git")
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != b"false":
        raise HistoryError("historikken er ikke hentet helt – hent resten med: git fetch --unshallow")
    last: dict[tuple[int, int], Version] = {}
    for line in reversed(_git(root, "log", "--first-parent", "--format=%H %ct", "HEAD", "--", ".").decode().splitlines()):
        commit, epoch = line.split()
        day = date_in_denmark(int(epoch))
        if (day.year, day.month) < (today.year, today.month):
            last[day.year, day.month] = Version(commit, day, int(epoch))
    return [last[month] for month in sorted(last)]


@contextmanager
def exported(root: Path, version: Version) -> Iterator[Path | None]:
    """Give a temporary folder with the pages and the settings of a version; None if it had none. Raises HistoryError."""
    with tempfile.TemporaryDirectory(prefix="progress-") as name:
        listed = _git(root, "ls-tree", "--name-only", version.commit, "--", *_READ).decode().split()
        if set(listed) != set(_READ):
            yield None
            return
        folder = Path(name).resolve()
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", version.commit, "--", *_READ))) as archive:
            archive.extractall(folder, filter="data")
        yield folder


def _git(root: Path, *arguments: str) -> bytes:
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(["git", *arguments], cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=MAX_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise HistoryError(f"git svarede ikke inden {MAX_SECONDS} sekunder – prøv igen") from error
    if done.returncode:
        if b"not a git repository" in done.stderr:
            raise HistoryError("mappen er ikke hentet med git, så der er ingen historik at læse – udelad --from-git")
        raise HistoryError(f"git kan ikke læse historikken: {done.stderr.decode(errors='replace').strip()[:200]}")
    return done.stdout
