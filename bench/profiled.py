"""Build the project in this folder in one process, in which one thread computes, and record how long some functions took.

`python -P profiled.py FILE '{"kanalstrategi.content.project:read_project": "phase", …}' FIRST` writes
`{"seconds": {phase: …}, "calls": {function: …}}`.

Functions are replaced when their module has been loaded, so that whoever imports them gets the timed one. While one of them runs,
the clock stands for all others: each second is counted once, and without the cost that `cProfile` adds to every call. Standard
library only. Run as a file, since the project in the folder has no `bench`, and with `-P`, since Python has a module `profile`.
"""

from __future__ import annotations

import concurrent.futures
import functools
import json
import os
import runpy
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

COMMAND = ["mkdocs", "build", "--strict"]
COMPRESSION = "kanalstrategi.build.compression"
"""The module that computes in other threads. Those that remove the previous site only wait, and stay as they are."""


class ImmediateExecutor(concurrent.futures.Executor):
    """Runs everything in this thread, when it is submitted."""

    def __init__(self, *_: object) -> None:
        pass

    def submit(self, fn: Callable[..., Any], /, *args: Any, **keywords: Any) -> concurrent.futures.Future[Any]:
        """Call a function, and return its result as a future that is done."""
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        future.set_result(fn(*args, **keywords))
        return future


class Clock:
    """Runs for one phase at a time."""

    def __init__(self, first: str) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        """By phase."""
        self.calls: Counter[str] = Counter()
        """By function."""
        self._phases = [first]
        self._since = time.perf_counter()

    def begin(self, phase: str) -> None:
        """Run for a phase; the one before waits until `end`."""
        self.count()
        self._phases.append(phase)

    def end(self) -> None:
        """Run for the phase before again."""
        self.count()
        self._phases.pop()

    def count(self) -> None:
        """Add the time until now to the current phase."""
        now = time.perf_counter()
        self.seconds[self._phases[-1]] += now - self._since
        self._since = now

    def timed(self, function: Callable[..., Any], name: str, phase: str) -> Callable[..., Any]:
        """Return a function that does the same, and whose time belongs to a phase. Attributes such as MkDocs' priority stay on it."""

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
    """Time each function of `phases` as soon as its module has been loaded, which removes it from `waiting`; compress in this thread."""
    load = SourceFileLoader.exec_module

    def load_and_replace(self: SourceFileLoader, module: ModuleType) -> None:
        load(self, module)
        for name in [name for name in phases if name.partition(":")[0] == module.__name__]:
            *path, last = name.partition(":")[2].split(".")
            owner = functools.reduce(getattr, path, module)
            setattr(owner, last, clock.timed(getattr(owner, last), name, phases[name]))
            waiting.discard(name)
        if module.__name__ == COMPRESSION:
            assert module.ThreadPoolExecutor, "it compresses in threads"
            module.ThreadPoolExecutor = ImmediateExecutor  # type: ignore[attr-defined]  # a module has any attribute

    SourceFileLoader.exec_module = load_and_replace  # type: ignore[method-assign, assignment]  # on purpose


def main(to: Path, phases: Mapping[str, str], before: str) -> int | str:
    """Build, write the seconds, and return the exit code or an error message."""
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
