"""Finds what is odd about actions of the process plan: it does not stop a build, since the plan may be on its way."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.action_model import Action, ActionState
from kanalstrategi.content.action_words import STATE_WORDS
from kanalstrategi.content.project import Project
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage

_DECIDED = (ActionState.PLANNED, ActionState.STARTED)
"""The states in which somebody is about to do it, and so has to know what."""


def warn_of_plan(project: Project) -> Iterator[Diagnostic]:
    """Yield a warning for each action that is late, has not begun in time, says nothing of what has to be done or why, or was dropped without a reason."""
    for action in project.content.actions:
        parsed = project.parsed_pages[action.page.path]
        for key, message, hint in _oddities(action, parsed, project):
            yield Diagnostic(f"docs/{action.page.path}", parsed.front.lines.get(key, 1), message, hint)


def _oddities(action: Action, parsed: ParsedPage, project: Project) -> Iterator[tuple[str, str, str]]:
    """Yield the key of the line, the message and the hint of each warning about an action."""
    today, state = project.content.today, STATE_WORDS[action.state]
    has_text = any(block.text for block in parsed.blocks if not (block.kind == "heading" and block.level == 1))
    if action.due and action.is_overdue(today):
        yield "due", f"handlingen skulle være færdig senest {long_date(action.due)}", "skriv, at den er gennemført eller opgivet, eller aftal en ny frist"
    elif action.state is ActionState.PLANNED and action.begins and action.begins < today:
        yield "begins", f"handlingen skulle være begyndt {long_date(action.begins)}", "skriv `action: started`, eller ret datoen"
    if action.state in _DECIDED and not has_text:
        yield "action", f"handlingen er {state}, men siden siger ikke, hvad der skal gøres", "skriv det under titlen"
    if action.state in _DECIDED and not (action.goals or action.rules):
        yield "action", f"handlingen er {state}, men siger ikke, hvilket mål eller hvilken regel den tjener", "skriv det i `serves`"
    if action.state is ActionState.DROPPED and not has_text:
        yield "action", "handlingen er opgivet, men siden siger ikke hvorfor", "skriv det under titlen"
