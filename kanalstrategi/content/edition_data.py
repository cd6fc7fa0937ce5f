"""Creates the open data about the editions of the strategy: the records of `data/editions.json`, and the data of each edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kanalstrategi.content.edition_model import Edition
from kanalstrategi.content.edition_paths import edition_pages, permanent_folder
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.model import Content
from kanalstrategi.sanitizing.files import RECEIPT_NAME

EditionRecord = dict[str, object]

EDITIONS_FILE = "editions"
"""The name of the file with the records, without its extension. The page with all editions links to it."""


def all_editions(content: Content) -> tuple[Content, ...]:
    """Return the contents of all editions, the one in force among them: proposals, that one, and then those before it."""
    in_force = [content] if content.edition else []
    return (*filter(is_open, content.editions), *in_force, *(other for other in content.editions if not is_open(other)))


def edition_records(content: Content, digests: dict[str, str] | None = None) -> list[EditionRecord]:
    """Return a record for each edition. `digests` are those of the receipts, keyed by the edition's name."""
    return [_edition_record(edition.edition, edition, digests or {}) for edition in all_editions(content) if edition.edition]


def data_folders(content: Content) -> Iterator[tuple[str, Content]]:
    """Yield the URL of the folder with the data of each edition, and the edition. That of the one in force is at its name as well."""
    if folder := permanent_folder(content):
        yield f"{folder}data/", replace(content, pages={page.path: page for page in edition_pages(content)})
    yield from ((f"{other.folder}data/", other) for other in content.editions)


def receipt_path(edition: Edition) -> str:
    """Return the path of an edition's receipt, relative to `docs/`."""
    return edition.folder_of_name + RECEIPT_NAME


def _edition_record(edition: Edition, own: Content, digests: dict[str, str]) -> EditionRecord:
    comparison = own.comparison
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
        "compared_with": comparison.old.name if comparison else "",
        "changes": {kind.value: count for kind, count in comparison.counts.items()} if comparison else None,
        "rules": len(own.rules),
        "digest": digests.get(edition.name, ""),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
