"""Overdue pages and open decisions, to the day, and the report about them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kanalstrategi.cli.follow_up import follow_up_report
from kanalstrategi.content.project import read_project
from kanalstrategi.content.task_summary import summaries_by_owner, summary
from kanalstrategi.content.tasks import TaskKind
from tests.support.project import DATA, ROOT, seconds

SMALL = DATA / "macros" / "project"


def on(day: str) -> dict[str, str]:
    """Return the environment variables of a build on a day."""
    return {"SOURCE_DATE_EPOCH": str(seconds(day))}


def overdue(day: str) -> list[str]:
    content = read_project(SMALL, on(day)).content
    return [task.page.path for task in summary(content).overdue if task.kind is TaskKind.REVIEW]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-11-30", []),
        ("2025-12-01", ["retningslinjer/biblioteker.md"]),
        ("2025-12-31", ["retningslinjer/biblioteker.md"]),
        ("2026-01-01", ["retningslinjer/biblioteker.md", "index.md"]),
        ("2026-01-02", ["retningslinjer/biblioteker.md", "index.md", "strategi/om.md"]),
    ],
)
def test_overdue_from_the_day_after_oldest_first(day: str, expected: list[str]) -> None:
    assert overdue(day) == expected


def test_those_who_have_waited_longest_come_first() -> None:
    found = summaries_by_owner(read_project(SMALL, on("2026-01-01")).content)
    assert [(entry.owner.id, len(entry.overdue), len(entry.of_kind(TaskKind.GUIDELINE))) for entry in found] == [
        ("borgerservice", 3, 1),  # has two overdue pages, and the evaluation
        ("skolechefen", 0, 1),  # has open decisions only
    ]


def test_the_report_has_files_and_lines() -> None:
    assert list(follow_up_report(read_project(SMALL, on("2026-01-01")))) == [
        "Borgerservice & Arkiv (borgerservice), 12 34 56 78, post@example.org",
        "  docs/retningslinjer/biblioteker.md:6: skulle være gennemgået senest 30. november 2025, 32 dage over fristen",
        "  docs/index.md:9: strategien skulle være evalueret senest 31. december 2025",
        "  docs/index.md:6: skulle være gennemgået senest 31. december 2025, 1 dag over fristen",
        "  docs/retningslinjer/biblioteker.md:18: 1 afsnit mangler, 1 åben beslutning",
        "Skolechefen (skolechefen)",
        "  docs/retningslinjer/skoler.md:16: 2 åbne beslutninger, ikke vedtaget",
    ]


def test_the_command_prints_the_report() -> None:
    environment = {**os.environ, **on("2026-01-01")}
    process = subprocess.run([sys.executable, "scripts/check.py", "--overdue"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    assert process.stdout.startswith(
        "Center for Politik & Personale (politik-personale), 54 73 10 00\n  docs/index.md:10: strategien skulle være evalueret senest 31. december 2025\n"
    )
    assert "  docs/strategi/formaal.md:12: skulle være gennemgået senest 31. december 2025, 1 dag over fristen\n" in process.stdout
    assert process.stdout.endswith("\n\nAlt er i orden.\n")
