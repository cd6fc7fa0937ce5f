"""The table of everything that has to be done opens in a spreadsheet with every cell as meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kanalstrategi.content.follow_up_files import TASK_TABLE_URL
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.organisation_model import Organisation, Owner
from kanalstrategi.content.task_kind_words import KIND_LABELS, STATE_LABELS, request
from kanalstrategi.content.tasks import TaskKind, TaskState, tasks
from kanalstrategi.publishing.task_table import task_table
from kanalstrategi.sanitizing.files import RESERVED_PATHS
from tests.support.calc import read_csv

OWNER = Owner("hus", '=HYPERLINK("http://x")')


def content(*titles: str) -> Content:
    day = date(2026, 1, 31)
    pages = {f"s{n}.md": Page(f"s{n}.md", f"s{n}/", title, "", OWNER, Status.ADOPTED, day, day) for n, title in enumerate(titles)}
    return Content(Organisation(owners={"hus": OWNER}), day, None, pages, (), {})


def test_calc_shows_every_task_as_meant(tmp_path: Path) -> None:
    titles = ["=1+1", "-5", "+45 54 73", "@mig", 'Æ; "ø"\nå', "maj 2023"]
    (tmp_path / "t.csv").write_bytes(task_table(content(*titles), "https://example.org/"))
    head, *rows = read_csv(tmp_path / "t.csv", tmp_path)
    assert [cell[1] for cell in head] == ["Ansvarlig", "Slags", "Hvad", "Det mangler", "Antal", "Frist", "Status", "Adresse"]
    shown = ["'=1+1", "'-5", "'+45 54 73", "'@mig", 'Æ; "ø"\nå', "'maj 2023"]
    assert [row[2] for row in rows[: len(titles)]] == [("string", title) for title in shown]
    assert rows[0] == [
        ("string", "'" + OWNER.name), ("string", "Gennemgang"), ("string", "'=1+1"), ("string", "skal gennemgås"), ("float", "1"), ("date", "2026-01-31"),
        ("string", "frist inden for 30 dage"), ("string", "https://example.org/s0/"),
    ]  # fmt: skip - laid out as a row


def test_every_kind_and_state_has_its_words() -> None:
    assert set(KIND_LABELS) == set(TaskKind) and set(STATE_LABELS) == set(TaskState)
    assert [request(task) for task in tasks(content("Side"))] == ["Gennemgå siden: Side"]


def test_no_editor_can_put_another_file_in_its_place() -> None:
    assert TASK_TABLE_URL in RESERVED_PATHS
