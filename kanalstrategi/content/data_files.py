"""Lists the files of the open data, each with what its fields mean: the one source of their schemas, tables and documentation."""

from __future__ import annotations

from kanalstrategi.content.data_fields_strategy import ANSWERS, CHANNELS, EDITIONS, PAGES, RULES
from kanalstrategi.content.data_fields_work import ACTIONS, GOALS, GUIDELINES, MATERIALS, TASKS

DATA_FILES = {file.name: file for file in (CHANNELS, RULES, EDITIONS, GUIDELINES, GOALS, ACTIONS, MATERIALS, TASKS, ANSWERS, PAGES)}
"""The files in the order of their page, keyed by name. A test finds every field that is not here, and everything here that is no field."""
