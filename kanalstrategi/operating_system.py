"""What is not the same on Linux, macOS and Windows: processes, locks, timers and renaming. Nothing else uses what one of them lacks."""

from __future__ import annotations

import ctypes
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path
from types import FrameType
from typing import NoReturn

if sys.platform != "win32":
    import fcntl

FORKING_IS_SAFE = sys.platform == "linux"
"""Whether a process without other threads may fork. macOS advises against it, and Windows cannot."""
_SECONDS_BETWEEN_TRIES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""How long to wait before renaming is tried again on Windows, where a scanner for viruses may look at a new file just then."""
_SYNCHRONIZE, _ACCESS_DENIED, _WAIT_TIMEOUT = 0x0010_0000, 5, 0x102
"""Numbers of the Windows API: the right to wait for a process, the error without it, and the answer that the process still runs."""


def start_alarm(seconds: float, on_alarm: Callable[[int, FrameType | None], None], *, wall_clock: bool) -> None:
    """Call a function after some seconds of this process's time, or of elapsed time. Does nothing where the system has no such timers."""
    if sys.platform != "win32":
        number, timer = (signal.SIGALRM, signal.ITIMER_REAL) if wall_clock else (signal.SIGPROF, signal.ITIMER_PROF)
        signal.signal(number, on_alarm)
        signal.setitimer(timer, seconds)


def stop_alarms() -> None:
    """Cancel what `start_alarm` has begun."""
    if sys.platform != "win32":
        for timer in (signal.ITIMER_REAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 0)


def is_running(process_id: int) -> bool:
    """Whether there is a process with this number, whoever's it is."""
    if sys.platform == "win32":
        return _is_running_on_windows(process_id)  # where `os.kill` would send it a Ctrl-C
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_running_on_windows(process_id: int) -> bool:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]  # it is there on Windows alone
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.OpenProcess(_SYNCHRONIZE, False, process_id))
    if not handle.value:
        return bool(ctypes.get_last_error() == _ACCESS_DENIED)  # type: ignore[attr-defined]  # likewise
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == _WAIT_TIMEOUT)
    finally:
        kernel.CloseHandle(handle)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep out other processes that lock this folder, where the system and the file system have such locks."""
    descriptor = -1
    if sys.platform != "win32":
        with suppress(OSError):  # not all network file systems have locks
            descriptor = os.open(folder, os.O_RDONLY)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if descriptor != -1:
            os.close(descriptor)


def rename(source: Path, target: Path) -> None:
    """Rename a file or folder to a name that is free. Windows refuses that while a program has one of its files open: it is tried for a while."""
    for seconds in _SECONDS_BETWEEN_TRIES if sys.platform == "win32" else ():
        try:
            source.rename(target)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    source.rename(target)


def run_instead(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Run a program in the place of this one. Windows cannot do that: there, this process waits and ends as the program does."""
    if sys.platform == "win32":
        try:
            sys.exit(subprocess.call(command, env=environment))
        except KeyboardInterrupt:  # a Ctrl-C reaches both
            sys.exit(130)
    os.execve(command[0], [*command], environment)


def forking_context() -> BaseContext:
    """Return the means to start processes as copies of this one. Only call it where FORKING_IS_SAFE."""
    return multiprocessing.get_context("fork")


def process_context(preloaded: Sequence[str]) -> BaseContext:
    """Return the means to start processes from a process that has imported some modules, where the system has that; else each imports them."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preloaded))
    return context


def start_preloading() -> None:
    """Begin to import what `process_context` was given, in the background. Does nothing where there is no such process."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver  # imported here, because Windows may lack what it needs

        forkserver.ensure_running()


def release_memory() -> None:
    """Have the C library give freed memory back to the system, also what lies between blocks still in use. Only glibc can be asked."""
    if trim := _malloc_trim():
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none


def write_utf8() -> None:
    """Write UTF-8 to the standard streams, whatever the language of the shell or the code page of the console."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
