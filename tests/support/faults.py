"""Makes a single write of a program fail, below Python's libraries: a full disk, missing rights, too little memory, a kill.

It is imported into the program's processes before everything else, and so stands alone. A write is known by what it does, to which file,
and how many times this process has done that before. Those of numbered or random names are known by the rest of the name.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import itertools
import json
import os
import re
import signal
import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

ERRORS = {name: getattr(errno, name) for name in ("ENOSPC", "EACCES", "EROFS", "EIO")}
FAULTS = (*ERRORS, "memory", "killed", "worker-killed")
"""What may happen to a write. `killed` ends the whole group of processes, `worker-killed` only the process that writes."""
EVERY = "*"
"""Stands for all writes to files."""
STARTS = ("fork", "thread")
"""What is watched, too, though it writes nothing."""
_SQLITE_CODES = {
    "ENOSPC": sqlite3.SQLITE_FULL,
    "EACCES": sqlite3.SQLITE_CANTOPEN,
    "EROFS": sqlite3.SQLITE_READONLY,
    "EIO": sqlite3.SQLITE_IOERR,
}
_SQLITE_READS = ("SELECT", "PRAGMA")
_OWN = f"{os.sep}kanalstrategi{os.sep}"
_NUMBERED = re.compile(r"(?<=-)\d+(?=/|$)|(?<=r)\d+x\d+")
_SHORT_READ = 2
"""A write that fails has written this part of its bytes: half."""


@dataclass
class Plan:
    """Which write of the process, and of those that it forks, fails how."""

    folders: tuple[str, ...]
    """Only what is written below these folders is watched."""
    log: str = ""
    """The file that each watched write is noted in, one JSON record a line; none if empty."""
    fault: str = ""
    write: str = ""
    """The write that fails once, or EVERY."""
    fired: str = ""
    """The file that says that the write has failed, once for all processes."""
    main: int = 0
    """The process that is not a worker."""
    counts: Counter[str] = field(default_factory=Counter)
    pid: int = 0
    """The process that the counts are of."""


_plan = Plan(())
_lock = threading.RLock()
_os_open, _os_write, _os_close = os.open, os.write, os.close
"""The real ones, for what is written here."""


def start(plan: Plan) -> None:
    """Follow a plan from now on."""
    global _plan  # noqa: PLW0603 - the functions that are replaced have no other place for it
    _plan = plan


def install() -> None:
    """Replace the functions that write. Without a plan they do what they did."""
    if isinstance(builtins.open, type(_open)) and builtins.open is _open:
        return
    builtins.open = io.open = _open
    os.open = _watched(os.open, "open", 0, _creates)
    for name in ("mkdir", "unlink", "remove", "rmdir", "truncate"):
        setattr(os, name, _watched(getattr(os, name), name.replace("remove", "unlink"), 0))
    for name in ("rename", "replace", "link", "symlink"):
        setattr(os, name, _watched(getattr(os, name), name.replace("replace", "rename"), 1))
    os.fork = _watched_start(os.fork, "fork")
    threading._start_new_thread = _watched_start(threading._start_new_thread, "thread")  # type: ignore[attr-defined]  # the module's own, which types do not know
    del os.sendfile  # then shutil writes what it copies, as it does elsewhere
    import shutil
    import tempfile

    numbers = itertools.count()
    tempfile._RandomNameSequence.__next__ = lambda _: f"r{os.getpid()}x{next(numbers)}"  # type: ignore[attr-defined]  # the module's own, which types do not know
    shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]  # the module's own, which types do not know
    connect = sqlite3.connect
    sqlite3.connect = lambda database, *arguments, **options: connect(database, *arguments, **{"factory": _Connection, **options})


def _path(value: Any, dir_fd: int | None = None) -> str:
    """Return the absolute path of an argument, or an empty text if it is no path."""
    if not isinstance(value, str | bytes | os.PathLike):
        return ""
    folder = os.readlink(f"/proc/self/fd/{dir_fd}") if dir_fd is not None else os.getcwd()
    return os.path.normpath(os.path.join(folder, os.fsdecode(value)))


def _watched(function: Callable[..., Any], operation: str, position: int, condition: Callable[..., bool] = lambda *_: True) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        if condition(*arguments) and (path := _path(arguments[position], options.get("dst_dir_fd", options.get("dir_fd")))):
            _fail_if_planned(operation, path)
        return function(*arguments, **options)

    return call


def _watched_start(function: Callable[..., Any], operation: str) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        if _plan.folders and threading.current_thread() is threading.main_thread():
            _fail_if_planned(operation, os.path.join(_plan.folders[0], ""))
        return function(*arguments, **options)

    return call


def _creates(path: Any, flags: int = 0, *_: Any) -> bool:
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))


class _RawFile(io.FileIO):
    """A file that is written without a buffer."""

    def write(self, content: Any, /) -> int:
        with memoryview(content) as view:
            _fail_if_planned("write", self._watched_path, lambda: super(_RawFile, self).write(view[: view.nbytes // _SHORT_READ]))
        return super().write(content)

    _watched_path = ""


def _open(
    file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None, newline: Any = None, closefd: bool = True, opener: Any = None
) -> Any:
    """Do what `open` does."""
    path = _path(file)
    if not set(mode) & set("wax+") or not path or not _is_watched(path):
        return _real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    if opener is None:  # otherwise `os.open` is called by it
        _fail_if_planned("open", path)
    raw = _RawFile(file, mode.replace("b", "").replace("t", ""), closefd, opener)
    raw._watched_path = path
    if buffering == 0:
        return raw
    buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
    if "b" in mode:
        return buffered
    text = io.TextIOWrapper(buffered, encoding, errors, newline)
    text.mode = mode  # type: ignore[misc]  # as `open` does
    return text


_real_open = io.open


class _Connection(sqlite3.Connection):
    """A connection to a database. SQLite writes in C, so the statement is what fails."""

    def __init__(self, database: Any, *arguments: Any, **options: Any) -> None:
        self._file = "" if options.get("uri") or database == ":memory:" else _path(database)
        if self._file:
            self._fail_if_planned("connect")
        super().__init__(database, *arguments, **options)

    def execute(self, sql: str, *arguments: Any) -> Any:
        self._fail_before(sql)
        return super().execute(sql, *arguments)

    def executemany(self, sql: str, *arguments: Any) -> Any:
        self._fail_before(sql)
        return super().executemany(sql, *arguments)

    def executescript(self, script: str, /) -> Any:
        self._fail_before(script)
        return super().executescript(script)

    def __exit__(self, *arguments: Any) -> Any:
        self._fail_before("COMMIT")
        return super().__exit__(*arguments)

    def _fail_before(self, sql: str) -> None:
        if self._file and not sql.startswith(_SQLITE_READS):
            self._fail_if_planned(sql.split()[0])

    def _fail_if_planned(self, statement: str) -> None:
        try:
            _fail_if_planned(f"sqlite-{statement}", self._file)
        except OSError as fault:
            error = sqlite3.OperationalError(fault.strerror)
            error.sqlite_errorcode = _SQLITE_CODES[next(name for name, code in ERRORS.items() if code == fault.errno)]
            raise error from None


def _is_watched(path: str) -> bool:
    return any(path.startswith(folder + os.sep) for folder in _plan.folders)


def _fail_if_planned(operation: str, path: str, write_half: Callable[[], object] = lambda: None) -> None:
    """Note a write, and let it fail if that is the plan."""
    plan = _plan
    if not _is_watched(path):
        return
    number, short = next((str(number), path[len(folder) :]) for number, folder in enumerate(plan.folders) if path.startswith(folder + os.sep))
    process = "main" if plan.main == os.getpid() else "worker"
    name = f"{process} {operation} {number}{_NUMBERED.sub('N', short)}"
    with _lock:
        if plan.pid != os.getpid():
            plan.pid, plan.counts = os.getpid(), Counter()
        plan.counts[name] += 1
        name = f"{name} {plan.counts[name]}"
    if plan.log:
        record = {"write": name, "kind": f"{process} {operation} {_writer()}"}
        _append(plan.log, json.dumps(record) + "\n")
    is_meant = operation not in STARTS if plan.write == EVERY else name == plan.write
    if plan.fault and is_meant and (plan.write == EVERY or _is_first(plan.fired)):
        _fail(plan.fault, operation, path, write_half)


def _fail(fault: str, operation: str, path: str, write_half: Callable[[], object]) -> None:
    if fault in ("killed", "worker-killed", "ENOSPC"):
        write_half()
    if fault == "killed":
        os.killpg(0, signal.SIGKILL)
    if fault == "worker-killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault in ("killed", "worker-killed"):
        signal.pause()
    if operation == "thread":
        raise RuntimeError("can't start new thread")
    if fault == "memory":
        raise MemoryError
    number = ERRORS[fault] if operation != "fork" else errno.EAGAIN
    raise OSError(number, os.strerror(number), *([path] if operation not in ("write", "fork") else []))


def _is_first(file: str) -> bool:
    with contextlib.suppress(FileExistsError):
        _os_close(_os_open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        return True
    return False


def _append(file: str, text: str) -> None:
    descriptor = _os_open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _os_write(descriptor, text.encode())
    _os_close(descriptor)


def _writer() -> str:
    """Return the function of ours that writes, or else the one of a library that is nearest to the program."""
    frames = [frame for frame in _frames() if frame.f_code.co_filename not in (__file__, "<frozen runpy>")]
    own = (frame for frame in frames if _OWN in frame.f_code.co_filename)
    frame = next(own, frames[-1])
    library = next((f"{Path(f.f_code.co_filename).stem}" for f in frames if "site-packages" in f.f_code.co_filename), "")
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name} {library}".strip()


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)
    while frame:
        yield frame
        frame = frame.f_back
