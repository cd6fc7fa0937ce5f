"""Reads and writes what the editor in the browser may change: pages, images and attachments in `docs/`.

Names, kinds and sizes are judged as the checks judge them. Each folder on the way is opened by itself, in the one before (`held_folder.py`).
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kanalstrategi.content.conventions import EDITION_FOLDER
from kanalstrategi.content.edition_paths import edition_folder, is_former_guideline
from kanalstrategi.diagnostics import Diagnostic, printable
from kanalstrategi.editor.held_folder import HeldFolder, held_folder
from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.markdown.front_matter import FRONT_MATTER
from kanalstrategi.sanitizing.files import PAGE_EXTENSIONS, RECEIPT_NAME, check_kind, check_name, check_size

DOCS = "docs"
MAX_PATH_CHARACTERS, MAX_NAME_CHARACTERS = 500, 200
"""Maximum lengths of a path, and of the name of a file or folder: what the system would refuse later should be refused before anything is done."""
MAX_DEPTH = 10
"""Maximum number of folders that a file is in."""

_FILED = re.compile(r"^(?:superseded|lapsed)[ \t]*:", re.MULTILINE)
"""The fields of an edition that is no longer changed."""

_NOT_A_FOLDER = "en mappe på vejen er en genvej (symlink) eller en fil – slet den, og brug en almindelig mappe"
_NOT_ALLOWED = "der er ikke ret til det i mappen – ret rettighederne, og prøv igen"
_FULL = "disken er fuld – gør plads, og prøv igen"
_REASONS = {
    errno.ELOOP: _NOT_A_FOLDER,
    errno.ENOTDIR: _NOT_A_FOLDER,
    errno.ENAMETOOLONG: "navnet er for langt – giv filen et kortere",
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: _NOT_ALLOWED,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}
"""What the system's errors mean, and what to do."""


class RefusedError(Exception):
    """The editor asked for something that is not done. The message says in Danish why, and what to do."""

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        """`diagnostics` are the problems that the change would make, if that is the reason."""
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)


class ChangedError(RefusedError):
    """Someone else has changed a page since the editor opened it."""

    def __init__(self, path: str, message: str, theirs: str | None) -> None:
        """`theirs` is the text of the page now; None if it is gone."""
        super().__init__(f"{_shown(path)}: {message}")
        self.path = path
        self.theirs = theirs


class DocsFolder:
    """The folder `docs/` of a project. Paths are relative to the project, with `docs/` at the beginning. Every method raises RefusedError."""

    def __init__(self, project: Path) -> None:
        self._project = project

    def require_changeable(self, path: str, size: int = 0) -> None:
        """Raise RefusedError unless the editor may change a file of that name and size, which is not part of what is filed."""
        inner = path.removeprefix(f"{DOCS}/")
        if inner.startswith(f"{EDITION_FOLDER}/") and inner.endswith(f"/{RECEIPT_NAME}"):
            raise RefusedError(f"{_shown(path)}: kvitteringen skrives af programmet – lad den være")
        require_changeable(path, size)
        folder = edition_folder(inner)
        front = self.read(f"{DOCS}/{folder}index.md") if folder else None
        if is_former_guideline(inner) or (front is not None and _FILED.search(_front_matter(front))):
            raise RefusedError(f"{_shown(path)}: udgaven er gemt, som den var, og kan ikke ændres – ret i den, der gælder, eller begynd et forslag til en ny")

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, or None if there is none."""
        require_changeable(path)
        with (
            _explaining(path),
            suppress(FileNotFoundError),
            self._folder_of(path) as (folder, name),
            folder.open_file(name) as file,
        ):
            status = os.fstat(file.fileno())
            _require_regular(path, status)
            _require_size(path, status.st_size)  # part of a file would be saved as the whole
            return file.read()
        return None

    def list_files(self, folder: str, extension: str, depth: int) -> list[str]:
        """Return the sorted paths of the files in a folder whose names end with an extension. With a depth of 1, folders in it are left out."""
        parts = folder.split("/")
        if parts[0] != DOCS or (parts[1:] and _objections(f"{folder}/x.md")):
            raise RefusedError(f"{_shown(folder)}: redigeringen kan kun læse mapper i docs/ – vælg en af dem")
        with _explaining(folder), suppress(FileNotFoundError):
            return sorted(path for path in self._walk(parts, min(depth, MAX_DEPTH)) if path.endswith(extension) and not _objections(path))
        return []

    def write(self, path: str, content: bytes) -> None:
        """Write a file, all of it or nothing, and its folder if there is none yet."""
        self.require_changeable(path, len(content))
        with _explaining(path), self._folder_of(path, create=True) as (folder, name):
            mode = None
            with suppress(FileNotFoundError):
                status = folder.status(name)
                _require_regular(path, status)
                mode = stat.S_IMODE(status.st_mode)
            new = f".ny-{secrets.token_hex(8)}"
            try:
                with folder.create_file(new) as file:
                    if mode is not None and os.chmod in os.supports_fd:
                        os.chmod(file.fileno(), mode)
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                folder.rename(new, name)
            except OSError:
                with suppress(OSError):
                    folder.delete(new)
                raise

    def delete(self, path: str) -> None:
        """Delete a file, if there is one."""
        self.require_changeable(path)
        with _explaining(path), suppress(FileNotFoundError), self._folder_of(path) as (folder, name):
            _require_regular(path, folder.status(name))
            folder.delete(name)

    def _walk(self, parts: Sequence[str], depth: int) -> Iterator[str]:
        """Yield the paths of all regular files in a folder, and in the folders in it as deep as is asked for."""
        with held_folder(self._project, list(parts)) as folder:
            for entry in folder.entries():
                if entry.is_file(follow_symlinks=False):
                    yield "/".join([*parts, entry.name])
                elif depth > 1 and entry.is_dir(follow_symlinks=False):
                    yield from self._walk([*parts, entry.name], depth - 1)

    @contextmanager
    def _folder_of(self, path: str, *, create: bool = False) -> Iterator[tuple[HeldFolder, str]]:
        """Open the folder that a file is in, and yield it and the name of the file."""
        *parts, name = path.split("/")
        with held_folder(self._project, parts, create=create) as folder:
            yield folder, name


def require_changeable(path: str, size: int = 0) -> None:
    """Raise RefusedError unless the editor may change a file of that name and size."""
    if objections := _objections(path):
        raise RefusedError(objections[0])
    _require_size(path, size)


def _objections(path: str) -> list[str]:
    """Return why a file is none of those that the editor may change."""
    folder, _, inner = path.partition("/")
    if folder != DOCS:
        return [f"{_shown(path)}: redigeringen kan kun ændre sider og filer i docs/ – bed en udvikler om resten"]
    if len(path) > MAX_PATH_CHARACTERS or path.count("/") > MAX_DEPTH or max(map(len, path.split("/"))) > MAX_NAME_CHARACTERS:
        return [f"{_shown(path)}: navnet er for langt – giv filen et kortere, og brug færre mapper i hinanden"]
    if inner.endswith(PAGE_EXTENSIONS) and not inner.endswith(".md"):
        return [f"{_shown(path)}: en side skal ende på .md – giv den et andet navn"]
    return [_message(diagnostic) for diagnostic in (*check_name(inner), *check_kind(inner))]


def _front_matter(page: bytes) -> str:
    """Return the fields of a page as they are written."""
    found = FRONT_MATTER.match(read_bytes(page).text)
    return found[0] if found else ""


def _require_size(path: str, size: int) -> None:
    for diagnostic in check_size(path.removeprefix(f"{DOCS}/"), size):
        raise RefusedError(_message(diagnostic))


def _require_regular(path: str, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RefusedError(f"{_shown(path)}: det er ikke en almindelig fil – slet den, og gem igen")


@contextmanager
def _explaining(path: str) -> Iterator[None]:
    """Turn an error of the system into a RefusedError."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "filen kan ikke læses eller gemmes – se, om den findes, og prøv igen")
        raise RefusedError(f"{_shown(path)}: {reason}") from error


def _message(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as the editor shows it."""
    return f"{_shown(diagnostic.file)}: {diagnostic.text}"


def _shown(path: str) -> str:
    """Return a path for a message, cut if it is long."""
    return printable(path if len(path) <= 80 else f"{path[:79]}…")
