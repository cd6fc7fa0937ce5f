"""Limits how long processing a page may take.

Any pattern or loop may turn out to be slow on some text that nobody has thought of, and pages are untrusted. The Markdown parser,
which is written in Rust and cannot be interrupted, takes time in step with the length of a text.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.operating_system import start_alarm, stop_alarms

MAX_FRONT_MATTER_LINES, MAX_FRONT_MATTER_CHARACTERS = 200, 20_000
"""Limits for the fields at the top of a page, which take ten lines: reading YAML takes a hundred times as long as reading text."""
MAX_SECONDS_PER_PAGE = 5.0
"""Limit for parsing, checking or rendering a page; an ordinary page takes hundredths of a second."""


class TooSlowError(Exception):
    """A page took longer than allowed."""


def start_timer(seconds: float = MAX_SECONDS_PER_PAGE, *, wall_clock: bool = False) -> None:
    """Raise TooSlowError after a number of seconds, wherever the program is by then.

    Only works where the system has such timers (not Windows), and in the main thread. The seconds are CPU time of this process, so that no page fails
    because the machine is busy; with `wall_clock`, they are elapsed time.
    """
    if _is_main_thread():
        start_alarm(seconds, _raise, wall_clock=wall_clock)


def stop_timer() -> None:
    """Cancel the timers."""
    if _is_main_thread():
        stop_alarms()


@contextmanager
def time_limit(seconds: float = MAX_SECONDS_PER_PAGE, *, wall_clock: bool = False) -> Iterator[None]:
    """Limit how long a block may run, using `start_timer`. Raises TooSlowError."""
    start_timer(seconds, wall_clock=wall_clock)
    try:
        yield
    finally:
        stop_timer()


def too_slow(path: str, body: str) -> Diagnostic:
    """Return the diagnostic for a page that takes too long. It points to the longest line, which is the most likely cause."""
    lines = body.split("\n")
    line = max(range(len(lines)), key=lambda number: len(lines[number])) + 1
    hint = "find et sted med meget mange ens tegn, og slet dem, eller del siden i flere"
    return Diagnostic(f"docs/{path}", line, "siden tager for lang tid at læse", hint)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _raise(number: int, frame: FrameType | None) -> None:
    raise TooSlowError
