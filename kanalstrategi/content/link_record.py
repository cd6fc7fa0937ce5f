"""Remembers which outward links have failed, and on which days, in `records/links.json`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from kanalstrategi.content.outward_links import OutwardLink
from kanalstrategi.content.record_model import RECORD_FOLDER, BrokenLink
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.incoming_text import ANY_LENGTH, read_bytes
from kanalstrategi.markdown.allow_list import url_scheme
from kanalstrategi.markdown.tree_builder import MAX_URL_CHARACTERS

LINK_RECORD = f"{RECORD_FOLDER}/links.json"
"""The file, from the project's root."""
REPORTED_AFTER_DAYS = 3
"""A link is reported once it has failed on so many different days: most servers that are down are up again the next day."""
MAX_RECORD_BYTES = 1_000_000
"""Limit of the file, which is some hundred bytes for each link that fails."""
MAX_REASON_CHARACTERS = 200

_HINT = f"slet {LINK_RECORD}; så begynder optællingen forfra, næste gang links bliver tjekket"


@dataclass(frozen=True)
class LinkFailure:
    """What is remembered about one URL that fails."""

    failed: tuple[date, ...]
    """The first days on which it failed, at most `REPORTED_AFTER_DAYS`. So the file only changes when there is something new."""
    reason: str
    """What happened when it was last asked, as a phrase in Danish."""

    @property
    def is_reported(self) -> bool:
        """Whether it has failed on so many days that somebody should look at it."""
        return len(self.failed) >= REPORTED_AFTER_DAYS


LinkRecord = Mapping[str, LinkFailure]
"""The failures, keyed by URL."""


def read_link_record(root: Path, diagnostics: list[Diagnostic]) -> LinkRecord:
    """Return the record of the project in a folder, empty if there is none. One that cannot be read is reported. Raises OSError."""
    file = root / LINK_RECORD
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        data = stream.read(MAX_RECORD_BYTES + 1)
    record = parse_link_record(data)
    if record is None:
        diagnostics.append(Diagnostic(LINK_RECORD, 1, "listen over links, der ikke virker, kan ikke læses", _HINT))
    return record or {}


def parse_link_record(data: bytes) -> LinkRecord | None:
    """Return the record in a file, or None if the file is not as the program has written it."""
    if len(data) > MAX_RECORD_BYTES or read_bytes(data, ANY_LENGTH).diagnostics:
        return None
    try:
        record = msgspec.json.decode(data, type=dict[str, LinkFailure])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return record if all(_is_right(url, failure) for url, failure in record.items()) else None


def link_record_json(record: LinkRecord) -> bytes:
    """Return the content of the record's file, with one link a line, sorted, so that a change is easy to see."""
    lines = [f"{json.dumps(url, ensure_ascii=False)}: {_to_json(record[url])}" for url in sorted(record)]
    return ("{\n" + ",\n".join(lines) + "\n}\n" if lines else "{}\n").encode()


def next_record(record: LinkRecord, failed: Mapping[str, str], undecided: Collection[str], today: date) -> dict[str, LinkFailure]:
    """Return the record after links have been asked: what works, and what no page has any more, is forgotten.

    `failed` has the reason of each URL that fails today; `undecided` are those of which nothing was learned today.
    """
    kept = {url: failure for url, failure in record.items() if url in undecided}
    return kept | {url: LinkFailure(_with_day(record[url].failed if url in record else (), today), reason) for url, reason in failed.items()}


def broken_links(record: LinkRecord, links: Iterable[OutwardLink]) -> tuple[BrokenLink, ...]:
    """Return the links that have failed for some days, each URL once for each page. URLs that no page has are ignored."""
    found: dict[tuple[str, str], BrokenLink] = {}
    for link in links:
        failure = record.get(link.url)
        if failure and failure.is_reported:
            path = link.page.path
            file = "" if link.file == f"docs/{path}" else link.file
            found.setdefault((link.url, path), BrokenLink(link.url, path, link.line, failure.failed[0], failure.reason, file))
    return tuple(found.values())


def _with_day(days: tuple[date, ...], today: date) -> tuple[date, ...]:
    return tuple(sorted({*days, today}))[:REPORTED_AFTER_DAYS] if len(days) < REPORTED_AFTER_DAYS else days


def _to_json(failure: LinkFailure) -> str:
    return json.dumps({"failed": [day.isoformat() for day in failure.failed], "reason": failure.reason}, ensure_ascii=False)


def _is_right(url: str, failure: LinkFailure) -> bool:
    days = failure.failed
    is_url = url_scheme(url) in ("http", "https") and len(url) <= MAX_URL_CHARACTERS
    is_list = 0 < len(days) <= REPORTED_AFTER_DAYS and list(days) == sorted({*days})
    return is_url and is_list and failure.reason.isprintable() and 0 < len(failure.reason) <= MAX_REASON_CHARACTERS
