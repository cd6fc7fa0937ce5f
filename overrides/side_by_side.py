"""Work on all cores, by processes that begin where this one is: what they need of it they have, and need not be sent."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any, TypeVar

from overrides.kept import Kept

Item = TypeVar("Item")

LEAST = 16
"""Items. Fewer are done sooner than processes are started."""
_SLICES = 6
"""For each core, so that none is left with the longest."""


def is_possible(count: int) -> bool:
    """Whether so many items gain by it: not in a process that is itself one of many. It can be copied safely where it has no
    other threads; macOS advises against it."""
    is_safe = sys.platform == "linux" and threading.active_count() == 1 and multiprocessing.parent_process() is None
    return is_safe and count >= LEAST and (os.cpu_count() or 1) > 1


class Beside:
    """One piece of work in a process of its own, while this one goes on with another."""

    def __init__(self, make: Callable[[Item], None], item: Item, kept: Kept) -> None:
        self._kept = kept
        with _forked(make, kept, lambda: None):
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("fork"), _begin)
            self._waiting = self._pool.submit(_make, [item])

    def is_made(self) -> bool:
        """Wait for it. What it kept is kept; where it has failed, it is to be done again, and will tell why."""
        self._pool.shutdown()
        if self._waiting.exception() is not None:
            return False
        self._kept.add(self._waiting.result())
        return True


class _Task:
    """What the processes find when they begin: they are not sent it, since what `make` works on is not to be copied."""

    make: Callable[[Any], None]
    kept: Kept
    prepare: Callable[[], None]


def side_by_side(make: Callable[[Item], None], items: Sequence[Item], kept: Kept, prepare: Callable[[], None] = lambda: None) -> None:
    """Have `make` put what it makes of each item into `kept`, on all cores; `prepare` is called first in each process.

    Of an item that fails, and of those that were to be made with it, nothing is kept: they are the caller's to make again,
    and to tell of.
    """
    cores = os.cpu_count() or 1
    length = max(4, -(-len(items) // (cores * _SLICES)))
    with _forked(make, kept, prepare), ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _begin) as pool:
        try:
            waiting = [pool.submit(_make, items[start : start + length]) for start in range(0, len(items), length)]
        except BrokenExecutor:  # a process was killed, for want of memory, say
            waiting = []
        for done in as_completed(waiting):
            if done.exception() is None:
                kept.add(done.result())


@contextmanager
def _forked(make: Callable[[Any], None], kept: Kept, prepare: Callable[[], None]) -> Iterator[None]:
    _Task.make, _Task.kept, _Task.prepare = make, kept, prepare
    kept.abandon()  # its connection is no other process's
    try:
        yield
    finally:
        kept.open()


def _begin() -> None:
    end_with_build()
    _Task.kept.open()
    _Task.prepare()


def _make(items: Sequence[Any]) -> dict[bytes, bytes]:
    for item in items:
        _Task.make(item)
    return _Task.kept.taken()


def end_with_build() -> None:
    """Of a process that works for a build: end it when that has been killed, which it does not notice."""
    build = multiprocessing.parent_process()
    assert build is not None, "started by a build"

    def wait() -> None:
        build.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
