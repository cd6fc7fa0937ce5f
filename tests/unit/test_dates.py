"""Whether a page is overdue or old depends on the build date, to the day."""

from __future__ import annotations

from datetime import date

import pytest

from kanalstrategi.content.dates import build_date, is_old, is_overdue
from kanalstrategi.danish.phrases import long_date
from tests.support.project import seconds


@pytest.mark.parametrize(
    ("reviewed", "today", "old"),
    [
        ("2023-02-28", "2023-08-28", False),
        ("2023-02-28", "2023-08-29", True),
        ("2023-08-31", "2024-02-29", False),  # there is no 31 February
        ("2023-08-31", "2024-03-01", True),
    ],
)
def test_old_from_the_day_after_six_months(reviewed: str, today: str, old: bool) -> None:
    assert is_old(date.fromisoformat(reviewed), date.fromisoformat(today)) is old


@pytest.mark.parametrize(("today", "overdue"), [("2025-12-30", False), ("2025-12-31", False), ("2026-01-01", True)])
def test_overdue_from_the_day_after_the_last(today: str, overdue: bool) -> None:
    assert is_overdue(date(2025, 12, 31), date.fromisoformat(today)) is overdue


def test_build_date_is_the_day_of_the_epoch() -> None:
    assert build_date({"SOURCE_DATE_EPOCH": str(seconds("2025-12-31"))}) == date(2025, 12, 31)
    assert build_date({"SOURCE_DATE_EPOCH": str(seconds("2026-01-01") - 1)}) == date(2025, 12, 31)
    assert build_date({}) == date.today()


def test_danish_dates() -> None:
    assert long_date(date(2023, 2, 28)) == "28. februar 2023"
