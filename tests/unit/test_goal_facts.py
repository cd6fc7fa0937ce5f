"""How a goal stands, in words: each course, the change, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.content.goal_facts import GoalFacts, goal_facts
from kanalstrategi.content.goal_model import Course, Direction, Goal, Measurement, Period
from kanalstrategi.content.model import Page, Status
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.project import read_project
from kanalstrategi.danish.numbers import danish_number
from tests.support.goal_figures import CHANGES, COURSES, MISSING, TODAY, add_goals, project_with_goals
from tests.support.small_project import small_project

PAGE = Page("maal/opkald.md", "maal/opkald/", "Færre opkald", "", Owner("hus", "Huset"), Status.ADOPTED, TODAY, TODAY)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def goal(figures: dict[int, str], direction: Direction = Direction.DOWN, unit: str = "opkald", target: str = "", target_by: int = 2026) -> Goal:
    rows = tuple(Measurement(year(one), Decimal(value), "Telefonsystemet", "", line) for line, (one, value) in enumerate(figures.items(), 2))
    wanted = {"target": Decimal(target), "target_by": year(target_by)} if target else {}
    return replace(Goal("opkald", PAGE, None, direction, unit, measurements=rows), **wanted)  # type: ignore[arg-type] # the fields of a record, by name


def facts(*arguments: object, today: date = TODAY, **more: object) -> GoalFacts:
    return goal_facts(goal(*arguments, **more), today)  # type: ignore[arg-type] # as above


@pytest.mark.parametrize(
    ("figures", "target", "course"),
    [
        ({}, "", Course.NOT_MEASURED),
        ({2021: "100"}, "", Course.BASELINE_ONLY),
        ({2021: "100", 2025: "99"}, "", Course.ON_COURSE),
        ({2021: "100", 2025: "100"}, "", Course.UNCHANGED),
        ({2021: "100", 2025: "101"}, "", Course.OFF_COURSE),
        ({2021: "100", 2025: "60"}, "50", Course.ON_COURSE),
        ({2021: "100", 2025: "61"}, "50", Course.BEHIND),
        ({2021: "100", 2025: "100"}, "50", Course.UNCHANGED),
        ({2021: "100", 2025: "120"}, "50", Course.OFF_COURSE),
    ],
)
def test_each_course(figures: dict[int, str], target: str, course: Course) -> None:
    assert facts(figures, target=target).course is course
    upwards = {one: str(200 - int(value)) for one, value in figures.items()}
    assert facts(upwards, Direction.UP, target=target and "150").course is course


def test_the_rule_says_what_was_asked_for_and_the_figure() -> None:
    assert facts({2021: "100", 2025: "61"}, target="50").rule == (
        "En lige linje fra 100 opkald i 2021 til 50 opkald i 2026 giver højst 60 opkald i 2025. Tallet er 61."
    )
    assert facts({2021: "100", 2025: "61"}, target="50", target_by=2024).rule == "Målet var højst 50 opkald i 2024. Tallet er 61."
    assert facts({2021: "100", 2025: "61"}).rule == "Tallet er lavere end ved den første måling, og det skal falde."


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(2022, 2030))
def test_nobody_reads_that_a_figure_is_as_asked_for_and_that_it_is_behind(first: int, latest: int, target: int, by: int) -> None:
    found = facts({2021: str(first), 2024: str(latest)}, target=str(target), target_by=by)
    if found.course in (Course.BEHIND, Course.ON_COURSE):
        asked = found.rule.split("højst ")[1].split(" ")[0].replace(".", "")
        assert (latest <= int(asked)) is (found.course is Course.ON_COURSE)


@pytest.mark.parametrize(
    ("figures", "unit", "change"),
    [
        ({2021: "12400", 2025: "9800"}, "opkald", "12.400 → 9.800 opkald: 2.600 færre (21 %) siden 2021"),
        ({2021: "1000", 2025: "1001"}, "opkald", "1.000 → 1.001 opkald: 1 flere (under 1 %) siden 2021"),
        ({2021: "0", 2025: "5"}, "opkald", "0 → 5 opkald: 5 flere siden 2021"),
        ({2021: "2.5", 2025: "2"}, "minutter", "2,5 → 2 minutter: 0,5 mindre (20 %) siden 2021"),
        ({2021: "61.5", 2025: "60"}, "%", "61,5 → 60 %: 1,5 procentpoint lavere siden 2021"),
        ({2021: "5", 2025: "5"}, "", "5 → 5: uændret siden 2021"),
    ],
)
def test_the_change_in_words(figures: dict[int, str], unit: str, change: str) -> None:
    assert facts(figures, unit=unit).change_line == change


def test_what_is_missing() -> None:
    assert facts({}).missing == ("der er ingen målinger endnu",)
    assert facts({2019: "3", 2021: "2", 2023: "1"}).missing == ("ingen måling for 2020 og 2022", "målt senest 2023")
    assert facts({2010: "3", 2025: "2"}, unit="").missing == ("det står ikke, hvad der tælles", "ingen måling for 14 perioder fra 2011 til 2024")
    assert facts({2024: "3"}, today=date(2025, 12, 31)).missing == ()
    assert facts({2024: "3"}, today=date(2026, 1, 1)).missing == ("målt senest 2024",)


@given(st.lists(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), min_size=1, max_size=8), st.sampled_from(Direction), st.booleans())
def test_the_words_have_the_figures_of_the_file(values: list[Decimal], direction: Direction, has_target: bool) -> None:
    found = facts({2010 + number: str(value) for number, value in enumerate(values)}, direction, target="7" if has_target else "")
    assert found.baseline == f"{danish_number(values[0])} opkald i 2010"
    assert found.latest == f"{danish_number(values[-1])} opkald i {2009 + len(values)}"
    if len(values) > 1 and values[0] != values[-1]:
        assert f": {danish_number(abs(values[-1] - values[0]))} " in found.change_line


def test_a_municipality_with_five_years(tmp_path: Path) -> None:
    read = read_project(project_with_goals(tmp_path).root, {})
    assert read.diagnostics == ()
    found = {one.id: goal_facts(one, TODAY) for one in read.content.goals}
    assert {id: one.change_line for id, one in found.items()} == CHANGES
    assert {id: one.course_label for id, one in found.items()} == COURSES
    assert {id: one.missing for id, one in found.items()} == MISSING
    assert found["telefon"].sentence == "Borgernes brug af telefonen falder."


def test_what_is_wrong_with_a_goals_page_and_its_file(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    add_goals(project)
    project.write("docs/maal/telefn.csv", "periode,værdi,kilde\n")
    project.write("docs/maal/slet-ikke.csv", "periode,værdi,kilde\n")
    project.write("docs/maal/breve.csv", "periode,værdi,kilde\n2021,12.5,A\n")
    lines = {
        "sætning": project.replace("docs/maal/telefon.md", "goal: maal-telefon", "goal: maal-telefn"),
        "retning": project.replace("docs/maal/digitalt.md", "direction: up", "direction: op"),
        "target": project.replace("docs/maal/breve.md", "target: 4.000", "target: 4.5"),
        "periode": project.replace("docs/maal/breve.md", "target_by: 2026", "target_by: snart"),
    }
    project.replace("docs/maal/selvbetjening.md", "unit: procent", "target: 70")
    project.replace("docs/strategi/formaal.md", "status:", "direction: up\nstatus:")
    found = [str(one) for one in read_project(project.root, {}).diagnostics]
    expected = [
        "docs/maal/slet-ikke.csv:1: tallene hører ikke til en side i docs/maal – giv filen samme navn som målets side: breve, digitalt, selvbetjening, telefon",
        "docs/maal/telefn.csv:1: tallene hører ikke til en side i docs/maal – mente du telefon.csv?",
        "docs/maal/breve.csv:2: 12.5 er ikke et tal på dansk",
        f"docs/maal/telefon.md:{lines['sætning']}: målet maal-telefn findes ikke i strategien – mente du maal-telefon?",
        f"docs/maal/digitalt.md:{lines['retning']}: direction kan ikke være op",
        f"docs/maal/breve.md:{lines['target']}: 4.5 er ikke et tal på dansk",
        f"docs/maal/breve.md:{lines['periode']}: perioden »snart« i target_by kendes ikke",
        "docs/maal/selvbetjening.md:9: der står ikke, hvornår målet skal være nået",
        "docs/strategi/formaal.md:4: feltet direction hører til i docs/maal",
    ]
    assert [start for start in expected if not any(one.startswith(start) for one in found)] == []
    assert len(found) == len(expected)
