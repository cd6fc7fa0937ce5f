"""Has the preview render a page when someone opens it, the search index when someone searches, and a PDF or Word file when someone reads it.

A save renders only the pages it edits. This keeps the time that it takes independent of the number of pages.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import FileWrapper

from watchdog.observers.polling import PollingObserver

from kanalstrategi.build.preview_pdfs import PreviewPdfs
from kanalstrategi.build.scheduler import render_page
from kanalstrategi.build.search_files import write_search_index
from kanalstrategi.build.session import BuildSession
from kanalstrategi.build.shown_site import ShownSite, render_missing
from kanalstrategi.build.word_files import WORD_TYPE, preview_word_file
from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.editor.local_server import EDITOR_HEADERS, path_of
from kanalstrategi.search.index import EDITIONS_ENTRY_FILE, ENTRY_FILE

_SECONDS_BETWEEN_LOOKS, _MAX_FILES_LOOKED_AT_OFTEN = 0.1, 1000

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from mkdocs.livereload import LiveReloadServer

_RELOADS = "/livereload/"
"""Where MkDocs' server (1.6.1) waits for the next build."""


class _Start:
    """Keeps the head of a response until it is known whether it is sent."""

    status: str
    headers: list[tuple[str, str]]

    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None, /) -> Callable[[bytes], object]:
        self.status, self.headers = status, headers
        return lambda _: None  # MkDocs' server writes nothing in this way


def render_on_demand(server: LiveReloadServer, site: ShownSite, pdfs: PreviewPdfs) -> None:
    """Make MkDocs' server (1.6.1) make missing files of the preview on demand."""
    serve = server.get_app()
    assert serve is not None, "MkDocs has set it"

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = path_of(environ)
        while path.startswith(server.mount_path) and not path.startswith(_RELOADS):
            name = posixpath.normpath("/" + path.removeprefix(server.mount_path)).lstrip("/")
            if response := pdfs.respond(name):
                headers = [("Content-Type", response.kind), ("Content-Length", str(len(response.body))), ("Cache-Control", "no-store")]
                start_response(f"{response.status.value} {response.status.phrase}", [*headers, ("X-Content-Type-Options", "nosniff")])
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]
            with site.held() as session:
                _ensure_rendered(name, session)
                word_file = preview_word_file(name, session)
            if word_file is not None:
                start_response("200 OK", [("Content-Type", WORD_TYPE), ("Content-Length", str(len(word_file))), ("Cache-Control", "no-store")])
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [word_file]
            if path == f"{server.mount_path}admin/":
                # MkDocs would add its script, which the editor's policy forbids, and which would reload the page under the editor's hands.
                with suppress(OSError):
                    page = Path(server.root, "admin/index.html").read_bytes()
                    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page))), *EDITOR_HEADERS])
                    return [page]
            start = _Start()
            body = serve(environ, start)
            if site.shows(session):  # otherwise a build has begun meanwhile, and has removed the page that was rendered
                start_response(start.status, start.headers)
                return body
            if isinstance(body, FileWrapper):
                body.close()
        return serve(environ, start_response)

    server.set_app(app)


def look_often(server: LiveReloadServer, files: int) -> None:
    """Make MkDocs' server (1.6.1) look for changed files every 0.1 seconds instead of every 0.5, unless there are so many that it takes a core.

    It asks for the time of each file, as notifications do not come from every file system.
    """
    if files <= _MAX_FILES_LOOKED_AT_OFTEN:
        paths = list(server._watched_paths)
        for path in paths:
            server.unwatch(path)
        server.observer = PollingObserver(timeout=_SECONDS_BETWEEN_LOOKS)
        for path in paths:
            server.watch(path)


def _ensure_rendered(name: str, session: BuildSession) -> None:
    """Render the page that a file belongs to, if necessary."""
    pending = {page.file.dest_uri: path for path, page in session.skipped.items() if path in session.on_demand}
    is_index = name in (ENTRY_FILE, EDITIONS_ENTRY_FILE)
    wanted = SEARCH_PAGE if is_index else pending.get(name) or pending.get(f"{name}/index.html".lstrip("/"))
    if wanted == SEARCH_PAGE:  # the search page shows the content of all other pages
        render_missing(session, [*session.searched_paths, *session.paths_set_apart])
    if wanted in session.skipped:
        render_page(session, wanted)
    site = Path(session.mkdocs.config.site_dir)
    if is_index and not (site / ENTRY_FILE).exists():
        write_search_index(session, site)
