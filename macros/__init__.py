"""Registers the macros that pages can call.

mkdocs-macros loads this module, and `define_env` connects it to the build. The command-line tools load `MACROS` from it by name.
To add a macro, write it in a module here and add it to the list.
"""

from __future__ import annotations

from typing import Any

from kanalstrategi.rendering.macros import MacroRegistry

from .board import decisions_sought, department_progress, goal_status, overdue
from .calendars import calendars
from .citizens import answers, website
from .coverage import coverage, guidelines, progress
from .doors import ask, situations, staff_door
from .editions import editions
from .evidence import accessibility_evidence
from .follow_up import follow_up
from .goals import goal, goals
from .news import news
from .open_data import open_data
from .overviews import cards, contact, download, evaluation, outcomes, search, status
from .plan import actions_for, materials, plan_by_owner, plan_timeline
from .quotes import channel, definition, passage, pull_quote, quote, rule, rules
from .rule_register import register
from .statement import statement, statement_for_tool

MACROS = MacroRegistry([
    rules, rule, channel, contact, definition, quote, passage, pull_quote, download,
    ask, answers, website, staff_door, situations, cards, status, evaluation,
    coverage, guidelines, progress, register, outcomes, goal_status, department_progress, overdue, decisions_sought,
    follow_up, calendars, goals, goal, plan_timeline, plan_by_owner, actions_for, materials,
    statement, statement_for_tool, accessibility_evidence, news, editions, open_data, search,
])  # fmt: skip - grouped by subject, not one per line
"""Every macro that pages can call."""


def define_env(env: Any) -> None:
    """Connect the macros to the build. mkdocs-macros calls this once per build and passes itself as `env`."""
    from kanalstrategi.build.macros_plugin import connect  # imported here, because the command-line tools run without MkDocs

    connect(env, MACROS)
