"""Describes the fields that say which department a unit is a part of, and which departments a channel is for, for the editor in the browser."""

from __future__ import annotations

from kanalstrategi.content.conventions import CHANNEL_FOLDER, GUIDELINE_FOLDER
from kanalstrategi.content.model import Content
from kanalstrategi.editor.field_types import Json, choice_field, choices_field

DEPARTMENT_KEYS = {CHANNEL_FOLDER: ("departments",), GUIDELINE_FOLDER: ("part_of",)}
"""The keys that name departments, by the folder of the pages that have them."""


def department_fields(path: str, content: Content) -> dict[str, Json]:
    """Return the fields of the page at a path, keyed by name."""
    own = path.rpartition("/")[2].removesuffix(".md")
    all_of_them = {guideline.id: guideline.department for guideline in content.guidelines}
    parents = {guideline.id: guideline.department for guideline in content.guidelines if not guideline.part_of and guideline.id != own}
    return {
        "part_of": {**choice_field("Del af", parents, content.say("Kun for en enhed: det fagområde, hvis beslutninger den følger.")), "required": False},
        "departments": choices_field("Kun for", all_of_them, content.say("De fagområder, som kanalen er for. Tom, når den er for alle.")),
    }


def departments_excluded(section: str, *, is_own_page: bool) -> set[str]:
    """Return the keys that the pages of a folder do not have."""
    own = DEPARTMENT_KEYS.get(section, ()) if is_own_page else ()
    return {key for keys in DEPARTMENT_KEYS.values() for key in keys} - {*own}
