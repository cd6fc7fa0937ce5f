"""The content model as open data: the records of `site/data/*.json`."""

from __future__ import annotations

import textwrap
from typing import Any

from .dates import is_overdue
from .records import Channel, Content, Rule

Record = dict[str, Any]

TITLE_LENGTH = 80  # characters


def open_data(content: Content) -> dict[str, list[Record]]:
    """The records by file name without ending. Every record has `id`, `title` and `url`."""
    return {
        "channels": [_group(group) for group in content.groups],
        "rules": [_rule(rule) for group in content.groups for rule in group.rules],
        "guidelines": [],  # no department has a guideline yet
        "pages": [
            {
                "id": page.id,
                "title": page.title,
                "url": page.url,
                "description": page.description,
                "owner": page.owner.id,
                "status": page.status.value,
                "reviewed": page.reviewed.isoformat(),
                "review_by": page.review_by.isoformat(),
                "overdue": is_overdue(page.review_by, content.today),
            }
            for page in content.pages.values()
        ],
    }


def _group(group: Channel) -> Record:
    record = _channel(group)
    record["description"] = group.page.description
    record["channels"] = [_channel(channel) for channel in group.subchannels]
    return record


def _channel(channel: Channel) -> Record:
    return {
        "id": channel.id,
        "title": channel.title,
        "url": channel.url,
        "rules": [rule.id for rule in channel.rules],
    }


def _rule(rule: Rule) -> Record:
    return {
        "id": rule.id,
        "title": textwrap.shorten(rule.text, TITLE_LENGTH, placeholder=" …"),
        "url": rule.url,
        "channel": rule.channel,
        "group": rule.group,
        "text": rule.text,
    }
