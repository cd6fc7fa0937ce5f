"""Checks that `docs/` holds only pages, images and attachments, as regular files with plain names.

Everything in the folder is published, or read by the build. So symbolic links, images with scripts in them (SVG) and images that would
exhaust the machine's memory are refused, each with a hint, and so are attachments that do more than being read.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path, PurePosixPath

from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.sanitizing.attachments import ATTACHMENT_KINDS, check_attachment
from kanalstrategi.sanitizing.images import RASTER_FORMATS, check_image
from kanalstrategi.sanitizing.svg import check_svg

PAGE_EXTENSIONS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The extensions of files that MkDocs treats as pages. Our pages only use the first one."""

MAX_BYTES = {
    **dict.fromkeys(PAGE_EXTENSIONS, 100_000),
    **dict.fromkeys(RASTER_FORMATS, 2_000_000),
    ".svg": 500_000,
    **dict.fromkeys(ATTACHMENT_KINDS, 10_000_000),
    ".csv": 2_000_000,  # text, of which each cell is read
}
"""The maximum size of a file, keyed by its extension. Files with other extensions are refused."""

RESERVED_NAMES = {
    **{name: f"navnet {name} er taget af hjemmesiden selv" for name in ("assets", "data", "deling", "pdf", "search", "word")},
    "admin": "navnet admin er taget af redigeringen i browseren",
    "templates": "mappen templates kommer ikke med på hjemmesiden",  # MkDocs (1.6.1) skips this folder
}
"""Names that may not be used at the root of `docs/`, each with the reason in Danish."""
RESERVED_PATHS = {"opfoelgning/opfoelgning.csv": "filen opfoelgning/opfoelgning.csv laver hjemmesiden selv"}
"""Files that the build writes into folders that pages may be in, too, each with the reason in Danish."""

PAGES_OF_RESERVED_NAMES = ("data.md",)
"""The pages at the root of `docs/` that may have such a name: the page about the open data is in their folder."""

SITE_EXTENSIONS = (*MAX_BYTES, ".br", ".config", ".css", ".gz", ".html", ".ics", ".js", ".json", ".jsonld", ".txt", ".woff2", ".xml")
"""The extensions that files of the site have. The name of a published folder must not end with one, so that it cannot be a file's name."""

MAX_PATH_CHARACTERS = 200
"""The maximum length of a path in `docs/` or in the site: file systems end the names that a build makes of longer ones."""

RECEIPT_NAME = "kvittering.json"
"""The name of the receipts, which the program writes: the only files of their kind in `docs/`."""
MAX_RECEIPT_BYTES = 500_000
_RECEIPT_PATH = re.compile(rf"udgaver/(?:retningslinjer/|(?!retningslinjer/))[a-z0-9_-]+/{re.escape(RECEIPT_NAME)}")

WINDOWS_NAMES = frozenset(("aux", "con", "nul", "prn", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))))
"""Names of devices, which no file on Windows can have, whatever its extension."""

FOLDER_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""The name of a folder. It has no full stop, since a folder called `index.html` would conflict with a page."""

FILE_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")

_ALLOWED_KINDS = ", ".join([".md", ".svg", *RASTER_FORMATS, *ATTACHMENT_KINDS])
_ANOTHER_NAME = "giv den et andet navn"
WORDINGS = {
    "kind": Wording("filer af typen $extension kan ikke ligge i docs/", f"slet den, eller gem den som en af: {_ALLOWED_KINDS}"),
    "size": Wording("filen fylder $size kB, og den må højst fylde $limit kB", "$remedy"),
    "path_length": Wording(f"filens sti er på $length tegn, og den må højst være på {MAX_PATH_CHARACTERS}", "giv filen eller mapperne kortere navne"),
    "reserved": Wording("$reason", _ANOTHER_NAME),
    "name": Wording("navnet $name kan ikke bruges i en adresse", "brug kun små bogstaver a–z, tal og bindestreg: $better"),
    "folder_like_file": Wording("siden bliver mappen $stem, som kan være navnet på en fil", "giv den et andet navn: $better"),
    "device": Wording("navnet $name kan ikke bruges på Windows", _ANOTHER_NAME),
}
"""What can be wrong with the name, the kind and the size of a file."""
RECOVER = "hent den igen fra versionsstyringen"
"""What to do about a file of the program's that somebody else has changed."""
REMEDIES = {
    **dict.fromkeys(MAX_BYTES, "gør den mindre, for eksempel ved at gemme billedet i mindre størrelse"),
    **dict.fromkeys(PAGE_EXTENSIONS, "del siden i flere"),
    **dict.fromkeys(ATTACHMENT_KINDS, "gør den mindre, for eksempel ved at formindske billederne i den, eller del den i flere"),
    ".csv": "del den i flere",
}
"""What to do about a file that is too large, keyed by its extension."""


def list_files(docs: Path, diagnostics: list[Diagnostic]) -> list[str]:
    """Return the sorted paths of all regular files, relative to `docs/` and with `/` as separator.

    Symbolic links and special files are skipped. Each gets a diagnostic.
    """
    paths: list[str] = []

    def walk(folder: Path, prefix: str, is_hidden: bool = False) -> None:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            path = prefix + entry.name
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
            except FileNotFoundError:  # whoever saves a file may write it beside and rename it, as our own editor does
                continue
            # MkDocs (1.6.1) does not publish names that begin with a dot, but it does walk through such folders and follow links in them.
            hidden = is_hidden or entry.name.startswith(".")
            if stat.S_ISDIR(mode):
                walk(Path(entry.path), f"{path}/", hidden)
            elif stat.S_ISREG(mode):
                if not hidden:
                    paths.append(path)
            else:
                message = "filen er en genvej (symlink)" if stat.S_ISLNK(mode) else "filen er ikke en almindelig fil"
                diagnostics.append(Diagnostic(f"docs/{path}", 1, message, "slet den, og læg selve filen i docs/"))

    if docs.is_dir():
        walk(docs, "")
    return paths


def check_files(docs: Path, files: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the names, kinds and sizes of files in `docs/`, and for the content of images and attachments."""
    taken = frozenset(files)
    for path in files:
        file, place = docs / path, f"docs/{path}"
        extension = file.suffix
        if file.name != "README.md":  # reported by the code that reads pages
            yield from check_name(path, taken)
        if wrong_kind := [*check_kind(path)]:
            yield from wrong_kind
        elif too_large := [*check_size(path, file.stat().st_size)]:
            yield from too_large
        elif extension == ".svg":
            yield from (diagnostic.in_file(place) for diagnostic in check_svg(file.read_bytes()))
        elif extension in RASTER_FORMATS:
            yield from check_image(file, place)
        elif extension in ATTACHMENT_KINDS:
            yield from check_attachment(file, place)


def is_receipt(path: str) -> bool:
    """Whether a file is the receipt of an edition or of a guideline's former versions, by its place in `docs/`."""
    return bool(_RECEIPT_PATH.fullmatch(path))


def check_kind(path: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic if files with that extension cannot be in `docs/`, or not in that place."""
    extension = PurePosixPath(path).suffix
    if extension not in MAX_BYTES and not is_receipt(path):
        yield _diagnostic(path, "kind", extension=extension or "uden endelse")


def check_size(path: str, size: int) -> Iterator[Diagnostic]:
    """Yield a diagnostic if a file of that many bytes, and of a kind that can be in `docs/`, is too large."""
    extension = PurePosixPath(path).suffix
    limit = MAX_RECEIPT_BYTES if is_receipt(path) else MAX_BYTES[extension]
    if size > limit:
        yield _diagnostic(path, "size", size=_kilobytes(size), limit=_kilobytes(limit), remedy=REMEDIES.get(extension, RECOVER))


def check_name(path: str, taken: Container[str] = ()) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the name of a file and of its folders, judged by what the build makes of them. `taken` are the paths in use."""
    parts = path.split("/")
    stem, dot, extension = parts[-1].rpartition(".")
    if len(path) > MAX_PATH_CHARACTERS:
        yield _diagnostic(path, "path_length", length=len(path))
    reserved = "" if path in PAGES_OF_RESERVED_NAMES else RESERVED_NAMES.get(parts[0].removesuffix(".md"))
    if reason := reserved or RESERVED_PATHS.get(path):
        yield _diagnostic(path, "reserved", reason=reason)
    wrong = [part for part in parts[:-1] if not FOLDER_NAME.fullmatch(part)] + [name for name in parts[-1:] if not FILE_NAME.fullmatch(name)]
    if wrong:
        better = _free_path([slug(part) for part in parts[:-1]], slug(stem or extension) or "side", dot + extension.lower(), taken)
        yield _diagnostic(path, "name", name=wrong[0], better=better)
    elif f".{extension}" in PAGE_EXTENSIONS and stem.endswith(SITE_EXTENSIONS):
        better = _free_path(parts[:-1], slug(stem), dot + extension, taken)
        yield _diagnostic(path, "folder_like_file", stem=stem, better=better)
    if device := next((part for part in parts if part.partition(".")[0].lower() in WINDOWS_NAMES), ""):
        yield _diagnostic(path, "device", name=device)


def _free_path(folders: Iterable[str], stem: str, extension: str, taken: Container[str]) -> str:
    """Return the path of a file, with a number behind its name if another file has that path."""
    folder = "".join(f"{folder}/" for folder in folders)
    paths = (f"{folder}{stem}{number}{extension}" for number in chain([""], (f"-{number}" for number in count(2))))
    return next(path for path in paths if path not in taken)


def _diagnostic(path: str, kind: str, **words: object) -> Diagnostic:
    return Diagnostic(f"docs/{path}", 1, *WORDINGS[kind].filled(**words))


def _kilobytes(size: int) -> int:
    """Return a size in kilobytes, rounded up."""
    return -(-size // 1000)
