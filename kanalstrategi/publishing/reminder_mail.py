"""Makes the mail of a reminder. No I/O.

Names and addresses come from `mkdocs.yml` and titles from pages, so none of them may become a line of the mail's head: `email` refuses line
breaks in it, and what could have any is put on one line before.
"""

from __future__ import annotations

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from kanalstrategi.content.config_values import is_email
from kanalstrategi.content.reminders import Reminder
from kanalstrategi.diagnostics import printable
from kanalstrategi.publishing.reminder_text import ReminderFacts, mail_text, subject


class UnusableAddressError(ValueError):
    """A text is not a name and an e-mail address."""


def parse_address(text: str) -> Address:
    """Return the address in a text such as `Kanalstrategien <web@by.dk>` or `web@by.dk`. Raises UnusableAddressError."""
    name, opening, rest = text.strip().rpartition("<")
    email = rest.removesuffix(">") if opening and rest.endswith(">") else text.strip()
    if not is_email(email):
        raise UnusableAddressError(text)
    try:
        return Address(_one_line(name).strip(' "'), addr_spec=email)
    except (ValueError, MessageError) as error:
        raise UnusableAddressError(text) from error


def reminder_mail(reminder: Reminder, facts: ReminderFacts, sender: Address, reply_to: Address | None, sent: datetime) -> EmailMessage:
    """Return the mail to an owner, who has an address. `sent` is the time in its head."""
    message = EmailMessage(SMTP)
    message["From"] = sender
    message["To"] = Address(_one_line(reminder.owner.name), addr_spec=reminder.owner.email)
    if reply_to:
        message["Reply-To"] = reply_to
    message["Subject"] = subject(reminder, facts.words)
    message["Date"] = sent
    message["Message-ID"] = f"<{_digest(reminder, facts)}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no program answers that somebody is away
    message["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    message.set_content(mail_text(reminder, facts), cte="quoted-printable")
    message["Content-Language"] = "da"  # which `set_content` would remove
    return message


def _digest(reminder: Reminder, facts: ReminderFacts) -> str:
    """Return an id that is the same if the same is sent again, since it is not known whether it has arrived, and another for every other mail."""
    said = [(notice.task.id, notice.reason.value, notice.before.told.isoformat() if notice.before else "") for notice in reminder.notices]
    return sha256(repr((facts.site_url, reminder.owner.id, said)).encode()).hexdigest()[:32]


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))
