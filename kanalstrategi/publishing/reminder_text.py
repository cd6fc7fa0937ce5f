"""Writes what an owner is told as plain text: the same words for the dry run, the mails and the issues. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.follow_up_files import FOLLOW_UP_URL, calendar_url
from kanalstrategi.content.reminders import Notice, Reason, Reminder
from kanalstrategi.content.task_kind_words import request
from kanalstrategi.danish.phrases import capitalized, count_phrase, long_date

REASON_TITLES = {
    Reason.OVERDUE: "Fristen er overskredet",
    Reason.DUE_SOON: "Fristen er inden for 30 dage",
    Reason.UNDATED: "Skal gøres",
    Reason.REPEATED: "Er stadig over fristen",
    Reason.DEPUTY: "Venter hos andre, som du er stedfortræder for",
}
"""The heading above the tasks of each reason."""
MAX_LISTED = 25
"""The most tasks that are listed for one reason. The follow-up has the others."""
_WIDTH = 76


@dataclass(frozen=True)
class ReminderFacts:
    """The facts about the site that all reminders have."""

    site_name: str
    site_url: str
    """The absolute URL of the site, with a trailing slash."""
    today: date
    contact: str
    """Where readers write to; may be empty."""


def subject(reminder: Reminder) -> str:
    """Return what a reminder is about in a few words: `Kanalstrategien: 2 nye ting at se til`."""
    fresh = [notice for notice in reminder.notices if notice.reason not in (Reason.REPEATED, Reason.DEPUTY)]
    if fresh:
        words = count_phrase(len(fresh), "ny ting at se til", "nye ting at se til")
    elif repeated := reminder.of_reason(Reason.REPEATED):
        words = count_phrase(len(repeated), "ting er stadig over fristen", "ting er stadig over fristen")
    else:
        words = count_phrase(len(reminder.notices), "ting venter hos andre", "ting venter hos andre")
    return f"Kanalstrategien: {words}"


def mail_text(reminder: Reminder, facts: ReminderFacts) -> str:
    """Return the text of a mail, in lines of at most 76 characters; only a URL can be longer."""
    owner = reminder.owner
    parts = [f"Hej {owner.name}", f"Her er det, der er nyt for dig i {facts.site_name}:" if reminder.is_news else f"Det her venter stadig i {facts.site_name}:"]
    for reason, notices in _by_reason(reminder):
        parts.append(f"{REASON_TITLES[reason]}\n{'-' * len(REASON_TITLES[reason])}")
        parts += [_item(notice, facts) for notice in notices[:MAX_LISTED]]
        if more := len(notices) - MAX_LISTED:
            parts += [f"… og {more} mere, som står i opfølgningen."] if more > 0 else []
    if reminder.waiting:  # else the owner keeps no page, and has no calendar
        waiting = f"I alt venter {count_phrase(len(reminder.waiting), 'ting', 'ting')} hos dig. Du kan se det hele i opfølgningen:"
        parts.append(f"{waiting}\n{facts.site_url}{FOLLOW_UP_URL}#{owner.id}")
        parts.append(f"Alle frister som en kalender, du kan abonnere på:\n{facts.site_url}{calendar_url(owner)}")
    parts.append("--\n" + "\n\n".join(_why(reminder, facts)))
    return "\n\n".join("\n".join(map(_wrapped, part.split("\n"))) for part in parts) + "\n"


def list_lines(reminder: Reminder) -> Iterator[str]:
    """Yield what an owner is told as short lines, for a person at a terminal."""
    for reason, notices in _by_reason(reminder):
        yield f"  {REASON_TITLES[reason]}:"
        for notice in notices:
            yield f"  - {_request(notice)}{f' ({long_date(notice.task.due)})' if notice.task.due else ''}: {notice.task.detail}"


def _by_reason(reminder: Reminder) -> Iterator[tuple[Reason, tuple[Notice, ...]]]:
    return ((reason, notices) for reason in Reason if (notices := reminder.of_reason(reason)))


def _item(notice: Notice, facts: ReminderFacts) -> str:
    return f"* {_request(notice)}\n  {details(notice)}\n  {facts.site_url}{notice.task.url}"


def _request(notice: Notice) -> str:
    return f"{notice.task.owner.name}: {request(notice.task)}" if notice.reason is Reason.DEPUTY else request(notice.task)


def details(notice: Notice) -> str:
    """Return what has to be done, and by when, as a sentence."""
    task = notice.task
    if task.due is None:
        return f"{capitalized(task.detail)}."
    deadline = "Fristen var" if notice.reason in (Reason.OVERDUE, Reason.REPEATED, Reason.DEPUTY) else "Fristen er"
    return f"{capitalized(task.detail)}. {deadline} den {long_date(task.due)}."


def _why(reminder: Reminder, facts: ReminderFacts) -> Iterator[str]:
    """Yield why the reader gets the mail, whom to ask, and how the mails stop."""
    yield f"Du får denne mail, fordi {reminder.owner.name} står som ansvarlig i {facts.site_name} med din adresse. Den er sendt af et program."
    yield f"Er det ikke dig, eller har du spørgsmål, så skriv til {facts.contact}." if facts.contact else "Er det ikke dig, så svar på denne mail."
    yield (
        "Du får kun en mail, når der er noget nyt, og hver 30. dag, så længe noget er over fristen. Vil I ikke have flere, så bed dem, der passer "
        "hjemmesiden, om at fjerne adressen (email under owners i mkdocs.yml)."
    )


def _wrapped(line: str) -> str:
    if line.startswith(("http", "  http")):
        return line
    indent = "  " if line.startswith(("* ", "  ")) else ""
    return textwrap.fill(line, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
