"""Read the channel chooser: a page whose level-3 sections are questions and outcomes.

A question is a section with a list of answers, each of them one link to another section.
A section without answers is an outcome: it names a channel and cites the strategy. So the
page is whole as it stands, and an editor changes it as any other.
"""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .calls import MacroCall
from .records import Answer, Chooser, Page, Problem, Step
from .source import Source

CHOOSER = "vaelg-kanal.md"
STEP_LEVEL = 3
CHANNEL_MACROS = ("channel",)
SOURCE_MACROS = ("rule", "rules", "quote")
MOST_PATHS = 200
"""More than anyone could read in a table, or an editor oversee."""


def read_chooser(page: Page, source: Source, calls: Iterable[MacroCall], problems: list[Problem]) -> Chooser:
    """The chooser of its page. What leads nowhere, in a circle or cannot be reached is complained of."""
    calls = list(calls)
    headings = [block for block in source.blocks if block.kind == "heading"]
    items = {(block.line, block.text) for block in source.blocks if block.kind == "item"}
    steps = []
    for heading in headings:
        if heading.level != STEP_LEVEL:
            continue
        later = (block.line for block in headings if block.line > heading.line and block.level <= STEP_LEVEL)
        end = next(later, source.body.count("\n") + 2)
        answers = tuple(
            Answer(link.text, link.target[1:], link.line)
            for link in source.links
            if heading.line < link.line < end and link.target.startswith("#") and (link.line, link.text) in items
        )
        inside = [call for call in calls if heading.line < call.line < end and call.arguments]
        steps.append(
            Step(
                heading.id,
                heading.text,
                heading.line,
                answers,
                channels=tuple(call.arguments[0] for call in inside if call.name in CHANNEL_MACROS),
                sources=tuple(call.arguments[0] for call in inside if call.name in SOURCE_MACROS),
            )
        )
    chooser = Chooser(page, tuple(steps))
    faults = list(_faults(chooser))
    problems += faults
    return chooser if faults else replace(chooser, paths=tuple(_paths(chooser.by_id, chooser.steps[0])))


def _faults(chooser: Chooser) -> Iterator[Problem]:
    def problem(line: int, what: str, remedy: str) -> Problem:
        return Problem(f"docs/{chooser.page.path}", line, what, remedy)

    if not chooser.steps:
        remedy = "skriv hvert spørgsmål som en overskrift med ### foran"
        yield problem(1, "kanalvælgeren har ingen spørgsmål", remedy)
        return
    steps = chooser.by_id
    for step in chooser.steps:
        seen: dict[str, Answer] = {}
        for answer in step.answers:
            if answer.to not in steps:
                remedy = "lad svaret pege på en overskrift med ### foran"
                yield problem(answer.line, f"svaret »{answer.text}« fører ikke til et spørgsmål eller et resultat", remedy)
            elif answer.to in seen:
                what = f"svarene »{seen[answer.to].text}« og »{answer.text}« fører til det samme"
                yield problem(answer.line, what, "skriv dem som ét svar")
            seen.setdefault(answer.to, answer)
        if len(step.answers) == 1:
            remedy = "skriv mindst to svar, eller fjern spørgsmålet"
            yield problem(step.line, f"spørgsmålet »{step.title}« har kun ét svar", remedy)
        elif step.is_outcome and not step.channels:
            remedy = 'skriv {{ channel("…") }} under resultatet, eller giv spørgsmålet svar: `- [Ja](#…)`'
            yield problem(step.line, f"»{step.title}« har hverken svar eller en kanal", remedy)
        elif step.is_outcome and not step.sources:
            remedy = 'begrund det med {{ rule("…") }} eller {{ quote("…") }}'
            yield problem(step.line, f"resultatet »{step.title}« henviser ikke til strategien", remedy)
    onward = {step.id: [answer.to for answer in step.answers if answer.to in steps] for step in chooser.steps}
    reached = _reached(onward, chooser.steps[0].id)
    for step in chooser.steps:
        if step.id not in reached:
            remedy = f"lad et svar pege på #{step.id}, eller slet afsnittet"
            yield problem(step.line, f"intet svar fører til »{step.title}«", remedy)
    try:
        order = list(graphlib.TopologicalSorter(onward).static_order())
    except graphlib.CycleError as error:
        circle = error.args[1]
        last = max((steps[id] for id in circle), key=lambda step: step.line)
        back = next(answer for answer in last.answers if answer.to in circle)
        remedy = "lad svaret føre videre, så alle veje ender i et resultat"
        yield problem(back.line, f"svaret »{back.text}« fører tilbage, så man kan gå i ring", remedy)
        return
    ways: dict[str, int] = {}
    for id in order:  # what a step leads to comes before it
        ways[id] = sum(ways[to] for to in onward[id]) or 1
    if ways[chooser.steps[0].id] > MOST_PATHS:
        what = f"kanalvælgeren har flere end {MOST_PATHS} veje fra det første spørgsmål til et resultat"
        yield problem(chooser.steps[0].line, what, "gør den enklere")


def _reached(onward: dict[str, list[str]], start: str) -> set[str]:
    reached, waiting = set(), [start]
    while waiting:
        id = waiting.pop()
        if id not in reached:
            reached.add(id)
            waiting += onward[id]
    return reached


def _paths(steps: dict[str, Step], step: Step) -> Iterator[tuple[Answer, ...]]:
    if step.is_outcome:
        yield ()
    for answer in step.answers:
        for rest in _paths(steps, steps[answer.to]):
            yield (answer, *rest)
