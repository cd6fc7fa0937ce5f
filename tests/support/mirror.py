"""A mirror of packages with a certificate of its own, and the proxy that is the only way to it, both on loopback."""

from __future__ import annotations

import contextlib
import hashlib
import io
import select
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import ClassVar

import trustme

HOST = "pakker.kommunen.example"
"""The mirror's name, which no name server knows."""
PACKAGE, VERSION = "lille", "1.0"
WHEEL = f"{PACKAGE}-{VERSION}-py3-none-any.whl"


def wheel() -> bytes:
    """Return a package with one module."""
    info = f"{PACKAGE}-{VERSION}.dist-info"
    files = {
        f"{PACKAGE}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: {VERSION}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": f"{PACKAGE}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return content.getvalue()


@dataclass
class Mirror:
    """What a program has to be told to get packages."""

    index: str
    proxy: str
    certificate: Path
    connected: list[str] = field(default_factory=list)
    """The hosts that the proxy was asked for."""


class _Index(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        digest = hashlib.sha256(wheel()).hexdigest()
        pages = {f"/simple/{PACKAGE}/": f'<!doctype html><a href="/files/{WHEEL}#sha256={digest}">{WHEEL}</a>'.encode(), f"/files/{WHEEL}": wheel()}
        body = pages.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "text/html" if self.path.endswith("/") else "application/octet-stream")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Proxy(BaseHTTPRequestHandler):
    target: ClassVar[tuple[str, int]]
    connected: ClassVar[list[str]]

    def do_CONNECT(self) -> None:
        self.connected.append(self.path)
        with socket.create_connection(self.target) as there:
            self.send_response(200)
            self.end_headers()
            ends = {self.connection: there, there: self.connection}
            with contextlib.suppress(OSError):  # one of them has hung up
                while True:
                    for readable in select.select(list(ends), [], [])[0]:
                        if not (data := readable.recv(65536)):
                            return
                        ends[readable].sendall(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def mirror(folder: Path) -> Iterator[Mirror]:
    """Run both servers. The certificate's authority is written into the folder."""
    authority = trustme.CA()
    certificate = folder / "kommunens-ca.pem"
    authority.cert_pem.write_to_path(certificate)
    index = ThreadingHTTPServer(("127.0.0.1", 0), _Index)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    index.socket = context.wrap_socket(index.socket, server_side=True)
    connected: list[str] = []
    handler = type("Proxy", (_Proxy,), {"target": index.server_address[:2], "connected": connected})
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    for server in (index, proxy):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Mirror(f"https://{HOST}/simple/", f"http://127.0.0.1:{proxy.server_port}", certificate, connected)
    for server in (index, proxy):
        server.shutdown()
        server.server_close()
