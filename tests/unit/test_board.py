"""The page for the board: it says what the goals, the tasks and the record of progress say, and which decisions are sought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.content.conventions import MAX_DECISION_CHARACTERS
from kanalstrategi.content.decisions_sought import decisions_sought
from kanalstrategi.content.goal_facts import goal_facts
from kanalstrategi.content.goal_model import Course
from kanalstrategi.content.project import Project as ReadProject
from kanalstrategi.content.project import read_project
from kanalstrategi.content.task_summary import summary, together
from kanalstrategi.markdown.nodes import Element, descendants, line_of
from kanalstrategi.rendering.macros import Call, MacroError
from macros import MACROS
from macros.board import MAX_OLDEST, NO_EARLIER, NO_GOALS, NOTHING_OVERDUE, PROPOSED, SYMBOLS
from tests.support.board import DECISIONS, DEPARTMENTS, RECORDED, board_page, board_project, read_board
from tests.support.goal_figures import COURSES
from tests.support.project import EPOCH, ROOT, Project


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return board_project(tmp_path_factory.mktemp("board"))


@pytest.fixture(scope="module")
def board(folder: Project) -> ReadProject:
    read = read_board(folder)
    assert read.diagnostics == ()
    return read


def answer(project: ReadProject, name: str, *arguments: str) -> Element:
    """Return what a macro puts on the page, in an element."""
    return Element("div", children=MACROS[name](Call(project.content, project.content.pages["status.md"]), *arguments))


def rows(root: Element) -> list[list[str]]:
    """Return the text of each cell of the rows below the head, without the headings that are repeated for phones."""
    found = []
    for row in [node for node in descendants(root) if node.tag == "tr"][1:]:
        cells = [cell for cell in row.children if type(cell) is Element]
        shown = [Element(cell.tag, children=[node for node in cell.children if not (type(node) is Element and node.has_class("column"))]) for cell in cells]
        found.append([line_of(cell).replace("\u00a0", " ") for cell in shown])
    return found


def links(root: Element) -> list[str]:
    return [node.attributes["href"] for node in descendants(root) if node.tag == "a"]


def test_each_goal_says_what_its_page_says(board: ReadProject) -> None:
    root = answer(board, "goal_status")
    shown = {name: cells for name, *cells in rows(root)}
    assert len(shown) == 4
    for goal in board.content.goals:
        facts = goal_facts(goal, board.content.today)
        direction, course, figure, change = shown[facts.title]
        assert facts.direction.endswith(direction) and course == f"{SYMBOLS[facts.course]} {COURSES[goal.id]}" and figure == facts.latest
        assert change.startswith(f"{facts.change}.") and facts.target in change and all(words[1:] in change for words in facts.missing)
        assert f"../{goal.page.url}" in links(root)
    assert len(set(SYMBOLS.values())) == len(Course)  # a state is never told by its color alone


def test_goals_that_nobody_measures_are_told_of_without_a_figure(folder: Project, board: ReadProject) -> None:
    content = replace(board.content, goals=tuple(replace(goal, measurements=()) for goal in board.content.goals))
    root = answer(replace(board, content=content), "goal_status")
    assert {tuple(cells[2:4]) for cells in rows(root)} == {("? ikke målt endnu", "Ingen tal")}
    assert all(cells[4].endswith("Der er ingen målinger endnu.") for cells in rows(root))
    assert line_of(answer(replace(board, content=replace(content, goals=())), "goal_status")).endswith(NO_GOALS)


def test_departments_are_counted_and_compared(board: ReadProject) -> None:
    root = answer(board, "department_progress")
    heads = [line_of(node) for node in descendants(root) if node.tag == "th" and node.attributes.get("scope") == "col"]
    assert heads == ["Fagområde", "Vedtaget", "Udkast", "Mangler", "Åbne beslutninger", "Siden 30. september 2025"]
    found = rows(root)
    assert found[:4] == [
        ["Skoler", "0 af 1", "1", "0", "0 af 0", "ingen ændring"],
        ["Daginstitutioner", "0 af 1", "1", "0", "5 af 5", "ingen ændring"],
        ["Biblioteker", "1 af 1", "0", "0", "4 af 5", "1 flere vedtaget, 1 færre åbne"],
        ["Plejecentre", "0 af 1", "1", "0", "3 af 5", "2 færre åbne"],
    ]
    assert found[-2:] == [
        ["Sundhedsplejen", "0 af 1", "1", "0", "0 af 5", "ny"],
        ["I alt", "3 af 8", "5", "0", "15 af 35", "3 flere vedtaget, 15 færre åbne"],
    ]
    assert len(found) == len(DEPARTMENTS) + 1
    assert sum(len(guideline.open_decisions) for guideline in board.content.guidelines) == 15 and DECISIONS == 5


def test_the_day_to_compare_with_can_be_given(board: ReadProject) -> None:
    assert "Siden 30. september 2025" in line_of(answer(board, "department_progress", "2025-12-31"))
    for wrong in ("2025-02-30", "i fjor"):
        with pytest.raises(MacroError, match=f"»{wrong}« er ikke en dato"):
            answer(board, "department_progress", wrong)
    without = replace(board, content=replace(board.content, progress=()))
    assert line_of(answer(without, "department_progress")).endswith(NO_EARLIER) and "Siden" not in line_of(answer(without, "department_progress"))
    mixed = (*board.content.progress[1:], replace(board.content.progress[0], day=date(2025, 12, 24)))
    assert "ingen ændring (siden 24. december 2025)" in line_of(answer(replace(board, content=replace(board.content, progress=mixed)), "department_progress"))
    assert RECORDED == "2025-09-30"


def test_what_is_overdue_is_counted_and_the_oldest_are_named(board: ReadProject, folder: Project) -> None:
    root, found = answer(board, "overdue"), summary(board.content).overdue
    assert line_of(root).startswith(f"{len(found)} opgaver er over fristen: 1 evaluering af strategien; ")
    items = [line_of(node) for node in descendants(root) if node.tag == "li"]
    groups = together(found)
    assert len(items) == min(MAX_OLDEST, len(groups)) and sum(map(len, groups)) == len(found)
    assert items[0] == "Evaluér strategien: det er ikke oplyst, at det er gjort, frist 31. december 2025"
    assert NOTHING_OVERDUE in line_of(answer(read_board(folder, "2025-12-31"), "overdue"))


def test_decisions_are_proposed_from_what_is_missing_and_said_to_be(board: ReadProject) -> None:
    first, second, third = decisions_sought(board.content)
    assert (first.question, first.reason) == ("Hvem evaluerer strategien, og hvornår er det gjort?", "Fristen var den 31. december 2025.")
    assert second.reason == "»Breve« er bagud, og »Digitalt« går den forkerte vej." and (second.url, second.link) == ("maal/", "Målene")
    assert third.reason.startswith("15 åbne beslutninger i 5 retningslinjer.")
    assert line_of(answer(board, "decisions_sought")).endswith(PROPOSED)


def test_our_own_site_asks_who_evaluates_and_decides() -> None:
    project = read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)})
    found = decisions_sought(project.content)
    undecided = summary(project.content).open_decisions
    assert len(found) == 3 and found[0].question.startswith("Hvem evaluerer strategien")
    assert any(one.reason.startswith(f"{undecided} åbne beslutninger i 7 retningslinjer.") for one in found)


def write_decisions(project: Project, path: str, *decisions: str) -> ReadProject:
    """Write decisions into the front matter of a page, read the project, and put the page back."""
    text = (project.root / path).read_text("utf-8")
    fields = "decisions_sought:\n" + "".join(f'  - "{one}"\n' for one in decisions)
    project.write(path, text.replace("owner:", f"{fields}owner:", 1))
    try:
        return read_board(project)
    finally:
        project.write(path, text)


def test_the_decisions_of_an_editor_take_their_place(folder: Project) -> None:
    read = write_decisions(folder, "docs/status.md", "Skal vi  evaluere nu?", "Hvem?")
    assert read.diagnostics == () and read.content.decisions_sought == ("Skal vi evaluere nu?", "Hvem?")
    root = answer(read, "decisions_sought")
    assert [line_of(node) for node in descendants(root) if node.tag == "li"] == ["Skal vi evaluere nu?", "Hvem?"]
    assert PROPOSED not in line_of(root)


@pytest.mark.parametrize(
    ("path", "decisions", "message", "line"),
    [
        ("docs/status.md", ["a", "b", "c", "d"], "der er mere end 3 beslutninger", 5),
        ("docs/status.md", ["a", "b" * (MAX_DECISION_CHARACTERS + 1)], "beslutningen er på 201 tegn, og den må højst være på 200", 7),
        ("docs/strategi/formaal.md", ["a"], "feltet decisions_sought hører til i docs/status.md", 3),
    ],
)
def test_wrong_decisions_are_told_of(folder: Project, path: str, decisions: list[str], message: str, line: int) -> None:
    (problem,) = write_decisions(folder, path, *decisions).diagnostics
    assert (problem.place, problem.message) == (f"{path}:{line}", message)


def test_every_link_of_the_page_leads_to_a_page(board: ReadProject) -> None:
    targets = {link.removeprefix("../").partition("#")[0] for link in links(board_page(board)) if not link.startswith(("#", "tel:", "mailto:"))}
    assert targets - {page.url for page in board.content.pages.values()} == {"pdf/status.pdf"}


def test_nothing_is_made_up_without_departments(tmp_path: Path) -> None:
    folder = board_project(tmp_path)
    for name in DEPARTMENTS:
        (folder.root / f"docs/retningslinjer/{name}.md").unlink()
    read = read_board(folder)
    assert rows(answer(read, "department_progress")) == [["I alt", "0 af 0", "0", "0", "0 af 0"]]
