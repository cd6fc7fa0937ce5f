"""An internet on loopback for the link check: names, addresses, servers with every kind of trouble, and a machine inside that nobody may reach.

What may be reached is decided by the product as it is. Only the names and the last step, the connection to an address that the product
has chosen, are ours: public addresses lead to the servers here, and every other address to the machine inside, which counts.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import socket
import ssl
import struct
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

import trustme

from kanalstrategi.cli.link_check.network import Network

PUBLIC = "8.8.0.1"
"""The address of every server outside."""
SILENT, REFUSING = "8.8.0.2", "8.8.0.3"
"""An address where nobody takes the call, and one where the call is refused."""
MAX_SECONDS = 60
"""How long a server waits before it gives up a test that hangs."""


class Step(Enum):
    """What a server can do besides sending."""

    HOLD = "say nothing until the other side hangs up"
    RESET = "break the connection off"


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]
    time: float
    """On the clock of the test."""
    scheme: str


Answer = Iterable[bytes | float | Step]
"""What a server does, step by step: bytes are sent, a number is the seconds that pass."""
Names = tuple[str, ...] | list[tuple[str, ...]]
"""The addresses of a host, or a list of what one lookup after the other answers."""
Server = Callable[[Asked], Answer]


def reply(status: int, body: bytes = b"", **headers: str) -> list[bytes]:
    """Return a whole answer. In the names of headers, `_` stands for `-`."""
    lines = [f"HTTP/1.1 {status} X", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()), f"Content-Length: {len(body)}"]
    return ["\r\n".join([*lines, "", ""]).encode() + body]


@dataclass
class Clock:
    """A clock that only moves when somebody sleeps, or a server lets time pass."""

    now: float = 0
    sleeps: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass, as the product does."""
        self.sleeps.append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        """Let time pass, as a server does."""
        with self._lock:
            self.now += seconds


class Outside:
    """The servers outside, and the machine inside."""

    def __init__(self, servers: Mapping[str, Server], names: Mapping[str, Names]) -> None:
        self.clock = Clock()
        self.asked: list[Asked] = []
        self.inside = 0
        """How often somebody has connected to a machine inside."""
        self.most_at_once: defaultdict[str, int] = defaultdict(int)
        self.authority = trustme.CA()
        self._servers = servers
        self._names = {name: [list(step) for step in steps] if isinstance(steps, list) else [list(steps)] for name, steps in names.items()}
        self._lookups: defaultdict[str, int] = defaultdict(int)
        self._active: defaultdict[str, int] = defaultdict(int)
        self._guard = threading.Lock()
        self._ports: dict[int, int] = {}
        self._listeners: list[socket.socket] = []
        self._contexts = self._certificates()

    @property
    def network(self) -> Network:
        """The network that the product gets."""
        return Network(self._look_up, self._connect, self.clock, self.clock.sleep)

    def trust(self) -> ssl.SSLContext:
        """Return a context that trusts the authority here, and nobody else."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context

    def requests(self, host: str) -> list[tuple[str, str]]:
        """Return the method and the path of each request to a host, without those for robots.txt."""
        return [(asked.method, asked.path) for asked in self.asked if asked.host == host and asked.path != "/robots.txt"]

    def start(self) -> None:
        """Listen."""
        for port, scheme in ((80, "http"), (443, "https")):
            self._ports[port] = self._listen(functools.partial(self._serve, scheme))
        self._ports[0] = self._listen(lambda connection: connection.close())

    def stop(self) -> None:
        """Listen no more."""
        for listener in self._listeners:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _look_up(self, host: str, port: int) -> list[str]:
        with self._guard:
            number = self._lookups[host]
            self._lookups[host] += 1
        steps = self._names.get(host, [[PUBLIC]] if host in self._servers else [])
        if not steps:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return steps[min(number, len(steps) - 1)]

    def _connect(self, address: str, port: int, seconds: float) -> socket.socket:
        if address == SILENT:
            raise TimeoutError
        if address == REFUSING:
            raise ConnectionRefusedError
        if address != PUBLIC or port not in (80, 443):
            with self._guard:
                self.inside += 1
            return socket.create_connection(("127.0.0.1", self._ports[0]), MAX_SECONDS)
        return socket.create_connection(("127.0.0.1", self._ports[port]), seconds)

    def _listen(self, serve: Callable[[socket.socket], None]) -> int:
        listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._listeners.append(listener)

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return int(listener.getsockname()[1])

    def _serve(self, scheme: str, connection: socket.socket) -> None:
        connection.settimeout(MAX_SECONDS)
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            if scheme == "https":
                connection = self._contexts[""].wrap_socket(connection, server_side=True)
            stack.callback(connection.close)
            head = b""
            while b"\r\n\r\n" not in head and (part := connection.recv(65536)):
                head += part
            if not head:
                return
            asked = self._read(head.decode("latin-1"), scheme)
            with self._guard:
                self.asked.append(asked)
                self._active[asked.host] += 1
                self.most_at_once[asked.host] = max(self.most_at_once[asked.host], self._active[asked.host])
            try:
                self._answer(asked, connection)
            finally:
                with self._guard:
                    self._active[asked.host] -= 1

    def _read(self, head: str, scheme: str) -> Asked:
        first, *lines = head.split("\r\n\r\n")[0].split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return Asked(method, headers["host"], path, headers, self.clock(), scheme)

    def _answer(self, asked: Asked, connection: socket.socket) -> None:
        for step in self._servers[asked.host](asked):
            if isinstance(step, bytes):
                connection.sendall(step)
            elif step is Step.HOLD:
                while connection.recv(65536):
                    pass
            elif step is Step.RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            elif not isinstance(step, Step):
                self.clock.pass_by(step)

    def _certificates(self) -> dict[str, ssl.SSLContext]:
        """Return what each server shows as its certificate, keyed by name; that without a name chooses."""
        past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        issued = {
            "udloebet.dk": self.authority.issue_cert("udloebet.dk", not_after=past),
            "forkert-navn.dk": self.authority.issue_cert("et-andet-navn.dk"),
            "selvudstedt.dk": trustme.CA().issue_cert("selvudstedt.dk"),
        }
        others = [name for name in self._servers if name not in issued and "." in name]
        issued[""] = self.authority.issue_cert(*others) if others else self.authority.issue_cert("ingen.dk")
        contexts: dict[str, ssl.SSLContext] = {}
        for name, certificate in issued.items():
            contexts[name] = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            certificate.configure_cert(contexts[name])

        def choose(connection: ssl.SSLObject | ssl.SSLSocket, name: str, context: ssl.SSLContext) -> None:
            connection.context = contexts.get(name, context)

        contexts[""].sni_callback = choose
        return contexts


@contextlib.contextmanager
def outside(servers: Mapping[str, Server], names: Mapping[str, Names] | None = None) -> Iterator[Outside]:
    """Run servers, keyed by the host that they are, and yield the internet that they make up.

    `names` are the addresses of hosts that are elsewhere; a list of several is what one lookup after the other answers.
    """
    world = Outside(servers, names or {})
    world.start()
    try:
        yield world
    finally:
        world.stop()
