"""Reports what is overdue or unfinished, for `check --overdue`."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.changed_quotes import ChangedQuote, happened_words
from kanalstrategi.content.confirmations import deadline_words
from kanalstrategi.content.guidelines import heading_of
from kanalstrategi.content.outdated import OutdatedReference
from kanalstrategi.content.project import Project
from kanalstrategi.content.task_summary import NOTHING_TO_FOLLOW_UP
from kanalstrategi.content.task_words import confirmation_words, overdue_words
from kanalstrategi.content.tasks import Task, TaskKind, tasks_by_owner
from kanalstrategi.danish.phrases import long_date

_KEYS = {
    TaskKind.EVALUATION: "evaluate_by",
    TaskKind.ACTION: "due",
    TaskKind.MEASUREMENT: "goal",
    TaskKind.REVIEW: "review_by",
    TaskKind.GUIDELINE: "status",
}
"""The front-matter key to change for a task of each kind, if it is one."""


def follow_up_report(project: Project) -> Iterator[str]:
    """Yield the report as lines of text, by owner, with the file and line to change."""
    entries = tasks_by_owner(project.content)
    if not entries:
        yield NOTHING_TO_FOLLOW_UP
    for entry in entries:
        yield ", ".join(filter(None, [f"{entry.owner.name} ({entry.owner.id})", entry.owner.phone, entry.owner.email]))
        for task in entry.tasks:
            for line, words in _places(task, project):
                yield f"  docs/{task.page.path}:{line}: {words}"


def _places(task: Task, project: Project) -> Iterator[tuple[int, str]]:
    """Yield each line of the page to change or to look at, and what has to be done there."""
    parsed, content = project.parsed_pages[task.page.path], project.content
    if task.places:
        for place in task.places:
            if isinstance(place, OutdatedReference):
                yield place.line, place.words
            elif isinstance(place, ChangedQuote):
                yield place.line, f"siden viser {happened_words(place, content)}: {place.id}"
            else:
                yield place.line, f"{task.detail} (siden {long_date(place.since)}): {place.url}"
        return
    line = parsed.front.lines.get(_KEYS.get(task.kind, ""), 1)
    if task.kind is TaskKind.EVALUATION and task.due:
        yield line, f"{content.say('strategien skulle være evalueret')} senest {long_date(task.due)}"
    elif task.kind is TaskKind.REVIEW:
        yield line, overdue_words(task.page, content.today)
    elif task.section:
        heading = heading_of(task.section.group, parsed)
        yield heading.line if heading else 1, f"{task.section.group.title} {deadline_words(content)}: {confirmation_words(task.section)}"
    elif task.guideline and task.guideline.open_decisions:
        yield task.guideline.open_decisions[0].line, task.detail
    else:
        yield line, f"{task.detail}{f', frist {long_date(task.due)}' if task.due else ''}"
