"""Writes what an owner has to do by when as a calendar (RFC 5545) that calendar programs subscribe to. Pure.

Each task is an event that takes the whole day, since most programs show no to-dos of a calendar that is subscribed to. It has no time of day, so
it is the same day in every time zone, and it does not make anybody look busy. It has no alarm: the mails remind, and programs ask before they
let a calendar of others ring.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vText

from kanalstrategi.content.follow_up_files import calendar_url, owners_with_calendar
from kanalstrategi.content.model import Content
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.task_kind_words import request
from kanalstrategi.content.tasks import Task, tasks
from kanalstrategi.danish.phrases import capitalized, long_date

CALENDAR_TYPE = "text/calendar"
"""The media type of a calendar."""
_REFRESHED_EVERY = timedelta(days=1)
"""How often a program should ask again."""


def calendars(content: Content, site_name: str, site_url: str) -> dict[str, bytes]:
    """Return the calendar of each owner who has one, keyed by URL relative to the site's root. `site_url` is absolute, with a trailing slash."""
    dated = [task for task in tasks(content) if task.due]
    return {
        calendar_url(owner): _calendar(owner, [task for task in dated if task.owner.id == owner.id], content.today, site_name, site_url)
        for owner in owners_with_calendar(content)
    }


def _calendar(owner: Owner, dated: list[Task], today: date, site_name: str, site_url: str) -> bytes:
    calendar, name = Calendar(), vText(f"{owner.name}: {site_name}")
    calendar.add("prodid", "-//kanalstrategi//opfoelgning//DA")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESHED_EVERY, {"value": "DURATION"})
    calendar.add("x-published-ttl", vText("P1D"))  # the same for Outlook
    for task in dated:
        calendar.add_component(_event(task, today, site_url))
    data: bytes = calendar.to_ical()
    return data


def _event(task: Task, today: date, site_url: str) -> Event:
    assert task.due, "the caller only takes those with a last day"
    event, url = Event(), site_url + task.url
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{site_url}#{task.id}")))  # the same when the day is moved
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", task.due)
    event.add("dtend", task.due + timedelta(days=1))
    event.add("summary", request(task))
    event.add("description", f"{capitalized(task.detail)}.\nSidste dag er den {long_date(task.due)}.\n{url}")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
