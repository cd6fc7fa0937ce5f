"""Runs a command of the program as if it were on Windows: what Python lacks there is missing, and what it has in its place is there.

What others have written stays as it is: it knows the system that it runs on. The program itself is imported once it looks like Windows.
Paths and files are those of this machine, and so is whatever a process does that is started from here.
"""

from __future__ import annotations

import builtins
import ctypes
import importlib
import io
import multiprocessing
import os
import pathlib
import runpy
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import popen_fork
from pathlib import Path
from typing import Any

OURS = ("kanalstrategi", "macros")
MISSING_MODULES = "fcntl grp posix pwd readline resource syslog termios".split()
MISSING = {
    os: "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK chown fchmod fchown fork forkpty getegid geteuid getgid getpgid getuid killpg mkfifo nice "
    "posix_spawn register_at_fork sched_getaffinity setsid sysconf uname wait wait3 wait4".split(),
    signal: "ITIMER_PROF ITIMER_REAL ITIMER_VIRTUAL SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGPROF SIGQUIT SIGUSR1 SIGUSR2 alarm pause setitimer".split(),
    time: ["tzset"],
}
NEEDED = (
    "colorama", "kanalstrategi.build.command", "kanalstrategi.build.plugin", "kanalstrategi.cli.main", "kanalstrategi.cli.serve", "mkdocs.__main__",
    "mkdocs.commands.build", "multiprocessing.popen_spawn_posix", "multiprocessing.resource_tracker",
)  # fmt: skip - laid out by hand, as a table


def become_windows() -> None:
    """Change this process, which ends soon."""
    for name in NEEDED:
        importlib.import_module(name)  # with all that they import
    for name in [name for name in sys.modules if name.split(".")[0] in OURS or name == "mkdocs.__main__"]:
        del sys.modules[name]
    kill = os.kill
    replacements: list[tuple[object, str, object]] = [
        (popen_fork.Popen, "kill", lambda process: kill(process.pid, 9)),  # as Windows ends one
        (popen_fork.Popen, "terminate", lambda process: kill(process.pid, 9)),
        (os, "supports_dir_fd", set()),
        (os, "supports_fd", set()),
        (os, "kill", _sends_ctrl_c),
        (multiprocessing, "get_all_start_methods", lambda: ["spawn"]),
        (multiprocessing, "get_context", _only_spawn(multiprocessing.get_context)),
        (ctypes, "WinDLL", lambda name, use_last_error: _Kernel()),
        (ctypes, "get_last_error", lambda: 87),  # there is no such process
        (io, "open", _in_code_page(io.open)),
        (builtins, "open", _in_code_page(io.open)),
        (pathlib, "WindowsPath", pathlib.PosixPath),  # paths are those of this machine
        (os, "name", "nt"),
        (sys, "platform", "win32"),
    ]
    for name in MISSING_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]  # importing it is then an error
    for module, names in MISSING.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    for place, name, value in replacements:
        setattr(place, name, value)


class _Kernel:
    """The part of Windows that is asked whether a process runs."""

    def __init__(self) -> None:
        self.OpenProcess = _OpenProcess()


class _OpenProcess:
    restype: object = None

    def __call__(self, rights: int, inherits: bool, process: int) -> None:
        """Find no process."""


def _sends_ctrl_c(process: int, number: int) -> None:
    raise AssertionError("on Windows, os.kill ends a process, or sends it a Ctrl-C")


def _in_code_page(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return `open` with what Windows does to a text when nothing else is asked for."""

    def open(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        *more: Any,
        **others: Any,
    ) -> Any:
        if "b" not in mode:
            encoding = encoding or "cp1252"
            if newline is None and mode[0] != "r":
                newline = "\r\n"
        return real(file, mode, buffering, encoding, errors, newline, *more, **others)

    return open


def _only_spawn(real: Callable[..., Any]) -> Callable[..., Any]:
    def get_context(method: str | None = None) -> Any:
        assert method in ("spawn", None), f"Windows cannot {method}"
        return real("spawn")

    return get_context


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    become_windows()
    assert os.name == "nt" and type(Path()) is pathlib.PosixPath
    sys.argv = [command, *arguments]
    sys.path[0] = os.getcwd()
    runpy.run_module(command, run_name="__main__", alter_sys=True)
