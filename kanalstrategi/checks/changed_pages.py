"""Checks that readers are told of changes of what was adopted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kanalstrategi.content.conventions import EDITION_FOLDER, GUIDELINE_FOLDER
from kanalstrategi.content.edition_paths import edition_pages, permanent_folder
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.project import Project
from kanalstrategi.content.receipts import parse_receipt
from kanalstrategi.content.word_digest import word_digest
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.files import RECEIPT_NAME


def check_changed_pages(project: Project, docs: Path) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each page whose words are not those adopted without its editors telling, and for each change from before."""
    for page, adopted, folder in _adopted_pages(project.content):
        since = [change for change in page.changed if adopted is None or change.day >= adopted]
        if adopted:
            for change in (change for change in page.changed if change not in since):
                message = f"ændringen {change.day.isoformat()} er fra før, siden blev vedtaget den {long_date(adopted)}"
                yield Diagnostic(f"docs/{page.path}", change.line, message, "ret datoen, eller slet ændringen")
        receipt = f"{folder.rstrip('/')}/{RECEIPT_NAME}"
        words = _adopted_words(docs / receipt).get(page.path) if receipt in project.files else None
        if words and page.status is Status.ADOPTED and not since and word_digest(project.parsed_pages[page.path]) != words:
            example = f'`changed: "{project.content.today.isoformat()}: …"`'
            hint = f"skriv {example} øverst med dagen og en sætning om, hvad der er ændret, eller ret ordene tilbage"
            yield Diagnostic(f"docs/{page.path}", page.line, "siden er ændret, siden den blev vedtaget", hint)


def _adopted_pages(content: Content) -> Iterator[tuple[Page, date | None, str]]:
    """Yield each page that is adopted as such, with the day if it is known, and the folder of its receipt."""
    adopted = content.edition.adopted if content.edition else None
    for page in edition_pages(content):
        yield page, adopted, permanent_folder(content)
    for guideline in content.guidelines:
        day = guideline.page.adoption.day if guideline.page.adoption else None
        yield guideline.page, day, f"{EDITION_FOLDER}/{GUIDELINE_FOLDER}/{guideline.id}"


def _adopted_words(receipt: Path) -> dict[str, str]:
    """Return the digests of the words of each page in a receipt; none if it cannot be read, which is reported elsewhere."""
    found = parse_receipt(receipt.read_bytes())
    return found.words if found else {}
