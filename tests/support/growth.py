"""Measures how the time of some work grows with the length of what it works on.

Growth is measured as CPU time of texts of which one is four times as long as the other: in step, it takes four times as long, and
sixteen times if the time grows with the square. So the speed of the machine does not matter.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

SHORT, LONG = 12_000, 48_000
"""The lengths of the texts, in characters."""
MAX_GROWTH = 10.0
_TICK = 1e-6
"""Seconds that the clock may not see."""
IN_STEP = 6.0
"""The growth below which no further measurement is needed."""
NEGLIGIBLE = 0.05
"""The seconds below which a text is fast enough, and its time could not be compared."""
ROUNDS = 4
"""How often a growth is measured at most: other work on the machine can disturb it."""

Shape = Callable[[int], str]
"""Returns a text of about some length."""


def cost_of(work: Callable[[str], object], text: str) -> float:
    """Return the seconds of CPU time of some work in this thread.

    The clock of the process ticks in steps of milliseconds once a timer of CPU time has run in it (Linux 6.1), as `time_limit` starts one.
    """
    start = time.thread_time()
    work(text)
    return time.thread_time() - start


def growth(work: Callable[[str], object], shape: Shape, negligible: float = NEGLIGIBLE, short: int = SHORT, long: int = LONG) -> float:
    """Return how many times as long the long text takes, or 0 if it takes less than a negligible time."""
    long_cost = short_cost = math.inf
    for _ in range(ROUNDS):  # other work only makes a measurement longer, so the shortest of each is right
        long_cost = min(long_cost, cost_of(work, shape(long)))
        if long_cost < negligible:
            return 0.0
        short_cost = min(short_cost, cost_of(work, shape(short)))
        if long_cost < IN_STEP * short_cost:
            break
    return long_cost / max(short_cost, _TICK)
