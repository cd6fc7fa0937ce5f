"""Tells owners what is new for them: by mail, as files, or as issues. Without arguments, only says what would be told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.issue_api import IssueError, IssueTracker, issue_tracker
from kanalstrategi.cli.mail_server import MailRefusedError, MailServer, MailServerError, read_settings
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.model import Content
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.content.reminder_record import REMINDER_FILE, UnreadableRecordError, parse_memory, write_memory
from kanalstrategi.content.reminders import Memory, Reminder, reminders, tellable, with_said, without_done
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.diagnostics import printable
from kanalstrategi.file_system import write_whole
from kanalstrategi.publishing.reminder_issue import ISSUE_LABEL, issue_comment, issue_mark, issue_text, issue_title
from kanalstrategi.publishing.reminder_mail import UnusableAddressError, parse_address, reminder_mail
from kanalstrategi.publishing.reminder_text import ReminderFacts, list_lines, subject

USAGE = "python3 scripts/remind.py, eventuelt med --send, --folder MAPPE eller --issues"
_NO_SITE_URL = "det vides ikke, hvor hjemmesiden ligger – sæt SITE_URL, så linkene virker"
Deliver = Callable[[Reminder], None]
"""Hands over what an owner is told. Raises _NotDeliveredError, and _CannotDeliverError if trying with the next owner is of no use."""


class _NotDeliveredError(Exception):
    """One owner could not be told."""


class _CannotDeliverError(Exception):
    """Nobody can be told."""


@dataclass(frozen=True)
class _Settings:
    """What the mails have in common."""

    facts: ReminderFacts
    sender: Address
    reply_to: Address | None
    sent: datetime


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Tell the owners of the project in a folder, and return the exit code."""
    parser = ArgumentParser(usage_line=USAGE, description="Fortæl de ansvarlige, hvad der er nyt at se til. Uden argumenter bliver intet sendt.")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--send", action="store_true", help="send mails gennem den mailserver, som SMTP_HOST og MAIL_FROM siger")
    ways.add_argument("--folder", type=Path, help="læg mailene i en mappe som .eml-filer")
    ways.add_argument("--issues", action="store_true", help="skriv en sag til hver ansvarlig på GitHub eller GitLab")
    options = parser.parse_args(arguments)
    project = read_project(root, os.environ)
    is_dry = not (options.send or options.folder or options.issues)
    try:
        memory = without_done(_read_memory(root), project.content)
        with ExitStack() as stack:
            if is_dry:
                _print_plan(project.content, memory)
                return 0
            deliver = _deliver_issues(project) if options.issues else _deliver_mails(project, options.folder, stack)
            return _tell(root, project.content, memory, deliver, needs_email=not options.issues)
    except (UnreadableRecordError, _CannotDeliverError) as error:
        print(error, file=sys.stderr)
        return 0 if is_dry else 1


def _read_memory(root: Path) -> Memory:
    file = root / REMINDER_FILE
    return parse_memory(file.read_bytes()) if file.is_file() else {}


def _print_plan(content: Content, memory: Memory) -> None:
    """Print what would be told to whom."""
    print("Prøve: intet er sendt. Brug --send, --folder MAPPE eller --issues, når det skal ud.")
    found = reminders(content, memory)
    for reminder in found:
        print(printable(f"{reminder.owner.name} <{reminder.owner.email or 'ingen e-mail'}>: {subject(reminder, content.settings.words)}"))
        for line in list_lines(reminder):
            print(printable(line))
    if not found:
        print("Der er intet nyt at sige til nogen.")
    _print_unreachable(content)


def _print_unreachable(content: Content) -> None:
    """Print which owners have something to do and no address."""
    for owner in _unreachable(content):
        waiting = count_phrase(len(tellable(content)[owner.id]), "ting", "ting")
        print(printable(f"{owner.name} har ingen e-mail og får ikke at vide, at {waiting} venter – skriv `email: …` under {owner.id} i mkdocs.yml"))


def _unreachable(content: Content) -> list[Owner]:
    due = tellable(content)
    return [owner for owner in content.organisation.owners.values() if owner.id in due and not owner.email]


def _tell(root: Path, content: Content, memory: Memory, deliver: Deliver, *, needs_email: bool) -> int:
    """Tell each owner in turn, and write down what was said as soon as it has been accepted, so that a failure later on doubles nothing."""
    told, code = 0, 0
    _write_memory(root, memory)
    for reminder in reminders(content, memory):
        if needs_email and not reminder.owner.email:
            continue
        try:
            deliver(reminder)
        except _NotDeliveredError as error:
            print(printable(f"{reminder.owner.name}: {error}"), file=sys.stderr)
            code = 1
            continue
        except _CannotDeliverError as error:
            print(printable(f"{error}. Det, der ikke er sendt, bliver prøvet igen næste gang."), file=sys.stderr)
            code = 1
            break
        memory = with_said(memory, reminder, content.today)
        _write_memory(root, memory)
        told += 1
        print(printable(f"{reminder.owner.name}: {subject(reminder, content.settings.words)}"))
    if needs_email:
        _print_unreachable(content)
    print(f"{count_phrase(told, 'ansvarlig har', 'ansvarlige har')} fået besked.")
    return code


def _write_memory(root: Path, memory: Memory) -> None:
    file, data = root / REMINDER_FILE, write_memory(memory)
    if file.is_file() and file.read_bytes() == data:
        return
    file.parent.mkdir(exist_ok=True)
    write_whole(file, data)


def _facts(project: Project, contact: str) -> ReminderFacts:
    """Return the facts about the site. Raises _CannotDeliverError if it is not known where the site is."""
    values = project.config.values or {}
    url = os.environ.get("SITE_URL") or str(values.get("site_url") or "")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.hostname in (None, "localhost", "127.0.0.1"):
        raise _CannotDeliverError(_NO_SITE_URL)
    name = str(values.get("site_name") or project.content.organisation.name)
    return ReminderFacts(name, f"{url.rstrip('/')}/", project.content.today, contact, project.content.settings.words)


def _deliver_mails(project: Project, folder: Path | None, stack: ExitStack) -> Deliver:
    """Return what sends mails, or writes them into a folder."""
    settings = _mail_settings(project, os.environ)

    def message(reminder: Reminder) -> EmailMessage:
        return reminder_mail(reminder, settings.facts, settings.sender, settings.reply_to, settings.sent)

    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        return lambda reminder: write_whole(folder / f"{reminder.owner.id}.eml", message(reminder).as_bytes())
    try:
        server = stack.enter_context(MailServer(read_settings(os.environ)))
    except MailServerError as error:
        raise _CannotDeliverError(str(error)) from error

    def send(reminder: Reminder) -> None:
        try:
            server.send(message(reminder))
        except MailRefusedError as error:
            raise _NotDeliveredError(str(error)) from error
        except MailServerError as error:
            raise _CannotDeliverError(str(error)) from error

    return send


def _mail_settings(project: Project, environment: Mapping[str, str]) -> _Settings:
    try:
        sender = parse_address(environment.get("MAIL_FROM", ""))
    except UnusableAddressError as error:
        raise _CannotDeliverError("MAIL_FROM er ikke en adresse – skriv den, som mailene skal komme fra: Kanalstrategien <web@kommunen.dk>") from error
    try:
        reply_to = parse_address(environment["MAIL_REPLY_TO"]) if environment.get("MAIL_REPLY_TO") else None
    except UnusableAddressError as error:
        raise _CannotDeliverError("MAIL_REPLY_TO er ikke en adresse – ret den, eller fjern den") from error
    return _Settings(_facts(project, (reply_to or sender).addr_spec), sender, reply_to, _time_of_sending(environment))


def _time_of_sending(environment: Mapping[str, str]) -> datetime:
    """Return the time in the mails' heads: now, or `SOURCE_DATE_EPOCH` if that is a time."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):  # empty, or out of the range of dates
        return datetime.now(UTC).replace(microsecond=0)


def _deliver_issues(project: Project) -> Deliver:
    """Return what writes issues."""
    facts = _facts(project, "")
    try:
        tracker = issue_tracker(os.environ)
    except IssueError as error:
        raise _CannotDeliverError(str(error)) from error

    def write(reminder: Reminder) -> None:
        try:
            _write_issue(tracker, reminder, facts)
        except IssueError as error:
            raise _NotDeliveredError(str(error)) from error

    return write


def _write_issue(tracker: IssueTracker, reminder: Reminder, facts: ReminderFacts) -> None:
    """Update the owner's open issue, or open one. What was done before a failure is found and done again the next time."""
    title, text = issue_title(reminder.owner), issue_text(reminder, facts)
    if number := tracker.find(issue_mark(reminder.owner), ISSUE_LABEL):
        tracker.update(number, title, text, issue_comment(reminder, facts))
    else:
        tracker.open(title, text, ISSUE_LABEL)
