"""Whether a page is overdue or old depends on the build date, to the day."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from kanalstrategi.content.dates import build_date, is_old, is_overdue, today_in_denmark
from kanalstrategi.content.pages import read_page
from kanalstrategi.content.project import read_project
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.parser import parse
from tests.support.project import ROOT, seconds


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
    assert is_old(date.fromisoformat(reviewed), date.fromisoformat(today), Settings().review_months) is old


@pytest.mark.parametrize(("today", "overdue"), [("2025-12-30", False), ("2025-12-31", False), ("2026-01-01", True)])
def test_overdue_from_the_day_after_the_last(today: str, overdue: bool) -> None:
    assert is_overdue(date(2025, 12, 31), date.fromisoformat(today)) is overdue


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-12-31T22:59:59", "2025-12-31"),
        ("2025-12-31T23:00:00", "2026-01-01"),  # one hour ahead of UTC in winter
        ("2026-06-30T21:59:59", "2026-06-30"),
        ("2026-06-30T22:00:00", "2026-07-01"),  # two in summer
    ],
)
def test_a_day_begins_at_midnight_in_denmark(monkeypatch: pytest.MonkeyPatch, moment: str, day: str) -> None:
    seconds = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())
    assert build_date({"SOURCE_DATE_EPOCH": str(seconds)}) == date.fromisoformat(day)
    monkeypatch.setattr(time, "time", lambda: seconds + 0.5)
    assert build_date({}) == today_in_denmark() == date.fromisoformat(day)


def test_the_build_date_of_the_tests_is_the_day_that_it_names() -> None:
    assert build_date({"SOURCE_DATE_EPOCH": str(seconds("2026-06-30"))}) == date(2026, 6, 30)


@pytest.mark.parametrize("epoch", ["abc", "99999999999999", "253402300799"])
def test_a_build_date_that_is_none_is_refused(epoch: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        build_date({"SOURCE_DATE_EPOCH": epoch})


@pytest.mark.parametrize(("reviewed", "reported"), [("2026-07-01", False), ("2026-07-02", True)])
def test_a_page_can_be_reviewed_in_the_first_hour_of_a_danish_day(monkeypatch: pytest.MonkeyPatch, reviewed: str, reported: bool) -> None:
    midnight = int(datetime(2026, 6, 30, 22, tzinfo=UTC).timestamp())
    monkeypatch.setattr(time, "time", lambda: midnight)
    diagnostics: list[Diagnostic] = []
    organisation = read_project(ROOT, {}).content.organisation
    read_page("side.md", parse(f"---\nreviewed: {reviewed}\n---\n"), organisation, build_date({}), diagnostics)
    message = "siden er gennemgået på en dato, der ikke er kommet"
    assert any(diagnostic.message == message for diagnostic in diagnostics) is reported


def test_danish_dates() -> None:
    assert long_date(date(2023, 2, 28)) == "28. februar 2023"
