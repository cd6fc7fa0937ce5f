"""The preview of a project, on a free port, with and without the editor."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from kanalstrategi.editor import download
from tests.support.project import Project

Answer = TypeVar("Answer")
_SERVE = ("-c", "from pathlib import Path; from kanalstrategi.cli.serve import main; main(Path('.'))")

_UNWATCHED = """
from mkdocs.plugins import event_priority

@event_priority(100)
def on_serve(server, **_):
    for path in list(server._watched_paths):
        server.unwatch(path)
"""


@contextlib.contextmanager
def previewing(project: Project, *arguments: str) -> Iterator[str]:
    """Preview a project, as `serve.py` does if there are arguments for it, and yield the URL. The log is in the file `log` of the project."""
    command = _SERVE if arguments else ("-m", "mkdocs", "serve")
    with _serving(project, *command, *arguments) as url:
        yield url


@contextlib.contextmanager
def editing(project: Project, *, rebuilds: bool = True) -> Iterator[str]:
    """Preview a project with the editor, as `serve.py --admin` does, and yield the URL that the editor is opened with.

    With `rebuilds=False`, the site stays as it is when something is saved: tests of the editor alone do not look at it, and a build for
    each of their saves takes half of their time.
    """
    download.fetch_editor()
    if not rebuilds:
        project.replace("mkdocs.yml", "plugins:\n", "hooks:\n  - unwatched.py\n\nplugins:\n")
        project.write("unwatched.py", _UNWATCHED)
    (project.root / ".editor").symlink_to(download.CACHE)
    with _serving(project, *_SERVE, "--admin") as url:
        yield url


@contextlib.contextmanager
def _serving(project: Project, *command: str) -> Iterator[str]:
    project.warm()
    log = project.root / "log"
    with socket.socket() as probe:  # MkDocs does not report which port it has chosen
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *command, "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project.root,
            stdout=output,
            stderr=output,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            started = wait_for(lambda: re.search(r"Serving on (http://\S+)", log.read_text(encoding="utf-8")))
            assert started
            yield started.group(1)
        finally:
            process.kill()
            process.wait()


def wait_for(question: Callable[[], Answer], seconds: float = 60) -> Answer:
    """Return the first answer that is true. Fails after some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError("no answer in time")
