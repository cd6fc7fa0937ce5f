"""One command begins a department: a page with every section and open decision, in the menu, without errors.

The command itself is run in tests/site/test_fresh_clone.py, from a fresh clone.
"""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanalstrategi.checks.consistency import check_consistency
from kanalstrategi.content.page_template import DEPARTMENT_NAME, NewPageError, new_department
from kanalstrategi.content.project import read_project
from tests.support.project import Project


@pytest.mark.parametrize(
    ("name", "file"),
    [("Sundhedsplejen", "sundhedsplejen"), ("Børn & unge på Ærø", "boern-unge-paa-aeroe"), ("No", "no"), ("112", "112")],
)
def test_a_new_department_has_everything(project: Project, name: str, file: str) -> None:
    path = new_department(project.root, name, {"SOURCE_DATE_EPOCH": "1767225600"})
    assert path == f"docs/retningslinjer/{file}.md"
    assert project.check() == []
    content = read_project(project.root, os.environ).content
    guideline = content.guidelines[-1]  # last in the menu
    assert (guideline.id, guideline.department) == (file, name)
    assert (guideline.page.reviewed, guideline.page.review_by) == (date(2026, 1, 1), date(2026, 7, 1))
    assert guideline.page.status.value == "draft"
    for section in guideline.sections:
        assert len(section.open_decisions) >= 4
        assert len(section.open_decisions) == len(section.decisions)
    assert all(guideline.page in content.quotes[id] for id in content.rules)


def test_the_configuration_is_not_touched(project: Project) -> None:
    before = (project.root / "mkdocs.yml").read_bytes()
    new_department(project.root, "Sundhedsplejen", {})
    assert (project.root / "mkdocs.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Skoler", "docs/retningslinjer/skoler.md findes allerede"),
        ("", "kan ikke bruges som navn"),
        ("../../etc", "kan ikke bruges som navn"),
        ('x" }} {{ status() }}', "kan ikke bruges som navn"),
        ("a: b", "kan ikke bruges som navn"),
        ("x" * 61, "kan ikke bruges som navn"),
        ("Index", "docs/retningslinjer/index.md findes allerede"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_written(project: Project, name: str, words: str) -> None:
    with pytest.raises(NewPageError, match=words):
        new_department(project.root, name, {})
    assert project.check() == []


def test_without_a_place_in_the_menu_the_check_says_what_to_write(project: Project) -> None:
    project.replace("mkdocs.yml", "      - retningslinjer/* # what departments add\n", "")
    path = new_department(project.root, "Ny", {})
    assert project.check() == [f"{path}:1: siden står ikke i menuen – skriv `- retningslinjer/ny.md` under nav i mkdocs.yml"]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.from_regex(DEPARTMENT_NAME, fullmatch=True))
def test_a_department_of_any_name_causes_no_errors(project: Project, name: str) -> None:
    try:
        path = new_department(project.root, name, {})
    except NewPageError as error:
        assert "findes allerede" in str(error) or "kan ikke bruges som navn" in str(error)  # such as a name of dots
        return
    loaded = read_project(project.root, {})
    assert loaded.diagnostics == () and [*check_consistency(loaded)] == []
    assert loaded.content.guidelines[-1].page.path == path.removeprefix("docs/")
    (project.root / path).unlink()


def test_an_outdated_template_is_reported(project: Project) -> None:
    template = "docs/skabeloner/retningslinje.md"
    line = project.replace(template, '{{ rules("videomoeder") }}', '{{ rules("videomode") }}')
    assert [f"{template}:{line}: kanalen videomode findes ikke – mente du videomoeder?"] == project.check()
    front = "description: Chat\nowner: politik-personale\nstatus: draft\nreviewed: 2023-02-28\nreview_by: 2025-12-31"
    project.write("docs/kanaler/chat.md", f"---\n{front}\n---\n\n# Chat\n\n## Det betyder, at\n\n- vi skal svare\n    {{: #chat-svar }}\n")
    project.replace("mkdocs.yml", "      - kanaler/personligt-fremmoede.md\n", "      - kanaler/personligt-fremmoede.md\n      - kanaler/chat.md\n")
    assert any(reported.startswith(f"{template}:11: retningslinjen mangler et afsnit om Chat – skriv") for reported in project.check())
