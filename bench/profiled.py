"""Build the project in this folder in one process, in which one thread computes, and write down how long the named functions took.

`python -P profiled.py FILE '{"macros.checks:check": "phase", …}' FIRST` writes `{"seconds": {phase: …}, "calls": {function: …}}`.

Functions are replaced when their module has been loaded, so that whoever imports them gets the timed one, and the clock stands
for all others while one of them runs: seconds are counted once, and `cProfile`'s cost of every call is not among them. Standard
library only; run as a file, since the project in the folder has no `bench`, and with `-P`, since Python has a `profile` too.
"""

from __future__ import annotations

import concurrent.futures
import functools
import json
import os
import runpy
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

COMMAND = ["mkdocs", "build", "--strict"]
PACKER = "overrides.serving.compress"
"""What computes in other threads. Those that remove the former site wait only, and do it together as ever."""


class AtOnce(concurrent.futures.Executor):
    """Threads that are none: all is done when it is asked for."""

    def __init__(self, *_: object) -> None:
        pass

    def submit(self, fn: Callable[..., Any], /, *args: Any, **keywords: Any) -> concurrent.futures.Future[Any]:
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        future.set_result(fn(*args, **keywords))
        return future


class Clock:
    """Runs for one phase at a time."""

    def __init__(self, first: str) -> None:
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._phases = [first]
        self._since = time.perf_counter()

    def begin(self, phase: str) -> None:
        self.count()
        self._phases.append(phase)

    def end(self) -> None:
        self.count()
        self._phases.pop()

    def count(self) -> None:
        now = time.perf_counter()
        self.seconds[self._phases[-1]] += now - self._since
        self._since = now

    def timed(self, function: Callable[..., Any], name: str, phase: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **keywords: Any) -> Any:
            self.calls[name] += 1
            self.begin(phase)
            try:
                return function(*args, **keywords)
            finally:
                self.end()

        return call


def replace_when_loaded(phases: Mapping[str, str], clock: Clock, waiting: set[str]) -> None:
    """Time every function of `phases` as soon as its module is there, which takes it out of `waiting`; have pages packed at once."""
    load = SourceFileLoader.exec_module

    def load_and_replace(self: SourceFileLoader, module: ModuleType) -> None:
        load(self, module)
        for name in [name for name in phases if name.partition(":")[0] == module.__name__]:
            *path, last = name.partition(":")[2].split(".")
            owner = functools.reduce(getattr, path, module)
            setattr(owner, last, clock.timed(getattr(owner, last), name, phases[name]))
            waiting.discard(name)
        if module.__name__ == PACKER:
            assert module.ThreadPoolExecutor, "it packs in threads"
            module.ThreadPoolExecutor = AtOnce  # type: ignore[attr-defined]

    SourceFileLoader.exec_module = load_and_replace  # type: ignore[method-assign]


def main(to: Path, phases: Mapping[str, str], before: str) -> int | str:
    """Build, and write the seconds; gives what the process ends with."""
    clock, waiting = Clock(before), set(phases)
    replace_when_loaded(phases, clock, waiting)
    os.cpu_count = lambda: 1
    sys.argv = COMMAND
    sys.path.insert(0, os.getcwd())  # as for `python -m mkdocs`
    try:
        runpy.run_module("mkdocs", run_name="__main__")
    except SystemExit as end:
        if end.code:
            return end.code
    clock.count()
    if waiting:
        return f"No build loads {', '.join(sorted(waiting))}"
    to.write_text(json.dumps({"seconds": clock.seconds, "calls": clock.calls}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]))
