"""A content that has something of everything that the open data can hold: goals with figures, a plan, material, editions and decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from tests.support.edition_records import in_force, other
from tests.support.goal_figures import project_with_goals
from tests.support.plan_pages import write_plan

SUPERSEDED = other("2021", EditionState.SUPERSEDED, adopted=date(2021, 3, 1), adopted_by="direktionen", superseded=date(2025, 1, 15), superseded_by="2025")
HEARING = other("2027-2030", EditionState.CONSULTATION, consultation=(date(2025, 12, 1), date(2026, 2, 1)))


def full_content(root: Path) -> Content:
    """Return the content. The goals and the plan are read from a project that is written into a folder; the rest is the small strategy."""
    project = project_with_goals(root)
    write_plan(project, "telefon-ring", "maal-telefon", ("hus", "hus"), "hus")
    planned = read_project(root, {"SOURCE_DATE_EPOCH": "1772323200"}).content  # 1 March 2026
    content = in_force(HEARING, SUPERSEDED)
    pages = {path: replace(page, kle=("27.35.00", "27.35.00 G01")) for path, page in content.pages.items()}
    return replace(content, pages=pages, today=planned.today, goals=planned.goals, actions=planned.actions, materials=planned.materials)
