"""Sums up the tasks: how many are overdue, due soon, to be confirmed and so on, for the follow-up, the board's page and the report. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.model import Content
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.tasks import Task, TaskKind, TaskState, is_outstanding, is_outstanding_or_soon, tasks
from kanalstrategi.danish.phrases import count_phrase, open_decisions_phrase

NOTHING_TO_FOLLOW_UP = "Ingen sider mangler at blive gennemgået, og alle retningslinjer er færdige."
KIND_WORDS = {
    TaskKind.EVALUATION: ("evaluering af strategien", "evalueringer af strategien"),
    TaskKind.ACTION: ("handling i procesplanen", "handlinger i procesplanen"),
    TaskKind.MEASUREMENT: ("mål, der skal måles", "mål, der skal måles"),
    TaskKind.REVIEW: ("side, der skal gennemgås", "sider, der skal gennemgås"),
    TaskKind.CONFIRM: ("afsnit, der skal genbekræftes", "afsnit, der skal genbekræftes"),
    TaskKind.GUIDELINE: ("retningslinje, der ikke er færdig", "retningslinjer, der ikke er færdige"),
    TaskKind.OUTDATED: ("side med noget, som er udgået", "sider med noget, som er udgået"),
    TaskKind.CHANGED_QUOTE: ("side med noget, som er ændret", "sider med noget, som er ændret"),
    TaskKind.TRANSLATION: ("oversættelse, der er ældre end originalen", "oversættelser, der er ældre end originalen"),
    TaskKind.LINK: ("link, der ikke virker", "links, der ikke virker"),
}
"""What one task and several tasks of a kind are called."""


@dataclass(frozen=True)
class TaskSummary:
    """Some tasks, sorted by what is urgent about them. A task may be in several of the lists."""

    today: date
    outstanding: tuple[Task, ...]
    """Those that are overdue, or should be done without anybody having said when."""
    overdue: tuple[Task, ...]
    """Oldest first."""
    due_soon: tuple[Task, ...]
    """The next one first."""

    def of_kind(self, kind: TaskKind) -> tuple[Task, ...]:
        """Return the outstanding tasks of one kind."""
        return tuple(task for task in self.outstanding if task.kind is kind)

    @property
    def open_decisions(self) -> int:
        """The number of open decisions in guidelines."""
        return sum(task.count for task in self.of_kind(TaskKind.GUIDELINE))

    @property
    def guidelines_with_open_decisions(self) -> int:
        """The number of guidelines that have any."""
        return sum(bool(task.count) for task in self.of_kind(TaskKind.GUIDELINE))

    @property
    def overdue_by_kind(self) -> dict[TaskKind, int]:
        """The number of overdue tasks of each kind that has any."""
        counts = {kind: sum(task.kind is kind for task in self.overdue) for kind in TaskKind}
        return {kind: count for kind, count in counts.items() if count}


@dataclass(frozen=True)
class OwnersSummary(TaskSummary):
    """The tasks of one owner."""

    owner: Owner


def summary(content: Content) -> TaskSummary:
    """Return the summary of all tasks."""
    return TaskSummary(content.today, *_sorted(tasks(content), content.today))


def summaries_by_owner(content: Content) -> tuple[OwnersSummary, ...]:
    """Return the summary of each owner who has anything to do now or soon: first the owner of what has been overdue for longest."""
    by_owner: dict[str, list[Task]] = {}
    for task in tasks(content):
        if is_outstanding_or_soon(task, content.today):
            by_owner.setdefault(task.owner.id, []).append(task)
    return tuple(OwnersSummary(content.today, *_sorted(found, content.today), found[0].owner) for found in by_owner.values())


def together(found: Iterable[Task], fewest: int = 2) -> tuple[tuple[Task, ...], ...]:
    """Return tasks in their order, with the reviews that have the same last day as one group at the place of the first, if there are `fewest` or more.

    A dozen pages to go through are one thing to say, and would otherwise hide what weighs more.
    """
    listed = tuple(found)
    days = Counter(task.due for task in listed if task.kind is TaskKind.REVIEW)
    groups: dict[object, list[Task]] = {}
    for task in listed:
        is_one_of_many = task.kind is TaskKind.REVIEW and days[task.due] >= fewest
        groups.setdefault(task.due if is_one_of_many else task.id, []).append(task)
    return tuple(map(tuple, groups.values()))


def kind_phrase(kind: TaskKind, number: int, content: Content) -> str:
    """Return a number of tasks of a kind in words: `3 sider, der skal gennemgås`."""
    one, many = KIND_WORDS[kind]
    return count_phrase(number, content.say(one), content.say(many))


def open_decisions_words(found: TaskSummary) -> str:
    """Return the open decisions in words: `378 åbne beslutninger i 7 retningslinjer`."""
    number = found.guidelines_with_open_decisions
    place = f" i {count_phrase(number, 'retningslinje', 'retningslinjer')}" if number else ""
    return f"{open_decisions_phrase(found.open_decisions)}{place}"


def _sorted(found: Iterable[Task], today: date) -> tuple[tuple[Task, ...], tuple[Task, ...], tuple[Task, ...]]:
    """Return the tasks that are outstanding, overdue and due soon."""
    by_state = [(task, task.state(today)) for task in found]
    return (
        tuple(task for task, _ in by_state if is_outstanding(task, today)),
        tuple(task for task, state in by_state if state is TaskState.OVERDUE),
        tuple(task for task, state in by_state if state is TaskState.DUE_SOON),
    )
