"""Writes what an owner is told as plain text: the same words for the dry run, the mails and the issues. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.follow_up_files import FOLLOW_UP_URL, calendar_url
from kanalstrategi.content.reminders import Notice, Reason, Reminder
from kanalstrategi.content.settings_model import DEFAULT_WORDS, Words
from kanalstrategi.content.task_kind_words import request
from kanalstrategi.content.task_summary import together
from kanalstrategi.content.tasks import TaskKind
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
_FEWEST = 3
"""So many pages to go through by the same day, or more, are said as one thing."""
_REVIEW = (
    "At gennemgå en side er at læse den og rette det, der ikke passer mere. Det er gjort, når felterne »Gennemgået« og »Gennemgås senest« på siden "
    "har fået nye datoer. Kan du ikke selv rette siden, så skriv til dem, der passer hjemmesiden, at du har læst den, og hvad der skal rettes."
)
"""What a review is, and how to say that it is done."""


@dataclass(frozen=True)
class ReminderFacts:
    """The facts about the site that all reminders have."""

    site_name: str
    site_url: str
    """The absolute URL of the site, with a trailing slash."""
    today: date
    contact: str
    """Where readers write to; may be empty."""
    words: Words = DEFAULT_WORDS
    """What the site calls things."""


def subject(reminder: Reminder, words: Words) -> str:
    """Return what a reminder is about in a few words: `Kanalstrategien: 2 opgaver til jer`."""
    fresh = [notice for notice in reminder.notices if notice.reason not in (Reason.REPEATED, Reason.DEPUTY)]
    if fresh:
        what = count_phrase(len(fresh), "opgave til jer", "opgaver til jer")
    elif repeated := reminder.of_reason(Reason.REPEATED):
        what = count_phrase(len(repeated), "ting er stadig over fristen", "ting er stadig over fristen")
    else:
        what = count_phrase(len(reminder.notices), "ting venter hos andre", "ting venter hos andre")
    return f"{words.say('Kanalstrategien')}: {what}"


def mail_text(reminder: Reminder, facts: ReminderFacts) -> str:
    """Return the text of a mail, in lines of at most 76 characters; only a URL can be longer."""
    owner = reminder.owner
    parts = [f"Hej {owner.name}", f"Her er det, der er nyt for dig i {facts.site_name}:" if reminder.is_news else f"Det her venter stadig i {facts.site_name}:"]
    for reason, notices in _by_reason(reminder):
        parts.append(f"{REASON_TITLES[reason]}\n{'-' * len(REASON_TITLES[reason])}")
        by_task = {notice.task.id: notice for notice in notices}
        groups = [[by_task[task.id] for task in group] for group in together((notice.task for notice in notices), _FEWEST)]
        parts += [_item(group[0], facts) if len(group) == 1 else _pages(group, facts) for group in groups[:MAX_LISTED]]
        if (more := sum(map(len, groups[MAX_LISTED:]))) > 0:
            parts.append(f"… og {more} mere, som står i opfølgningen.")
    if any(notice.task.kind is TaskKind.REVIEW for notice in reminder.notices):
        parts.append(_REVIEW)
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


def _pages(notices: Sequence[Notice], facts: ReminderFacts) -> str:
    """Return several pages to go through by the same day: what to do and by when once, then a line for each page."""
    first = notices[0]
    whose = f"{first.task.owner.name}: " if first.reason is Reason.DEPUTY else ""
    lines = [f"* {whose}Gennemgå {len(notices)} sider", f"  {details(first)}"]
    lines += [f"  - {notice.task.title}: {facts.site_url}{notice.task.url}" for notice in notices[:MAX_LISTED]]
    if (more := len(notices) - MAX_LISTED) > 0:
        lines.append(f"  … og {more} mere, som står i opfølgningen.")
    return "\n".join(lines)


def _request(notice: Notice) -> str:
    return f"{notice.task.owner.name}: {request(notice.task)}" if notice.reason is Reason.DEPUTY else request(notice.task)


def details(notice: Notice) -> str:
    """Return what has to be done, and by when, as a sentence."""
    task = notice.task
    return f"{capitalized(task.detail)}.{_deadline(notice)}"


def _deadline(notice: Notice) -> str:
    """Return by when something has to be done, as a sentence after another; empty if nobody has said when."""
    if notice.task.due is None:
        return ""
    deadline = "Fristen var" if notice.reason in (Reason.OVERDUE, Reason.REPEATED, Reason.DEPUTY) else "Fristen er"
    return f" {deadline} den {long_date(notice.task.due)}."


def _why(reminder: Reminder, facts: ReminderFacts) -> Iterator[str]:
    """Yield why the reader gets the mail, whom to ask, and how the mails stop."""
    yield f"Du får denne mail, fordi {reminder.owner.name} står som ansvarlig i {facts.site_name} med din adresse. Den er sendt af et program."
    yield f"Er det ikke dig, eller har du spørgsmål, så skriv til {facts.contact}." if facts.contact else "Er det ikke dig, så svar på denne mail."
    yield (
        "Du får kun en mail, når der er noget nyt, og hver 30. dag, så længe noget er over fristen. Når alt er gjort, holder de op. Vil I slet ikke "
        "have mails, så bed dem, der passer hjemmesiden, om at slette jeres mailadresse. Opgaverne bliver stående i opfølgningen."
    )


def _wrapped(line: str) -> str:
    if line.startswith(("http", "  http")):
        return line
    indent = "  " if line.startswith(("* ", "  ")) else ""
    return textwrap.fill(line, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
