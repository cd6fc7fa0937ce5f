"""Lists everything that somebody has to do, by when: the one source of the follow-up, the board's page, the reminders and the calendars. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from kanalstrategi.content.action_words import task_words
from kanalstrategi.content.changed_quotes import ChangedQuote
from kanalstrategi.content.dates import is_overdue
from kanalstrategi.content.goal_facts import value_in_period
from kanalstrategi.content.model import Content, Guideline, GuidelineSection, Page
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.outdated import OutdatedReference
from kanalstrategi.content.record_model import BrokenLink
from kanalstrategi.content.task_words import confirmation_words, lacking_words
from kanalstrategi.content.translations import is_behind
from kanalstrategi.danish.phrases import count_phrase

DUE_SOON_DAYS = 30
"""A task is due soon if so many days, or fewer, are left."""
EVALUATION_TITLE = "Evaluér strategien"
"""What the evaluation is called, since it is of the page that has a review of its own, too."""


class TaskKind(Enum):
    """What has to be done. The value is the word used in ids and open data; the order is the one that kinds are shown in."""

    EVALUATION = "evaluation"
    """Evaluate the strategy."""
    ACTION = "action"
    """Do what the process plan says."""
    MEASUREMENT = "measurement"
    """Measure a goal."""
    REVIEW = "review"
    """Go through a page."""
    CONFIRM = "confirm"
    """Confirm a section of a guideline, because a rule that it shows has changed."""
    GUIDELINE = "guideline"
    """Finish a guideline: adopt it, write a section, make a decision."""
    OUTDATED = "outdated"
    """Take out of a page what the strategy does not have any more."""
    CHANGED_QUOTE = "changed-quote"
    """Go through a page that quotes what an adoption has changed."""
    TRANSLATION = "translation"
    """Bring a translation up to date with its original."""
    LINK = "link"
    """Mend an outward link that has failed for some days."""


class TaskState(Enum):
    """How a task stands on the build date. The value is the word used in open data."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    LATER = "later"
    UNDATED = "undated"
    """It has no last day: it should be done, and nobody has said when."""


@dataclass(frozen=True)
class Task:
    """One thing that somebody has to do."""

    kind: TaskKind
    subject: str
    """What it is about: the id of a page, a section, an action or a goal, or a URL. It stays while the task is the same one."""
    owner: Owner
    title: str
    """What it is about, in words: a page's title, `Skoler: Telefon og videomøder`."""
    detail: str
    """What has to be done, as a phrase: `3 åbne beslutninger`. A change of it is news to the owner."""
    page: Page
    """The page to change."""
    url: str
    """The URL to see it at."""
    due: date | None = None
    """The last day; None if none is set."""
    count: int = 1
    """How many things have to be done: of a guideline, its open decisions."""
    guideline: Guideline | None = None
    """The guideline that it is about, if it is about one."""
    section: GuidelineSection | None = None
    """The section to confirm."""
    places: tuple[OutdatedReference, ...] | tuple[ChangedQuote, ...] | tuple[BrokenLink, ...] = ()
    """The places on the page that have to be changed or looked at, in the order of their lines."""

    @property
    def id(self) -> str:
        """An id that no other task has, and that stays from build to build."""
        return f"{self.kind.value}/{self.subject}"

    def state(self, today: date) -> TaskState:
        """Return how the task stands on a day."""
        if self.due is None:
            return TaskState.UNDATED
        if is_overdue(self.due, today):
            return TaskState.OVERDUE
        return TaskState.DUE_SOON if self.due <= today + timedelta(days=DUE_SOON_DAYS) else TaskState.LATER


@dataclass(frozen=True)
class OwnersTasks:
    """The tasks of one owner, the most urgent first."""

    owner: Owner
    tasks: tuple[Task, ...]

    def of_kind(self, kind: TaskKind) -> tuple[Task, ...]:
        """Return the tasks of one kind."""
        return tuple(task for task in self.tasks if task.kind is kind)


def tasks(content: Content) -> tuple[Task, ...]:
    """Return everything that somebody has to do, also long from now: those with a last day by that day, then the others, each by kind."""
    order = list(TaskKind)
    found = [*_of_strategy(content), *_of_plan(content), *_of_pages(content), *_of_guidelines(content), *_after_adoption(content), *_of_links(content)]
    found += _of_translations(content)
    return tuple(sorted(found, key=lambda task: (task.due or date.max, order.index(task.kind), task.subject)))


def is_outstanding(task: Task, today: date) -> bool:
    """Whether a task belongs in the follow-up: it is overdue, or should be done without anybody having said when."""
    return task.state(today) in (TaskState.OVERDUE, TaskState.UNDATED) or task.kind is TaskKind.CONFIRM


def is_outstanding_or_soon(task: Task, today: date) -> bool:
    """Whether its owner should look at a task now: it belongs in the follow-up, or is due soon."""
    return is_outstanding(task, today) or task.state(today) is TaskState.DUE_SOON


def tasks_by_owner(content: Content) -> tuple[OwnersTasks, ...]:
    """Return the outstanding tasks of each owner who has any: first the owner of the one that has been overdue for longest."""
    by_owner: dict[str, list[Task]] = {}
    for task in tasks(content):
        if is_outstanding(task, content.today):
            by_owner.setdefault(task.owner.id, []).append(task)
    return tuple(OwnersTasks(found[0].owner, tuple(found)) for found in by_owner.values())


def _of_strategy(content: Content) -> Iterator[Task]:
    front, strategy = content.pages.get("index.md"), content.strategy
    if front and strategy and strategy.evaluate_by and not strategy.evaluated:
        title, detail = content.say(EVALUATION_TITLE), "det er ikke oplyst, at det er gjort"
        yield Task(TaskKind.EVALUATION, front.id, front.owner, title, detail, front, front.url, strategy.evaluate_by)


def _of_plan(content: Content) -> Iterator[Task]:
    for action in content.actions:
        if not action.state.is_closed:
            yield Task(TaskKind.ACTION, action.id, action.page.owner, action.page.title, task_words(action), action.page, action.page.url, action.due)
    for goal in content.goals:
        detail = f"det seneste tal er {value_in_period(goal, goal.latest)}" if goal.latest else "er ikke målt endnu"
        yield Task(TaskKind.MEASUREMENT, goal.id, goal.page.owner, goal.page.title, detail, goal.page, goal.page.url, goal.measure_by)


def _of_pages(content: Content) -> Iterator[Task]:
    for page in content.pages.values():
        if page.is_of_program:  # reviewed with the program, not by the municipality
            continue
        yield Task(TaskKind.REVIEW, page.id, page.owner, page.title, "skal gennemgås", page, page.url, page.review_by)


def _of_translations(content: Content) -> Iterator[Task]:
    for path, translations in content.translations.items():
        original = content.pages[path]
        for page in translations:
            if is_behind(page, original):
                detail = f"oversættelsen er ældre end »{original.title}«"
                yield Task(TaskKind.TRANSLATION, page.id, page.owner, page.title, detail, page, page.url)


def _of_guidelines(content: Content) -> Iterator[Task]:
    for guideline in content.guidelines:
        page = guideline.page
        if detail := lacking_words(guideline):
            undecided = len(guideline.open_decisions)
            yield Task(TaskKind.GUIDELINE, guideline.id, page.owner, page.title, detail, page, page.url, count=undecided, guideline=guideline)
        confirm_by = content.edition.confirm_by if content.edition else None
        for section in guideline.to_confirm:
            subject, title = f"{guideline.id}/{section.group.id}", f"{guideline.department}: {section.group.title}"
            detail = confirmation_words(section)
            yield Task(TaskKind.CONFIRM, subject, page.owner, title, detail, page, section.url, confirm_by, guideline=guideline, section=section)


def _after_adoption(content: Content) -> Iterator[Task]:
    for page in content.pages.values():
        if gone := tuple(reference for reference in content.outdated if reference.page == page):
            detail = f"{count_phrase(len(gone), 'sted', 'steder')} {content.say('viser noget, som er udgået af strategien')}"
            yield Task(TaskKind.OUTDATED, page.id, page.owner, page.title, detail, page, page.url, count=len(gone), places=gone)
        if changed := tuple(quote for quote in content.changed_quotes if quote.page == page):
            detail = f"{count_phrase(len(changed), 'sted', 'steder')} viser noget, som er ændret"
            yield Task(TaskKind.CHANGED_QUOTE, page.id, page.owner, page.title, detail, page, page.url, count=len(changed), places=changed)


def _of_links(content: Content) -> Iterator[Task]:
    for link in content.broken_links:
        if page := content.pages.get(link.path):
            detail = f"linket virker ikke: {link.reason}"
            yield Task(TaskKind.LINK, f"{page.id}#{link.url}", page.owner, page.title, detail, page, page.url, places=(link,))
