"""Who does what by when, and done or late, is the same wherever it is said: page, board, report, data, table, calendars and mails."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest

from kanalstrategi.cli.follow_up import follow_up_report
from kanalstrategi.content.goal_facts import goal_facts
from kanalstrategi.content.open_data import OPEN_DATA
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.content.reminders import reminders
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import Element, line_of
from kanalstrategi.publishing.calendars import calendars
from kanalstrategi.publishing.reminder_mail import parse_address, reminder_mail
from kanalstrategi.publishing.reminder_text import ReminderFacts
from kanalstrategi.publishing.task_table import task_table
from kanalstrategi.rendering.macros import Call
from macros import MACROS
from tests.support.board import board_project
from tests.support.project import seconds

URL = "https://strategi.example.org/"
ACTION = (
    "---\ndescription: En handling.\nowner: {owner}\nstatus: draft\nreviewed: 2025-06-01\nreview_by: 2026-12-01\naction: {action}\n{more}serves:\n"
    "  - telefon\n---\n\n# {title}\n\nGør det.\n"
)
ACTIONS = {
    "for-sen": ACTION.format(owner="skole", action="started", more="due: 2026-06-30\n", title="Afstem telefontider"),
    "snart": ACTION.format(owner="hus", action="planned", more="due: 2027-01-20\n", title="Hold et kursus"),
    "faerdig": ACTION.format(owner="hus", action="done", more="due: 2026-02-01\ndone: 2026-01-15\n", title="Skriv en vejledning"),
    "aaben": ACTION.format(owner="hus", action="open", more="", title="Find en løsning"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality with goals, departments and a plan, whose owners have addresses."""
    project = board_project(tmp_path_factory.mktemp("agree"))
    project.replace("mkdocs.yml", "{hus: {name: Huset}}", "{hus: {name: Huset, email: hus@by.dk}, skole: {name: Skolen, email: skole@by.dk}}")
    project.replace("docs/retningslinjer/skoler.md", "owner: hus", "owner: skole")
    front = (project.root / "docs/status.md").read_text(encoding="utf-8").partition("# ")[0]
    project.write("docs/opfoelgning.md", f"{front}# Opfølgning\n\n{{{{ follow_up() }}}}\n")
    for id, text in ACTIONS.items():
        project.write(f"docs/procesplan/{id}.md", text)
    pages = "".join(f"  - procesplan/{id}.md\n" for id in ACTIONS)
    project.replace("mkdocs.yml", "  - status.md\n", f"  - status.md\n  - opfoelgning.md\n{pages}")
    return project.root


def on(day: str, root: Path) -> Project:
    return read_project(root, {"SOURCE_DATE_EPOCH": str(seconds(day))})


def said_by(name: str, page: str, project: Project) -> str:
    """Return what a macro says on a page, in one line."""
    return line_of(Element("div", children=MACROS[name](Call(project.content, project.content.pages[page]))))


@pytest.mark.parametrize("day", ["2026-03-01", "2026-12-31", "2027-01-10"])
def test_all_say_the_same_of_each_task(day: str, root: Path) -> None:
    project = on(day, root)
    content, today = project.content, date.fromisoformat(day)
    tasks = OPEN_DATA["tasks"](content)
    assert {task["state"] for task in tasks if task["kind"] == "action"} >= {"undated"} and not any(task["id"] == "action/faerdig" for task in tasks)

    dated = {(task["owner"], URL + task["url"], task["due"]) for task in tasks if task["due"]}
    in_calendars = set()
    for url, data in calendars(content, "Strategi", URL).items():
        owner = url.rpartition("/")[2].removesuffix(".ics")
        in_calendars |= {(owner, str(event["url"]), event.decoded("dtstart").isoformat()) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert in_calendars == dated

    names = {owner.name: id for id, owner in content.organisation.owners.items()}
    rows = list(csv.reader(io.StringIO(task_table(content, URL).decode("utf-8-sig")), delimiter=";"))[1:]
    assert {(names[row[0]], row[7], row[2], row[3]) for row in rows} == {(t["owner"], URL + t["url"], t["title"], t["detail"]) for t in tasks}
    words_of_states = {(row[6], task["state"]) for row, task in zip(rows, tasks, strict=True)}
    assert len(words_of_states) == len({state for _, state in words_of_states})  # one word for each state, whatever the task

    facts = ReminderFacts("Strategi", URL, today, "")
    sender = parse_address("web@by.dk")
    mails = {}
    for reminder in reminders(content, {}):
        body = reminder_mail(reminder, facts, sender, None, datetime.combine(today, datetime.min.time(), UTC)).get_content()
        mails[reminder.owner.id] = " ".join(str(body).split())
    assert set(mails) == {"hus", "skole"}
    report = "\n".join(follow_up_report(project))
    for task in tasks:
        is_told = task["state"] in ("overdue", "due-soon", "undated")
        words = " ".join(task["detail"].split())
        mentions = f"{URL}{task['url']}" in mails[task["owner"]] and words.lower() in mails[task["owner"]].lower()
        assert mentions or not is_told, task["id"]
        if task["state"] == "overdue":
            assert long_date(date.fromisoformat(task["due"])) in mails[task["owner"]]
            assert long_date(date.fromisoformat(task["due"])) in report
    late = sum(task["state"] == "overdue" for task in tasks)
    assert f"{late} opgaver er over fristen" in said_by("follow_up", "opfoelgning.md", project)
    assert f"{late} opgaver er over fristen" in said_by("overdue", "status.md", project)


def test_the_figures_of_goals_are_the_same_in_mails_and_on_the_board(root: Path) -> None:
    project = on("2027-01-10", root)  # a year after the last figures
    content = project.content
    board, records = said_by("goal_status", "status.md", project), {record["id"]: record for record in OPEN_DATA["goals"](content)}
    (own,) = [reminder for reminder in reminders(content, {}) if reminder.owner.id == "hus"]
    mail = reminder_mail(own, ReminderFacts("Strategi", URL, content.today, ""), parse_address("web@by.dk"), None, datetime(2027, 1, 10, tzinfo=UTC))
    text = " ".join(str(mail.get_content()).split())
    assert len(content.goals) == 4
    for goal in content.goals:
        latest = goal_facts(goal, content.today).latest
        assert f"det seneste tal er {latest}" in text.lower()
        assert latest in board.replace("\u00a0", " ")
        number = re.match(r"[\d.,]+", latest)
        assert number and float(number[0].replace(".", "").replace(",", ".")) == records[goal.id]["latest"]["value"]
