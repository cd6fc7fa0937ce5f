"""Reads and proposes what the board is asked to decide, for its page. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kanalstrategi.content.conventions import MAX_DECISION_CHARACTERS, MAX_DECISIONS_SOUGHT, STATUS_PAGE
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.goal_facts import GoalFacts, goal_facts
from kanalstrategi.content.goal_model import Course
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.tasks import Task, TaskKind, TaskState, tasks
from kanalstrategi.danish.phrases import count_phrase, long_date, open_decisions_phrase
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage

WORDINGS = {
    "misplaced": Wording("feltet $key hører til i docs/$page", "slet linjen, eller flyt den til docs/$page"),
    "too_many": Wording("der er mere end $most beslutninger", "skriv de $most vigtigste: siden skal kunne stå på ét ark"),
    "too_long": Wording("beslutningen er på $number tegn, og den må højst være på $most", "skriv den som én sætning"),
}
"""What can be wrong with the decisions that an editor has written."""


@dataclass(frozen=True)
class DecisionSought:
    """A decision that the board is asked to make."""

    question: str
    reason: str = ""
    """The facts that it follows from, as a sentence; empty for one that an editor has written."""
    url: str = ""
    """The URL of the place that it is about; empty for one that an editor has written."""
    link: str = ""
    """The words of the link to that place; empty if there is none."""


def read_decisions_sought(parsed_pages: Mapping[str, ParsedPage], diagnostics: list[Diagnostic]) -> tuple[str, ...]:
    """Return the decisions in the front matter of the board's page. Wrong ones are reported, and so is the field on any other page."""
    found: list[str] = []
    for path, parsed in parsed_pages.items():
        if (key := "decisions_sought") not in parsed.front.values:
            continue
        front = FieldReader(path, parsed, diagnostics)
        if path != STATUS_PAGE:
            front.report(key, *WORDINGS["misplaced"].filled(key=key, page=STATUS_PAGE))
            continue
        for text, line in front.texts_with_lines(key):
            decision = " ".join(text.split())
            if len(decision) > MAX_DECISION_CHARACTERS:
                front.report(key, *WORDINGS["too_long"].filled(number=len(decision), most=MAX_DECISION_CHARACTERS), line)
            elif decision:
                found.append(decision)
        if len(found) > MAX_DECISIONS_SOUGHT:
            front.report(key, *WORDINGS["too_many"].filled(most=MAX_DECISIONS_SOUGHT))
    return tuple(found[:MAX_DECISIONS_SOUGHT])


def decisions_sought(content: Content) -> tuple[DecisionSought, ...]:
    """Return up to three decisions: those that an editor has written or, if there are none, those that most clearly follow from what is missing."""
    if content.decisions_sought:
        return tuple(map(DecisionSought, content.decisions_sought))
    return tuple(found for _, found in zip(range(MAX_DECISIONS_SOUGHT), _proposed(content), strict=False))


def _proposed(content: Content) -> Iterator[DecisionSought]:
    """Yield what somebody has to decide, the most important first. Each is no more than a question to facts that the site shows elsewhere."""
    by_kind: dict[TaskKind, list[Task]] = {kind: [] for kind in TaskKind}
    for task in tasks(content):
        by_kind[task.kind].append(task)
    for task in _overdue(by_kind[TaskKind.EVALUATION], content):
        reason = f"Fristen var den {long_date(task.due)}." if task.due else ""
        yield DecisionSought(content.say("Hvem evaluerer strategien, og hvornår er det gjort?"), reason, task.url, task.page.title)
    facts = [goal_facts(goal, content.today) for goal in content.goals]
    if troubled := [one for one in facts if one.course in (Course.OFF_COURSE, Course.BEHIND)]:
        reason = f"{_listed([_trouble(one) for one in troubled])}."
        question = "Hvad skal der ske med de mål, der ikke er på rette vej?"
        yield DecisionSought(question, reason, *_place_of_pages([one.goal.page for one in troubled], "Målene", content))
    if unmeasured := _undated(by_kind[TaskKind.MEASUREMENT]):
        reason = f"{_of_all(len(unmeasured), content)} mål er ikke målt endnu."
        question = f"Hvem måler {'målet' if len(content.goals) == 1 else 'målene'}, og hvad tælles?"
        yield DecisionSought(question, reason, *_place(unmeasured, "Målene", content))
    if undecided := [task for task in by_kind[TaskKind.GUIDELINE] if task.count]:
        count = sum(task.count for task in undecided)
        reason = f"{open_decisions_phrase(count)} i {count_phrase(len(undecided), 'retningslinje', 'retningslinjer')}."
        if len(undecided) > 1 and len({task.owner.id for task in undecided}) == 1:
            reason += f" Alle {len(undecided)} hører under »{undecided[0].owner.name}«."
        yield DecisionSought(content.say("Hvem træffer fagområdernes åbne beslutninger, og hvornår?"), reason, *_place(undecided, "Retningslinjerne", content))
    if late := _overdue(by_kind[TaskKind.ACTION], content):
        reason = f"{count_phrase(len(late), 'handling', 'handlinger')} i procesplanen er over fristen."
        yield DecisionSought("Hvad skal der ske med de handlinger, der er forsinket?", reason, *_place(late, "Procesplanen", content))
    if undated := _undated(by_kind[TaskKind.ACTION]):
        reason = f"{count_phrase(len(undated), 'handling', 'handlinger')} i procesplanen har ingen frist."
        yield DecisionSought("Hvem gør det, procesplanen lover, og hvornår?", reason, *_place(undated, "Procesplanen", content))
    if unconfirmed := _overdue(by_kind[TaskKind.CONFIRM], content):
        reason = f"{count_phrase(len(unconfirmed), 'afsnit', 'afsnit')} skulle være genbekræftet nu."
        yield DecisionSought(content.say("Hvornår genbekræfter fagområderne deres afsnit?"), reason, *_place(unconfirmed, "Retningslinjerne", content))
    if without_target := [goal.page for goal in content.goals if goal.target is None]:
        reason = f"{_of_all(len(without_target), content)} mål har kun en retning."
        yield DecisionSought("Hvor langt skal målene nå, og hvornår?", reason, *_place_of_pages(without_target, "Målene", content))


def _overdue(found: Iterable[Task], content: Content) -> list[Task]:
    return [task for task in found if task.state(content.today) is TaskState.OVERDUE]


def _undated(found: Iterable[Task]) -> list[Task]:
    return [task for task in found if task.due is None]


def _trouble(facts: GoalFacts) -> str:
    verb = "er" if facts.course is Course.BEHIND else "går"
    return f"»{facts.title}« {verb} {facts.course_label}"


def _listed(phrases: Sequence[str]) -> str:
    *before, last = phrases
    return f"{', '.join(before)}, og {last}" if before else last


def _of_all(number: int, content: Content) -> str:
    return f"{number} af {len(content.goals)}"


def _place(found: Iterable[Task], name: str, content: Content) -> tuple[str, str]:
    return _place_of_pages([task.page for task in found], name, content)


def _place_of_pages(pages: Sequence[Page], name: str, content: Content) -> tuple[str, str]:
    """Return the URL and the name of the place that shows some pages: the only one, or the index page of their folder. Both may be empty."""
    if len({page.path for page in pages}) == 1:
        return pages[0].url, pages[0].title
    index = content.pages.get(f"{pages[0].section}/index.md")
    return (index.url, name) if index else ("", "")
