"""Previews the site with live reload. Arguments are passed to `mkdocs serve`.

`--admin` adds the browser editor, at `admin/`. decap-server, which only listens on loopback, writes what is saved there to the
project's own folder.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kanalstrategi.editor.download import FetchError, fetch_decap, fetch_if_wanted, fetch_server, server_environment


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Preview the site in a folder until stopped, and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    preview = [sys.executable, "-m", "mkdocs", "serve", *(argument for argument in given if argument != "--admin")]
    os.chdir(root)
    if "--admin" not in given:
        fetch_if_wanted()
        os.execv(sys.executable, preview)
    try:
        fetch_decap()
        return _serve_with_editor(root, preview, fetch_server())
    except FetchError as error:
        print(error, file=sys.stderr)
        return 1


def _serve_with_editor(root: Path, preview: list[str], server: list[str]) -> int:
    port, environment = server_environment(root, "fs")
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that both processes are ended below
    processes = [
        subprocess.Popen(server, env=environment, cwd=root),
        subprocess.Popen(preview, env={**os.environ, "LOCAL_EDITING": f"http://127.0.0.1:{port}/api/v1"}),
    ]
    print("Redigér under adressen nedenfor, med admin/ efter: det, der gemmes, skrives i docs/", file=sys.stderr, flush=True)
    try:
        return processes[1].wait()
    except KeyboardInterrupt:
        return processes[1].wait()  # Ctrl-C has reached the preview too
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()
