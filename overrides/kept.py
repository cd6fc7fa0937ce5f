"""What earlier builds have made and this one need not make again, by what it was made from: PDFs, packed files, what
Markdown made of a page.

A build gives the same bytes with it and without: what is kept is named by everything that it follows from, the program and
its dependencies with it. Whoever doubts that may delete the folder.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

FOLDER = ".cache"
"""Below the project's root; not in git."""
_DAYS = 14
"""How long what no build has used is kept."""
_DAY = 86_400
"""Seconds."""
_PROGRAM = ("macros", "overrides", "scripts")
_ROOM = 5
"""How many times what a build needs the file may hold; beyond that, what it does not need goes."""
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)"
"""With row ids: without, values of many kB are looked up in twice the time."""


def program(root: Path) -> bytes:
    """A digest of all that makes a site of content: the project's own program, Python, and every package installed with it."""
    files = (file for folder in _PROGRAM for file in sorted((root / folder).rglob("*")) if file.is_file() and "__pycache__" not in file.parts)
    own = (part for file in files for part in (file.relative_to(root).as_posix().encode(), file.read_bytes()))
    return _digest(sys.version.encode(), *own, *_packages())


@cache  # a preview does not install any
def _packages() -> tuple[bytes, ...]:
    return tuple(sorted(f"{package.metadata['Name']}=={package.version}".encode() for package in distributions()))


class Kept:
    """Read while a build goes on, written at its end by `close`. May be asked by several threads."""

    def __init__(self, folder: Path, program: bytes) -> None:
        self._file = folder / "kept.sqlite"
        self._program = program
        self._made: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._used_before_today: set[bytes] = set()
        self._size = 0
        """Bytes that this build has used."""
        self._lock = threading.Lock()
        self._today = int(time.time()) // _DAY
        self.open()

    def get(self, kind: str, *source: bytes) -> bytes | None:
        """What was made of a source, or None."""
        key = self._key(kind, source)
        with self._lock:
            if key in self._made:
                return self._made[key]
            if self._database is None:
                return None
            try:
                row = self._database.execute("SELECT value, used FROM kept WHERE key = ?", (key,)).fetchone()
            except sqlite3.Error:  # the file is no database any more, or another build has it locked: make it anew
                return None
            if row is None:
                return None
            self._used.add(key)
            self._size += len(row[0])
            if row[1] != self._today:
                self._used_before_today.add(key)
            return bytes(row[0])

    def put(self, value: bytes, kind: str, *source: bytes) -> None:
        with self._lock:
            self._made[self._key(kind, source)] = value

    def once(self, make: Callable[[], bytes], kind: str, *source: bytes) -> bytes:
        """What is made of a source, by an earlier build or now."""
        made = self.get(kind, *source)
        if made is None:
            made = make()
            self.put(made, kind, *source)
        return made

    def taken(self) -> dict[bytes, bytes]:
        """What has been put since this was last called, for another process to `add`."""
        made, self._made = self._made, {}
        return made

    def add(self, made: Mapping[bytes, bytes]) -> None:
        """Put what another process has made."""
        with self._lock:
            self._made.update(made)

    def close(self) -> None:
        """Keep what this build has made and used, and forget what none has used for long. To be called when it is finished."""
        self.abandon()
        try:
            self._write()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return  # locked by another build, or in a folder that cannot be written: there is nothing to lose
            self._file.unlink(missing_ok=True)  # what is no database is worth nothing
        except OSError:
            return

    def open(self) -> None:
        """Read what earlier builds have made, again after `abandon`."""
        self._database: sqlite3.Connection | None = None
        if self._file.is_file():
            with suppress(sqlite3.Error):
                self._database = sqlite3.connect(f"{self._file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def abandon(self) -> None:
        """Read and keep no more."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self) -> None:
        self._file.parent.mkdir(exist_ok=True)
        with closing(sqlite3.connect(self._file)) as database, database:
            database.execute("PRAGMA synchronous = OFF")  # what a power cut spoils is made again
            database.execute(_TABLE)
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", ((key, value, self._today) for key, value in self._made.items()))
            database.executemany("UPDATE kept SET used = ? WHERE key = ?", ((self._today, key) for key in self._used_before_today))
            database.execute("DELETE FROM kept WHERE used < ?", (self._today - _DAYS,))
            (whole,) = database.execute("SELECT SUM(LENGTH(value)) FROM kept").fetchone()
            if (whole or 0) > _ROOM * (self._size + sum(map(len, self._made.values()))):
                database.execute("CREATE TEMPORARY TABLE needed (key BLOB PRIMARY KEY)")
                database.executemany("INSERT INTO needed VALUES (?)", ((key,) for key in self._used | self._made.keys()))
                database.execute("DELETE FROM kept WHERE key NOT IN (SELECT key FROM needed)")

    def _key(self, kind: str, source: tuple[bytes, ...]) -> bytes:
        return _digest(self._program, kind.encode(), *source)


def _digest(*parts: bytes) -> bytes:
    """Of parts, each with its length before it, so that no two lists of parts have the same."""
    made = sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()
