"""Finds what an owner has not been told yet: what is due soon, overdue or open, and what has changed since it was said. Pure.

A task is said when it comes up, when its state changes and when it grows. Less to do is good, and no news. What stays overdue is said again
after 30 days, with what is new or else at the earliest a week after the last mail, so that nobody gets one every day. 30 days after the owner
was first told that something is overdue, the deputy is told, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256

from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.model import Content, Status
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.tasks import Task, TaskKind, TaskState, is_outstanding_or_soon, tasks

REPEATED_AFTER = timedelta(days=30)
"""What stays overdue is said again after so long."""
QUIET = timedelta(days=7)
"""A mail with nothing new in it comes at the earliest so long after the one before."""
DEPUTY_AFTER = timedelta(days=30)
"""The deputy is told so long after the owner was first told that something is overdue."""


@dataclass(frozen=True)
class Said:
    """What an owner was last told about a task."""

    state: TaskState
    due: date | None
    burden: tuple[int, ...]
    """How much there was to do; see `burden`."""
    detail: str
    """Digest of the words for it."""
    told: date
    """The day it was last said."""
    overdue_since: date | None = None
    """The day it was first said that it is overdue."""
    deputy: str = ""
    """Id of the deputy who was told; empty if none was."""


Memory = Mapping[str, Mapping[str, Said]]
"""What was said, keyed by the ids of owners and of tasks."""


class Reason(Enum):
    """Why somebody is told about a task, in the order in which the reasons are shown."""

    OVERDUE = "overdue"
    """It is overdue, and that has not been said yet."""
    DUE_SOON = "due-soon"
    UNDATED = "undated"
    """It should be done, and nobody has said when; or it is to be confirmed long before its last day."""
    REPEATED = "repeated"
    """It was said that it is overdue, and it still is."""
    DEPUTY = "deputy"
    """The owner that it belongs to was told long ago, and it is still overdue."""


@dataclass(frozen=True)
class Notice:
    """One task that somebody is told about."""

    task: Task
    reason: Reason
    before: Said | None = None
    """What the task's owner was last told about it."""


@dataclass(frozen=True)
class Reminder:
    """What one owner is told on one day."""

    owner: Owner
    notices: tuple[Notice, ...]
    """In the order of the reasons, and of the tasks within each."""
    waiting: tuple[Task, ...]
    """Everything that the owner should be told about, what is not said again included."""

    @property
    def is_news(self) -> bool:
        """Whether there is anything that the owner has not been told before."""
        return any(notice.reason is not Reason.REPEATED for notice in self.notices)

    def of_reason(self, reason: Reason) -> tuple[Notice, ...]:
        """Return the notices with a reason."""
        return tuple(notice for notice in self.notices if notice.reason is reason)


def tellable(content: Content) -> dict[str, list[Task]]:
    """Return what somebody should be told about, keyed by the owner's id: what is outstanding, or due soon."""
    found: dict[str, list[Task]] = {}
    for task in tasks(content):
        if is_outstanding_or_soon(task, content.today):
            found.setdefault(task.owner.id, []).append(task)
    return found


def reminders(content: Content, memory: Memory) -> tuple[Reminder, ...]:
    """Return what each owner has to be told, in the order of `mkdocs.yml`. Owners with nothing new are left out."""
    due = tellable(content)
    found = []
    for owner in content.organisation.owners.values():
        own = due.get(owner.id, [])
        notices = [*_own_notices(own, memory.get(owner.id, {}), content.today), *_deputy_notices(owner, content, due, memory)]
        if notices:
            order = list(Reason)
            found.append(Reminder(owner, tuple(sorted(notices, key=lambda notice: order.index(notice.reason))), tuple(own)))
    return tuple(found)


def with_said(memory: Memory, reminder: Reminder, today: date) -> dict[str, dict[str, Said]]:
    """Return the memory after an owner has been told."""
    known = {owner: dict(entries) for owner, entries in memory.items()}
    for notice in reminder.notices:
        entries = known.setdefault(notice.task.owner.id, {})
        if notice.reason is Reason.DEPUTY:
            entries[notice.task.id] = replace(entries[notice.task.id], deputy=reminder.owner.id)
        else:
            entries[notice.task.id] = _said(notice.task, entries.get(notice.task.id), today)
    return known


def without_done(memory: Memory, content: Content) -> dict[str, dict[str, Said]]:
    """Return the memory without what is done, so that it is news if it comes up again, and with what has become less."""
    due, known = tellable(content), dict[str, dict[str, Said]]()
    for owner, entries in memory.items():
        current = {task.id: task for task in due.get(owner, [])}
        kept = {id: _eased(said, current[id], content.today) for id, said in entries.items() if id in current}
        if kept:
            known[owner] = kept
    return known


def burden(task: Task) -> tuple[int, ...]:
    """Return how much there is to do, as numbers of which each is better when it is smaller."""
    if task.guideline and task.kind is TaskKind.GUIDELINE:
        missing = sum(section.coverage is Coverage.MISSING for section in task.guideline.sections)
        return missing, len(task.guideline.open_decisions), int(task.guideline.page.status is Status.DRAFT)
    return (len(task.section.to_confirm),) if task.section else (task.count,)


def _own_notices(own: list[Task], said: Mapping[str, Said], today: date) -> list[Notice]:
    fresh = [Notice(task, _reason(task, today), said.get(task.id)) for task in own if _is_news(task, said.get(task.id), today)]
    old = [
        Notice(task, Reason.REPEATED, before)
        for task in own
        if (before := said.get(task.id)) and task.state(today) is TaskState.OVERDUE
        if today - before.told >= REPEATED_AFTER and not _is_news(task, before, today)
    ]
    is_time = fresh or all(today - before.told >= QUIET for before in said.values())
    return fresh + (old if is_time else [])


def _deputy_notices(deputy: Owner, content: Content, due: Mapping[str, list[Task]], memory: Memory) -> list[Notice]:
    """Return what other owners have left overdue for long, of those that somebody is the deputy of."""
    found = []
    for owner in content.organisation.owners.values():
        if owner.deputy == deputy.id:
            for task in due.get(owner.id, []):
                before = memory.get(owner.id, {}).get(task.id)
                if before and before.deputy != deputy.id and before.overdue_since and content.today - before.overdue_since >= DEPUTY_AFTER:
                    found.append(Notice(task, Reason.DEPUTY, before))
    return found


def _is_news(task: Task, before: Said | None, today: date) -> bool:
    """Whether a task's owner should be told about it, because it is new, more urgent or larger than when it was last said."""
    if before is None:
        return True
    if before.state is not task.state(today):
        return task.state(today) is TaskState.OVERDUE or before.state is not TaskState.OVERDUE
    if before.due and task.due and task.due < before.due:
        return True
    now = burden(task)
    if len(now) != len(before.burden) or any(new > old for new, old in zip(now, before.burden, strict=True)):
        return True
    # That a link fails in another way today than yesterday is no news.
    return now == before.burden and task.kind is not TaskKind.LINK and before.detail != _digest(task.detail)


def _reason(task: Task, today: date) -> Reason:
    return {TaskState.OVERDUE: Reason.OVERDUE, TaskState.DUE_SOON: Reason.DUE_SOON}.get(task.state(today), Reason.UNDATED)


def _said(task: Task, before: Said | None, today: date) -> Said:
    state = task.state(today)
    since = (before.overdue_since if before and before.overdue_since else today) if state is TaskState.OVERDUE else None
    return Said(state, task.due, burden(task), _digest(task.detail), today, since, before.deputy if before and since else "")


def _eased(said: Said, task: Task, today: date) -> Said:
    """Return what is remembered of a task that is no news: as it is now, so that it is news when it grows again."""
    if _is_news(task, said, today):
        return said
    is_overdue = task.state(today) is TaskState.OVERDUE
    since, deputy = (said.overdue_since, said.deputy) if is_overdue else (None, "")
    return replace(said, state=task.state(today), due=task.due, burden=burden(task), detail=_digest(task.detail), overdue_since=since, deputy=deputy)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
