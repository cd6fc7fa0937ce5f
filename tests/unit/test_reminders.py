"""What an owner is told: what is new, once; and whatever names and titles say, a mail has one receiver and an issue notifies nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.organisation_model import Organisation, Owner
from kanalstrategi.content.reminder_record import parse_memory, write_memory
from kanalstrategi.content.reminders import Memory, Reason, Reminder, reminders, with_said, without_done
from kanalstrategi.publishing.reminder_issue import issue_comment, issue_mark, issue_text, issue_title
from kanalstrategi.publishing.reminder_mail import UnusableAddressError, parse_address, reminder_mail
from kanalstrategi.publishing.reminder_text import MAX_LISTED, ReminderFacts, mail_text

HUS, VEN = Owner("hus", "Huset", email="hus@by.dk", deputy="ven"), Owner("ven", "Vennen", email="ven@by.dk")
FIRST = date(2026, 1, 1)
NOTHING: Memory = {}
FACTS = ReminderFacts("Strategien", "https://example.org/", FIRST, "web@by.dk")


def content(today: date, *review_by: date, title: str = "Side", owner: Owner = HUS) -> Content:
    """Return a content whose only tasks are reviews of pages."""
    days = [(f"side{number}.md", day) for number, day in enumerate(review_by)]
    pages = {path: Page(path, f"{path[:-3]}/", title, "", owner, Status.ADOPTED, FIRST, day) for path, day in days}
    return Content(Organisation(owners={owner.id: owner, VEN.id: VEN}), today, None, pages, (), {})


def tell(found: Content, memory: Memory) -> tuple[tuple[Reminder, ...], Memory]:
    """Tell everybody everything, as the command does, and return what was told and what is remembered."""
    memory = without_done(memory, found)
    told = reminders(found, memory)
    for reminder in told:
        memory = with_said(memory, reminder, found.today)
    return told, parse_memory(write_memory(memory))


def reasons(told: tuple[Reminder, ...], owner: Owner = HUS) -> list[Reason]:
    return [notice.reason for reminder in told if reminder.owner.id == owner.id for notice in reminder.notices]


def test_a_task_is_told_when_it_is_due_soon_and_when_it_is_overdue_and_then_every_30_days() -> None:
    due, remembered = date(2026, 3, 1), NOTHING
    said: dict[int, list[Reason]] = {}
    for day in range(200):
        told, remembered = tell(content(FIRST + timedelta(days=day), due), remembered)
        if told:
            said[day] = reasons(told) + reasons(told, VEN)
    late = (due - FIRST).days + 1
    assert said == {
        late - 31: [Reason.DUE_SOON],
        late: [Reason.OVERDUE],
        late + 30: [Reason.REPEATED, Reason.DEPUTY],
        **{late + days: [Reason.REPEATED] for days in (60, 90, 120)},
    }


def test_the_deputy_is_told_once_and_again_if_somebody_else_becomes_it() -> None:
    late, remembered = content(FIRST, FIRST - timedelta(days=100)), NOTHING
    days: list[int] = []
    for day in range(100):
        told, remembered = tell(replace(late, today=FIRST + timedelta(days=day)), remembered)
        days += [day] * len(reasons(told, VEN))
    assert days == [30] and remembered["hus"]["review/side0"].deputy == "ven"
    other = Owner("ny", "Den nye", email="ny@by.dk")
    changed = content(FIRST + timedelta(days=101), FIRST - timedelta(days=100), owner=replace(HUS, deputy="ny"))
    changed = replace(changed, organisation=Organisation(owners={**changed.organisation.owners, "ny": other}))
    told, remembered = tell(changed, remembered)
    assert reasons(told, other) == [Reason.DEPUTY]


def test_a_deputy_does_not_hear_of_what_the_owner_was_not_told() -> None:
    silent = replace(HUS, email="")
    late = content(FIRST, FIRST - timedelta(days=100), owner=silent)
    for day in range(0, 100, 7):
        assert [reminder.owner.id for reminder in reminders(replace(late, today=FIRST + timedelta(days=day)), {})] == ["hus"]


def test_a_last_day_that_is_moved_nearer_is_news_and_one_that_is_moved_away_is_not() -> None:
    _, memory = tell(content(FIRST, FIRST + timedelta(days=20)), {})
    told, later = tell(content(FIRST, FIRST + timedelta(days=25)), memory)
    assert told == ()
    told, _ = tell(content(FIRST, FIRST + timedelta(days=21)), later)
    assert reasons(told) == [Reason.DUE_SOON]


def test_what_is_repeated_waits_a_week_after_the_last_mail_or_comes_with_what_is_new() -> None:
    past, owner = FIRST - timedelta(days=9), replace(HUS, deputy="")
    _, memory = tell(content(FIRST, past, owner=owner), {})
    _, memory = tell(content(FIRST + timedelta(days=28), past, past, owner=owner), memory)  # another one, which is told at once
    assert tell(content(FIRST + timedelta(days=31), past, past, owner=owner), memory)[0] == ()
    told, _ = tell(content(FIRST + timedelta(days=35), past, past, owner=owner), memory)
    assert reasons(told) == [Reason.REPEATED]
    told, _ = tell(content(FIRST + timedelta(days=31), past, past, past, owner=owner), memory)
    assert reasons(told) == [Reason.OVERDUE, Reason.REPEATED]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.lists(st.integers(-60, 90), max_size=4)), min_size=1, max_size=8))
def test_nothing_is_told_twice_on_a_day_and_everything_that_is_due_has_been_told(steps: list[tuple[int, list[int]]]) -> None:
    """On any sequence of days on which pages come, go and get other last days."""
    day, remembered = FIRST, NOTHING
    for days, due in steps:
        day += timedelta(days=days)
        found = content(day, *(FIRST + timedelta(days=offset) for offset in due))
        _, remembered = tell(found, remembered)
        assert tell(found, remembered) == ((), remembered)
        tellable = {f"review/side{number}" for number, offset in enumerate(due) if FIRST + timedelta(days=offset) <= day + timedelta(days=30)}
        assert {id for entries in remembered.values() for id in entries} == tellable


# Names and titles that others have chosen


NASTY = st.text(st.sampled_from("aæ \r\n:<>@,;\"'()\\=?&[]`#!*_|\t") | st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40)


@given(name=NASTY, title=NASTY)
def test_no_name_or_title_becomes_a_line_of_a_mail_s_head_or_another_receiver(name: str, title: str) -> None:
    (told,), _ = tell(content(FIRST, FIRST, title=title, owner=replace(HUS, name=name, deputy="")), {})
    mail = reminder_mail(told, FACTS, parse_address("Web <web@by.dk>"), parse_address("svar@by.dk"), datetime(2026, 1, 1, tzinfo=UTC))
    read = message_from_bytes(mail.as_bytes(), policy=SMTP)
    assert sorted(read.keys()) == sorted(mail.keys()) and len(read.keys()) == 12
    assert [address.addr_spec for address in read["To"].addresses] == ["hus@by.dk"]
    assert read["Bcc"] is None and read["Subject"] == "Kanalstrategien: 1 opgave til jer"


@pytest.mark.parametrize("text", ["", "web", "a@b", "a@b.dk, c@d.dk", "a@b.dk\nBcc: c@d.dk", "x <a@b.dk> y", "<a@b.dk", "æ@b.dk", "x" * 250 + "@b.dk"])
def test_what_is_no_address_sends_nothing(text: str) -> None:
    with pytest.raises(UnusableAddressError):
        parse_address(text)


def test_an_address_may_have_a_name() -> None:
    assert str(parse_address('"Kanal: strategien" <web@by.dk>')) == '"Kanal: strategien" <web@by.dk>'
    assert str(parse_address(" web@by.dk ")) == "web@by.dk"


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    (told,), _ = tell(content(FIRST, *(FIRST - timedelta(1 + number) for number in range(MAX_LISTED + 3))), {})
    assert "… og 3 mere, som står i opfølgningen." in mail_text(told, FACTS) and "… og 3 mere" in issue_text(told, FACTS)


def test_many_pages_to_go_through_by_the_same_day_are_one_thing_in_a_mail() -> None:
    due = FIRST - timedelta(1)
    (told,), _ = tell(content(FIRST, due, due, due, FIRST + timedelta(5), title="Side"), {})
    text = mail_text(told, FACTS)
    assert text.count("* Gennemgå 3 sider\n") == 1 and text.count("* Gennemgå siden: Side\n") == 1
    assert [text.count(f"https://example.org/side{number}/\n") for number in range(4)] == [1] * 4 and "At gennemgå en side er" in text


def test_an_issue_has_a_mark_and_mentions_the_owner_s_account_alone() -> None:
    owner = replace(HUS, account="@by/hus")
    (told,), _ = tell(content(FIRST, FIRST, title="@chef ser #12 [her](x) <!-- b -->", owner=owner), {})
    text, comment = issue_text(told, FACTS), issue_comment(told, FACTS)
    assert issue_title(owner) == "Opfølgning: Huset" and text.startswith(issue_mark(owner)) and text.count("<!--") - text.count("\\<!--") == 1
    for written in (text, comment):
        (item,) = [line for line in written.split("\n") if line.startswith("- ")]
        words, _, rest = item.partition("](<https://example.org/side0/>)")
        assert words == "- [Gennemgå siden: @chef ser #12 \\[her\\](x) \\<!-- b -->"  # services look for neither in the words of a link
        assert "@" not in rest and "#" not in rest and "@by/hus: Det her" in written


def test_a_memory_with_a_day_at_the_end_of_time_can_be_read() -> None:
    today = date(2026, 1, 10)
    found = content(today, date(2026, 1, 1))
    _, memory = tell(found, {})
    never = {owner: {id: replace(said, told=date.max, overdue_since=date.max) for id, said in entries.items()} for owner, entries in memory.items()}
    assert reminders(found, never) == ()
