"""Caches what builds compute (PDFs, compressed files, whole pages), keyed by a digest of everything it was computed from.

A build writes the same bytes with or without the cache. Deleting the folder is always safe, and so is damage to it: each value lies
there with a digest, what does not match is never handed out, and a damaged file is removed and begun anew.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from kanalstrategi.build.hashing import digest_of

_PACKAGE_FOLDERS = (".dist-info", ".egg-info")
"""How the names of the folders end that describe installed packages."""
CACHE_FOLDER = ".cache"
"""The cache's folder in the project's root; not in git."""
_FILE = "cache.sqlite"
_BESIDE = ("-journal", "-wal", "-shm")
"""The endings of the files that SQLite may leave beside it."""
_FORMER_FILES = ("kept.sqlite",)
"""Names of the cache file in earlier versions; removed when the cache is written."""
_MAX_UNUSED_DAYS = 14
"""Days after which an unused entry is removed."""
_SECONDS_PER_DAY = 86_400
_MAX_GROWTH = 5
"""How many times larger the cache may be than what one build uses; beyond that, all other entries are removed."""
_MAX_BYTES_IN_MEMORY = 24_000_000
"""Bytes of new entries that are kept in memory; beyond that, they are saved before the build ends. They stay valid if it fails."""
_TABLE = "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)"
"""The table has row ids: without them, looking up values of many kB takes twice as long."""
_DIGEST_BYTES = 16
"""The length of the digest in front of each value."""
_OUTSIDE_CAUSES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL)
"""The errors of SQLite that say nothing about the file: another build has locked it, or nothing can be written."""


def program_digest(folders: Iterable[Path]) -> bytes:
    """Return a digest of everything that turns content into a site: the program in the given folders, Python and every installed package."""
    files = ((folder, file) for folder in folders for file in sorted(folder.rglob("*")) if file.is_file() and "__pycache__" not in file.parts)
    own = (part for folder, file in files for part in (f"{folder.name}/{file.relative_to(folder).as_posix()}".encode(), file.read_bytes()))
    return digest_of([sys.version.encode(), *own, *_packages()])


@cache  # nothing is installed while a preview runs
def _packages() -> tuple[bytes, ...]:
    """Return the folders that describe the installed packages: their names have the versions in them, and reading them would take 0.03 s."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):  # Python lists folders that do not exist
            found.update(name for name in os.listdir(folder or ".") if name.endswith(_PACKAGE_FOLDERS))
    return tuple(os.fsencode(name) for name in sorted(found))


class BuildCache:
    """A cache that is read while a build runs and written by `commit` at its end. Safe to use from several threads."""

    def __init__(self, folder: Path, program: bytes) -> None:
        self._file = folder / _FILE
        self._program = program
        self._new: dict[bytes, bytes] = {}
        self._new_bytes = 0
        self._is_worker = False
        self._used: set[bytes] = set()
        self._used_before_today: set[bytes] = set()
        self._used_bytes = 0
        self._is_damaged = False
        self._lock = threading.Lock()
        self._today = int(time.time()) // _SECONDS_PER_DAY
        self.open()

    def get(self, kind: str, *source: bytes) -> bytes | None:
        """Return the value that was computed from this source, or None."""
        key = self._key(kind, source)
        with self._lock:
            if key in self._new:
                return self._new[key]
            if self._database is None:
                return None
            try:
                row = self._database.execute("SELECT value, used FROM entries WHERE key = ?", (key,)).fetchone()
            except sqlite3.Error as error:
                self._is_damaged |= _is_damage(error)
                return None
            if row is None:
                return None
            stored, used = row
            value = _checked(key, stored)
            if value is None:
                self._is_damaged = True
                return None
            self._used.add(key)
            self._used_bytes += len(value)
            if used != self._today:
                self._used_before_today.add(key)
            return value

    def put(self, value: bytes, kind: str, *source: bytes) -> None:
        """Store the value that was computed from a source."""
        self.merge({self._key(kind, source): value})

    def get_or_compute(self, compute: Callable[[], bytes], kind: str, *source: bytes) -> bytes:
        """Return the cached value for a source, or compute it and store it."""
        value = self.get(kind, *source)
        if value is None:
            value = compute()
            self.put(value, kind, *source)
        return value

    def drain(self) -> dict[bytes, bytes]:
        """Return and clear the entries put since the last call, so that another process can `merge` them."""
        new, self._new, self._new_bytes = self._new, {}, 0
        return new

    def merge(self, entries: Mapping[bytes, bytes]) -> None:
        """Add entries that were drained in another process."""
        with self._lock:
            self._new.update(entries)
            self._new_bytes += sum(map(len, entries.values()))
            if self._new_bytes > _MAX_BYTES_IN_MEMORY and not self._is_worker:
                self._save_new()

    def keep_in_memory(self) -> None:
        """Keep all new entries until they are drained: this is a worker process, and the cache is written by another one."""
        self._is_worker = True

    def commit(self) -> None:
        """Save the entries that this build computed, remove those that no build has used for a long time, and close the cache."""
        self.close()
        for former in _FORMER_FILES:
            _remove(self._file.with_name(former))
        self._write(self._insert_new, self._note_use, self._delete_unused)

    def open(self) -> None:
        """Open the entries of earlier builds for reading. May be called again after `close`."""
        self._database: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            if self._file.is_file():
                self._database = sqlite3.connect(f"{self._file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Stop reading, without writing anything."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _save_new(self) -> None:
        """Save the new entries, and forget them if that succeeds."""
        self.close()
        if self._write(self._insert_new):
            self._used |= self._new.keys()
            self._used_bytes += sum(map(len, self._new.values()))
            self._new = {}
        self._new_bytes = 0  # if the cache cannot be written, wait before trying again
        self.open()

    def _write(self, *steps: Callable[[sqlite3.Connection], None]) -> bool:
        """Take these steps in one transaction, in a new file if the old one is damaged, and return whether that succeeded.

        If not, because the disk is full, the folder is read-only or another build has locked the file, only time is lost.
        """
        for _ in range(2):
            if self._is_damaged:
                for ending in ("", *_BESIDE):
                    _remove(self._file.with_name(_FILE + ending))
            try:
                with closing(self._connect()) as database, database:
                    for step in steps:
                        step(database)
                self._is_damaged = False
                return True
            except sqlite3.Error as error:
                if self._is_damaged or not _is_damage(error):
                    return False
                self._is_damaged = True
            except (OSError, MemoryError):
                return False
        return False

    def _connect(self) -> sqlite3.Connection:
        self._file.parent.mkdir(exist_ok=True)
        database = sqlite3.connect(self._file)
        database.execute("PRAGMA synchronous = OFF")  # anything lost in a power cut is computed again
        return database

    def _insert_new(self, database: sqlite3.Connection) -> None:
        database.execute(_TABLE)
        rows = ((key, _digest(key, value) + value, self._today) for key, value in self._new.items())
        database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)

    def _note_use(self, database: sqlite3.Connection) -> None:
        database.executemany("UPDATE entries SET used = ? WHERE key = ?", ((self._today, key) for key in self._used_before_today))

    def _delete_unused(self, database: sqlite3.Connection) -> None:
        database.execute("DELETE FROM entries WHERE used < ?", (self._today - _MAX_UNUSED_DAYS,))
        (size,) = database.execute("SELECT SUM(LENGTH(value) - ?) FROM entries", (_DIGEST_BYTES,)).fetchone()
        if (size or 0) > _MAX_GROWTH * (self._used_bytes + sum(map(len, self._new.values()))):
            database.execute("CREATE TEMPORARY TABLE needed (key BLOB PRIMARY KEY)")
            database.executemany("INSERT INTO needed VALUES (?)", ((key,) for key in self._used | self._new.keys()))
            database.execute("DELETE FROM entries WHERE key NOT IN (SELECT key FROM needed)")

    def _key(self, kind: str, source: tuple[bytes, ...]) -> bytes:
        return digest_of([self._program, kind.encode(), *source])


def _digest(key: bytes, value: bytes) -> bytes:
    """Return the digest that is stored in front of a value. It is of the key, too, so that no value is taken for another."""
    return blake2b(value, digest_size=_DIGEST_BYTES, key=key).digest()


def _checked(key: bytes, stored: object) -> bytes | None:
    """Return the value that was stored under a key, or None if anything else is found there."""
    if not isinstance(stored, bytes):  # in a damaged file, SQLite may find a number or a text
        return None
    value = stored[_DIGEST_BYTES:]
    return value if stored[:_DIGEST_BYTES] == _digest(key, value) else None


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether an error of SQLite means that the file is not, or is no longer, the database that we have written."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # Python's own errors, about broken text for example, have no code
    return code & 0xFF not in _OUTSIDE_CAUSES  # the rest of the code is a detail


def _remove(path: Path) -> None:
    """Remove a file, or a folder that lies in its place, if possible."""
    with suppress(OSError, MemoryError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
