"""Writes the files of the follow-up that other programs read: the calendars, and the table of everything."""

from __future__ import annotations

from pathlib import Path

from kanalstrategi.build.session import BuildSession
from kanalstrategi.content.follow_up_files import TASK_TABLE_URL
from kanalstrategi.content.urls import LOCAL_URL
from kanalstrategi.publishing.calendars import calendars
from kanalstrategi.publishing.task_table import task_table


def write_follow_up_files(session: BuildSession, site: Path) -> None:
    """Write the files. Their URLs must be absolute, so a site of which nobody has said where it is published has those of its preview."""
    config = session.mkdocs.config
    site_url = config.site_url or LOCAL_URL
    files = {**calendars(session.content, config.site_name, site_url), TASK_TABLE_URL: task_table(session.content, site_url)}
    for url, data in files.items():
        (site / url).parent.mkdir(exist_ok=True)
        (site / url).write_bytes(data)
