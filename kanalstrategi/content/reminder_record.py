"""Reads and writes what the reminders remember, as JSON in `records/`. No I/O.

Anybody who may change the file may make it say anything, so what is not as the program writes it is refused whole: guessing would tell
everything again, or nothing.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TypedDict

import msgspec

from kanalstrategi.content.record_model import RECORD_FOLDER
from kanalstrategi.content.reminders import Memory, Said
from kanalstrategi.content.tasks import TaskState
from kanalstrategi.diagnostics import Diagnostic

REMINDER_FILE = f"{RECORD_FOLDER}/reminders.json"
"""The file, relative to the project's root."""
MAX_REMINDER_BYTES = 5_000_000


class _Entry(TypedDict):
    state: str
    due: date | None
    burden: list[int]
    detail: str
    told: date
    overdue_since: date | None
    deputy: str


class _Record(TypedDict):
    owners: dict[str, dict[str, _Entry]]


class UnreadableRecordError(Exception):
    """The file is not as the program writes it."""

    def __init__(self) -> None:
        hint = "hent den igen fra versionsstyringen, eller slet den; så bliver alt sagt igen"
        super().__init__(str(Diagnostic(REMINDER_FILE, 1, "det, der er sagt før, kan ikke læses", hint)))


def parse_memory(data: bytes) -> Memory:
    """Return what was said, from the content of the file. Raises UnreadableRecordError."""
    if len(data) > MAX_REMINDER_BYTES:
        raise UnreadableRecordError
    try:
        record = msgspec.json.decode(data, type=_Record)
        return {owner: {task: _read(entry) for task, entry in entries.items()} for owner, entries in record["owners"].items()}
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UnreadableRecordError from error


def write_memory(memory: Memory) -> bytes:
    """Return the content of the file, in the order of names, so that a change shows as the lines that have changed."""
    owners = {owner: {task: _written(said) for task, said in entries.items()} for owner, entries in memory.items()}
    return (json.dumps({"owners": owners}, ensure_ascii=False, indent=1, sort_keys=True, default=date.isoformat) + "\n").encode()


def _read(entry: _Entry) -> Said:
    return Said(
        TaskState(entry["state"]), entry["due"], tuple(entry["burden"]), entry["detail"], entry["told"], entry["overdue_since"], entry["deputy"]
    )  # fmt: skip - one line for what is one thing


def _written(said: Said) -> _Entry:
    return {
        "state": said.state.value,
        "due": said.due,
        "burden": list(said.burden),
        "detail": said.detail,
        "told": said.told,
        "overdue_since": said.overdue_since,
        "deputy": said.deputy,
    }
