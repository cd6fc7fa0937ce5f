"""Reads the sites of a portal from disk, which are not trusted, and writes what may be published of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kanalstrategi.publishing.portal.own_scripts import OwnScripts
from kanalstrategi.publishing.portal.site_check import (
    MAX_DEPTH,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_SITE_BYTES,
    fault_of_compressed,
    fault_of_content,
    fault_of_name,
    is_left_out,
    original_of,
)
from kanalstrategi.search.portal_index import DATA_FILES, GUIDELINE_FILE

NEEDED = ("index.html", "404.html", "search/index.json", *(f"data/{name}.json" for name in DATA_FILES))
"""The files that every site has."""


class RefusedSiteError(Exception):
    """A site that must not be published, with the reason in Danish."""


def copy_site(source: Path, target: Path, allowed: OwnScripts) -> None:
    """Copy a built site into a folder that does not exist yet. Raises RefusedSiteError; then part of it may have been copied."""
    written = 0
    for number, (path, file) in enumerate(_files(source), 1):
        if number > MAX_FILES:
            raise RefusedSiteError(f"der er mere end {MAX_FILES} filer")
        if is_left_out(path):
            continue
        if fault := fault_of_name(path):
            raise RefusedSiteError(f"{path[:200]!r}: {fault}")
        content = _read(file, path)
        written += len(content)
        if written > MAX_SITE_BYTES:
            raise RefusedSiteError(f"filerne fylder mere end {MAX_SITE_BYTES // 10**6} MB")
        if original := original_of(path):  # it comes after what it is made of
            beside = target / original
            fault = fault_of_compressed(path, content, beside.read_bytes() if beside.is_file() else None)
        else:
            fault = fault_of_content(path, content, allowed.scripts, allowed.inline)
        if fault:
            raise RefusedSiteError(f"{path}: {fault}")
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    if missing := [name for name in NEEDED if not (target / name).is_file()]:
        raise RefusedSiteError(f"{missing[0]} mangler")


def read_data(site: Path) -> dict[str, bytes]:
    """Return the open data of a copied site that the search is made of, keyed by name."""
    files = {name: site / "data" / f"{name}.json" for name in (*DATA_FILES, GUIDELINE_FILE)}
    return {name: file.read_bytes() for name, file in files.items() if name in DATA_FILES or file.is_file()}


def _files(folder: Path, below: str = "") -> Iterator[tuple[str, Path]]:
    """Yield the path of each file, in the same order always. A link is refused: it may lead to any file of the machine."""
    if below.count("/") > MAX_DEPTH:
        raise RefusedSiteError(f"{below[:200]!r}: mapperne ligger mere end {MAX_DEPTH} inde i hinanden")
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                yield path, Path(entry.path)
            else:
                raise RefusedSiteError(f"{path[:200]!r}: det er ikke en fil, men for eksempel en genvej")


def _read(file: Path, path: str) -> bytes:
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as opened:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > MAX_FILE_BYTES:
            raise RefusedSiteError(f"{path}: filen er for stor")
        return opened.read(MAX_FILE_BYTES)
