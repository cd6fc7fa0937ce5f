"""Creates the open data about the editions of the strategy: the records of `data/editions.json`, and the data of each edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kanalstrategi.content.conventions import EDITION_FOLDER
from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.edition_paths import edition_pages, permanent_folder
from kanalstrategi.content.model import Content

EditionRecord = dict[str, object]

RECEIPT_FILE = "kvittering.json"
"""The name of an edition's receipt, in its folder."""


def all_editions(content: Content) -> tuple[Content, ...]:
    """Return the contents of all editions, the one in force among them: proposals, that one, and then those before it."""
    is_open = {EditionState.PROPOSAL, EditionState.CONSULTATION}
    proposals = [other for other in content.editions if other.edition and other.edition.state in is_open]
    return (*proposals, *([content] if content.edition else []), *(other for other in content.editions if other not in proposals))


def edition_before(edition: Content, content: Content) -> Content | None:
    """Return the edition that one is compared with: the one in force for a proposal, otherwise the one that it superseded."""
    facts = edition.edition
    if facts is None:
        return None
    if not facts.state.was_adopted:
        return content
    return next((other for other in content.editions if other.edition and other.edition.superseded_by == facts.name), None)


def edition_records(content: Content, digests: dict[str, str] | None = None) -> list[EditionRecord]:
    """Return a record for each edition. `digests` are those of the receipts, keyed by the edition's name."""
    return [_edition_record(edition.edition, edition, content, digests or {}) for edition in all_editions(content) if edition.edition]


def data_folders(content: Content) -> Iterator[tuple[str, Content]]:
    """Yield the URL of the folder with the data of each edition, and the edition. That of the one in force is at its name as well."""
    if folder := permanent_folder(content):
        yield f"{folder}data/", replace(content, pages={page.path: page for page in edition_pages(content)})
    yield from ((f"{other.folder}data/", other) for other in content.editions)


def receipt_path(edition: Edition) -> str:
    """Return the path of an edition's receipt, relative to `docs/`."""
    return f"{EDITION_FOLDER}/{edition.name}/{RECEIPT_FILE}"


def _edition_record(edition: Edition, own: Content, content: Content, digests: dict[str, str]) -> EditionRecord:
    before = edition_before(own, content)
    return {
        "id": edition.name,
        "title": edition.title,
        "url": edition.url,
        "state": edition.state.value,
        "adopted": _day(edition.adopted),
        "adopted_by": edition.adopted_by,
        "decision": edition.decision,
        "consultation_from": _day(edition.consultation[0] if edition.consultation else None),
        "consultation_to": _day(edition.consultation[1] if edition.consultation else None),
        "superseded": _day(edition.superseded),
        "superseded_by": edition.superseded_by,
        "lapsed": _day(edition.lapsed),
        "compared_with": before.edition.name if before and before.edition else "",
        "changes": _rule_changes(before, own) if before else None,
        "rules": len(own.rules),
        "digest": digests.get(edition.name, ""),
    }


def _rule_changes(old: Content, new: Content) -> dict[str, int]:
    """Return how many rules are new, changed, moved and gone from one edition to the next. A rule is the same if its id is."""
    kept = [(old.rules[id], new.rules[id]) for id in new.rules if id in old.rules]
    changed = [after for before, after in kept if (before.text, before.lead) != (after.text, after.lead)]
    moved = [after for before, after in kept if before.channel != after.channel and after not in changed]
    return {"new": len(new.rules) - len(kept), "changed": len(changed), "moved": len(moved), "gone": len(old.rules) - len(kept)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
