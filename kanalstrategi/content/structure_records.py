"""Changes the names of pages and departments in what is kept in `records/`, so that their past goes on under the new name. No I/O."""

from __future__ import annotations

import re

from kanalstrategi.content.progress import PROGRESS_FILE
from kanalstrategi.content.reminder_record import REMINDER_FILE, UnreadableRecordError, parse_memory, write_memory
from kanalstrategi.content.steps import StepError, Tree
from kanalstrategi.content.structure_change import StructureChange

RECORD_FILES = (PROGRESS_FILE, REMINDER_FILE)
"""The files of the records that name pages or departments."""


def with_records(tree: Tree, change: StructureChange) -> dict[str, bytes]:
    """Return the records that change. Raises StepError."""
    found = {}
    if progress := tree.get(PROGRESS_FILE):
        found[PROGRESS_FILE] = _with_departments(progress, change)
    if reminders := tree.get(REMINDER_FILE):
        found[REMINDER_FILE] = _with_tasks(reminders, change)
    return {path: content for path, content in found.items() if content != tree[path]}


def _with_departments(progress: bytes, change: StructureChange) -> bytes:
    """Return the progress of departments with their new names; every other byte stays."""
    text = progress.decode("utf-8", "surrogateescape")
    for old, new in change.departments.items():
        text = re.sub(rf"^([^,\r\n]*,[ \t]*){re.escape(old)}(?=[ \t]*,)", rf"\g<1>{new}", text, flags=re.MULTILINE)
    return text.encode("utf-8", "surrogateescape")


def _with_tasks(reminders: bytes, change: StructureChange) -> bytes:
    try:
        memory = parse_memory(reminders)
    except UnreadableRecordError as error:
        raise StepError(str(error)) from error
    renamed = {owner: {_task(id, change): said for id, said in entries.items()} for owner, entries in memory.items()}
    return reminders if renamed == memory else write_memory(renamed)


def _task(id: str, change: StructureChange) -> str:
    """Return the id of a task, whose subject is a page, a department, or a department's section about a channel."""
    kind, _, subject = id.partition("/")
    page, hash, url = subject.partition("#")
    pages = {old.removesuffix(".md"): new.removesuffix(".md") for old, new in change.paths.items()}
    if page in pages:
        return f"{kind}/{pages[page]}{hash}{url}"
    department, slash, channel = subject.partition("/")
    if department in change.departments or (slash and channel in change.channels):
        return f"{kind}/{change.departments.get(department, department)}{slash}{change.channels.get(channel, channel)}"
    return id
