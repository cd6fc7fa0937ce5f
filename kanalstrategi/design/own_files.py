"""Finds what a build could not read, or not in reasonable time, among a site's own templates, styles, fonts and macros."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kanalstrategi.design.theme import MACROS, OVERRIDES

MAX_FILES = 500
MAX_FILE_BYTES, MAX_TEXT_BYTES, MAX_TOTAL_BYTES = 5_000_000, 500_000, 50_000_000
_TEXTS = (".css", ".html", ".js", ".py", ".typ", ".yml")


class RefusedFile(NamedTuple):
    """A file or a folder of the site that the build cannot use, and what to do about it."""

    path: str
    """Relative to the site's root."""
    message: str
    hint: str


def refused_files(root: Path) -> Iterator[RefusedFile]:
    """Yield what is wrong with the files of a site in a folder that have a part in how it looks; nothing in a clone, where they are the program's."""
    count = total = 0
    for name, shipped in (("overrides", OVERRIDES), ("macros", MACROS)):
        folder = root / name
        if not folder.is_dir() or folder.samefile(shipped):
            continue
        for file in _files_in(folder):
            path = f"{name}/{file.relative_to(folder).as_posix()}"
            count += 1
            if count > MAX_FILES:
                yield RefusedFile(name, f"der er over {MAX_FILES} filer i overrides og macros", "flyt dem, der ikke har noget med udseendet at gøre")
                return
            found = file.stat() if file.exists() else None
            if found is None or not stat.S_ISREG(found.st_mode):
                yield RefusedFile(path, "det er ikke en fil, der kan læses", "slet den, eller læg filen selv i stedet for et link")
                continue
            total += found.st_size
            if found.st_size > (limit := MAX_TEXT_BYTES if file.suffix in _TEXTS else MAX_FILE_BYTES):
                yield RefusedFile(path, f"filen fylder over {limit / 1_000_000:g} MB".replace(".", ","), "gør den mindre, eller slet den")
            elif total > MAX_TOTAL_BYTES:
                yield RefusedFile(name, f"filerne i overrides og macros fylder over {MAX_TOTAL_BYTES // 1_000_000} MB", "slet dem, der ikke bruges")
                return
            elif file.suffix in _TEXTS and not _is_text(file):
                yield RefusedFile(path, "filen er ikke gemt som UTF-8", "gem den igen som UTF-8")


def _files_in(folder: Path) -> Iterator[Path]:
    """Yield everything in a folder that is no folder, in the same order on every machine, without what Python has compiled."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(here, name) for name in sorted(files))


def _is_text(file: Path) -> bool:
    try:
        file.read_text(encoding="utf-8")
    except ValueError:  # a UnicodeDecodeError is one
        return False
    return True
