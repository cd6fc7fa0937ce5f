"""Puts the door in front of MkDocs' server (1.6.1), so that the preview answers the person at this machine only."""

from __future__ import annotations

import io
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kanalstrategi.build.messages import stop
from kanalstrategi.diagnostics import printable
from kanalstrategi.editor.docs_folder import DocsFolder
from kanalstrategi.editor.door import Door, is_loopback
from kanalstrategi.editor.door_page import DoorSite
from kanalstrategi.editor.local_api import Workplace
from kanalstrategi.editor.local_server import guarded
from kanalstrategi.editor.review import Review
from kanalstrategi.editor.site import LOCAL_EDITING
from kanalstrategi.editor.word_files import WordFiles

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

SECONDS_WITHOUT_DATA = 30
"""How long a connection may stay silent before it is closed."""


def require_door(config: MkDocsConfig) -> None:
    """Stop unless the preview that is about to start can be guarded: reachable from this machine alone, and known to us (`on_serve`)."""
    host, port = config.dev_addr
    if not is_loopback(host):
        stop([f"{printable(host)}: forhåndsvisningen kan kun ses på denne maskine – brug `--dev-addr 127.0.0.1:{port}`"])
    context = click.get_current_context(silent=True)
    if context and not context.params.get("livereload", True):
        stop(["--no-livereload: forhåndsvisningen kan ikke beskyttes uden – kør den uden det valg"])


def guard(server: LiveReloadServer, project: Path, review: Review, word_files: WordFiles, site: Callable[[], DoorSite]) -> None:
    """Let in only whom the door lets in, and answer the editor if it was asked for. Call this after everything else about the server is set.

    `site` returns what is said of the site to someone who has no key.
    """
    serve = server.get_app()
    assert serve is not None, "MkDocs has set it"
    host, port = str(server.server_address[0]), int(server.server_address[1])
    door = Door(host, port, server.mount_path)
    workplace = Workplace(DocsFolder(project), review, word_files) if os.environ.get(LOCAL_EDITING) else None
    server.set_app(guarded(serve, door, server.mount_path, workplace, site))
    _tolerate_clients(server)
    if workplace:
        server.url = door.editor_url  # which `--open` opens
        print(f"Redigér på {door.editor_url} – det, der gemmes, skrives i docs/", file=sys.stderr, flush=True)


def _tolerate_clients(server: LiveReloadServer) -> None:
    """Let no client, whatever it sends and however slowly, print a traceback or characters that steer the terminal."""
    known = server.RequestHandlerClass

    class Handler(known):  # type: ignore[valid-type, misc]  # MkDocs' own class, which has no public name
        timeout = SECONDS_WITHOUT_DATA
        requestline: str

        def setup(self) -> None:
            super().setup()
            self.wfile = _Writer(self.connection)

        def handle(self) -> None:
            with suppress(OSError):
                super().handle()

        def log_request(self, code: object = "-", size: object = "-") -> None:
            self.requestline = printable(self.requestline)
            super().log_request(code, size)

    server.RequestHandlerClass = Handler


class _Writer(io.BufferedIOBase):
    """Writes to a connection. wsgiref, which prints a traceback for other errors, expects that a connection may break."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise BrokenPipeError from error
        return len(data)
