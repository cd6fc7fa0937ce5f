"""What the checks find wrong with a channel chooser, and how its page is split into steps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content.chooser import read_chooser
from kanalstrategi.content.model import Answer, Chooser, Step
from kanalstrategi.content.project import read_project
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import element
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.chooser_steps import with_steps
from tests.support.project import ROOT, Project

CHOOSER = "docs/vaelg-kanal.md"
PAGE = read_project(ROOT, {}).content.pages["vaelg-kanal.md"]
ERRORS = {
    "an answer that leads to no step": (
        ("- [Én borger](#sag)", "- [Én borger](#resultater)"),
        "svaret »Én borger« fører ikke til et spørgsmål eller et resultat – lad svaret pege på en overskrift med ### foran",
    ),
    "an answer that leads back": (
        ("- [Ja, på video](#hold-videomoede)", "- [Ja, på video](#sag)"),
        "svaret »Ja, på video« fører tilbage, så man kan gå i ring – lad svaret føre videre",
    ),
    "an outcome that nobody reaches": (
        ("- [Ja, på video](#hold-videomoede)", "- [Ja, på video](#send-brev)"),
        "intet svar fører til »Hold et videomøde« – lad et svar pege på #hold-videomoede, eller slet afsnittet",
    ),
    "a question without answers": (
        ("- [Ja, på video](#hold-videomoede)\n- [Nej, borgeren skal være til stede](#moed-borgeren)\n", ""),
        "»Kan mødet holdes på video?« har hverken svar eller en kanal – skriv {{ channel(\"…\") }} under resultatet",
    ),
    "a question with one answer": (
        ("- [Nej, borgeren skal være til stede](#moed-borgeren)\n", ""),
        "spørgsmålet »Kan mødet holdes på video?« har kun ét svar – skriv mindst to svar, eller fjern spørgsmålet",
    ),
    "two answers with one end": (
        ("- [Ja, på video](#hold-videomoede)", "- [Ja, på video](#moed-borgeren)"),
        "svarene »Ja, på video« og »Nej, borgeren skal være til stede« fører til det samme – skriv dem som ét svar",
    ),
    "an outcome without a source": (
        (
            ('- {{ quote("telefon-afklaring") }}\n- {{ rule("telefon-ring") }}\n\n#### Ikke tilladt\n\n'
             '- Hvis du følger op skriftligt: {{ quote("digital-post-sikker") }}\n'
             '- Presse og sociale medier: {{ rule("presse-ingen-sagsbehandling") }}\n\n#### Husk\n\n'
             '- {{ rule("telefon-notatpligt") }}\n'),
            "- Fordi.\n",
        ),
        "resultatet »Ring til borgeren« henviser ikke til strategien – begrund det med {{ rule(",
    ),
    "an answer with words beside its link": (
        ("- [Én borger](#sag)", "- [Én borger](#sag) – for eksempel en forælder"),
        "svaret »Én borger – for eksempel en forælder« er ikke ét link til et trin på siden – skriv det som `- [Én borger](#sag)`",
    ),
    "a rule that does not exist": (
        ('{{ rule("telefon-ring") }}', '{{ rule("telefon-rings") }}'),
        "reglen telefon-rings findes ikke – mente du telefon-ring?",
    ),
    "a sentence that is not in the passage": (
        ('skriver en mail: {{ quote("mail-personfoelsomt") }}', 'skriver en mail: {{ quote("mail-personfoelsomt", "Mail må") }}'),
        "ingen sætning i afsnittet mail-personfoelsomt begynder med »Mail må« – skriv de første ord af en af dem, som »Mails, der ikke«",
    ),
}  # fmt: skip - laid out by hand, as a table


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_of_the_chooser_is_reported(project: Project, case: str) -> None:
    (old, new), words = ERRORS[case]
    project.replace(CHOOSER, old, new)
    reported = project.check()
    assert [line for line in reported if words in line and line.startswith(f"{CHOOSER}:")], reported


def test_too_many_paths_are_not_followed(project: Project) -> None:
    steps = "".join(
        f"### Spørgsmål {n} {{: #s{n} }}\n\n- [a](#s{n + 1})\n- [b](#t{n})\n\n### Og {n} {{: #t{n} }}\n\n- [c](#s{n + 1})\n- [d](#s{n + 2})\n\n"
        for n in range(60)
    )
    end = "".join(f'### Slut {n} {{: #s{n} }}\n\n{{{{ channel("telefon") }}}} {{{{ rule("telefon-ring") }}}}\n\n' for n in (60, 61))
    text = (project.root / CHOOSER).read_text(encoding="utf-8")
    project.write(CHOOSER, text[: text.index("## Spørgsmål")] + "## Spørgsmål\n\n" + steps + end + "## Oversigt\n\n{{ outcomes() }}\n")
    assert any("flere end 200 veje" in line for line in project.check()), project.check()


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    """Draw a graph of steps: arrows go forward only and reach every step, except one arrow that may go anywhere."""
    size = draw(st.integers(1, 9))
    arrows: list[list[int]] = [[] for _ in range(size)]
    for step in range(1, size):
        arrows[draw(st.integers(0, step - 1))].append(step)
    for step in range(size - 1):
        if len(arrows[step]) == 1:
            arrows[step].append(draw(st.integers(step + 1, size - 1)))
    if draw(st.booleans()):
        arrows[draw(st.integers(0, size - 1))].append(draw(st.integers(0, size)))
    return arrows


@settings(max_examples=300)
@given(graphs())
def test_a_chooser_without_errors_always_ends_and_reaches_everything(arrows: list[list[int]]) -> None:
    body = "---\nowner: x\n---\n# t\n"
    for number, targets in enumerate(arrows):
        body += f"\n### Trin {number} {{: #n{number} }}\n\n"
        body += "".join(f"- [Svar {n}](#n{to})\n" for n, to in enumerate(targets)) or '{{ channel("a") }} {{ rule("b") }}\n'
    parsed = parse(body)
    diagnostics: list[Diagnostic] = []
    found = read_chooser(PAGE, parsed, diagnostics)
    # Computed here in another way: an error is an arrow out of the page, two equal ones, a single one, or a circle.
    sound = all(len(set(targets)) == len(targets) != 1 and all(to < len(arrows) for to in targets) for targets in arrows) and not any(
        step in beyond(arrows, step) for step in range(len(arrows))
    )
    assert (not diagnostics) is sound
    if not sound:
        assert found.paths == ()
        return
    assert all(found.by_id[path[-1].to].is_outcome for path in found.paths if path)
    visited = {found.steps[0].id} | {answer.to for path in found.paths for answer in path}
    assert visited == set(found.by_id)


def beyond(arrows: list[list[int]], start: int) -> set[int]:
    """Return the steps that can be reached from a step by at least one answer."""
    reached: set[int] = set()
    waiting = list(arrows[start])
    while waiting:
        step = waiting.pop()
        if step < len(arrows) and step not in reached:
            reached.add(step)
            waiting += arrows[step]
    return reached


def test_each_step_becomes_a_section_and_each_answer_says_where_it_leads() -> None:
    steps = (Step("haster", "Haster det?", 5, (Answer("Ja", "ring", 7), Answer("Nej", "brev", 8))), Step("ring", "Ring", 9), Step("brev", "Send brev", 11))
    root = element(
        "div",
        element("h2", "Spørgsmål", id="spoergsmaal"),
        element("h3", "Haster det?", id="haster"),
        element("p", element("a", "Ja", href="#ring")),
        element("ul", element("li", element("a", "Ja", href="#ring")), element("li.wide", element("p", element("a", "Nej", href="#brev"), "."))),
        element("h2", "Resultater", id="resultater"),
        element("p", "Vejledning"),
        element("h3", "Ring", id="ring"),
        element("h4", "Hvorfor"),
        element("h3", "Send brev", id="brev"),
        element("h2", "Oversigt", id="oversigt"),
        element("p", "Tabel"),
    )
    with_steps(root, Chooser(PAGE, steps))
    answers = element(
        "ul",
        element("li.answer", element("a", "Ja", href="#ring"), " ", element("span.leads-to", "– gå til: Ring")),
        element("li.wide.answer", element("p", element("a", "Nej", href="#brev"), " ", element("span.leads-to", "– gå til: Send brev"), ".")),
    )
    assert root == element(
        "div",
        element("h2", "Spørgsmål", id="spoergsmaal", class_="steps-title"),
        element(
            "section.step.question",
            element("h3", "Haster det?", id="haster"),
            element("p", element("a", "Ja", href="#ring")),
            answers,
            data_step="haster",
            data_first="",
        ),
        element("h2", "Resultater", id="resultater"),
        element("p", "Vejledning"),
        element("section.step.outcome", element("h3", "Ring", id="ring"), element("h4", "Hvorfor"), data_step="ring"),
        element("section.step.outcome", element("h3", "Send brev", id="brev"), data_step="brev"),
        element("h2", "Oversigt", id="oversigt"),
        element("p", "Tabel"),
    )


def test_steps_inside_an_element_become_sections_there() -> None:
    steps = (Step("ring", "Ring", 5), Step("brev", "Send brev", 7))
    root = element("div", element("div", element("h3", "Ring", id="ring")), element("h3", "Send brev", id="brev"))
    with_steps(root, Chooser(PAGE, steps))
    assert root == element(
        "div",
        element("div", element("section.step.outcome", element("h3", "Ring", id="ring"), data_step="ring", data_first="")),
        element("section.step.outcome", element("h3", "Send brev", id="brev"), data_step="brev"),
    )
