"""The time that a page may compute is limited; a machine that is busy with something else does not count."""

from __future__ import annotations

import signal
import time

import pytest

from kanalstrategi.limits import TooSlowError, time_limit

TIMERS = (signal.ITIMER_REAL, signal.ITIMER_PROF)


def compute() -> None:
    while True:
        pass


def test_long_computations_are_stopped() -> None:
    with pytest.raises(TooSlowError), time_limit(0.05):
        compute()


def test_waiting_is_counted_only_if_asked_for() -> None:
    with time_limit(0.05):
        time.sleep(0.2)
    with pytest.raises(TooSlowError), time_limit(0.05, wall_clock=True):
        time.sleep(10)


def test_the_timers_are_off_afterwards() -> None:
    for wall_clock in (False, True):
        with time_limit(60, wall_clock=wall_clock):
            assert sum(signal.getitimer(timer)[0] > 0 for timer in TIMERS) == 1
        assert [signal.getitimer(timer) for timer in TIMERS] == [(0, 0), (0, 0)]
