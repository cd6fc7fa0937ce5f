"""Overdue, old and evaluated follow the build date, to the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.content.dates import build_date, is_old, is_overdue
from kanalstrategi.danish.phrases import long_date
from tests.support.project import Project, seconds


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


@pytest.mark.parametrize(
    ("today", "expected", "unexpected"),
    [
        ("2023-08-28", ["Gennemgås senest 31. december 2025"], ["Ældre end 6 mdr.", "ikke oplyst"]),
        (
            "2025-12-31",
            ["Gennemgås senest 31. december 2025", "Fristen for den første evaluering er den 31. december 2025."],
            ["ikke oplyst"],
        ),
        (
            "2026-01-01",
            ["Skulle være gennemgået senest 31. december 2025", "Ældre end 6 mdr.", "Det er ikke oplyst, om evalueringen er gennemført"],
            ["Gennemgås senest"],
        ),
    ],
)
def test_pages_say_so_by_themselves(
    site_on: Callable[[str], Path], today: str, expected: list[str], unexpected: list[str]
) -> None:
    page = (site_on(today) / "strategi/om-kanalstrategien/index.html").read_text(encoding="utf-8")
    assert [text for text in expected if text not in page] == []
    assert [text for text in unexpected if text in page] == []


def test_a_build_date_before_the_strategy_builds(project: Project) -> None:
    assert project.build(epoch=seconds("2020-01-01")).returncode == 0


def test_an_evaluation_is_told_of(project: Project) -> None:
    project.remove_documents()
    project.replace("docs/index.md", "evaluate_by: 2025-12-31\n", "evaluate_by: 2025-12-31\nevaluated: 2025-11-01\n")
    assert project.build().returncode == 0
    page = (project.site / "strategi/om-kanalstrategien/index.html").read_text(encoding="utf-8")
    assert "Strategien blev evalueret den 1. november 2025." in page
    assert "ikke oplyst" not in page
