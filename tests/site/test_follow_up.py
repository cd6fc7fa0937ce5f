"""What is overdue and what is open: on its page, in the data and on the command line, to the day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from kanalstrategi.cli.follow_up import follow_up_report
from kanalstrategi.content.follow_up import follow_ups
from kanalstrategi.content.project import read_project
from tests.support.project import DATA, ROOT, seconds

SMALL = DATA / "macros" / "project"


def on(day: str) -> dict[str, str]:
    """The environment of a build on that day."""
    return {"SOURCE_DATE_EPOCH": str(seconds(day))}


def overdue(day: str) -> list[str]:
    content = read_project(SMALL, on(day)).content
    return [page.path for entry in follow_ups(content) for page in entry.overdue]


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
    found = follow_ups(read_project(SMALL, on("2026-01-01")).content)
    assert [(entry.owner.id, len(entry.overdue), len(entry.unfinished)) for entry in found] == [
        ("borgerservice", 2, 1),  # has overdue pages
        ("skolechefen", 0, 1),  # has open decisions only
    ]


def test_as_lines_with_file_and_line() -> None:
    assert list(follow_up_report(read_project(SMALL, on("2026-01-01")))) == [
        "docs/index.md:9: strategien skulle være evalueret senest 31. december 2025",
        "Borgerservice & Arkiv (borgerservice), 12 34 56 78, post@example.org",
        "  docs/retningslinjer/biblioteker.md:6: skulle være gennemgået senest 30. november 2025, 32 dage over fristen",
        "  docs/index.md:6: skulle være gennemgået senest 31. december 2025, 1 dag over fristen",
        "  docs/retningslinjer/biblioteker.md:18: 1 afsnit mangler, 1 åben beslutning",
        "Skolechefen (skolechefen)",
        "  docs/retningslinjer/skoler.md:16: 2 åbne beslutninger, ikke vedtaget",
    ]


@pytest.mark.parametrize(
    ("day", "is_overdue", "is_old"),
    [("2023-08-28", False, False), ("2023-08-29", False, True), ("2025-12-31", False, True), ("2026-01-01", True, True)],
)
def test_page_and_data_follow_the_build_date(site_on: Callable[[str], Path], day: str, is_overdue: bool, is_old: bool) -> None:
    site = site_on(day)
    data = json.loads((site / "data" / "pages.json").read_text(encoding="utf-8"))
    formaal = next(page for page in data if page["id"] == "strategi/formaal")
    assert (formaal["overdue"], formaal["old"]) == (is_overdue, is_old)
    assert (formaal["owner"], formaal["owner_phone"]) == ("politik-personale", "54 73 10 00")
    page = html.parse(str(site / "opfoelgning/index.html"), html.HTMLParser(encoding="utf-8")).getroot()
    listed = page.xpath("//ol[@class='follow-up']//a/@href")
    assert ("../strategi/formaal/" in listed) is is_overdue
    assert set(listed) == {f"../{entry['url']}" for entry in data if entry["overdue"]}
    own = html.parse(str(site / "strategi/formaal/index.html"), html.HTMLParser(encoding="utf-8")).getroot()
    words = " ".join(own.xpath("//ul[contains(@class, 'status')]")[0].text_content().split())
    assert ("Ældre end 6 mdr." in words) is is_old
    assert ("Skulle være gennemgået" in words) is is_overdue
    open_in_all = sum(entry["open_decisions"] for entry in data)
    assert open_in_all > 300
    assert f"{open_in_all} åbne beslutninger" in page.text_content()


def test_every_page_says_where_it_stands(site: Path) -> None:
    for entry in json.loads((site / "data" / "pages.json").read_text(encoding="utf-8")):
        page = html.parse(str(site / entry["url"] / "index.html"), html.HTMLParser(encoding="utf-8")).getroot()
        (status,) = page.xpath("//article//ul[contains(concat(@class, ' '), 'status ')]")
        words = " ".join(status.text_content().split())
        assert words.startswith("Udkast" if entry["status"] == "draft" else "Vedtaget"), entry["id"]
        for wanted in (entry["owner_name"], entry["owner_phone"], "Gennemgået "):
            assert wanted in words, entry["id"]


def test_the_command_prints_it_and_is_content() -> None:
    environment = {**os.environ, **on("2026-01-01")}
    done = subprocess.run(
        [sys.executable, "scripts/check.py", "--overdue"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("docs/index.md:9: strategien skulle være evalueret senest 31. december 2025\nCenter for Politik & Personale (politik-personale), 54 73 10 00\n")
    assert "  docs/strategi/formaal.md:7: skulle være gennemgået senest 31. december 2025, 1 dag over fristen\n" in done.stdout
    assert done.stdout.endswith("\n\nAlt er i orden.\n")
