"""A municipality for the board's page: four goals with figures, eight departments, an earlier record of their progress, and late work."""

from __future__ import annotations

from pathlib import Path

from kanalstrategi.content.progress import PROGRESS_FILE
from kanalstrategi.content.project import Project as ReadProject
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.nodes import Element
from kanalstrategi.pdf.cover import document_facts
from kanalstrategi.pdf.print_document import PrintDocument, PrintPage, assemble_sheet
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.goal_figures import TODAY, project_with_goals
from tests.support.project import ROOT, Project, seconds

DEPARTMENTS = ("skoler", "daginstitutioner", "biblioteker", "plejecentre", "bosteder", "raadhus", "administration", "sundhedsplejen")
DECISIONS = 5
"""The number of decisions of each department but the first."""
RECORDED = "2025-09-30"
"""The day of the earlier record. The last department was not there yet."""


def board_project(root: Path) -> Project:
    """Write the project into a folder, and return it. Each department after the second has made one decision more than the one before it."""
    project = project_with_goals(root)
    project.write("docs/status.md", (ROOT / "docs/status.md").read_text(encoding="utf-8").replace("owner: politik-personale", "owner: hus"))
    pattern = (root / "docs/retningslinjer/skoler.md").read_text(encoding="utf-8")
    for number, name in enumerate(DEPARTMENTS[1:]):
        decisions = "".join(f"- [{'x' if one < number else ' '}] Hvad gør vi i sag {one}?\n    {{: #{name}-{one} }}\n" for one in range(DECISIONS))
        text = pattern.replace("Skoler", name.capitalize()).replace("Vi svarer.", f"Vi svarer.\n\n{decisions}")
        project.write(f"docs/retningslinjer/{name}.md", text.replace("status: draft", "status: adopted") if number % 2 else text)
    pages = "".join(f"  - retningslinjer/{name}.md\n" for name in DEPARTMENTS)
    project.replace("mkdocs.yml", "  - retningslinjer/skoler.md\n", f"{pages}  - status.md\n")
    project.replace("mkdocs.yml", "  documents:\n", "  documents:\n    status:\n      name: status på ét ark\n      opening: status.md\n      sheet: true\n")
    rows = "".join(f"{RECORDED},{name},0,1,0,{DECISIONS},{DECISIONS}\n" for name in DEPARTMENTS[1:-1])
    project.write(PROGRESS_FILE, f"dag,fagområde,vedtaget,udkast,mangler,åbne,beslutninger\n{RECORDED},skoler,0,1,0,0,0\n{rows}")
    return project


def read_board(project: Project, day: str = TODAY.isoformat()) -> ReadProject:
    """Return the project as it is on a day."""
    return read_project(project.root, {"SOURCE_DATE_EPOCH": str(seconds(day))})


def board_page(project: ReadProject) -> Element:
    """Return the tree of the board's page."""
    content = project.content
    return render_page(project.parsed_pages["status.md"], content.pages["status.md"], content, MACROS, files=project.files, assets="assets").root


def board_sheet(project: ReadProject, site_url: str = "") -> PrintDocument:
    """Return the board's page as a sheet of paper."""
    facts = document_facts(project.content.organisation.documents["status"], project.content, site_url=site_url)
    return assemble_sheet(facts, PrintPage("status/", board_page(project), True, "docs/status.md"))
