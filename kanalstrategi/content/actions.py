"""Reads the pages of the process plan and those with the material that supports it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from kanalstrategi.content.action_model import Action, ActionState, Material
from kanalstrategi.content.action_words import STATE_WORDS
from kanalstrategi.content.conventions import GOAL_FOLDER, MATERIAL_FOLDER, PLAN_FOLDER
from kanalstrategi.content.dates import today_in_denmark
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.model import Content, Page
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

MUST_HAVE_DUE = (ActionState.PLANNED, ActionState.STARTED)
"""The states in which somebody has promised the action, and so has to say by when."""

WORDINGS = {
    "no_due": Wording("en handling, der er $state, skal have en frist", "skriv `due: …` med den sidste dag, eller skriv `action: open`"),
    "no_done": Wording("handlingen er gennemført, men der står ikke hvornår", "skriv `done: …` med dagen"),
    "not_done": Wording("done kan kun stå på en handling, der er gennemført", "skriv `action: done`, eller slet linjen"),
    "due_before_begins": Wording("datoen i due ligger før datoen i begins", "ret en af de to"),
    "done_later": Wording("handlingen er gennemført på en dato, der ikke er kommet", "ret datoen i done"),
    "unknown_served": Wording("$value er hverken et mål eller en regel", "$suggestion"),
    "unknown_action": Wording("handlingen $value findes ikke i procesplanen", "$suggestion"),
    "twice": Wording("$value står to gange i $key", "slet den ene"),
}
"""What can be wrong with the fields that only actions and material have."""
NO_SUGGESTION = f"brug navnet på en side i docs/{GOAL_FOLDER} eller et regel-id fra en kanalside"
NO_ACTIONS = f"opret siden i docs/{PLAN_FOLDER} først, eller slet linjen"
"""What to do about an id that is like no known one, and about one where there are none yet."""


def with_plan(content: Content, parsed_pages: Mapping[str, ParsedPage], diagnostics: list[Diagnostic]) -> Content:
    """Return the content with the actions of its process plan and their material. Missing and wrong fields are reported."""
    goals, rules = ids_in(GOAL_FOLDER, content), [*content.rules, *content.gone_rules]
    actions = [read_action(page, parsed_pages[page.path], goals, rules, content.today, diagnostics) for page in pages_in(PLAN_FOLDER, content)]
    ids = [action.id for action in actions]
    materials = [read_material(page, parsed_pages[page.path], ids, diagnostics) for page in pages_in(MATERIAL_FOLDER, content)]
    return replace(content, actions=tuple(actions), materials=tuple(materials))


def read_action(page: Page, parsed: ParsedPage, goals: Collection[str], rules: Collection[str], today: date, diagnostics: list[Diagnostic]) -> Action:
    """Return the action on a page. What it serves are the ids of goals, and otherwise those of rules."""
    front = FieldReader(page.path, parsed, diagnostics)
    word = front.choice("action", [state.value for state in ActionState])
    state = ActionState(word) if word else ActionState.OPEN
    begins, due, done = (front.date(key, required=False) for key in ("begins", "due", "done"))
    fields = parsed.front.values
    if word and state in MUST_HAVE_DUE and "due" not in fields:
        front.report("action", *WORDINGS["no_due"].filled(state=STATE_WORDS[state]))
    if word and state is ActionState.DONE and "done" not in fields:
        front.report("action", *WORDINGS["no_done"].filled())
    if word and state is not ActionState.DONE and done:
        front.report("done", *WORDINGS["not_done"].filled())
    if begins and due and due < begins:
        front.report("due", *WORDINGS["due_before_begins"].filled())
    if done and done > max(today, today_in_denmark()):  # an old SOURCE_DATE_EPOCH is not the page's mistake
        front.report("done", *WORDINGS["done_later"].filled())
    served = list(_known_ids(front, "serves", [*goals, *rules], "unknown_served"))
    return Action(
        id=id_of(page),
        page=page,
        state=state,
        begins=begins,
        due=due,
        done=done if state is ActionState.DONE else None,
        goals=tuple(id for id in served if id in goals),
        rules=tuple(id for id in served if id not in goals),
    )


def read_material(page: Page, parsed: ParsedPage, actions: Collection[str], diagnostics: list[Diagnostic]) -> Material:
    """Return the material on a page."""
    front = FieldReader(page.path, parsed, diagnostics)
    purpose, audience = front.text("purpose") or "", front.text("audience") or ""
    return Material(id_of(page), page, purpose, audience, tuple(_known_ids(front, "supports", actions, "unknown_action")))


def pages_in(folder: str, content: Content) -> list[Page]:
    """Return the pages of a folder without its index page, in menu order."""
    return [page for page in content.pages.values() if page.section == folder and not page.is_index]


def ids_in(folder: str, content: Content) -> list[str]:
    """Return the ids of the pages of a folder, in menu order."""
    return [id_of(page) for page in pages_in(folder, content)]


def id_of(page: Page) -> str:
    """Return the name of a page's file without its extension."""
    return page.path.rpartition("/")[2].removesuffix(".md")


def _known_ids(front: FieldReader, key: str, known: Collection[str], kind: str) -> Iterator[str]:
    """Yield the ids in a list that are known, and report the others."""
    found: set[str] = set()
    for value, line in front.texts_with_lines(key):
        if value not in known:
            otherwise = NO_SUGGESTION if kind == "unknown_served" else "" if known else NO_ACTIONS
            front.report(key, *WORDINGS[kind].filled(value=value, suggestion=suggestion(value, known, otherwise)), line)
        elif value in found:
            front.report(key, *WORDINGS["twice"].filled(key=key, value=value), line)
        else:
            found.add(value)
            yield value
