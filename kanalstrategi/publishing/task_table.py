"""Writes everything that somebody has to do as a table for a spreadsheet. Pure."""

from __future__ import annotations

from kanalstrategi.content.model import Content
from kanalstrategi.content.task_kind_words import KIND_LABELS, STATE_LABELS
from kanalstrategi.content.tasks import Task, tasks
from kanalstrategi.publishing.spreadsheet import Cell, spreadsheet

_HEAD = ("Ansvarlig", "Slags", "Hvad", "Det mangler", "Antal", "Frist", "Status", "Adresse")


def task_table(content: Content, site_url: str) -> bytes:
    """Return the table as CSV, in the order of the tasks. `site_url` is absolute, with a trailing slash."""
    return spreadsheet(_HEAD, (_row(task, content, site_url) for task in tasks(content)))


def _row(task: Task, content: Content, site_url: str) -> tuple[Cell, ...]:
    state = STATE_LABELS[task.state(content.today)]
    return task.owner.name, content.say(KIND_LABELS[task.kind]), task.title, task.detail, task.count, task.due, state, site_url + task.url
