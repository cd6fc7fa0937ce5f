"""Serves a built site on loopback, with the headers that a real server is configured to send."""

from __future__ import annotations

import contextlib
import http.client
import re
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote, urlsplit

from kanalstrategi.publishing.servers.headers import HeaderRule, header_rules
from kanalstrategi.verification.built_site import BuiltSite

_LOOPBACK = "127.0.0.1"
_SECONDS_BETWEEN_LOOKS = 0.01
"""How long the server takes at most to notice that it shall stop."""
_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""The type of files, keyed by extension: what the machine thinks of them does not matter."""


class _Handler(SimpleHTTPRequestHandler):
    """Answers as a web server for static files does: at the site's path, and with the site's own page where there is nothing."""

    protocol_version = "HTTP/1.1"  # several requests on one connection
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **_TYPES}  # noqa: RUF012 - the base class has it without `ClassVar`, too

    def __init__(self, *arguments: object, base_path: str, rules: Iterable[HeaderRule], **more: object) -> None:
        self._base_path, self._rules = base_path, rules
        super().__init__(*arguments, **more)  # type: ignore[arg-type]  # whatever the server hands over

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        """Return the file for the path of a URL; one that does not exist if it is not below the site's path."""
        asked = urlsplit(path).path
        if not asked.startswith(self._base_path):
            return str(Path(self.directory) / ".not-served")
        return super().translate_path("/" + asked.removeprefix(self._base_path))

    def list_directory(self, path: object) -> None:
        """Answer that there is nothing, since no server of ours lists folders."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the site's own page where there is nothing."""
        file = Path(self.translate_path(self.path))
        if file.exists():
            return super().send_head()
        lost = Path(self.directory) / "404.html"
        content = lost.read_bytes() if lost.is_file() else b""
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def end_headers(self) -> None:
        """Add the headers of the first rule for this URL."""
        url = unquote(urlsplit(self.path).path).removeprefix(self._base_path)
        patterns = {rule.pattern: rule.headers for rule in self._rules}
        for name, value in next((headers for pattern, headers in patterns.items() if re.match(pattern, url)), ()):
            if name != "Strict-Transport-Security":  # which would break every other use of loopback in a browser
                self.send_header(name, value)
        super().end_headers()


@contextlib.contextmanager
def serving(site: BuiltSite) -> Iterator[str]:
    """Serve a site on loopback at the path that it was built for, and yield the URL of its root."""
    hashes = frozenset(hash for page in site.pages.values() for hash in page.scripts if hash in page.policy)
    handler = partial(_Handler, directory=str(site.folder), base_path=site.base_path, rules=header_rules(hashes))
    server = ThreadingHTTPServer((_LOOPBACK, 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(_SECONDS_BETWEEN_LOOKS,), daemon=True).start()
    try:
        yield f"http://{_LOOPBACK}:{server.server_port}{site.base_path}"
    finally:
        server.shutdown()
        server.server_close()


def answers(site: BuiltSite, urls: Iterable[str]) -> dict[str, int]:
    """Return the HTTP status that each URL, relative to the site's root, is answered with. Redirects of the server itself are followed."""
    found: dict[str, int] = {}
    with serving(site) as root:
        connection = http.client.HTTPConnection(urlsplit(root).netloc)
        try:
            for url in urls:
                found[url] = _status(connection, site.base_path + quote(url))
        finally:
            connection.close()
    return found


def _status(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("HEAD", path)
    answer = connection.getresponse()
    answer.read()
    if answer.status == HTTPStatus.MOVED_PERMANENTLY and (target := answer.getheader("Location")):
        return _status(connection, urlsplit(target).path) if urlsplit(target).path != path else answer.status
    return answer.status
