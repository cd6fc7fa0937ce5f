"""Says in Danish which edition of the strategy something is of, and how far that has come. No I/O."""

from __future__ import annotations

from datetime import date

from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.edition_paths import is_former_guideline
from kanalstrategi.content.model import Content
from kanalstrategi.danish.phrases import long_date

STATE_WORDS = {
    EditionState.PROPOSAL: "forslag",
    EditionState.CONSULTATION: "i høring",
    EditionState.ADOPTED: "vedtaget",
    EditionState.SUPERSEDED: "afløst",
    EditionState.LAPSED: "bortfaldet",
}
"""What each state of an edition is called."""


def standing(edition: Edition) -> str:
    """Return how far an edition has come, for the header of a document: `I høring til 1. maj 2026`; nothing for the one in force."""
    if edition.state is EditionState.CONSULTATION and edition.consultation:
        return f"I høring til {long_date(edition.consultation[1])}"
    if edition.state is EditionState.SUPERSEDED and edition.superseded:
        return f"Afløst {long_date(edition.superseded)}"
    if edition.state is EditionState.LAPSED and edition.lapsed:
        return f"Bortfaldet {long_date(edition.lapsed)}"
    return "" if edition.state is EditionState.ADOPTED else STATE_WORDS[edition.state].capitalize()


def mark(edition: Edition) -> str:
    """Return what stands first on every page of an edition that is not in force: `Forslag – gælder ikke`."""
    if edition.state is EditionState.CONSULTATION and edition.consultation:
        return f"I høring {consultation_days(edition.consultation)}"
    if edition.state is EditionState.SUPERSEDED and edition.superseded:
        return f"Afløst den {long_date(edition.superseded)}" + (f" af {edition.successor or edition.superseded_by}" if edition.superseded_by else "")
    if edition.state is EditionState.LAPSED and edition.lapsed:
        return f"Bortfaldet den {long_date(edition.lapsed)}"
    return "Forslag – gælder ikke"


def consultation_days(days: tuple[date, date]) -> str:
    """Return the days of a hearing: `fra 1. april 2026 til 1. maj 2026`."""
    return f"fra {long_date(days[0])} til {long_date(days[1])}"


def adoption(day: date | None, adopted_by: str) -> str:
    """Return when something was adopted and by whom: `Vedtaget den 28. februar 2023 af byrådet`; nothing if the day is not known."""
    return f"Vedtaget den {long_date(day)}" + (f" af {adopted_by}" if adopted_by else "") if day else ""


def named(title: str, edition: Edition) -> str:
    """Return the title of something with the name of the edition that it is of and how far that has come, for those who see only the title."""
    of_edition = title if edition.name in title else f"{title}, {edition.name}"
    return of_edition if edition.state is EditionState.ADOPTED else f"{of_edition} – {STATE_WORDS[edition.state]}"


def state_phrase(edition: Edition) -> str:
    """Return how far an edition has come, with its day: `I høring til 1. maj 2026`."""
    return standing(edition) or "Gælder nu"


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
