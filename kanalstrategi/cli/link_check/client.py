"""Sends one request, and returns what matters of the answer. It follows no redirect, keeps no cookie and unpacks nothing."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

import httpcore

from kanalstrategi.cli.link_check.network import GuardedBackend, Network
from kanalstrategi.cli.link_check.outcome import LinkError
from kanalstrategi.cli.link_check.targets import Target

_GARBLED = "serveren svarer med noget, der ikke er en hjemmeside"


@dataclass(frozen=True)
class Limits:
    """How long a request may take, in seconds."""

    connect_seconds: float = 10
    read_seconds: float = 20
    """Limit of each silence."""
    total_seconds: float = 40
    """Limit of the whole, however little at a time the server sends."""


@dataclass(frozen=True)
class Answer:
    """What matters of the answer of a server."""

    status: int
    location: str
    """Where it redirects to; empty if it does not say."""
    retry_after: str
    sets_cookie: bool
    body: bytes
    """The beginning of the body, of a request that asks for it."""


class LinkClient:
    """Asks servers, each request on a connection of its own."""

    def __init__(self, network: Network, context: ssl.SSLContext, user_agent: str, limits: Limits) -> None:
        self._network = network
        self._context = context
        self._limits = limits
        self._headers = [
            (b"User-Agent", user_agent.encode("ascii", "replace")),
            (b"Accept", b"text/html,*/*;q=0.8"),
            (b"Accept-Encoding", b"identity"),
            (b"Accept-Language", b"da,en;q=0.5"),
            (b"Connection", b"close"),
        ]

    def ask(self, method: str, target: Target, max_body_bytes: int = 0) -> Answer:
        """Return the answer of a server. No more of its body is read than asked for. Raises LinkError."""
        limits = self._limits
        backend = GuardedBackend(self._network, limits.connect_seconds, limits.total_seconds)
        url = httpcore.URL(scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode())
        headers = [(b"Host", target.origin.partition("//")[2].encode()), *self._headers]
        timeout = {"read": limits.read_seconds, "write": limits.read_seconds, "connect": limits.connect_seconds}
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._context, network_backend=backend, max_keepalive_connections=0) as pool,
                pool.stream(method, url, headers=headers, extensions={"timeout": timeout}) as response,
            ):
                return _answer(response, max_body_bytes)
        except (httpcore.ProtocolError, httpcore.NetworkError) as error:
            raise LinkError(_GARBLED, is_connected=True, has_answer=True) from error


def _answer(response: httpcore.Response, max_body_bytes: int) -> Answer:
    body = b""
    if max_body_bytes:
        for part in response.iter_stream():
            body += part[: max_body_bytes - len(body)]
            if len(body) >= max_body_bytes:
                break
    headers: dict[bytes, bytes] = {}
    for name, value in response.headers:
        headers.setdefault(name.lower(), value)
    location = headers.get(b"location", b"").decode("utf-8", "replace")
    return Answer(response.status, location, headers.get(b"retry-after", b"").decode("latin-1"), b"set-cookie" in headers, body)
