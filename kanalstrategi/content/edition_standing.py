"""Says in Danish which edition something is of, and how far that edition has come. No I/O."""

from __future__ import annotations

from datetime import date

from kanalstrategi.content.edition_model import Edition, EditionState
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
