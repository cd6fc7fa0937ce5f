"""What earlier builds have computed, by a digest of everything that it was computed from: PDFs, compressed files, whole pages.

A build writes the same bytes with the cache and without. Deleting the folder is always safe.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

CACHE_FOLDER = ".cache"
"""Below the project's root; not in git."""
_FILE = "cache.sqlite"
_FORMER_FILES = ("kept.sqlite",)
"""What the cache was called in earlier versions; removed when the cache is written."""
_MAX_UNUSED_DAYS = 14
"""How long an entry stays that no build uses."""
_SECONDS_PER_DAY = 86_400
_MAX_GROWTH = 5
"""How many times the size of what one build uses the cache may have; beyond that, everything else is removed."""
_TABLE = "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)"
"""With row ids: without them, looking up values of many kB takes twice the time."""


def program_digest(folders: Iterable[Path]) -> bytes:
    """Return a digest of all that turns content into a site: the program in some folders, Python, and every installed package."""
    files = ((folder, file) for folder in folders for file in sorted(folder.rglob("*")) if file.is_file() and "__pycache__" not in file.parts)
    own = (part for folder, file in files for part in (f"{folder.name}/{file.relative_to(folder).as_posix()}".encode(), file.read_bytes()))
    return _digest(sys.version.encode(), *own, *_packages())


@cache  # nothing is installed while a preview runs
def _packages() -> tuple[bytes, ...]:
    return tuple(sorted(f"{package.metadata['Name']}=={package.version}".encode() for package in distributions()))


class BuildCache:
    """Read while a build runs, written by `commit` at its end. May be used by several threads."""

    def __init__(self, folder: Path, program: bytes) -> None:
        self._file = folder / _FILE
        self._program = program
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._used_before_today: set[bytes] = set()
        self._used_bytes = 0
        self._lock = threading.Lock()
        self._today = int(time.time()) // _SECONDS_PER_DAY
        self.open()

    def get(self, kind: str, *source: bytes) -> bytes | None:
        """Return what was computed from a source, or None."""
        key = self._key(kind, source)
        with self._lock:
            if key in self._new:
                return self._new[key]
            if self._database is None:
                return None
            try:
                row = self._database.execute("SELECT value, used FROM entries WHERE key = ?", (key,)).fetchone()
            except sqlite3.Error:  # the file is no database any more, or another build has locked it: compute again
                return None
            if row is None:
                return None
            self._used.add(key)
            self._used_bytes += len(row[0])
            if row[1] != self._today:
                self._used_before_today.add(key)
            return bytes(row[0])

    def put(self, value: bytes, kind: str, *source: bytes) -> None:
        """Remember what was computed from a source."""
        with self._lock:
            self._new[self._key(kind, source)] = value

    def get_or_compute(self, compute: Callable[[], bytes], kind: str, *source: bytes) -> bytes:
        """Return what an earlier build has computed from a source, or compute it now."""
        value = self.get(kind, *source)
        if value is None:
            value = compute()
            self.put(value, kind, *source)
        return value

    def drain(self) -> dict[bytes, bytes]:
        """Return what has been put since the last call, for another process to `merge`."""
        new, self._new = self._new, {}
        return new

    def merge(self, entries: Mapping[bytes, bytes]) -> None:
        """Put what another process has drained."""
        with self._lock:
            self._new.update(entries)

    def commit(self) -> None:
        """Write what this build has computed and used, and remove what no build has used for long. Closes the cache."""
        self.close()
        try:
            self._write()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return  # locked by another build, or in a folder that cannot be written: nothing is lost but time
            self._file.unlink(missing_ok=True)  # what is no database is worth nothing
        except OSError:
            return

    def open(self) -> None:
        """Read what earlier builds have computed, again after `close`."""
        self._database: sqlite3.Connection | None = None
        if self._file.is_file():
            with suppress(sqlite3.Error):
                self._database = sqlite3.connect(f"{self._file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Stop reading, and write nothing."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self) -> None:
        self._file.parent.mkdir(exist_ok=True)
        for former in _FORMER_FILES:
            self._file.with_name(former).unlink(missing_ok=True)
        with closing(sqlite3.connect(self._file)) as database, database:
            database.execute("PRAGMA synchronous = OFF")  # what a power cut spoils is computed again
            database.execute(_TABLE)
            database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", ((key, value, self._today) for key, value in self._new.items()))
            database.executemany("UPDATE entries SET used = ? WHERE key = ?", ((self._today, key) for key in self._used_before_today))
            database.execute("DELETE FROM entries WHERE used < ?", (self._today - _MAX_UNUSED_DAYS,))
            (size,) = database.execute("SELECT SUM(LENGTH(value)) FROM entries").fetchone()
            if (size or 0) > _MAX_GROWTH * (self._used_bytes + sum(map(len, self._new.values()))):
                database.execute("CREATE TEMPORARY TABLE needed (key BLOB PRIMARY KEY)")
                database.executemany("INSERT INTO needed VALUES (?)", ((key,) for key in self._used | self._new.keys()))
                database.execute("DELETE FROM entries WHERE key NOT IN (SELECT key FROM needed)")

    def _key(self, kind: str, source: tuple[bytes, ...]) -> bytes:
        return _digest(self._program, kind.encode(), *source)


def _digest(*parts: bytes) -> bytes:
    """Return the digest of some parts, each with its length before it, so that no two lists of parts share one."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
