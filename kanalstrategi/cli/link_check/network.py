"""Connects to machines on the open internet, and to no others: the gate that every request of the link check goes through.

A name is looked up once for each connection. If any of its addresses is inside, nothing is connected to; otherwise the connection goes to
one of the very addresses that were looked at, so a name that changes its address in between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import errno
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import certifi
import httpcore

from kanalstrategi.cli.link_check.addresses import is_public
from kanalstrategi.cli.link_check.outcome import LinkError, Verdict

MAX_ADDRESSES = 4
"""How many addresses of a host are tried."""

_TOO_SLOW = "serveren svarer ikke i tide"
_UNREACHABLE = "serveren kan ikke nås"
_HUNG_UP = "serveren afbryder forbindelsen"
_CERTIFICATE_ERRORS = {
    10: "certifikatet er udløbet",
    18: "certifikatet er udstedt af serveren selv",
    19: "certifikatet er udstedt af en, browsere ikke kender",
    20: "certifikatet er udstedt af en, browsere ikke kender",
    62: "certifikatet gælder et andet navn",
    64: "certifikatet gælder et andet navn",
}
"""What is wrong with a certificate, keyed by OpenSSL's number."""


def look_up(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an IP address. Raises OSError."""
    return socket.create_connection((address, port), seconds)


def trusted_authorities() -> ssl.SSLContext:
    """Return what decides which certificates are trusted: the authorities of the system, and those of Mozilla."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True)
class Network:
    """How the network is reached. Tests hand in names and machines of their own; what may be reached is the same for all."""

    look_up: Callable[[str, int], Sequence[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    clock: Callable[[], float] = time.monotonic
    """Seconds since some time in the past."""
    sleep: Callable[[float], None] = time.sleep


class GuardedBackend(httpcore.NetworkBackend):
    """Connects one request, within a number of seconds from now."""

    def __init__(self, network: Network, connect_seconds: float, total_seconds: float) -> None:
        self._network = network
        self._connect_seconds = connect_seconds
        self._deadline = network.clock() + total_seconds

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Return a connection to a host. Raises LinkError if it cannot be reached, or if one of its addresses is inside."""
        addresses = self._public_addresses(host, port)
        error: OSError = OSError(errno.EHOSTUNREACH, "")
        for address in addresses[:MAX_ADDRESSES]:
            try:
                connection = self._network.connect(address, port, min(self._connect_seconds, self.seconds_left()))
            except OSError as failure:
                error = failure
            else:
                return _Stream(connection, self)
        if isinstance(error, TimeoutError):
            raise LinkError(_TOO_SLOW) from error
        raise LinkError("serveren afviser forbindelsen" if isinstance(error, ConnectionRefusedError) else _UNREACHABLE) from error

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        """Raise LinkError: no link leads to a socket of this machine."""
        raise LinkError(_UNREACHABLE)

    def seconds_left(self) -> float:
        """Return how long the request may still take. Raises LinkError if its time is over, however little at a time the server sends."""
        left = self._deadline - self._network.clock()
        if left <= 0:
            raise LinkError(_TOO_SLOW, is_connected=True)
        return left

    def _public_addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._network.look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise LinkError("hjemmesidens navn kan ikke slås op") from error
        if not addresses:
            raise LinkError("hjemmesidens navn kan ikke slås op")
        if not all(map(is_public, addresses)):
            raise LinkError("hjemmesidens navn fører herfra til et lukket net", Verdict.UNCHECKED)
        return addresses


class _Stream(httpcore.NetworkStream):
    """One connection. Every read and write ends when the time of the request is over."""

    def __init__(self, connection: socket.socket, backend: GuardedBackend) -> None:
        self._connection = connection
        self._backend = backend
        self._has_read = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return some bytes, or none at the end. Raises LinkError."""
        self._limit(timeout)
        try:
            received = self._connection.recv(max_bytes)
        except TimeoutError as error:
            raise LinkError(_TOO_SLOW, is_connected=True) from error
        except OSError as error:
            raise LinkError(_HUNG_UP, is_connected=True) from error
        if not received and not self._has_read:
            raise LinkError(_HUNG_UP, is_connected=True)
        self._has_read = True
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send some bytes. A server that has hung up may have answered before: that is found out by reading."""
        self._limit(timeout)
        try:
            self._connection.sendall(buffer)
        except TimeoutError as error:
            raise LinkError(_TOO_SLOW, is_connected=True) from error
        except OSError as error:
            raise httpcore.WriteError from error

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        """Return the connection, encrypted, with the certificate looked at. Raises LinkError."""
        self._limit(timeout)
        try:
            return _Stream(ssl_context.wrap_socket(self._connection, server_hostname=server_hostname), self._backend)
        except ssl.SSLCertVerificationError as error:
            self.close()
            reason = _CERTIFICATE_ERRORS.get(error.verify_code, "certifikatet er ikke i orden")
            raise LinkError(reason, has_answer=True) from error
        except TimeoutError as error:
            self.close()
            raise LinkError(_TOO_SLOW) from error
        except (OSError, ValueError) as error:  # ValueError: a name that no certificate can have
            self.close()
            raise LinkError("der kan ikke oprettes en sikker forbindelse til serveren") from error

    def get_extra_info(self, info: str) -> Any:
        """Return nothing: a connection is used once, and httpcore need not know more of it."""
        return None

    def _limit(self, timeout: float | None) -> None:
        left = self._backend.seconds_left()
        self._connection.settimeout(left if timeout is None else min(timeout, left))
