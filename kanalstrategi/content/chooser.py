"""Reads the channel chooser, a page whose level-3 sections are questions and outcomes.

A question is a section with a list of answers, each of which is a single link to another section. A section without answers is an
outcome: it names a channel, says what to do, and cites the strategy. Before them may stand a list of situations that staff meet, each
a link straight to an outcome, and last a link to the first question. This makes the page complete without a script, and it is edited
like any other.
"""

from __future__ import annotations

import graphlib
from collections.abc import Iterator
from dataclasses import replace

from kanalstrategi.content.chooser_model import Answer, Chooser, Step
from kanalstrategi.content.conventions import CHOOSER_PAGE, SITUATIONS_HEADING, STEP_LEVEL
from kanalstrategi.content.model import Page
from kanalstrategi.content.outcome_parts import actions_of, check_parts, read_parts
from kanalstrategi.content.settings_model import DEFAULT_WORDS, Words
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import Diagnostic, TextDiagnostic
from kanalstrategi.markdown.nodes import Block, Element, ParsedPage

CHANNEL_MACROS = ("channel",)
"""Macros that name the channel of an outcome."""
SOURCE_MACROS = ("rule", "rules", "quote")
"""Macros that cite the strategy."""
MAX_SITUATIONS = 8
"""Maximum number of situations: more would have to be searched, and then the questions are quicker."""
MAX_PATHS = 200
"""Maximum number of paths from the first question to an outcome: nobody could read more in a table, or keep track of them as an editor."""


def read_chooser(page: Page, parsed: ParsedPage, diagnostics: list[Diagnostic], words: Words = DEFAULT_WORDS) -> Chooser:
    """Return the chooser on its page. Reports answers that lead nowhere or in a circle, steps that nothing leads to, and incomplete outcomes."""
    reader = _Reader(parsed, words)
    chooser = Chooser(page, reader.steps(), opening=reader.opening())
    # Malformed answers would be reported a second time, as steps that no answer leads to.
    found = [diagnostic.in_file(f"docs/{page.path}") for diagnostic in reader.malformed or [*_check(chooser), *reader.incomplete]]
    diagnostics += found
    return chooser if found else replace(chooser, paths=tuple(_paths_from(chooser.by_id, chooser.steps[0])))


class _Reader:
    """What the page says, section by section."""

    def __init__(self, parsed: ParsedPage, words: Words) -> None:
        self._parsed = parsed
        self._words = words
        self._headings = [block for block in parsed.blocks if block.kind == "heading"]
        self._items = {block.line: block.text for block in parsed.blocks if block.kind == "item"}
        self._ids = {heading.id for heading in self._headings if heading.level == STEP_LEVEL}
        self._numbered = list(_numbered_items(parsed.root))
        self.malformed: list[TextDiagnostic] = []
        """Answers that are more than one link."""
        self.incomplete: list[TextDiagnostic] = []
        """What is wrong with the parts of outcomes."""

    def steps(self) -> tuple[Step, ...]:
        """Return the questions and outcomes."""
        return tuple(self._step(heading) for heading in self._headings if heading.level == STEP_LEVEL)

    def opening(self) -> Step | None:
        """Return the list of situations, or None if the page has no heading for it."""
        wanted = slug(SITUATIONS_HEADING)
        heading = next((heading for heading in self._headings if heading.level == STEP_LEVEL - 1 and slug(heading.text) == wanted), None)
        if heading is None:
            return None
        answers, malformed = self._answers(heading.line, self._end_of(heading))
        self.malformed += malformed
        return Step(heading.id, heading.text, heading.line, answers)

    def _step(self, heading: Block) -> Step:
        end = self._end_of(heading)
        answers, malformed = self._answers(heading.line, end)
        calls = [call for call in self._parsed.calls if heading.line < call.line < end and call.arguments]
        channels = tuple(call.arguments[0] for call in calls if call.name in CHANNEL_MACROS)
        if answers or not channels:
            self.malformed += malformed  # in an outcome, a link to another step is not an answer
            return Step(heading.id, heading.text, heading.line, answers, channels)
        sources = [call for call in calls if call.name in SOURCE_MACROS]
        inside = [block for block in self._headings if heading.line < block.line < end and block.level == STEP_LEVEL + 1]
        parts = read_parts(inside, end, self._numbered, [call.line for call in sources])
        self.incomplete += check_parts(heading.text, heading.line, parts, self._words)
        return Step(heading.id, heading.text, heading.line, answers, channels, tuple(call.arguments[0] for call in sources), actions_of(parts))

    def _end_of(self, heading: Block) -> int:
        """Return the line of the next heading that begins a section, or one after the last line."""
        following = (block.line for block in self._headings if block.line > heading.line and block.level <= STEP_LEVEL)
        return next(following, self._parsed.body.count("\n") + 2)

    def _answers(self, start: int, end: int) -> tuple[tuple[Answer, ...], list[TextDiagnostic]]:
        """Return the answers between two lines, and diagnostics for those that are more than one link."""
        answers, malformed = [], []
        for link in self._parsed.links:
            target = link.target.removeprefix(CHOOSER_PAGE)
            if not (start < link.line < end and link.line in self._items and target.startswith("#")):
                continue
            if self._items[link.line] == link.text and link.target == target:
                answers.append(Answer(link.text, target[1:], link.line))
            elif target[1:] in self._ids:
                message = f"svaret »{self._items[link.line]}« er ikke ét link til et trin på siden"
                hint = f"skriv det som `- [{link.text}]({target})`; en forklaring kan stå i et afsnit over svarene"
                malformed.append(TextDiagnostic(link.line, message, hint))
        return tuple(answers), malformed


def _numbered_items(parent: Element) -> Iterator[Element]:
    """Yield the items of numbered lists, but not those of lists inside items."""
    for child in parent.children:
        if type(child) is Element:
            if child.tag == "ol":
                yield from (item for item in child.children if type(item) is Element and item.tag == "li")
            elif child.tag != "ul":
                yield from _numbered_items(child)


def _check(chooser: Chooser) -> Iterator[TextDiagnostic]:
    """Yield diagnostics for the situations, the questions, the outcomes and the paths between them."""
    if not chooser.steps:
        yield TextDiagnostic(1, "kanalvælgeren har ingen spørgsmål", "skriv hvert spørgsmål som en overskrift med ### foran")
        return
    steps = chooser.by_id
    if chooser.opening:
        yield from _check_answers(chooser.opening, steps)
        yield from _check_situations(chooser.opening, chooser.steps[0], steps)
    for step in chooser.steps:
        yield from _check_answers(step, steps)
        yield from _check_kind(step)
    next_ids = {step.id: [answer.to for answer in step.answers if answer.to in steps] for step in chooser.steps}
    yield from _check_reach(chooser, next_ids)
    yield from _check_paths(chooser, next_ids)


def _check_situations(opening: Step, first: Step, steps: dict[str, Step]) -> Iterator[TextDiagnostic]:
    """Yield diagnostics for the list that the chooser opens with."""
    entries = [answer for answer in opening.answers if answer.to in steps]
    if not opening.answers:
        hint = "skriv hver situation som et link til et resultat: `- [Jeg har fået …](#…)`, eller slet overskriften"
        yield TextDiagnostic(opening.line, f"der er ingen situationer under »{opening.title}«", hint)
        return
    if opening.line > first.line:
        hint = "flyt situationerne op over det første spørgsmål"
        yield TextDiagnostic(opening.line, f"»{opening.title}« står under spørgsmålene", hint)
    if not first.is_outcome and opening.answers[-1].to != first.id:
        hint = f"skriv som det sidste punkt `- [Et andet spørgsmål](#{first.id})`"
        yield TextDiagnostic(opening.line, f"det sidste punkt under »{opening.title}« fører ikke til det første spørgsmål", hint)
    for entry in entries:
        if not steps[entry.to].is_outcome and (entry is not opening.answers[-1] or entry.to != first.id):
            message = f"situationen »{entry.text}« fører til et spørgsmål"
            yield TextDiagnostic(entry.line, message, "lad den føre til et resultat")
    count = sum(steps[entry.to].is_outcome for entry in entries)
    if count > MAX_SITUATIONS:
        hint = f"behold dem, I møder oftest, højst {MAX_SITUATIONS}; spørgsmålene fører til resten"
        yield TextDiagnostic(opening.line, f"der er {count} situationer under »{opening.title}«", hint)


def _check_answers(step: Step, steps: dict[str, Step]) -> Iterator[TextDiagnostic]:
    """Yield diagnostics for answers that lead nowhere, and for those that lead to the same place."""
    answers_by_target: dict[str, Answer] = {}
    for answer in step.answers:
        if answer.to not in steps:
            hint = "lad svaret pege på en overskrift med ### foran"
            yield TextDiagnostic(answer.line, f"svaret »{answer.text}« fører ikke til et spørgsmål eller et resultat", hint)
        elif answer.to in answers_by_target:
            message = f"svarene »{answers_by_target[answer.to].text}« og »{answer.text}« fører til det samme"
            yield TextDiagnostic(answer.line, message, "skriv dem som ét svar")
        answers_by_target.setdefault(answer.to, answer)


def _check_kind(step: Step) -> Iterator[TextDiagnostic]:
    """Yield a diagnostic for a step that is neither a question nor an outcome."""
    if len(step.answers) == 1:
        hint = "skriv mindst to svar, eller fjern spørgsmålet"
        yield TextDiagnostic(step.line, f"spørgsmålet »{step.title}« har kun ét svar", hint)
    elif step.is_outcome and not step.channels:
        hint = 'skriv {{ channel("…") }} under resultatet, eller giv spørgsmålet svar: `- [Ja](#…)`'
        yield TextDiagnostic(step.line, f"»{step.title}« har hverken svar eller en kanal", hint)


def _check_reach(chooser: Chooser, next_ids: dict[str, list[str]]) -> Iterator[TextDiagnostic]:
    """Yield diagnostics for steps that neither a situation nor an answer leads to."""
    starts = [answer.to for answer in chooser.opening.answers if answer.to in next_ids] if chooser.opening else []
    reachable = _reachable(next_ids, [chooser.steps[0].id, *starts])
    unreachable = [step for step in chooser.steps if step.id not in reachable]
    for step in unreachable:
        if not any(step.id in next_ids[other.id] for other in unreachable):
            hint = f"lad et svar pege på #{step.id}, eller slet afsnittet"
            yield TextDiagnostic(step.line, f"intet svar fører til »{step.title}«", hint)


def _check_paths(chooser: Chooser, next_ids: dict[str, list[str]]) -> Iterator[TextDiagnostic]:
    """Yield a diagnostic if the answers lead in a circle, or if there are too many ways."""
    steps = chooser.by_id
    try:
        order = list(graphlib.TopologicalSorter(next_ids).static_order())
    except graphlib.CycleError as error:
        cycle = error.args[1]
        last = max((steps[id] for id in cycle), key=lambda step: step.line)
        back = next(answer for answer in last.answers if answer.to in cycle)
        hint = "lad svaret føre videre, så alle veje ender i et resultat"
        yield TextDiagnostic(back.line, f"svaret »{back.text}« fører tilbage, så man kan gå i ring", hint)
        return
    path_counts: dict[str, int] = {}
    for id in order:  # each step comes after the steps it leads to
        path_counts[id] = sum(path_counts[next_id] for next_id in next_ids[id]) or 1
    if path_counts[chooser.steps[0].id] > MAX_PATHS:
        message = f"kanalvælgeren har flere end {MAX_PATHS} veje fra det første spørgsmål til et resultat"
        yield TextDiagnostic(chooser.steps[0].line, message, "gør den enklere")


def _reachable(next_ids: dict[str, list[str]], starts: list[str]) -> set[str]:
    reached, pending = set(), list(starts)
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
