"""Runs work on all cores, in processes forked from this one: they already have its data, so nothing has to be sent to them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.operating_system import FORKING_IS_SAFE, forking_context, release_memory

Item = TypeVar("Item")

MIN_ITEMS = 16
"""For fewer items, doing the work here is faster than starting processes."""
_SLICES_PER_CORE = 6
"""Into how many slices the items of each core are cut, so that none of the cores is left working alone on the slowest ones."""
_MAX_ITEMS_PER_SLICE = 60
"""More items would keep too many results in the memory of a worker process."""
_CANNOT_START = (OSError, MemoryError, RuntimeError)
"""What is raised when processes cannot be started. RuntimeError: one was killed already, or no thread can be started to wait for them."""


@dataclass(frozen=True)
class _Task:
    """The work of a worker process."""

    function: Callable[[Any], None]
    """Takes an item, and puts its result into the cache."""
    cache: BuildCache
    prepare: Callable[[], None]
    """Called once in each process."""


_task: _Task | None = None
"""The task of this process. It is only set in worker processes, when they start: a pool cannot pass functions in any other way."""


def can_fork(count: int) -> bool:
    """Whether this many items are worth distributing to worker processes.

    Never in a process that is itself a worker. Forking is only safe where there are no other threads, and not on every system.
    """
    is_safe = FORKING_IS_SAFE and threading.active_count() == 1 and multiprocessing.parent_process() is None
    return is_safe and count >= MIN_ITEMS and (os.cpu_count() or 1) > 1


def map_in_workers(function: Callable[[Item], None], items: Sequence[Item], cache: BuildCache, prepare: Callable[[], None] = lambda: None) -> None:
    """Call a function with each item, on all cores, and merge what the calls put into the cache.

    If an item fails, nothing is merged for it or for the other items in its batch: the caller computes them again, and gets the
    error in this process. The same holds for all items if the processes cannot be started.
    """
    cores = os.cpu_count() or 1
    length = min(max(4, -(-len(items) // (cores * _SLICES_PER_CORE))), _MAX_ITEMS_PER_SLICE)
    try:
        with _forking(cache), _pool(cores, _Task(function, cache, prepare)) as pool:
            with _interrupts_deferred():
                waiting = {pool.submit(_work, items[start : start + length]) for start in range(0, len(items), length)}
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                while done:  # each result is freed before the next one is merged: together they are as large as the site
                    future = done.pop()
                    if future.exception() is None:
                        cache.merge(future.result())
                    del future
    except _CANNOT_START:
        end_workers()
    release_memory()


class BackgroundTask:
    """A single call in a separate process, while this process does something else."""

    def __init__(self, function: Callable[[Item], None], item: Item, cache: BuildCache) -> None:
        self._cache = cache
        self._future: Future[dict[bytes, bytes]] | None = None
        try:
            with _forking(cache):
                self._pool = _pool(1, _Task(function, cache, lambda: None))
                with _interrupts_deferred():
                    self._future = self._pool.submit(_work, [item])
        except _CANNOT_START:
            end_workers()

    def succeeded(self) -> bool:
        """Wait for the call, merge what it put into the cache, and return whether it succeeded. If not, the caller does the work itself."""
        if self._future is None:
            return False
        self._pool.shutdown()
        if self._future.exception() is not None:
            return False
        self._cache.merge(self._future.result())
        self._future = None
        release_memory()
        return True


def _pool(processes: int, task: _Task) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, forking_context(), _begin, (task,))


@contextmanager
def _forking(cache: BuildCache) -> Iterator[None]:
    """Close the cache while processes are forked, because its connection must not be shared, and let them share this process's memory.

    Collecting garbage would write to every object, so that each process got a copy of it.
    """
    cache.close()
    release_memory()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        cache.open()


@contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Deliver a Ctrl-C after the block: Python (3.11) swallows a KeyboardInterrupt that is raised in a callback of `os.fork`."""
    if threading.current_thread() is not threading.main_thread():  # which alone gets signals
        yield
        return
    interrupts: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: interrupts.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if interrupts:
            signal.raise_signal(signal.SIGINT)


def _begin(task: _Task) -> None:
    global _task  # noqa: PLW0603 - set once in each worker process, see `_task`
    _task = task
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it was forked while interrupts were deferred
    exit_with_parent()
    task.cache.keep_in_memory()
    task.cache.open()
    task.prepare()


def _work(items: Sequence[Any]) -> dict[bytes, bytes]:
    assert _task is not None, "set when the process began"
    try:
        for item in items:
            _task.function(item)
    finally:  # after an error, too: the results of this batch must not come along with those of the next
        results = _task.cache.drain()
        release_memory()
    return results


def end_workers() -> None:
    """End all processes that this one has started: those of a pool that could not be started wait for ever, and so would this one for them."""
    for process in multiprocessing.active_children():
        process.terminate()


def exit_with_parent() -> None:
    """End this worker process when the build that started it is killed; it would not notice otherwise."""
    build = multiprocessing.parent_process()
    assert build is not None, "started by a build"

    def wait() -> None:
        build.join()
        os._exit(1)

    with suppress(RuntimeError):  # no thread can be started; the work itself needs none
        threading.Thread(target=wait, daemon=True).start()
