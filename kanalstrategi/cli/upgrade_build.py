"""Builds a site beside itself, with a program that lies in it or with the installed one, and reads what readers would get."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pikepdf

from kanalstrategi.cli.upgrade_files import is_skipped
from kanalstrategi.pdf.audit.expected_text import read_expected_text
from kanalstrategi.upgrading.difference import BuiltSite

_SIZE = re.compile(r",? \d+ [kM]B\b")
"""How large a file is, which differs whenever the program does."""
_OF_BUILDS = (".cache", ".editor")
"""The folders with what a build would have to compute or download again."""


def copy_site(root: Path, folder: Path) -> None:
    """Copy a site into a folder that does not exist yet, with what makes a build faster and without what else is no file of it."""

    def ignored(parent: str, names: list[str]) -> set[str]:
        here = Path(parent)
        skipped = {name for name in names if here == root and is_skipped(name) and name not in _OF_BUILDS}
        return skipped | {name for name in names if name == "__pycache__" or (here / name).is_symlink()}

    shutil.copytree(root, folder, ignore=ignored)


def write_site(folder: Path, changes: Mapping[str, bytes | None]) -> None:
    """Change files of a copy."""
    for path, content in changes.items():
        file = folder / path
        if content is None:
            file.unlink(missing_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for name in ("kanalstrategi", "macros"):  # a folder that is empty is a package all the same
        if (folder / name).is_dir() and not any(file.is_file() for file in (folder / name).rglob("*")):
            shutil.rmtree(folder / name)


def build_with_own_program(folder: Path) -> str:
    """Build a clone with the program that lies in it, by the packages that the installed one uses. Return what went wrong, or an empty string."""
    return _build(folder, [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "site"], PYTHONPATH=str(folder))


def build_with(python: str, folder: Path) -> str:
    """Build a site with the program installed for an interpreter. Return what went wrong, or an empty string."""
    return _build(folder, [python, "-P", "-m", "kanalstrategi", "build", "--site-dir", "site"])


def _build(folder: Path, command: list[str], **more: str) -> str:
    process = subprocess.run(command, cwd=folder, env={**os.environ, **more}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    output = process.stdout.decode("utf-8", "replace").strip()
    return "" if process.returncode == 0 else output or f"afsluttet med {process.returncode}"


def read_built(site: Path) -> BuiltSite:
    """Return what readers get of a built site."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        url = file.relative_to(site).as_posix()
        paragraphs = (_SIZE.sub("", " ".join(line.split())) for line in read_expected_text(file))
        pages[url.removesuffix("index.html")] = tuple(paragraph for paragraph in paragraphs if paragraph)
    documents = {}
    for file in sorted(site.rglob("*.pdf")):
        with pikepdf.open(file) as document:
            documents[file.relative_to(site).as_posix()] = len(document.pages)
    return BuiltSite(pages, documents)
