"""Reads the channel chooser, a page whose level-3 sections are questions and outcomes.

A question is a section with a list of answers, each of which is a single link to another section. A section without answers is an
outcome: it names a channel and cites the strategy. This makes the page complete without a script, and it is edited like any other.
"""

from __future__ import annotations

import graphlib
from collections.abc import Iterator
from dataclasses import replace

from kanalstrategi.content.conventions import CHOOSER_PAGE, STEP_LEVEL
from kanalstrategi.content.model import Answer, Chooser, Page, Step
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage

CHANNEL_MACROS = ("channel",)
"""Macros that name the channel of an outcome."""
SOURCE_MACROS = ("rule", "rules", "quote")
"""Macros that cite the strategy."""
MAX_PATHS = 200
"""Maximum number of paths from the first question to an outcome: nobody could read more in a table, or keep track of them as an editor."""


def read_chooser(page: Page, parsed: ParsedPage, diagnostics: list[Diagnostic]) -> Chooser:
    """Return the chooser on its page. Reports answers that lead nowhere or in a circle, and steps that no answer leads to."""
    headings = [block for block in parsed.blocks if block.kind == "heading"]
    items = {block.line: block.text for block in parsed.blocks if block.kind == "item"}
    ids = {heading.id for heading in headings if heading.level == STEP_LEVEL}
    steps: list[Step] = []
    found: list[Diagnostic] = []
    for heading in headings:
        if heading.level != STEP_LEVEL:
            continue
        next_headings = (block.line for block in headings if block.line > heading.line and block.level <= STEP_LEVEL)
        end = next(next_headings, parsed.body.count("\n") + 2)
        answers, malformed = [], []
        for link in parsed.links:
            target = link.target.removeprefix(CHOOSER_PAGE)
            if not (heading.line < link.line < end and link.line in items and target.startswith("#")):
                continue
            if items[link.line] == link.text and link.target == target:
                answers.append(Answer(link.text, target[1:], link.line))
            elif target[1:] in ids:
                message = f"svaret »{items[link.line]}« er ikke ét link til et trin på siden"
                hint = f"skriv det som `- [{link.text}]({target})`; en forklaring kan stå i et afsnit over svarene"
                malformed.append(Diagnostic(f"docs/{page.path}", link.line, message, hint))
        calls_inside = [call for call in parsed.calls if heading.line < call.line < end and call.arguments]
        channels = tuple(call.arguments[0] for call in calls_inside if call.name in CHANNEL_MACROS)
        if answers or not channels:
            found += malformed  # in an outcome, a link to another step is not an answer
        steps.append(
            Step(
                heading.id,
                heading.text,
                heading.line,
                tuple(answers),
                channels=channels,
                sources=tuple(call.arguments[0] for call in calls_inside if call.name in SOURCE_MACROS),
            )
        )
    chooser = Chooser(page, tuple(steps))
    # Malformed answers would be reported a second time, as steps that no answer leads to.
    found = found or list(_check_steps(chooser))
    diagnostics += found
    return chooser if found else replace(chooser, paths=tuple(_paths_from(chooser.by_id, chooser.steps[0])))


def _check_steps(chooser: Chooser) -> Iterator[Diagnostic]:
    """Yield diagnostics for the questions, the outcomes and the paths between them."""

    def diagnostic(line: int, message: str, hint: str) -> Diagnostic:
        return Diagnostic(f"docs/{chooser.page.path}", line, message, hint)

    if not chooser.steps:
        hint = "skriv hvert spørgsmål som en overskrift med ### foran"
        yield diagnostic(1, "kanalvælgeren har ingen spørgsmål", hint)
        return
    steps = chooser.by_id
    for step in chooser.steps:
        answers_by_target: dict[str, Answer] = {}
        for answer in step.answers:
            if answer.to not in steps:
                hint = "lad svaret pege på en overskrift med ### foran"
                yield diagnostic(answer.line, f"svaret »{answer.text}« fører ikke til et spørgsmål eller et resultat", hint)
            elif answer.to in answers_by_target:
                message = f"svarene »{answers_by_target[answer.to].text}« og »{answer.text}« fører til det samme"
                yield diagnostic(answer.line, message, "skriv dem som ét svar")
            answers_by_target.setdefault(answer.to, answer)
        if len(step.answers) == 1:
            hint = "skriv mindst to svar, eller fjern spørgsmålet"
            yield diagnostic(step.line, f"spørgsmålet »{step.title}« har kun ét svar", hint)
        elif step.is_outcome and not step.channels:
            hint = 'skriv {{ channel("…") }} under resultatet, eller giv spørgsmålet svar: `- [Ja](#…)`'
            yield diagnostic(step.line, f"»{step.title}« har hverken svar eller en kanal", hint)
        elif step.is_outcome and not step.sources:
            hint = 'begrund det med {{ rule("…") }} eller {{ quote("…") }}'
            yield diagnostic(step.line, f"resultatet »{step.title}« henviser ikke til strategien", hint)
    next_ids = {step.id: [answer.to for answer in step.answers if answer.to in steps] for step in chooser.steps}
    reachable = _reachable(next_ids, chooser.steps[0].id)
    unreachable = [step for step in chooser.steps if step.id not in reachable]
    for step in unreachable:
        if not any(step.id in next_ids[other.id] for other in unreachable):
            hint = f"lad et svar pege på #{step.id}, eller slet afsnittet"
            yield diagnostic(step.line, f"intet svar fører til »{step.title}«", hint)
    try:
        order = list(graphlib.TopologicalSorter(next_ids).static_order())
    except graphlib.CycleError as error:
        cycle = error.args[1]
        last = max((steps[id] for id in cycle), key=lambda step: step.line)
        back = next(answer for answer in last.answers if answer.to in cycle)
        hint = "lad svaret føre videre, så alle veje ender i et resultat"
        yield diagnostic(back.line, f"svaret »{back.text}« fører tilbage, så man kan gå i ring", hint)
        return
    path_counts: dict[str, int] = {}
    for id in order:  # each step comes after the steps it leads to
        path_counts[id] = sum(path_counts[next_id] for next_id in next_ids[id]) or 1
    if path_counts[chooser.steps[0].id] > MAX_PATHS:
        message = f"kanalvælgeren har flere end {MAX_PATHS} veje fra det første spørgsmål til et resultat"
        yield diagnostic(chooser.steps[0].line, message, "gør den enklere")


def _reachable(next_ids: dict[str, list[str]], start: str) -> set[str]:
    reached, pending = set(), [start]
    while pending:
        id = pending.pop()
        if id not in reached:
            reached.add(id)
            pending += next_ids[id]
    return reached


def _paths_from(steps: dict[str, Step], step: Step) -> Iterator[tuple[Answer, ...]]:
    """Yield every path from a step to an outcome, as the answers along it. The steps must not contain a cycle."""
    if step.is_outcome:
        yield ()
    for answer in step.answers:
        for rest in _paths_from(steps, steps[answer.to]):
            yield (answer, *rest)
