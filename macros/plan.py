"""Macros that show the process plan by time and by owner, what serves a goal or a rule, and the supporting material."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from kanalstrategi.content.action_model import Action
from kanalstrategi.content.action_words import sum_words
from kanalstrategi.content.actions import NO_SUGGESTION, ids_in
from kanalstrategi.content.conventions import GOAL_FOLDER
from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.content.former_content import former_ids
from kanalstrategi.content.model import Content
from kanalstrategi.diagnostics import Wording
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import draft_mark, table, table_row
from kanalstrategi.rendering.macros import Call, Vocabulary, macro
from kanalstrategi.rendering.plan import action_list, actions_serving, shared_note, state_badge, when
from kanalstrategi.rendering.plan_track import Scale, axis, scale_of, track

NO_ACTIONS = "Der er ingen handlinger i procesplanen endnu."
NO_MATERIAL = "Der er ikke lagt materiale her endnu."
_MATERIAL_COLUMNS = ("Til", "Hjælper", "Hører til")
"""The headings of the columns after the first."""


def _goals_and_rules(content: Content) -> list[str]:
    return [*ids_in(GOAL_FOLDER, content), *content.rules]


_SERVED = Vocabulary(
    _goals_and_rules,
    Wording("$word er hverken et mål eller en regel", NO_SUGGESTION),
    (GOAL_FOLDER, DEFAULT_FOLDERS.channels),
    former=lambda content: former_ids(content, lambda edition: edition.rules),
)


@macro(is_of_site=True)
def plan_timeline(call: Call) -> list[Node]:
    """Return the actions in sum, and by time: a table for each year, then those that nobody has set a date for. The call must be alone on its line."""
    actions = call.content.actions
    if not actions:
        return [element("p", NO_ACTIONS)]
    scale = scale_of(actions, call.content.today)
    dated = sorted((action for action in actions if _day(action)), key=lambda action: _day(action) or date.max)
    undated = [action for action in actions if not _day(action)]
    note, marked = shared_note(call, [action.page for action in actions])
    tables = [_by_time(call, str(year), list(found), marked, scale, by_year=True) for year, found in groupby(dated, key=_year)]
    if undated:
        rows = [table_row(_name(call, action, marked), [("Tilstand", state_badge(action)), ("Hvem", action.page.owner.name)]) for action in undated]
        tables.append(table("follow-up plan", "Uden dato", ["Handling", "Tilstand", "Hvem"], rows))
    key = [element("p.plan-note.web-only", "Bjælkerne viser, hvornår handlingerne varer. Den lodrette streg er i dag.", aria_hidden="true")] if scale else []
    return [element("p.plan-sum", sum_words(actions, call.content.today), data_search_exclude=""), *key, *note, *tables]


@macro(is_of_site=True)
def plan_by_owner(call: Call) -> list[Node]:
    """Return the actions of each owner, those with the earliest date first. The call must be alone on its line."""
    actions = call.content.actions
    if not actions:
        return [element("p", NO_ACTIONS)]
    note, marked = shared_note(call, [action.page for action in actions])
    by_owner = {owner: [action for action in actions if action.page.owner == owner] for owner in dict.fromkeys(action.page.owner for action in actions)}
    for found in by_owner.values():
        found.sort(key=lambda action: _day(action) or date.max)
    order = sorted(by_owner, key=lambda owner: _day(by_owner[owner][0]) or date.max)
    return [*note, *(_by_time(call, owner.name, by_owner[owner], marked) for owner in order)]


@macro(vocabulary=_SERVED, is_of_site=True)
def actions_for(call: Call, id: str) -> list[Node]:
    """Return the actions that serve a goal or a rule, given its id. The call must be alone on its line."""
    actions = actions_serving(call.content, id)
    return action_list(call, actions) if actions else [element("p", "Ingen handling i procesplanen er sat i gang for det endnu.", data_search_exclude="")]


@macro(is_of_site=True)
def materials(call: Call) -> list[Node]:
    """Return the supporting material, each with what it is for and who it helps. The call must be alone on its line."""
    found = call.content.materials
    if not found:
        return [element("p", NO_MATERIAL)]
    note, marked = shared_note(call, [material.page for material in found])
    titles = {action.id: action.page for action in call.content.actions}
    rows = []
    for material in found:
        links = [element("li", element("a", titles[id].title, href=call.link(titles[id].url))) for id in material.actions]
        name = [element("a", material.page.title, href=call.link(material.page.url)), *(draft_mark(material.page) if marked else [])]
        cells = (material.purpose, material.audience, element("ul", links) if links else "–")
        rows.append(table_row(name, zip(_MATERIAL_COLUMNS, cells, strict=True)))
    return [*note, table("follow-up plan materials", "Materialet, hvad det er til, og hvem det hjælper", ["Materiale", *_MATERIAL_COLUMNS], rows)]


def _day(action: Action) -> date | None:
    """Return the day that an action is listed by."""
    return action.done or action.due or action.begins


def _year(action: Action) -> int:
    return (_day(action) or date.max).year


def _by_time(call: Call, caption: str, actions: Sequence[Action], marked: bool, scale: Scale | None = None, *, by_year: bool = False) -> Element:
    """Return actions with their times as a table. `marked` says whether each draft has its mark, and `by_year` whether each needs its owner."""
    head: Node | list[Node] = ["Hvornår", axis(scale)] if scale else "Hvornår"
    rows = []
    for action in actions:
        owner = [element("br"), element("span.plan-owner", action.page.owner.name)] if by_year else []
        steps = track(action, scale) if scale else None
        rows.append(table_row([*_name(call, action, marked), *owner], [("Tilstand", state_badge(action)), ("Hvornår", [when(action, call), steps or ""])]))
    return table("follow-up plan", caption, ["Handling", "Tilstand", head], rows)


def _name(call: Call, action: Action, marked: bool) -> list[Node]:
    """Return a link to an action, with the mark of a draft if it needs one."""
    return [element("a", action.page.title, href=call.link(action.page.url)), *(draft_mark(action.page) if marked else [])]
