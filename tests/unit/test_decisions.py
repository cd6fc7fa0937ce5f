"""A guideline's decisions, as the content model reads them from a page."""

from __future__ import annotations

import pytest

from kanalstrategi.content.decision_model import Decision, DecisionState
from kanalstrategi.content.project import read_project
from tests.support.project import Project

PAGE = "docs/retningslinjer/skoler.md"


def decisions(project: Project, written: str) -> list[Decision]:
    """The decisions about telephones, after others have been written in the place of the first one."""
    text = (project.root / PAGE).read_text(encoding="utf-8")
    start = text.index("- [ ] Telefontider")
    project.write(PAGE, text[:start] + written + text[text.index("- [ ] Telefonsvarer") :])
    read = read_project(project.root, {})
    assert read.diagnostics == ()
    guideline = next(guideline for guideline in read.content.guidelines if guideline.id == "skoler")
    return [decision for decision in guideline.decisions if decision.channel == "telefon"]


@pytest.mark.parametrize(
    ("written", "state", "question", "answer"),
    [
        ("- [ ] Tider: Hvornår?\n", DecisionState.OPEN, "Tider: Hvornår?", ""),
        ("- [x] Tider: Hvornår?\n\n    Kl. 9.\n\n    Og 12.\n\n", DecisionState.DECIDED, "Tider: Hvornår?", "Kl. 9.\n\nOg 12."),
        ("- [-] Tider: Hvornår?\n\n    Aldrig\n    nu.\n", DecisionState.NOT_RELEVANT, "Tider: Hvornår?", "Aldrig nu."),
        ("- [x] Tider: Kl. 9.\n", DecisionState.DECIDED, "Tider", "Kl. 9."),
        ("- [x] Tider: Hvornår?\n    {: #tider kind=essential }\n\n    - Kl. 9\n    - Kl. 10\n\n", DecisionState.DECIDED, "Tider: Hvornår?", "Kl. 9\n\nKl. 10"),
        ("- [ ] Tider: Hvornår\n  kan man?\n", DecisionState.OPEN, "Tider: Hvornår kan man?", ""),
        ("- [ ] Hvornår: kan\n", DecisionState.OPEN, "Hvornår: kan", ""),
    ],
)
def test_a_decision_has_a_state_a_question_and_an_answer(project: Project, written: str, state: DecisionState, question: str, answer: str) -> None:
    first, second, *_ = decisions(project, written)
    assert (first.state, first.question, first.answer, first.is_essential) == (state, question, answer, "essential" in written)
    assert second.question.startswith("Telefonsvarer: ") and second.answer == ""


def test_its_id_stays_when_the_question_is_worded_anew_and_is_unique_on_the_page(project: Project) -> None:
    written = "- [ ] Tider: Nu?\n- [x] Tider: Da?\n- [ ] Hvem ringer til borgeren, når sagen haster?\n- [ ] Andet: Hvad?\n    {: #noget-andet }\n"
    ids = [decision.id for decision in decisions(project, written)][:4]
    assert ids == ["telefon-tider", "telefon-tider-2", "telefon-hvem-ringer-til-borgeren-naar-sagen", "noget-andet"]
    project.write(PAGE, (project.root / PAGE).read_text(encoding="utf-8").replace("Tider: Nu?", "Tider: Hvornår kan man ringe?"))
    guideline = next(guideline for guideline in read_project(project.root, {}).content.guidelines if guideline.id == "skoler")
    assert [decision.id for decision in guideline.decisions if decision.channel == "telefon"][:4] == ids


def test_ten_decisions_of_each_guideline_are_marked_as_the_most_important_ones(whole_project: Project) -> None:
    for guideline in read_project(whole_project.root, {}).content.guidelines:
        essential = [decision for decision in guideline.decisions if decision.is_essential]
        assert len(essential) == 10 and {decision.channel for decision in essential} >= {"telefon", "mail", "digital-post", "selvbetjening"}


def test_the_mark_of_a_decision_on_anything_else_is_reported(whole_project: Project) -> None:
    whole_project.replace(PAGE, "## Telefon og", "- Et punkt\n    {: kind=essential }\n\n## Telefon og")
    (line,) = whole_project.check()
    assert "kind=essential står på et punkt, der ikke er en beslutning – slet det" in line
