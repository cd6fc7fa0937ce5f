"""Overdue pages and open decisions, to the day, and the report about them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.cli.follow_up import follow_up_report
from kanalstrategi.content.open_data import OPEN_DATA
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.content.record_model import BrokenLink
from kanalstrategi.content.task_summary import summaries_by_owner, summary
from kanalstrategi.content.tasks import TaskKind, TaskState
from kanalstrategi.markdown.nodes import Element, descendants, line_of
from kanalstrategi.rendering.macros import Call
from macros import MACROS
from tests.support.board import board_project, read_board
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
        ("borgerservice", 5, 1),  # has two overdue pages, an action, a goal to measure, and the evaluation
        ("skolechefen", 0, 1),  # has nothing with a last day
    ]


def test_the_report_has_files_and_lines() -> None:
    assert list(follow_up_report(read_project(SMALL, on("2026-01-01")))) == [
        "Borgerservice & Arkiv (borgerservice), 12 34 56 78, post@example.org",
        "  docs/retningslinjer/biblioteker.md:6: skulle være gennemgået senest 30. november 2025, 32 dage over fristen",
        "  docs/procesplan/telefontider.md:5: i gang i procesplanen, frist 24. december 2025",
        "  docs/index.md:9: strategien skulle være evalueret senest 31. december 2025",
        "  docs/maal/opkald.md:7: det seneste tal er 1.100 opkald i 2024, frist 31. december 2025",
        "  docs/index.md:6: skulle være gennemgået senest 31. december 2025, 1 dag over fristen",
        "  docs/retningslinjer/biblioteker.md:18: 1 afsnit mangler, 1 åben beslutning",
        "Skolechefen (skolechefen)",
        "  docs/procesplan/plan.md:1: ingen har sat en frist",
        "  docs/maal/selvbetjening.md:7: er ikke målt endnu",
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


@given(st.dates(date(2025, 6, 1), date(2027, 6, 1)))
def test_page_report_and_data_agree_on_any_day(today: date) -> None:
    project = read_project(SMALL, on("2026-01-01"))
    content = replace(project.content, today=today)
    project = replace(project, content=content)
    data = OPEN_DATA["tasks"](content)
    assert len({record["id"] for record in data}) == len(data)
    by_state = {state: [record for record in data if record["state"] == state.value] for state in TaskState}
    assert len(by_state[TaskState.OVERDUE]) == len(summary(content).overdue) and len(by_state[TaskState.DUE_SOON]) == len(summary(content).due_soon)
    assert all((record["due"] is not None and record["due"] < today.isoformat()) == (record in by_state[TaskState.OVERDUE]) for record in data)
    listed = [f"{record['kind']}/{record['url'].rstrip('/')}" for record in data if record["state"] in ("overdue", "undated")]
    report = [line for line in follow_up_report(project) if line.startswith("  ")]
    assert len(report) == len(listed)
    (totals,) = [row for row in descendants(follow_up_page(project)) if row.has_class("totals")]
    numbers = [int(line_of(cell).rpartition(" ")[2]) for cell in totals.children if type(cell) is Element and cell.tag == "td"]
    open_decisions = sum(record["count"] for record in data if record["kind"] == "guideline")
    unfinished = sum(record["kind"] == "guideline" for record in data)
    undated = sum(record["kind"] in ("action", "measurement") and record["due"] is None for record in data)
    assert numbers == [len(by_state[TaskState.OVERDUE]), len(by_state[TaskState.DUE_SOON]), unfinished, open_decisions, undated]
    detailed = [node for node in descendants(follow_up_page(project)) if node.tag == "tr" and node not in (totals,)]
    assert len(detailed) > len(listed)  # each has a row of its own, below the tables of owners and departments


def follow_up_page(project: Project) -> Element:
    return Element("div", children=MACROS["follow_up"](Call(project.content, project.content.pages["opfoelgning.md"])))


def test_each_task_has_a_row_folded_up_below_its_owner() -> None:
    project = read_project(SMALL, on("2026-01-01"))
    root = follow_up_page(project)
    ids = [node.id for node in descendants(root) if node.id]
    assert ids == list(MACROS["follow_up"].anchors(project.content)) if MACROS["follow_up"].anchors else False
    folded = {node.id: node for node in descendants(root) if node.tag == "details"}
    rows = {id: sum(row.tag == "tr" for row in descendants(node)) - 1 for id, node in folded.items()}
    assert rows == {
        "borgerservice-evaluering": 1,
        "borgerservice-handlinger": 1,
        "borgerservice-maal": 1,
        "borgerservice-overskredet": 2,
        "borgerservice-ikke-faerdige": 1,
        "borgerservice-snart": 1,
        "skolechefen-handlinger": 1,
        "skolechefen-maal": 1,
        "skolechefen-ikke-faerdige": 1,
    }
    assert "open" not in {name for node in folded.values() for name in node.attributes}


PLAN = """\
---
description: En handling.
owner: hus
status: adopted
action: {state}{due}
reviewed: 2026-01-01
review_by: 2026-12-31
---

# {title}

Tekst.
"""


def test_goals_actions_and_links_are_followed_up(tmp_path: Path) -> None:
    project = board_project(tmp_path)
    project.write("docs/procesplan/ny.md", PLAN.format(state="planned", due="\ndue: 2026-02-01", title="Ny"))
    project.write("docs/procesplan/aaben.md", PLAN.format(state="open", due="", title="Åben"))
    project.replace("mkdocs.yml", "  - status.md\n", "  - status.md\n  - procesplan/ny.md\n  - procesplan/aaben.md\n  - opfoelgning.md\n")
    project.write("docs/opfoelgning.md", (ROOT / "pages/opfoelgning.md").read_text("utf-8").replace("reviewed:", "owner: hus\nstatus: draft\nreviewed:"))
    read = read_board(project)
    link = BrokenLink("https://example.org/væk", "strategi/formaal.md", 9, date(2026, 2, 1), "siden findes ikke mere (404)")
    read = replace(read, content=replace(read.content, broken_links=(link,), goals=(replace(read.content.goals[0], measurements=()), *read.content.goals[1:])))
    assert read.diagnostics == ()
    words = {node.id: line_of(node) for node in descendants(follow_up_page(read)) if node.tag == "details"}
    assert words["hus-handlinger"].startswith("2 handlinger i procesplanen: 1 over fristen, 1 uden frist")
    assert words["hus-maal"].startswith("1 mål, der skal måles, uden frist")
    assert "https://example.org/væk: siden findes ikke mere (404)" in words["hus-links"] and "1. februar 2026" in words["hus-links"]
    report = [*follow_up_report(read)]
    assert "  docs/strategi/formaal.md:9: linket virker ikke: siden findes ikke mere (404) (siden 1. februar 2026): https://example.org/væk" in report
    assert any(line.startswith("  docs/procesplan/ny.md:6: ") and line.endswith(", frist 1. februar 2026") for line in report)
    assert any(line.startswith("  docs/procesplan/aaben.md:") for line in report)
