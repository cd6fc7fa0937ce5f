"""Which files may lie in `docs/`: pages, pictures and tables of figures, plain files with plain names.

Everything here is published or read while building, so a link to a file elsewhere, a picture that is a
program (SVG) and a picture that fills the machine's memory are refused, each with what to do.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.images import RASTER_FORMATS, check_image
from kanalstrategi.sanitizing.svg import check_svg, is_utf8

PAGE_EXTENSIONS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for a page; we take the first only."""

TABLE_EXTENSION = ".csv"

RESERVED_NAMES = {
    **{name: f"navnet {name} er taget af hjemmesiden selv" for name in ("assets", "data", "deling", "pdf", "search")},
    "admin": "navnet admin er taget af redigeringen i browseren",
    "templates": "mappen templates kommer ikke med på hjemmesiden",  # MkDocs (1.6.1) passes over it
}
"""Names that nothing at the root of `docs/` can have, and why, in Danish."""

MAX_BYTES = {**dict.fromkeys(PAGE_EXTENSIONS, 100_000), **dict.fromkeys(RASTER_FORMATS, 2_000_000), ".svg": 500_000, TABLE_EXTENSION: 2_000_000}
"""Bytes, by ending."""

_FOLDER_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

_FILE_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""Of a file. A folder called `index.html` would stand where a page has to."""


def list_files(docs: Path, diagnostics: list[Diagnostic]) -> list[str]:
    """The paths of all plain files, in order. What is neither file nor folder is complained of, and not followed."""
    found: list[str] = []

    def look(folder: Path, above: str, is_hidden: bool = False) -> None:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            path = above + entry.name
            mode = entry.stat(follow_symlinks=False).st_mode
            # What begins with a dot MkDocs (1.6.1) does not publish, but it walks through it, and follows its links.
            hidden = is_hidden or entry.name.startswith(".")
            if stat.S_ISDIR(mode):
                look(Path(entry.path), f"{path}/", hidden)
            elif stat.S_ISREG(mode):
                if not hidden:
                    found.append(path)
            else:
                message = "filen er en genvej (symlink)" if stat.S_ISLNK(mode) else "filen er ikke en almindelig fil"
                diagnostics.append(Diagnostic(f"docs/{path}", 1, message, "slet den, og læg selve filen i docs/"))

    if docs.is_dir():
        look(docs, "")
    return found


def check_files(docs: Path, files: list[str]) -> Iterator[Diagnostic]:
    """What is wrong with names, kinds, sizes and pictures."""
    for path in files:
        file, place = docs / path, f"docs/{path}"
        ending = file.suffix
        if file.name != "README.md":  # which is complained of where pages are read
            yield from _check_name(path)
        if ending not in MAX_BYTES:
            kinds = ", ".join([".md", ".svg", *RASTER_FORMATS, TABLE_EXTENSION])
            yield Diagnostic(place, 1, f"filer af typen {ending or 'uden endelse'} kan ikke ligge i docs/", f"slet den, eller gem den som en af: {kinds}")
            continue
        size = file.stat().st_size
        if size > MAX_BYTES[ending]:
            message = f"filen fylder {_kilobytes(size)} kB, og den må højst fylde {_kilobytes(MAX_BYTES[ending])} kB"
            hint = "del siden i flere" if ending in PAGE_EXTENSIONS else "gør den mindre, for eksempel ved at gemme billedet i mindre størrelse"
            yield Diagnostic(place, 1, message, hint)
        elif ending == ".svg":
            yield from (diagnostic.in_file(place) for diagnostic in check_svg(file.read_bytes()))
        elif ending in RASTER_FORMATS:
            yield from check_image(file, place)
        elif ending == TABLE_EXTENSION and not is_utf8(file.read_bytes()):
            yield Diagnostic(place, 1, "teksten er ikke gemt som UTF-8", "gem filen igen med tegnsættet UTF-8")


def _kilobytes(size: int) -> int:
    return -(-size // 1000)


def _check_name(path: str) -> Iterator[Diagnostic]:
    parts = path.split("/")
    stem, dot, ending = parts[-1].rpartition(".")
    if why := RESERVED_NAMES.get(parts[0].removesuffix(".md")):
        yield Diagnostic(f"docs/{path}", 1, why, "giv den et andet navn")
    wrong = [part for part in parts[:-1] if not _FOLDER_NAME.fullmatch(part)] + [name for name in parts[-1:] if not _FILE_NAME.fullmatch(name)]
    if wrong:
        better = "/".join([*(slug(part) for part in parts[:-1]), (slug(stem or ending) or "side") + dot + ending.lower()])
        hint = f"brug kun små bogstaver a–z, tal og bindestreg: {better}"
        yield Diagnostic(f"docs/{path}", 1, f"navnet {wrong[0]} kan ikke bruges i en adresse", hint)
