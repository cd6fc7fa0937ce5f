"""How long one page may take. Markdown and HTML have texts of a few kilobytes that take a parser
minutes (Python-Markdown 3.x, markdown-it and html.parser: 100 kB of `[`, of `<a `, of headings)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from .records import Problem

SECONDS = 5.0
"""For reading, checking or rendering one page; an ordinary one takes hundredths."""


class TooSlowError(Exception):
    """A page took longer than it may."""


def start(seconds: float = SECONDS, *, waiting: bool = False) -> None:
    """Raise TooSlowError after so long, wherever the program then is. Only where signals exist, and in the main thread.

    Counted is what this process computes, since a machine that is busy with something else is no fault of the page's; with
    `waiting`, the time that passes.
    """
    if _can():
        number, timer = (signal.SIGALRM, signal.ITIMER_REAL) if waiting else (signal.SIGPROF, signal.ITIMER_PROF)
        signal.signal(number, _raise)
        signal.setitimer(timer, seconds)


def stop() -> None:
    """Call the alarm off."""
    if _can():
        for timer in (signal.ITIMER_REAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 0)


@contextmanager
def time_limit(seconds: float = SECONDS, *, waiting: bool = False) -> Iterator[None]:
    start(seconds, waiting=waiting)
    try:
        yield
    finally:
        stop()


def too_slow(path: str, body: str) -> Problem:
    """What to tell of a page that takes too long: the longest line is most likely to be the reason."""
    lines = body.split("\n")
    line = max(range(len(lines)), key=lambda number: len(lines[number])) + 1
    remedy = "find et sted med meget mange ens tegn, og slet dem, eller del siden i flere"
    return Problem(f"docs/{path}", line, "siden tager for lang tid at læse", remedy)


def _can() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _raise(number: int, frame: FrameType | None) -> None:
    raise TooSlowError
