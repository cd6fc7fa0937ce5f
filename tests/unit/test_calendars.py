"""The calendars: RFC 5545 to the letter, read by two libraries, and the same day in every time zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kanalstrategi.content.follow_up_files import calendar_url, owners_with_calendar
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.organisation_model import Organisation, Owner
from kanalstrategi.publishing.calendars import calendars

HUS, ANDEN = Owner("hus", "Huset: æ, ø; å"), Owner("anden", "Andre")
TODAY = date(2026, 1, 1)
SITE = "https://example.org/under/path/"
_LINE = re.compile(r'[A-Z0-9-]+(?:;[A-Z0-9-]+=(?:"[^"]*"|[^":;,]*))*:.*')


def content(*review_by: date, today: date = TODAY, title: str = "Side") -> Content:
    pages = {f"s{n}.md": Page(f"s{n}.md", f"s{n}/", title, "", HUS, Status.ADOPTED, TODAY, day) for n, day in enumerate(review_by)}
    return Content(Organisation(owners={"anden": ANDEN, "hus": HUS}), today, None, pages, (), {})


def strict(data: bytes) -> Calendar:
    """Return a calendar after holding its text to RFC 5545, and to both libraries."""
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.decode("utf-8", errors="strict")
    assert all(_LINE.fullmatch(line) for line in text.replace("\r\n ", "").split("\r\n")[:-1])
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar) and calendar.errors == [] and all(event.errors == [] for event in calendar.events)
    assert [name for name in ("VERSION", "PRODID") if name not in calendar] == []
    uids = [str(event["UID"]) for event in calendar.events]
    assert uids and len(uids) == len({*uids}) and all("DTSTAMP" in event and "DTSTART" in event for event in calendar.events)
    other = vobject.readOne(text)
    other.validate(raiseException=True)
    assert sorted(event.uid.value for event in other.vevent_list) == sorted(uids)
    return calendar


def events(*review_by: date, title: str = "Side") -> list[tuple[date, date]]:
    (data,) = calendars(content(*review_by, title=title), "Strategien", SITE).values()
    return [(event.decoded("DTSTART"), event.decoded("DTEND")) for event in strict(data).events]


def test_an_owner_with_dated_tasks_has_a_calendar() -> None:
    found = content(date(2030, 1, 31))
    assert owners_with_calendar(found) == (HUS,) and [*calendars(found, "Strategien", SITE)] == [calendar_url(HUS)] == ["opfoelgning/hus.ics"]
    calendar = strict(calendars(found, "Strategien", SITE)[calendar_url(HUS)])
    text = calendars(found, "Strategien", SITE)[calendar_url(HUS)].decode()
    assert all(f"{name}:" + r"Huset: æ\, ø\; å: Strategien" in text for name in ("\nNAME", "X-WR-CALNAME"))  # icalendar reads neither as text
    (event,) = calendar.events
    assert str(event["SUMMARY"]) == "Gennemgå siden: Side" and str(event["URL"]) == f"{SITE}s0/"
    assert str(event["DESCRIPTION"]) == f"Skal gennemgås.\nSidste dag er den 31. januar 2030.\n{SITE}s0/"
    assert event.decoded("DTSTAMP") == datetime(2026, 1, 1, tzinfo=UTC) and event["TRANSP"] == "TRANSPARENT" and event.alarms.times == []


def test_every_day_of_a_year_is_the_same_day_in_denmark_and_in_utc() -> None:
    """A whole day has no time of day, which the two nights when clocks change could move to another day."""
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    read = events(*days)
    assert read == [(day, day + timedelta(days=1)) for day in days]
    assert all(type(first) is date and type(last) is date for first, last in read)  # and not a time, which would have a time zone
    lengths = {datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/Copenhagen")).utcoffset() for day in days}
    assert len(lengths) == 2  # the year does have both


def test_an_event_stays_the_same_one_when_its_day_is_moved_or_the_site_is_built_later() -> None:
    def uid(found: Content) -> str:
        (event,) = strict(calendars(found, "Strategien", SITE)[calendar_url(HUS)]).events
        return str(event["UID"])

    one = content(date(2026, 5, 1))
    assert uid(one) == uid(content(date(2027, 5, 1), today=date(2027, 1, 1), title="Nyt navn"))
    assert calendars(one, "Strategien", SITE) == calendars(content(date(2026, 5, 1)), "Strategien", SITE)


@settings(max_examples=80)
@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t;:,\\\"æ🙂"), min_size=1, max_size=120))
def test_no_title_breaks_a_calendar(title: str) -> None:
    assert len(events(date(2026, 5, 1), title=title)) == 1


def test_what_is_broken_is_found() -> None:
    (data,) = calendars(content(date(2026, 5, 1)), "Strategien", SITE).values()
    for old, new in ((b"\r\n", b"\n"), (b"20260501", b"20269901"), (b"VERSION:2.0\r\n", b""), (b"SUMMARY:", b"SUMMARY"), (b"UID:", b"X-UID:")):
        with pytest.raises((AssertionError, LookupError, ValueError, vobject.base.VObjectError)):
            strict(data.replace(old, new))
