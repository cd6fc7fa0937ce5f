"""The site that the preview shows: the last build, with the pages that are rendered when someone asks for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kanalstrategi.build.scheduler import render_page
from kanalstrategi.build.session import BuildSession

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


class ShownSite:
    """What MkDocs' server (1.6.1) shows. The server builds, and pages are rendered, one at a time.

    `latest` returns the last successful build.
    """

    def __init__(self, server: LiveReloadServer, latest: Callable[[], BuildSession]) -> None:
        self._server, self._latest = server, latest
        self._lock = threading.Lock()  # held while pages are rendered, by a build or by a request for a page
        self._build = server.builder
        server.builder = self._build_alone

    @contextmanager
    def held(self) -> Iterator[BuildSession]:
        """Wait until the site is that of the last save, and give its session. Nothing is built meanwhile."""
        while True:
            with self._server._epoch_cond:  # wait in the same way as the server itself
                self._server._epoch_cond.wait_for(self._is_up_to_date)
            with self._lock:
                if self._is_up_to_date():  # otherwise a build has started meanwhile
                    yield self._latest()
                    return

    def shows(self, session: BuildSession) -> bool:
        """Whether a session is still that of the last save."""
        return self._is_up_to_date() and self._latest() is session

    def with_reload(self, page: bytes) -> bytes:
        """Return a page of HTML with the script that loads it again after the next save."""
        return bytes(self._server._inject_js_into_html(page, self._server._visible_epoch))  # type: ignore[no-untyped-call]  # MkDocs' own has no types

    def _is_up_to_date(self) -> bool:
        return self._server._visible_epoch == self._server._wanted_epoch

    def _build_alone(self) -> None:
        with self._lock:
            self._build()


def render_missing(session: BuildSession, paths: Iterable[str]) -> None:
    """Render those of some pages that have not been rendered since the last save."""
    for path in paths:
        if path not in session.bodies:
            render_page(session, path)
