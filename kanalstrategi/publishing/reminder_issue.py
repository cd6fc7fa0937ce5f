"""Writes what an owner is told as an issue on GitHub or GitLab: one for each owner, which is found again by a mark in its text. Pure.

Titles come from pages. They are the words of links, in which neither service looks for names to notify or numbers to refer to.
"""

from __future__ import annotations

from collections.abc import Iterable

from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.reminders import Reason, Reminder
from kanalstrategi.content.task_kind_words import STATE_LABELS, request
from kanalstrategi.content.tasks import Task
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.plain_text import as_markdown
from kanalstrategi.publishing.reminder_text import MAX_LISTED, REASON_TITLES, ReminderFacts

ISSUE_LABEL = "opfølgning"
"""The label of the issues."""


def issue_mark(owner: Owner) -> str:
    """Return what stands in the text of an owner's issue, where readers do not see it."""
    return f"<!-- kanalstrategi-opfoelgning: {owner.id} -->"


def issue_title(owner: Owner) -> str:
    """Return the title of an owner's issue."""
    return f"Opfølgning: {' '.join(owner.name.split())}"


def issue_text(reminder: Reminder, facts: ReminderFacts) -> str:
    """Return everything that waits for an owner, as Markdown."""
    head = f"Det her venter i {as_markdown(facts.site_name)} den {long_date(facts.today)}. Listen bliver skrevet på ny, når der er nyt."
    return "\n\n".join([issue_mark(reminder.owner), _mention(reminder.owner) + head, *_lists(reminder.waiting, facts)]) + "\n"


def issue_comment(reminder: Reminder, facts: ReminderFacts) -> str:
    """Return what is new for an owner, as Markdown."""
    parts = [_mention(reminder.owner) + "Det her er nyt:" if reminder.is_news else "Det her venter stadig:"]
    for reason in Reason:
        if notices := reminder.of_reason(reason):
            parts += [f"**{REASON_TITLES[reason]}**", *_lists([notice.task for notice in notices], facts)]
    return "\n\n".join(parts) + "\n"


def _mention(owner: Owner) -> str:
    """Return the account that the service notifies, if the owner has one there."""
    return f"{owner.account}: " if owner.account.startswith("@") else ""


def _lists(tasks: Iterable[Task], facts: ReminderFacts) -> list[str]:
    found = [*tasks]
    items = "\n".join(_item(task, facts) for task in found[:MAX_LISTED])
    return [items] if len(found) <= MAX_LISTED else [items, f"… og {len(found) - MAX_LISTED} mere, som står i opfølgningen."]


def _item(task: Task, facts: ReminderFacts) -> str:
    words, url = " ".join(request(task).split()), (facts.site_url + task.url).replace("<", "%3C").replace(">", "%3E")
    due = f"frist {long_date(task.due)}" if task.due else STATE_LABELS[task.state(facts.today)]
    return f"- [{as_markdown(words)}](<{url}>): {as_markdown(task.detail)} ({due})"
