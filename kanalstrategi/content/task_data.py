"""Creates the open data about tasks: the records of `site/data/tasks.json`."""

from __future__ import annotations

from typing import Any

from kanalstrategi.content.model import Content
from kanalstrategi.content.tasks import tasks


def task_records(content: Content) -> list[dict[str, Any]]:
    """Return a record of everything that somebody has to do, also long from now, in the order of the follow-up."""
    return [
        {
            "id": task.id,
            "title": task.title,
            "url": task.url,
            "kind": task.kind.value,
            "owner": task.owner.id,
            "due": task.due.isoformat() if task.due else None,
            "state": task.state(content.today).value,
            "detail": task.detail,
            "count": task.count,
        }
        for task in tasks(content)
    ]
