"""Names the files of the follow-up that other programs read: a calendar for each owner, and a table of everything."""

from __future__ import annotations

from kanalstrategi.content.conventions import FOLLOW_UP_PAGE
from kanalstrategi.content.model import Content
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.tasks import tasks

FOLLOW_UP_URL = f"{FOLLOW_UP_PAGE.removesuffix('.md')}/"
"""The URL of the follow-up, whose folder the files are in."""
TASK_TABLE_URL = f"{FOLLOW_UP_URL}opfoelgning.csv"
"""The URL of the table."""


def calendar_url(owner: Owner) -> str:
    """Return the URL of an owner's calendar."""
    return f"{FOLLOW_UP_URL}{owner.id}.ics"


def owners_with_calendar(content: Content) -> tuple[Owner, ...]:
    """Return the owners who have something to do by a certain day, in the order of `mkdocs.yml`: the others have no calendar, since none may be empty."""
    found = {task.owner.id for task in tasks(content) if task.due}
    return tuple(owner for id, owner in content.organisation.owners.items() if id in found)
