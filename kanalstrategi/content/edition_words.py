"""Says in Danish which edition of the strategy something is of, and how far that has come. No I/O."""

from __future__ import annotations

from kanalstrategi.content.conventions import EDITION_FOLDER
from kanalstrategi.content.edition_model import Edition
from kanalstrategi.content.edition_paths import is_former_guideline
from kanalstrategi.content.edition_standing import STATE_WORDS, standing
from kanalstrategi.content.model import Content

EDITION_LIST = f"{EDITION_FOLDER}/index.md"
"""Path of the page that lists the editions. It is about all of them, so it is of none."""
RECEIPT_ID = "kvitteringen"
"""The id of the section there that says what a receipt is."""


def state_phrase(edition: Edition) -> str:
    """Return how far an edition has come, with its day: `I høring til 1. maj 2026`."""
    return standing(edition) or "Gælder nu"


def is_set_apart(path: str, content: Content) -> bool:
    """Whether a page is found by search only when readers ask for editions: it is of one, says how they differ, or is about a rule that is gone."""
    return content.is_gone(path) or is_in_edition_folder(path)


def is_in_edition_folder(path: str) -> bool:
    """Whether a page is of an edition, or says how it differs from the one before it."""
    return path.startswith(f"{EDITION_FOLDER}/") and path != EDITION_LIST


def is_in_force(path: str, content: Content) -> bool:
    """Whether search engines may show a page: it is not of another edition, and neither a guideline nor a rule that holds no longer."""
    return content.content_of(path) is content and not content.is_gone(path)


def state_label(path: str, content: Content) -> str:
    """Return the word for how far the edition of a page that is set apart has come: `Forslag`; for a rule that is gone, a word for that."""
    if content.is_gone(path):
        return "Udgået"
    edition = content.content_of(path).edition
    return STATE_WORDS[edition.state].capitalize() if edition else ""


def place_phrase(path: str, content: Content) -> str:
    """Return which edition a page is of, and how far that has come: `Kanalstrategi 2026-2029, forslag`."""
    edition = content.content_of(path).edition
    if edition is None:
        return ""
    state = state_phrase(edition)
    return f"{'Retningslinje' if is_former_guideline(path) else edition.title}, {state[0].lower()}{state[1:]}"


def edition_phrase(path: str, content: Content) -> str:
    """Return the same for a page of an edition that is not in force, and nothing for any other."""
    return "" if content.content_of(path) is content else place_phrase(path, content)
