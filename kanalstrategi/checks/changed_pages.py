"""Checks that readers are told of changes of what was adopted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kanalstrategi.content.conventions import FORMER_GUIDELINES
from kanalstrategi.content.edition_paths import edition_pages, permanent_folder
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.project import Project
from kanalstrategi.content.receipts import read_receipt
from kanalstrategi.content.word_digest import word_digest
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.files import RECEIPT_NAME


def check_changed_pages(project: Project, docs: Path) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each page whose words are not those adopted without its editors telling, and for each change from before."""
    for pages, adopted, folder in _adopted_together(project.content):
        path = folder + RECEIPT_NAME
        # One that cannot be read is reported elsewhere.
        receipt = read_receipt(docs / path) if folder and path in project.files else None
        for page in pages:
            yield from _check_page(page, adopted, receipt.words.get(page.path, "") if receipt else "", project)


def _check_page(page: Page, adopted: date | None, words: str, project: Project) -> Iterator[Diagnostic]:
    """Yield the diagnostics for a page, given the day it was adopted if it is known, and the digest of its words on that day or nothing."""
    since = [change for change in page.changed if adopted is None or change.day >= adopted]
    if adopted:
        for change in (change for change in page.changed if change not in since):
            message = f"ændringen {change.day.isoformat()} er fra før, siden blev vedtaget den {long_date(adopted)}"
            yield Diagnostic(f"docs/{page.path}", change.line, message, "ret datoen, eller slet ændringen")
    if words and page.status is Status.ADOPTED and not since and word_digest(project.parsed_pages[page.path]) != words:
        example = f'`changed: "{project.content.today.isoformat()}: …"`'
        hint = f"skriv {example} øverst med dagen og en sætning om, hvad der er ændret, eller ret ordene tilbage"
        yield Diagnostic(f"docs/{page.path}", page.line, "siden er ændret, siden den blev vedtaget", hint)


def _adopted_together(content: Content) -> Iterator[tuple[list[Page], date | None, str]]:
    """Yield the pages that were adopted together, with the day if it is known, and the folder of their receipt, empty if they can have none."""
    yield edition_pages(content), content.edition.adopted if content.edition else None, permanent_folder(content)
    for guideline in content.guidelines:
        day = guideline.page.adoption.day if guideline.page.adoption else None
        yield [guideline.page], day, f"{FORMER_GUIDELINES}/{guideline.id}/"
