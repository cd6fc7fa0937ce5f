"""Tells the day in Denmark, wherever the site is built, and when a day begins there."""

from __future__ import annotations

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

_TIME_ZONE = "Europe/Copenhagen"


def date_in_denmark(seconds: float | None = None) -> date:
    """Return the day at a number of seconds since 1970, or today. Raises OverflowError or OSError if no calendar reaches that far."""
    return datetime.fromtimestamp(time.time() if seconds is None else seconds, tz=ZoneInfo(_TIME_ZONE)).date()


def midnight_in_denmark(day: date) -> datetime:
    """Return the beginning of a day, with the offset of Danish time on it."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(_TIME_ZONE))
