"""Read the channel chooser: a page whose level-3 sections are questions and outcomes.

A question is a section with a list of answers, each of them one link to another section.
A section without answers is an outcome: it names a channel and cites the strategy. So the
page is whole as it stands, and an editor changes it as any other.
"""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kanalstrategi.content.conventions import CHOOSER_PAGE, STEP_LEVEL
from kanalstrategi.content.model import Answer, Chooser, Page, Step
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import ParsedPage

CHANNEL_MACROS = ("channel",)

SOURCE_MACROS = ("rule", "rules", "quote")

MAX_PATHS = 200
"""More than anyone could read in a table, or an editor oversee."""


def read_chooser(page: Page, parsed: ParsedPage, calls: Iterable[MacroCall], diagnostics: list[Diagnostic]) -> Chooser:
    """The chooser of its page. What leads nowhere, in a circle or cannot be reached is complained of."""
    calls = list(calls)
    headings = [block for block in parsed.blocks if block.kind == "heading"]
    items = {block.line: block.text for block in parsed.blocks if block.kind == "item"}
    ids = {heading.id for heading in headings if heading.level == STEP_LEVEL}
    steps: list[Step] = []
    found: list[Diagnostic] = []
    for heading in headings:
        if heading.level != STEP_LEVEL:
            continue
        later = (block.line for block in headings if block.line > heading.line and block.level <= STEP_LEVEL)
        end = next(later, parsed.body.count("\n") + 2)
        answers, unclear = [], []
        for link in parsed.links:
            to = link.target.removeprefix(CHOOSER_PAGE)
            if not (heading.line < link.line < end and link.line in items and to.startswith("#")):
                continue
            if items[link.line] == link.text and link.target == to:
                answers.append(Answer(link.text, to[1:], link.line))
            elif to[1:] in ids:
                message = f"svaret »{items[link.line]}« er ikke ét link til et trin på siden"
                hint = f"skriv det som `- [{link.text}]({to})`; en forklaring kan stå i et afsnit over svarene"
                unclear.append(Diagnostic(f"docs/{page.path}", link.line, message, hint))
        inside = [call for call in calls if heading.line < call.line < end and call.arguments]
        channels = tuple(call.arguments[0] for call in inside if call.name in CHANNEL_MACROS)
        if answers or not channels:
            found += unclear  # an outcome may point at another
        steps.append(
            Step(
                heading.id,
                heading.text,
                heading.line,
                tuple(answers),
                channels=channels,
                sources=tuple(call.arguments[0] for call in inside if call.name in SOURCE_MACROS),
            )
        )
    chooser = Chooser(page, tuple(steps))
    # What does not count as an answer would be told of again as steps that nobody reaches.
    found = found or list(_check_steps(chooser))
    diagnostics += found
    return chooser if found else replace(chooser, paths=tuple(_paths_from(chooser.by_id, chooser.steps[0])))


def _check_steps(chooser: Chooser) -> Iterator[Diagnostic]:
    def diagnostic(line: int, message: str, hint: str) -> Diagnostic:
        return Diagnostic(f"docs/{chooser.page.path}", line, message, hint)

    if not chooser.steps:
        hint = "skriv hvert spørgsmål som en overskrift med ### foran"
        yield diagnostic(1, "kanalvælgeren har ingen spørgsmål", hint)
        return
    steps = chooser.by_id
    for step in chooser.steps:
        seen: dict[str, Answer] = {}
        for answer in step.answers:
            if answer.to not in steps:
                hint = "lad svaret pege på en overskrift med ### foran"
                yield diagnostic(answer.line, f"svaret »{answer.text}« fører ikke til et spørgsmål eller et resultat", hint)
            elif answer.to in seen:
                message = f"svarene »{seen[answer.to].text}« og »{answer.text}« fører til det samme"
                yield diagnostic(answer.line, message, "skriv dem som ét svar")
            seen.setdefault(answer.to, answer)
        if len(step.answers) == 1:
            hint = "skriv mindst to svar, eller fjern spørgsmålet"
            yield diagnostic(step.line, f"spørgsmålet »{step.title}« har kun ét svar", hint)
        elif step.is_outcome and not step.channels:
            hint = 'skriv {{ channel("…") }} under resultatet, eller giv spørgsmålet svar: `- [Ja](#…)`'
            yield diagnostic(step.line, f"»{step.title}« har hverken svar eller en kanal", hint)
        elif step.is_outcome and not step.sources:
            hint = 'begrund det med {{ rule("…") }} eller {{ quote("…") }}'
            yield diagnostic(step.line, f"resultatet »{step.title}« henviser ikke til strategien", hint)
    onward = {step.id: [answer.to for answer in step.answers if answer.to in steps] for step in chooser.steps}
    reached = _reachable(onward, chooser.steps[0].id)
    out_of_reach = [step for step in chooser.steps if step.id not in reached]
    for step in out_of_reach:
        if not any(step.id in onward[other.id] for other in out_of_reach):
            hint = f"lad et svar pege på #{step.id}, eller slet afsnittet"
            yield diagnostic(step.line, f"intet svar fører til »{step.title}«", hint)
    try:
        order = list(graphlib.TopologicalSorter(onward).static_order())
    except graphlib.CycleError as error:
        circle = error.args[1]
        last = max((steps[id] for id in circle), key=lambda step: step.line)
        back = next(answer for answer in last.answers if answer.to in circle)
        hint = "lad svaret føre videre, så alle veje ender i et resultat"
        yield diagnostic(back.line, f"svaret »{back.text}« fører tilbage, så man kan gå i ring", hint)
        return
    ways: dict[str, int] = {}
    for id in order:  # what a step leads to comes before it
        ways[id] = sum(ways[to] for to in onward[id]) or 1
    if ways[chooser.steps[0].id] > MAX_PATHS:
        message = f"kanalvælgeren har flere end {MAX_PATHS} veje fra det første spørgsmål til et resultat"
        yield diagnostic(chooser.steps[0].line, message, "gør den enklere")


def _reachable(onward: dict[str, list[str]], start: str) -> set[str]:
    reached, waiting = set(), [start]
    while waiting:
        id = waiting.pop()
        if id not in reached:
            reached.add(id)
            waiting += onward[id]
    return reached


def _paths_from(steps: dict[str, Step], step: Step) -> Iterator[tuple[Answer, ...]]:
    if step.is_outcome:
        yield ()
    for answer in step.answers:
        for rest in _paths_from(steps, steps[answer.to]):
            yield (answer, *rest)
