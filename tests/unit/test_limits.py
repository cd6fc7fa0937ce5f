"""A page may compute for so long and no longer; a machine that is busy with something else is no fault of it."""

from __future__ import annotations

import time

import pytest

from kanalstrategi.limits import TooSlowError, time_limit


def compute() -> None:
    while True:
        pass


def test_what_computes_too_long_is_stopped() -> None:
    with pytest.raises(TooSlowError), time_limit(0.05):
        compute()


def test_waiting_is_not_counted_unless_it_shall_be() -> None:
    with time_limit(0.05):
        time.sleep(0.2)
    with pytest.raises(TooSlowError), time_limit(0.05, wall_clock=True):
        time.sleep(10)


def test_the_alarm_is_off_afterwards() -> None:
    for wall_clock in (False, True):
        with time_limit(0.05, wall_clock=wall_clock):
            pass
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
