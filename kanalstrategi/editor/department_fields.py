"""Describes the fields that say which department a unit is a part of, and which departments a channel is for, for the editor in the browser."""

from __future__ import annotations

from kanalstrategi.content.conventions import DEPARTMENT_KEYS
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.model import Content
from kanalstrategi.editor.field_types import Json, choice_field, choices_field


def department_fields(path: str, content: Content) -> dict[str, Json]:
    """Return the fields of the page at a path, keyed by name."""
    own = path.rpartition("/")[2].removesuffix(".md")
    all_of_them = {guideline.id: guideline.department for guideline in content.guidelines}
    parents = {guideline.id: guideline.department for guideline in content.guidelines if not guideline.part_of and guideline.id != own}
    return {
        "part_of": {**choice_field("Del af", parents, content.say("Kun for en enhed: det fagområde, hvis beslutninger den følger.")), "required": False},
        "departments": choices_field("Kun for", all_of_them, content.say("De fagområder, som kanalen er for. Tom, når den er for alle.")),
    }


def departments_excluded(section: str, folders: Folders, *, is_own_page: bool) -> set[str]:
    """Return the keys that the pages of a folder do not have."""
    return {key for key in DEPARTMENT_KEYS if not is_own_page or folders.of_keys[key] != section}
