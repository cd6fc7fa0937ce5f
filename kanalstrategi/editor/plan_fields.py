"""Describes the fields of actions and of material for the editor in the browser."""

from __future__ import annotations

import textwrap

from kanalstrategi.content.action_words import STATE_WORDS
from kanalstrategi.content.actions import id_of, pages_in
from kanalstrategi.content.conventions import ACTION_KEYS, GOAL_FOLDER, MATERIAL_FOLDER, MATERIAL_KEYS, PLAN_FOLDER
from kanalstrategi.content.model import Content
from kanalstrategi.danish.phrases import capitalized
from kanalstrategi.editor.field_types import Json, choice_field, choices_field, date_field, text_field

PLAN_KEYS = {PLAN_FOLDER: ACTION_KEYS, MATERIAL_FOLDER: MATERIAL_KEYS}
"""The keys of the pages of each folder, which stand before the text."""
_MAX_LABEL_CHARACTERS = 80


def plan_fields(content: Content) -> dict[str, Json]:
    """Return the fields of actions and material, keyed by name."""
    states = {state.value: capitalized(words) for state, words in STATE_WORDS.items()}
    actions = {action.id: action.page.title for action in content.actions}
    return {
        "action": choice_field("Tilstand", states, "En planlagt handling og en, der er i gang, skal have en frist."),
        "begins": date_field("Begynder", "Den første dag. Tom, hvis det ikke er besluttet.", is_required=False),
        "due": date_field("Frist", "Den sidste dag. Tom, hvis ingen har besluttet den.", is_required=False),
        "done": date_field("Gennemført den", "Kun på en handling, der er gennemført.", is_required=False),
        "serves": choices_field("Tjener", _served(content), "De mål og regler, som handlingen er til for."),
        "purpose": text_field("Til", "Hvad materialet er til, i én sætning."),
        "audience": text_field("Hjælper", "Hvem materialet hjælper."),
        "supports": choices_field("Hører til", actions, "De handlinger i procesplanen, som materialet støtter."),
    }


def _served(content: Content) -> dict[str, str]:
    """Return what an action can serve, goals first, keyed by id. A rule that is gone stays, since a page may still name it."""
    goals = {id_of(page): f"Mål: {page.title}" for page in pages_in(GOAL_FOLDER, content)}
    rules = {rule.id: textwrap.shorten(f"Regel: {rule.text}", _MAX_LABEL_CHARACTERS, placeholder=" …") for rule in content.rules.values()}
    gone = {id: textwrap.shorten(f"Udgået regel: {rule.text}", _MAX_LABEL_CHARACTERS, placeholder=" …") for id, rule in content.gone_rules.items()}
    return {**gone, **rules, **goals}
