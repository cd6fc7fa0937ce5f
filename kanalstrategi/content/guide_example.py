"""Reads the made-up site that the examples in the editors' guide are from, so that they are the same on every site."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache

from kanalstrategi.content.model import Content
from kanalstrategi.content.program_pages import EXAMPLE_FOLDER
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.design.theme import PAGES


@lru_cache(1)  # one build asks once for each example, all for the same day
def read_example(today: date) -> Project:
    """Return the made-up site as it would be on a day."""
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return read_project(PAGES / EXAMPLE_FOLDER, {"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))})


def example_content(today: date) -> Content:
    """Return the content of the made-up site as it would be on a day."""
    return replace(read_example(today).content, today=today)
