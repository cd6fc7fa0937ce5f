"""Work on all cores, by processes that begin where this one is: what they need of it they have, and need not be sent."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

Result = TypeVar("Result")

LEAST = 16
"""Pieces of work. Fewer are done sooner than processes are started."""
_SLICES = 6
"""For each core, so that none is left with the longest."""


class _Begun:
    """What the processes find when they begin: of what they are sent, they could not import MkDocs' hooks."""

    make: Callable[[Sequence[str]], Any]


def _made(names: Sequence[str]) -> Any:
    return _Begun.make(names)


def is_possible(count: int) -> bool:
    """Whether so many pieces gain by it. A process can be copied safely where it has no other threads; macOS advises against it."""
    return count >= LEAST and (os.cpu_count() or 1) > 1 and sys.platform == "linux" and threading.active_count() == 1


def side_by_side(make: Callable[[Sequence[str]], Result], names: Sequence[str], prepare: Callable[[], None]) -> Iterator[Result]:
    """What `make` gives of slices of `names`, as they are finished; nothing of one that fails, which is the caller's to do again.

    `prepare` is called first in each process.
    """
    _Begun.make = make
    cores = os.cpu_count() or 1
    length = max(4, -(-len(names) // (cores * _SLICES)))
    with ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), prepare) as pool:
        try:
            waiting = [pool.submit(_made, names[start : start + length]) for start in range(0, len(names), length)]
        except BrokenExecutor:  # a process was killed, for want of memory, say
            return
        for done in as_completed(waiting):
            if done.exception() is None:
                yield done.result()
