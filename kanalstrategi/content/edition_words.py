"""Says in Danish which edition of the strategy something is of, and how far that has come. No I/O."""

from __future__ import annotations

from kanalstrategi.content.conventions import EDITION_FOLDER
from kanalstrategi.content.edition_model import Edition
from kanalstrategi.content.edition_paths import is_former_guideline
from kanalstrategi.content.edition_standing import STATE_WORDS, standing
from kanalstrategi.content.model import Content

EDITION_LIST = f"{EDITION_FOLDER}/index.md"
"""Path of the page that lists the editions. It is about all of them, so it is of none."""


def state_phrase(edition: Edition) -> str:
    """Return how far an edition has come, with its day: `I høring til 1. maj 2026`."""
    return standing(edition) or "Gælder nu"


def is_set_apart(path: str) -> bool:
    """Whether a page is found by search only when readers ask for editions: it is of one, or says how they differ."""
    return path.startswith(f"{EDITION_FOLDER}/") and path != EDITION_LIST


def is_in_force(path: str, content: Content) -> bool:
    """Whether search engines may show a page: it is neither of an edition that is not in force nor a guideline that has been replaced."""
    return content.content_of(path) is content


def state_label(path: str, content: Content) -> str:
    """Return the word for how far the edition of a page that is set apart has come: `Forslag`."""
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
    """Return the same for a page that is not in force, and nothing for any other."""
    return "" if is_in_force(path, content) else place_phrase(path, content)
