"""One command begins a department: a page with every section and open decision, in the menu, without errors.

The command itself is run in tests/site/test_fresh_clone.py, from a fresh clone.
"""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanalstrategi.checks.consistency import check_consistency
from kanalstrategi.content.page_template import DEPARTMENT_NAME, QUESTION, NewPageError, new_answer, new_department
from kanalstrategi.content.project import read_project
from kanalstrategi.design.theme import PAGES
from kanalstrategi.markdown.parser import parse
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


def test_a_new_answer_says_line_by_line_what_is_left_to_write(project: Project) -> None:
    path = new_answer(project.root, "Må jeg få en tolk?", {"SOURCE_DATE_EPOCH": "1767225600"})
    assert path == "docs/svar/maa-jeg-faa-en-tolk.md"
    assert [line.partition(" – ")[0] for line in project.check()] == [
        f"{path}:2: feltet description er tomt eller ikke tekst",
        f"{path}:3: svaret nævner ingen kanal",
        f"{path}:4: svaret har ingen søgeord",
        f"{path}:12: siden begynder ikke med svaret",
        f"{path}:12: svaret henviser ikke til strategien",
        f"{path}:18: der står ikke noget under overskriften »Sådan gør du«",
        f"{path}:22: der står ikke noget under overskriften »Det siger strategien«",
    ]
    text = (project.root / path).read_text(encoding="utf-8")
    notes = iter(["Strategien siger ikke noget om tolk.", "Spørg kommunen.", '{{ passage("telefon-afklaring") }}'])
    text = re.sub(r"^\{#.*#\}$", lambda _: next(notes), text, flags=re.MULTILINE)
    for empty, written in (("description:", "description: Om tolk."), ("channel:", "channel: telefon"), ("[]", "[tolk, oversætter]")):
        text = text.replace(empty, written, 1)
    project.write(path, text)
    assert project.check() == []
    answer = read_project(project.root, {}).content.answers[-1]  # in the menu, last
    assert (answer.page.title, answer.first_sentence) == ("Må jeg få en tolk?", "Strategien siger ikke noget om tolk.")
    assert (answer.page.status.value, answer.page.reviewed, answer.page.review_by) == ("draft", date(2026, 1, 1), date(2026, 7, 1))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Brev  på\tpapir?", "docs/svar/brev-paa-papir.md findes allerede"),
        ("Index?", "docs/svar/index.md findes allerede"),
        ("Må jeg få en tolk", "kan ikke bruges som spørgsmål – .* slut med \\?"),
        ("?", "kan ikke bruges som spørgsmål"),
        ("Må jeg {{ status() }}?", "kan ikke bruges som spørgsmål"),
        ("Må \u202ejeg?", "kan ikke bruges som spørgsmål"),
        ("x" * 80 + "?", "kan ikke bruges som spørgsmål"),
    ],
)
def test_a_question_that_cannot_be_is_refused_and_nothing_written(project: Project, question: str, words: str) -> None:
    with pytest.raises(NewPageError, match=words):
        new_answer(project.root, question, {})
    assert project.check() == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.from_regex(QUESTION, fullmatch=True))
def test_any_question_is_the_title_of_its_page(project: Project, question: str) -> None:
    try:
        path = new_answer(project.root, question, {})
    except NewPageError as error:
        assert "findes allerede" in str(error) or "kan ikke bruges som spørgsmål" in str(error)
        return
    title = " ".join(unicodedata.normalize("NFC", question).split())
    page = parse((project.root / path).read_text(encoding="utf-8"))
    assert page.diagnostics == () and [block.text for block in page.blocks if block.level == 1] == [title]
    (project.root / path).unlink()


def test_an_outdated_template_of_an_answer_is_reported(project: Project) -> None:
    template = "docs/skabeloner/svar.md"
    project.write(template, (PAGES / "skabeloner/svar.md").read_text(encoding="utf-8").replace("$owner", "ikke-udpeget"))
    assert project.check() == []
    line = project.replace(template, "{{ status() }}", "{{ stand() }}")
    assert [reported.partition(" – ")[0] for reported in project.check()] == [f"{template}:{line}: makroen stand findes ikke"]
    project.replace(template, "owner: ikke-udpeget", "owner: ingen")
    assert f"{template}:5: den ansvarlige ingen findes ikke" in "".join(project.check())


def test_an_outdated_template_is_reported(project: Project) -> None:
    template = "docs/skabeloner/retningslinje.md"
    line = project.replace(template, '{{ rules("videomoeder") }}', '{{ rules("videomode") }}')
    assert [f"{template}:{line}: kanalen videomode findes ikke – mente du videomoeder?"] == project.check()
    front = "description: Chat\nowner: politik-personale\nstatus: draft\nreviewed: 2023-02-28\nreview_by: 2025-12-31"
    project.write("docs/kanaler/chat.md", f"---\n{front}\n---\n\n# Chat\n\n## Det betyder, at\n\n- vi skal svare\n    {{: #chat-svar }}\n")
    project.replace("mkdocs.yml", "      - kanaler/personligt-fremmoede.md\n", "      - kanaler/personligt-fremmoede.md\n      - kanaler/chat.md\n")
    assert any(reported.startswith(f"{template}:11: retningslinjen mangler et afsnit om Chat – skriv") for reported in project.check())
