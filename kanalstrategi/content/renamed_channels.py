"""Tells which channel groups of earlier editions are in force under another name: their pages redirect to the one that they became. No I/O."""

from __future__ import annotations

from dataclasses import replace

from kanalstrategi.content.former_content import superseded
from kanalstrategi.content.model import Channel, Content


def current_ids(content: Content) -> dict[str, str]:
    """Return the ids that channel groups had, each with the one that the group has now."""
    folder = f"{content.folders.channels}/"
    former = {url: group.id for group in content.groups for url in group.page.redirects if url.startswith(folder)}
    ids = {url.removeprefix(folder).rstrip("/"): id for url, id in former.items()}
    return {old: id for old, id in ids.items() if old not in content.channels}


def earlier_groups(content: Content) -> list[list[Channel]]:
    """Return the channel groups of each edition that was in force before, the latest first, under the ids that they have now."""
    now = current_ids(content)
    return [[replace(group, id=now.get(group.id, group.id)) for group in edition.groups] for edition in superseded(content)]
