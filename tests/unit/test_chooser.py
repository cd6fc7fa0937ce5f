"""What the checks find wrong with a channel chooser, and how its page is split into steps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content.chooser import read_chooser
from kanalstrategi.content.chooser_model import Answer, Chooser, Step
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
        ("- [Ja, de leder selv efter den](#skriv-paa-hjemmesiden)", "- [Ja, de leder selv efter den](#svar-kort)"),
        "intet svar fører til »Skriv det på hjemmesiden« – lad et svar pege på #skriv-paa-hjemmesiden, eller slet afsnittet",
    ),
    "an outcome that only a situation led to": (
        ("- [Jeg har fået en mail med et CPR-nummer](#svar-paa-mailen)\n", ""),
        "intet svar fører til »Svar på mailen med digital post« – lad et svar pege på #svar-paa-mailen, eller slet afsnittet",
    ),
    "a situation that leads to a question": (
        ("- [En borger ringer om sin sag](#tal-i-telefonen)", "- [En borger ringer om sin sag](#ringe)"),
        "situationen »En borger ringer om sin sag« fører til et spørgsmål – lad den føre til et resultat",
    ),
    "a situation that leads to no step": (
        ("- [En borger ringer om sin sag](#tal-i-telefonen)", "- [En borger ringer om sin sag](#telefon)"),
        "svaret »En borger ringer om sin sag« fører ikke til et spørgsmål eller et resultat",
    ),
    "two situations with one end": (
        ("- [En borger ringer om sin sag](#tal-i-telefonen)", "- [En borger ringer om sin sag](#svar-paa-mailen)"),
        "svarene »Jeg har fået en mail med et CPR-nummer« og »En borger ringer om sin sag« fører til det samme – skriv dem som ét svar",
    ),
    "a situation with words beside its link": (
        ("- [En borger ringer om sin sag](#tal-i-telefonen)", "- [En borger ringer om sin sag](#tal-i-telefonen) og er vred"),
        "svaret »En borger ringer om sin sag og er vred« er ikke ét link til et trin på siden – skriv det som `- [En borger ringer",
    ),
    "a ninth situation": (
        ("- [Et andet spørgsmål](#en-eller-mange)", "- [En borger skal have et pas](#moed-borgeren)\n- [Et andet spørgsmål](#en-eller-mange)"),
        "der er 9 situationer under »Situationer« – behold dem, I møder oftest, højst 8; spørgsmålene fører til resten",
    ),
    "situations without a way to the questions": (
        ("- [Et andet spørgsmål](#en-eller-mange)\n", ""),
        "det sidste punkt under »Situationer« fører ikke til det første spørgsmål – skriv som det sidste punkt `- [Et andet spørgsmål](#en-eller-mange)`",
    ),
    "a heading for situations without any": (
        ("## Situationer\n", "## Situationer\n\n## Mere\n"),
        "der er ingen situationer under »Situationer« – skriv hver situation som et link til et resultat",
    ),
    "an outcome without actions": (
        (
            "#### Gør sådan\n\n1. Ring til borgeren.\n2. Skal I videre på skrift, så brug digital post.\n3. Overhold",
            "- Overhold",
        ),
        "resultatet »Ring til borgeren« siger ikke, hvad man gør – skriv `#### Gør sådan` øverst i resultatet",
    ),
    "an outcome with one action": (
        ("1. Ring til borgeren.\n2. Skal I videre på skrift, så brug digital post.\n3. Overhold", "1. Overhold"),
        "resultatet »Ring til borgeren« har 1 nummereret handling – skriv to til fire, hver med `1.` foran",
    ),
    "an outcome with five actions": (
        ("1. Ring til borgeren.\n2. Skal I videre på skrift, så brug digital post.\n3. Over", "1. Ring.\n2. Hils.\n3. Spørg.\n4. Svar.\n5. Over"),
        "resultatet »Ring til borgeren« har 5 nummererede handlinger – skriv to til fire",
    ),
    "actions with bullets": (
        ("1. Ring til borgeren.\n2. Skal I videre på skrift, så brug digital post.\n3. Over", "- Ring.\n- Hils.\n- Over"),
        "resultatet »Ring til borgeren« har ingen nummererede handlinger – skriv to til fire",
    ),
    "an outcome that says last what to do": (
        (
            "4. Overhold reglerne for notatpligt og journalisering.\n\n#### Ikke tilladt\n\n- Hvis",
            '4. Overhold reglerne for notatpligt og journalisering.\n\n#### Hvorfor\n\n- {{ rule("telefon-ring") }}\n\n#### Ikke tilladt\n\n- Hvis',
        ),
        "delene af resultatet »Tal med borgeren i telefonen« står ikke i rækkefølge – skriv først »Gør sådan«, så »Ikke tilladt« og til sidst »Hvorfor«",
    ),
    "a prohibition that the strategy does not know": (
        ('#### Ikke tilladt\n\n- Hvis du skriver en mail: {{ quote("mail-personfoelsomt") }}', "#### Ikke tilladt\n\n- At være uvenlig."),
        "resultatet »Svar, og vis vej til hjemmesiden« forbyder noget, som strategien ikke bliver citeret for – citer forbuddet med {{ rule(",
    ),
    "a question without answers": (
        ("- [Ja, på video](#hold-videomoede)\n- [Nej, borgeren skal være til stede](#moed-borgeren)\n", ""),
        '»Kan mødet holdes på video?« har hverken svar eller en kanal – skriv {{ channel("…") }} under resultatet',
    ),
    "a question with one answer": (
        ("- [Nej, borgeren skal være til stede](#moed-borgeren)\n", ""),
        "spørgsmålet »Kan mødet holdes på video?« har kun ét svar – skriv mindst to svar, eller fjern spørgsmålet",
    ),
    "two answers with one end": (
        ("- [Ja, på video](#hold-videomoede)", "- [Ja, på video](#moed-borgeren)"),
        "svarene »Ja, på video« og »Nej, borgeren skal være til stede« fører til det samme – skriv dem som ét svar",
    ),
    "an outcome without reasons": (
        ('#### Hvorfor\n\n- {{ quote("presse-graenser", "Sociale medier er") }}\n- {{ rule("presse-korte-dialoger") }}\n', ""),
        "resultatet »Svar kort på det generelle spørgsmål på sociale medier« siger ikke hvorfor – slut med `#### Hvorfor` og de ord, det følger af: {{ rule(",
    ),
    "an outcome without a source": (
        ('- {{ quote("presse-graenser", "Sociale medier er") }}\n- {{ rule("presse-korte-dialoger") }}\n', "- Fordi.\n"),
        "resultatet »Svar kort på det generelle spørgsmål på sociale medier« henviser ikke til strategien – begrund det med {{ rule(",
    ),
    "an answer with words beside its link": (
        ("- [Én borger](#sag)", "- [Én borger](#sag) – for eksempel en forælder"),
        "svaret »Én borger – for eksempel en forælder« er ikke ét link til et trin på siden – skriv det som `- [Én borger](#sag)`",
    ),
    "a rule that does not exist": (
        ('{{ rule("presse-aktiviteter") }}', '{{ rule("presse-aktivitet") }}'),
        "reglen presse-aktivitet findes ikke – mente du presse-aktiviteter?",
    ),
    "a sentence that is not in the passage": (
        ('skriver en mail: {{ quote("mail-personfoelsomt") }}', 'skriver en mail: {{ quote("mail-personfoelsomt", "Mail må") }}'),
        "ingen sætning i afsnittet mail-personfoelsomt begynder med »Mail må« – skriv de første ord af en af dem, som »Mails, der ikke«",
    ),
}
THROUGH_CHECK = ("an answer that leads to no step", "a rule that does not exist", "a sentence that is not in the passage")
"""The errors that are tried with the whole of `check.py`, which takes longer: one that the chooser's reader finds, and those it does not."""


PARTS = '#### Gør sådan\n\n1. Læs.\n2. Svar.\n\n#### Hvorfor\n\n- {{ rule("b") }}\n'
"""The parts of an outcome."""


@pytest.mark.parametrize("case", THROUGH_CHECK)
def test_an_error_of_the_chooser_is_reported(project: Project, case: str) -> None:
    (old, new), words = ERRORS[case]
    project.replace(CHOOSER, old, new)
    reported = project.check()
    assert [line for line in reported if words in line and line.startswith(f"{CHOOSER}:")], reported


@pytest.mark.parametrize("case", [case for case in ERRORS if case not in THROUGH_CHECK])
def test_an_error_of_the_chooser_is_found(case: str) -> None:
    (old, new), words = ERRORS[case]
    text = (ROOT / CHOOSER).read_text(encoding="utf-8")
    assert text.count(old) == 1
    diagnostics: list[Diagnostic] = []
    read_chooser(PAGE, parse(text.replace(old, new)), diagnostics)
    assert [found for found in diagnostics if words in str(found) and found.file == CHOOSER and found.line > 1], diagnostics


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
        body += "".join(f"- [Svar {n}](#n{to})\n" for n, to in enumerate(targets)) or f'{{{{ channel("a") }}}}\n\n{PARTS}'
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


def test_the_situations_of_the_page_lead_straight_to_what_to_do() -> None:
    chooser = read_project(ROOT, {}).content.chooser
    assert chooser and chooser.opening
    assert chooser.opening.answers == (*chooser.situations, Answer("Et andet spørgsmål", chooser.steps[0].id, chooser.opening.answers[-1].line))
    assert len(chooser.situations) == len({situation.to for situation in chooser.situations}) == 8
    for step in chooser.steps:
        assert bool(step.actions) is step.is_outcome
    assert chooser.by_id[chooser.situations[0].to].actions[0].startswith("Svar borgeren med digital post")


def read(body: str) -> tuple[Chooser, list[str]]:
    """Return the chooser of a page, and what is wrong with it."""
    diagnostics: list[Diagnostic] = []
    found = read_chooser(PAGE, parse("---\nowner: x\n---\n# t\n\n" + body), diagnostics)
    return found, [str(diagnostic) for diagnostic in diagnostics]


def test_a_page_may_have_questions_alone_or_situations_alone() -> None:
    outcomes = f'### A {{: #a }}\n\n{{{{ channel("a") }}}}\n\n{PARTS}\n### B {{: #b }}\n\n{{{{ channel("a") }}}}\n\n{PARTS}'
    for beginning in ("### Q {: #q }\n\n- [Ja](#a)\n- [Nej](#b)\n\n", "## Situationer {: #s }\n\n- [X](#a)\n- [Y](#b)\n\n## Resultater\n\n"):
        assert read(beginning + outcomes)[1] == []
    chooser, wrong = read("## Situationer {: #s }\n\n- [X](#a)\n\n## Resultater\n\n" + outcomes)
    assert [situation.to for situation in chooser.situations] == ["a"]
    assert len(wrong) == 1 and "intet svar fører til »B«" in wrong[0]


def test_situations_below_the_questions_are_reported() -> None:
    outcomes = f'### A {{: #a }}\n\n{{{{ channel("a") }}}}\n\n{PARTS}\n### B {{: #b }}\n\n{{{{ channel("a") }}}}\n\n{PARTS}\n'
    _, wrong = read(f"### Q {{: #q }}\n\n- [Ja](#a)\n- [Nej](#b)\n\n{outcomes}## Situationer\n\n- [X](#a)\n- [Andet](#q)\n")
    assert len(wrong) == 1 and "»Situationer« står under spørgsmålene – flyt situationerne op over det første spørgsmål" in wrong[0]


def test_the_numbers_of_a_list_inside_an_action_are_no_actions() -> None:
    parts = PARTS.replace("1. Læs.\n2. Svar.\n", "1. Læs:\n    1. a\n    2. b\n    3. c\n    4. d\n2. Svar.\n")
    chooser, wrong = read(f'### A {{: #a }}\n\n{{{{ channel("a") }}}}\n\n{parts}')
    assert wrong == [] and len(chooser.steps[0].actions) == 2


def test_an_outcome_says_what_to_do_then_what_is_not_allowed_then_why() -> None:
    root = element(
        "div",
        element("h3", "Ring", id="ring"),
        element("p", "Kanal"),
        element("h4", "Gør sådan", id="goer-saadan"),
        element("ol", element("li", "Ring")),
        element("h4", "Ikke tilladt", id="ikke-tilladt"),
        element("ol", element("li", "At skrive")),
        element("h4", "Hvorfor", id="hvorfor_2"),
        element("ul", element("li", "Derfor")),
        element("h4", "Husk", id="husk"),
        element("p", "Smil"),
    )
    with_steps(root, Chooser(PAGE, (Step("ring", "Ring", 5),)))
    assert root == element(
        "div",
        element(
            "section.step.outcome",
            element("h3", "Ring", id="ring"),
            element("p", "Kanal"),
            element("h4", "Gør sådan", id="goer-saadan"),
            element("ol", element("li", "Ring"), class_="actions"),
            element("div.not-allowed", element("h4", "Ikke tilladt", id="ikke-tilladt"), element("ol", element("li", "At skrive"))),
            element("details.reasons", element("summary", "Hvorfor"), element("ul", element("li", "Derfor")), id="hvorfor_2", open=""),
            element("h4", "Husk", id="husk"),
            element("p", "Smil"),
            data_step="ring",
            data_first="",
        ),
    )


def test_the_situations_become_the_first_section() -> None:
    opening = Step("situationer", "Situationer", 3, (Answer("En borger ringer", "ring", 5),))
    root = element(
        "div",
        element("h2", "Situationer", id="situationer"),
        element("ul", element("li", element("a", "En borger ringer", href="#ring"))),
        element("h2", "Resultater", id="resultater"),
        element("h3", "Ring", id="ring"),
    )
    with_steps(root, Chooser(PAGE, (Step("ring", "Ring", 9),), opening=opening))
    leads_to = element("span.leads-to", "– gå til: Ring")
    assert root == element(
        "div",
        element(
            "section.step.situations",
            element("h2", "Situationer", id="situationer"),
            element("ul", element("li", element("a", "En borger ringer", href="#ring"), " ", leads_to, class_="answer")),
            data_step="situationer",
            data_first="",
        ),
        element("h2", "Resultater", id="resultater", class_="steps-title"),
        element("section.step.outcome", element("h3", "Ring", id="ring"), data_step="ring"),
    )


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
        element("h4", "Husk"),
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
        element("section.step.outcome", element("h3", "Ring", id="ring"), element("h4", "Husk"), data_step="ring"),
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
