"""Lets requests to one host come one at a time, with a pause between them."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PAUSE_SECONDS = 1.0
"""Between two requests to the same host, unless its robots.txt asks for more."""
MAX_PAUSE_SECONDS = 30.0
"""Limit of what a robots.txt may ask for."""


class HostTurns:
    """Remembers when each host may be asked again. Used by all threads."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._locks = defaultdict[str, threading.Lock](threading.Lock)
        self._free_at: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._closed: dict[str, str] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until a host may be asked, and keep others from asking it meanwhile."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            wait = self._free_at.get(host, 0) - self._clock()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self._free_at[host] = max(self._free_at.get(host, 0), self._clock() + self._pauses.get(host, PAUSE_SECONDS))

    def slow_down(self, host: str, seconds: float) -> None:
        """Leave a host alone for longer between two requests, as its robots.txt asks."""
        self._pauses[host] = min(max(seconds, PAUSE_SECONDS), MAX_PAUSE_SECONDS)

    def pause(self, host: str, seconds: float) -> None:
        """Leave a host alone for some seconds from now."""
        self._free_at[host] = self._clock() + seconds

    def close(self, host: str, reason: str) -> None:
        """Ask a host nothing more today."""
        self._closed[host] = reason

    def closed(self, host: str) -> str:
        """Return why a host is not asked any more today, or an empty string."""
        return self._closed.get(host, "")
