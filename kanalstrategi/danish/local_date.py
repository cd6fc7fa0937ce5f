"""Tells the day in Denmark, wherever the site is built."""

from __future__ import annotations

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

_TIME_ZONE = "Europe/Copenhagen"


def date_in_denmark(seconds: float | None = None) -> date:
    """Return the day at a number of seconds since 1970, or today. Raises OverflowError or OSError if no calendar reaches that far."""
    return datetime.fromtimestamp(time.time() if seconds is None else seconds, tz=ZoneInfo(_TIME_ZONE)).date()
