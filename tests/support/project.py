"""Copies of the project that a test may change, and how to build them."""

from __future__ import annotations

import fcntl
import filecmp
import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.build.cache import CACHE_FOLDER, program_digest
from kanalstrategi.checks.runner import find_diagnostics
from macros import MACROS
from tests.support.build_server import BuildServer

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "tests" / "data"
"""Golden files, search cases and the adopted text."""
EPOCH = 1767225600
"""1 January 2026, the day after the strategy should have been evaluated."""
PUBLISHED = "https://example.org/under/path/"
"""Where the site of the fixture `published` is published."""
PUBLISHED_PATH = "/under/path/"
"""The path of that URL."""
PARTS = ("docs", "macros", "overrides", "pages", "scripts", "kanalstrategi", "pyproject.toml", "mkdocs.yml")
"""What a copy of the project needs."""
PROGRAM = ("overrides", "pages", "macros", "kanalstrategi")
"""The parts that hardly any test changes."""
_COMPILED = shutil.ignore_patterns("__pycache__")
_OTHER_DOCUMENTS = ("retningslinjer", "status", "samlet")
"""The documents that the fixture `project` lacks."""
_DOCUMENT_PAGES = "        - strategi/\n        - kanaler/\n"
"""The pages of its only document, in mkdocs.yml."""


folders: pytest.TempPathFactory | None = None
"""Where pytest's temporary folders are."""


def seconds(day: str) -> int:
    """Return midnight UTC of a day (ISO 8601) in seconds since 1970, as SOURCE_DATE_EPOCH has it."""
    return (date.fromisoformat(day) - date(1970, 1, 1)).days * 86400


@dataclass(frozen=True)
class Project:
    """A copy of the project that a test may change."""

    root: Path

    @property
    def site(self) -> Path:
        """The folder that a build writes to."""
        return self.root / "site"

    def write(self, path: str, text: str) -> None:
        """Write a file, and its folder where there is none yet."""
        if path.startswith(PROGRAM):
            self.own_program()
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> int:
        """Replace the only occurrence of a text, and return the number of its line."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} holds {text.count(old)} of {old!r}"
        self.write(path, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    def own_program(self) -> None:
        """Give the copy a program of its own, which may be changed."""
        for part in PROGRAM:
            if (self.root / part).is_symlink():
                (self.root / part).unlink()
                shutil.copytree(shared_program() / part, self.root / part)

    def print_only(self, *pages: str) -> None:
        """Limit the only document to these pages, since each takes time."""
        self.replace("mkdocs.yml", _DOCUMENT_PAGES, "".join(f"        - {page}\n" for page in pages))

    def remove_documents(self) -> None:
        """Remove the documents and all links to them, which saves a third of a build in tests of the web pages."""
        text = (self.root / "mkdocs.yml").read_text(encoding="utf-8")
        self.write("mkdocs.yml", re.sub(r"^  documents:.*?(?=^\S)", "", text, flags=re.MULTILINE | re.DOTALL))
        for file in (self.root / "docs").rglob("*.md"):
            text = file.read_text(encoding="utf-8")
            if "{{ download(" in text:
                file.write_text(re.sub(r"\{\{ download\(.*?\) \}\}", "", text), encoding="utf-8")

    def remove_other_documents(self) -> None:
        """Remove all documents but one, since the others take longer than all the rest of a build."""
        lines = (self.root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
        for document in _OTHER_DOCUMENTS:
            start = lines.index(f"    {document}:")
            end = next(number for number in range(start + 1, len(lines)) if not lines[number].startswith("      "))
            del lines[start:end]
        self.write("mkdocs.yml", "\n".join(lines))
        self.replace("docs/index.md", '{{ download("samlet") }}\n', "")
        self.replace("docs/status.md", '{{ download("status") }}\n', "")

    def build(self, *arguments: str, epoch: int = EPOCH, site_url: str = "", is_cold: bool = False, **more: str) -> subprocess.CompletedProcess[str]:
        """Build the site as `run_mkdocs` does, but in a process that has already imported the program, unless the copy has changed it.

        The first build finds in the cache what is as in the project itself, unless it `is_cold`.
        """
        if not (self.root / PROGRAM[0]).is_symlink() and program_of(self.root) != program_of(ROOT):
            return run_mkdocs(self.root, *arguments, epoch=epoch, site_url=site_url, **more)
        if not is_cold:
            self.warm()
        return _build_server().build(self.root, *arguments, **_environment(epoch, site_url, more))

    def warm(self) -> None:
        """Give the project a cache of what is as in the project itself, if it has none yet."""
        if not (self.root / CACHE_FOLDER).exists():
            (self.root / CACHE_FOLDER).mkdir()
            shutil.copy(_warm_cache(), self.root / CACHE_FOLDER)

    def check(self) -> list[str]:
        """Return the lines that scripts/check.py would print. Runs in this process, because starting another takes most of the time."""
        report = "\n".join(map(str, find_diagnostics(self.root, os.environ, MACROS)))
        report.encode("utf-8")  # fails for surrogates, which a page may hold
        return re.split(r"\r\n?|\n", report) if report else []


def run_mkdocs(root: Path, *arguments: str, epoch: int = EPOCH, site_url: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run plain `mkdocs build --strict`, as anyone in the virtual environment would. `more` are environment variables."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", *arguments]
    return subprocess.run(command, cwd=root, env=_environment(epoch, site_url, more), capture_output=True, text=True)


def _environment(epoch: int, site_url: str, more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), **({"SITE_URL": site_url} if site_url else {}), **more}


def program_of(root: Path) -> bytes:
    """Return a digest of the program in a folder."""
    return program_digest([root / part for part in PROGRAM])


@functools.cache
def _build_server() -> BuildServer:
    return BuildServer(shared_program())


def _warm_cache() -> Path:
    """Return a cache of builds of the project with one document and with none."""

    def build(folder: Path) -> None:
        project = copied(folder)
        for remove in (project.remove_other_documents, project.remove_documents):
            remove()
            process = project.build(is_cold=True)
            assert process.returncode == 0, process.stdout + process.stderr

    assert folders, "set by conftest.py"
    return built_once(folders, "warm", build) / CACHE_FOLDER / "cache.sqlite"


def copied(root: Path) -> Project:
    """Return a copy of the project in a folder, which is created if it does not exist."""
    root.mkdir(exist_ok=True)
    for part in PARTS:
        source = ROOT / part
        if part in PROGRAM:  # copying it takes longer than all the rest of most tests
            (root / part).symlink_to(shared_program() / part)
        elif source.is_dir():
            shutil.copytree(source, root / part, ignore=_COMPILED)
        else:
            shutil.copy(source, root / part)
    return Project(root)


@functools.cache
def shared_program() -> Path:
    """Return a folder with a copy of the program, compiled, that all copies of the project share until they change it."""

    def build(folder: Path) -> None:
        for part in PROGRAM:
            shutil.copytree(ROOT / part, folder / part, ignore=_COMPILED)
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder)], check=True)

    assert folders, "set by conftest.py"
    return built_once(folders, "program", build)


def built_once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Return a folder that all workers of pytest-xdist share: the first that needs it builds it while the others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, finished = shared / name, shared / f"{name}.finished"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed, even if the worker dies
        if not finished.exists():
            shutil.rmtree(folder, ignore_errors=True)  # left by a worker that failed
            folder.mkdir()
            build(folder)
            finished.touch()
    return folder


def are_same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files, byte for byte."""
    _, different, failed = filecmp.cmpfiles(one, other, files_in(one), shallow=False)
    return files_in(one) == files_in(other) and (different, failed) == ([], [])


def files_in(folder: Path) -> set[str]:
    """Return the paths of all files in a folder, relative to it."""
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
