"""Determines the build date, and which pages are old or overdue on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from kanalstrategi.content.edition_model import Strategy
from kanalstrategi.danish.local_date import date_in_denmark


def build_date(environment: Mapping[str, str]) -> date:
    """Return the day in Denmark: today, or at the time of `SOURCE_DATE_EPOCH` (seconds, https://reproducible-builds.org).

    Raises ValueError if the variable is set to anything else.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    try:
        return date_in_denmark(max(int(epoch), 0) if epoch else None)
    except (OverflowError, OSError) as error:  # out of the range of dates
        raise ValueError(epoch) from error


def today_in_denmark() -> date:
    """Return today's date in Denmark, whatever date the build has been given."""
    return date_in_denmark()


def is_old(reviewed: date, today: date, months: int) -> bool:
    """Whether more than a number of calendar months have passed since the review."""
    return reviewed + relativedelta(months=months) < today


def is_overdue(due: date, today: date) -> bool:
    """Whether the last day for something has passed. Nothing else compares a deadline with the build date."""
    return due < today


def is_evaluation_overdue(strategy: Strategy, today: date) -> bool:
    """Whether the strategy should have been evaluated by now, but is not recorded as evaluated."""
    return strategy.evaluated is None and strategy.evaluate_by is not None and is_overdue(strategy.evaluate_by, today)
