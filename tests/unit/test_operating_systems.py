"""What Windows or macOS lacks is used in one module, and whatever is written is the same bytes there. `tests/site/test_on_windows.py` runs it."""

from __future__ import annotations

import ast
import ctypes
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest

from kanalstrategi import operating_system
from kanalstrategi.file_system import explain
from tests.support.project import ROOT

FOLDERS = ("kanalstrategi", "macros", "scripts")
OF_SYSTEMS = {"kanalstrategi/operating_system.py", "kanalstrategi/editor/held_folder.py", "scripts/environment.py"}
"""Where such names may stand, each with a way round; environment.py uses the standard library alone."""
MODULES = set("fcntl grp posix pty pwd readline resource spwd syslog termios tty".split())
ATTRIBUTES = {
    "os": set(
        "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK chown confstr execl execle execlp execv execve execvp execvpe fchdir fchmod fchown fork forkpty getegid "
        "geteuid getgid getgroups getloadavg getpgid getpgrp getpriority getresuid getsid getuid kill killpg lchown mkfifo mknod nice openpty pipe2 "
        "posix_spawn pread pwrite register_at_fork sched_getaffinity setegid seteuid setgid setpgid setpriority setsid setuid statvfs sync sysconf ttyname "
        "uname wait wait3 wait4".split()
    ),
    "signal": set(
        "ITIMER_PROF ITIMER_REAL ITIMER_VIRTUAL SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGPROF SIGQUIT SIGUSR1 SIGUSR2 SIGVTALRM alarm pause pthread_kill "
        "pthread_sigmask setitimer siginterrupt sigwait".split()
    ),
    "ctypes": {"CDLL", "WinDLL", "windll"},
}
"""Names that one of the systems lacks, or means something else by: on Windows, `os.kill` ends a process and `os.execv` leaves its shell."""
KEYWORDS = {"dir_fd", "src_dir_fd", "dst_dir_fd"}
START_METHODS = {"fork", "forkserver"}
PLACES = ("/proc/", "/dev/", "/tmp/", "/usr/", "/etc/", "/var/")
OF_LINUX_ALONE = {"kanalstrategi/pdf/wkhtmltopdf/runner.py"}
"""The second PDF engine, of which there is a program for each system, but fonts where Linux has them."""


def files() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for file in (ROOT / folder).rglob("*.py"):
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def not_everywhere(tree: ast.Module) -> Iterator[str]:
    """What a module uses that one of the systems lacks."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in MODULES)
            case ast.ImportFrom(module=module, names=names):
                yield from (f"{module}.{alias.name}" for alias in names if module in MODULES or alias.name in ATTRIBUTES.get(module or "", ()))
            case ast.Attribute(value=ast.Name(id=module), attr=name) if name in ATTRIBUTES.get(module, ()):
                yield f"{module}.{name}"
            case ast.keyword(arg=str(name)) if name in KEYWORDS:
                yield name
            case ast.Call(func=ast.Attribute(attr=("get_context" | "set_start_method" | "symlink_to") as name)):
                arguments = {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
                if name == "symlink_to" or arguments & START_METHODS:
                    yield name
            case ast.Constant(value=str(text)) if id(node) not in docstrings and text.startswith(PLACES):
                yield text


def test_what_a_system_lacks_is_used_in_one_place() -> None:
    found = {name: sorted(set(not_everywhere(tree))) for name, tree in files() if name not in OF_SYSTEMS | OF_LINUX_ALONE}
    assert {name: uses for name, uses in found.items() if uses} == {}
    inside = {name: set(not_everywhere(tree)) for name, tree in files() if name in OF_SYSTEMS}
    assert inside.keys() == OF_SYSTEMS and all(inside.values())  # the test finds them
    source = "import pwd\nfrom os import fork\nos.geteuid()\nopen(x, dir_fd=1)\nopen('/proc/1')\nmultiprocessing.get_context('fork')\n"
    assert len(set(not_everywhere(ast.parse(source)))) == 6


def test_text_is_read_and_written_the_same_everywhere() -> None:
    """Python otherwise takes the encoding from the language of the system, and writes other line ends on Windows."""
    wrong = []
    for name, tree in files():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            given = {keyword.arg for keyword in node.keywords}
            modes = [argument.value for argument in [*node.args, *(keyword.value for keyword in node.keywords)] if isinstance(argument, ast.Constant)]
            is_text = called == "open" and any(mode in ("r", "w", "a", "x") for mode in modes)
            is_metadata = called == "read_text" and modes == ["direct_url.json"]  # of an installed package, which `importlib` reads as UTF-8
            if ((called == "read_text" and not is_metadata) or is_text) and "encoding" not in given:
                wrong.append(f"{name}:{node.lineno}: {called}")
            if called == "write_text" and not {"encoding", "newline"} <= given:
                wrong.append(f"{name}:{node.lineno}: {called}")
    assert wrong == []


# What stands in for it


def test_whether_a_process_runs() -> None:
    assert operating_system.is_running(os.getpid()) and operating_system.is_running(1)
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert not operating_system.is_running(process.pid)


@pytest.mark.parametrize(("handle", "answer", "error", "runs"), [(7, 0x102, 0, True), (7, 0, 0, False), (None, 0, 5, True), (None, 0, 87, False)])
def test_whether_a_process_runs_on_windows(monkeypatch: pytest.MonkeyPatch, handle: int | None, answer: int, error: int, runs: bool) -> None:
    kernel = SimpleNamespace(
        OpenProcess=mock.Mock(return_value=handle), WaitForSingleObject=mock.Mock(return_value=answer), CloseHandle=mock.Mock(return_value=1)
    )
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, use_last_error: kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: error, raising=False)
    monkeypatch.setattr(os, "kill", mock.Mock(side_effect=AssertionError("it would be sent a Ctrl-C")))
    assert operating_system.is_running(4711) is runs
    assert kernel.CloseHandle.call_count == bool(handle)


def test_renaming_waits_for_whoever_looks_at_a_file_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old").mkdir()
    refusals = [PermissionError(errno.EACCES, "in use")] * 3
    real = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return real(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PermissionError):  # elsewhere, waiting would not help
        operating_system.rename(tmp_path / "old", tmp_path / "new")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(operating_system, "time", mock.Mock())
    operating_system.rename(tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "new").is_dir() and not refusals
    refusals += [PermissionError(errno.EACCES, "in use")] * 9
    with pytest.raises(PermissionError):
        operating_system.rename(tmp_path / "new", tmp_path / "old")


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_a_program_in_the_place_of_this_one(platform: str) -> None:
    code = (
        f"import sys; from kanalstrategi import operating_system; sys.platform = {platform!r}\n"
        "operating_system.run_instead([sys.executable, '-c', 'import os, sys; print(os.environ[\"A\"]); sys.exit(3)'], {'A': 'b'})"
    )
    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (process.returncode, process.stdout) == (3, "b\n"), process.stderr


def test_no_timers_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr(signal, "setitimer")
    operating_system.start_alarm(0.001, mock.Mock(side_effect=AssertionError), wall_clock=True)
    operating_system.stop_alarms()


@pytest.mark.parametrize(
    ("winerror", "name", "words"),
    [
        (32, "site/index.html", "et andet program har den åben – luk det"),
        (5, "site", "mangler rettigheder, eller et andet program har den åben"),
        (206, "x", "stien er for lang til Windows"),
        (3, "x" * 300, "stien er for lang til Windows"),
        (3, "x", "den findes ikke"),
    ],
)
def test_what_windows_refuses_is_said_in_danish(winerror: int, name: str, words: str) -> None:
    error = OSError(errno.ENOENT if winerror == 3 else errno.EACCES, "Access is denied", name)
    error.winerror = winerror  # type: ignore[attr-defined]  # it is there on Windows alone
    assert words in explain(error)
