"""Finds the places that quote what an adoption has changed, on pages that nobody has gone through since. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kanalstrategi.content.changed_rules import RuleChange, changed_rules
from kanalstrategi.content.channels import quoted_rules
from kanalstrategi.content.conventions import DEFINITION_PREFIX, EDITION_FOLDER
from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.edition_paths import edition_pages
from kanalstrategi.content.former_content import sentence_of
from kanalstrategi.content.model import Content, Page, Passage
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import ParsedPage


@dataclass(frozen=True)
class ChangedQuote:
    """A place on a page that quotes what an adoption has changed. The quote is right, but what the page says beside it may not hold any more."""

    page: Page
    line: int
    noun: str
    """What is quoted, in the indefinite form: `en regel`."""
    id: str
    url: str
    event: str
    """What has happened to it: `ændret` or `flyttet`."""


def find_changed_quotes(content: Content, parsed_pages: Mapping[str, ParsedPage]) -> tuple[ChangedQuote, ...]:
    """Return the places on pages that were reviewed before the adoption of the edition in force, page by page.

    The edition's own pages are left out, and so are guidelines, whose sections are confirmed one by one.
    """
    adopted = content.edition.adopted if content.edition else None
    if content.former is None or adopted is None:
        return ()
    changes = {change.id: change for change in changed_rules(content) if change.old and change.new}
    own = {page.path for page in edition_pages(content)}
    pages = [page for path, page in content.pages.items() if path not in own and not path.startswith(f"{EDITION_FOLDER}/") and page.reviewed < adopted]
    return tuple(
        found
        for page in pages
        if content.guideline_of(page) is None
        for call in parsed_pages[page.path].calls
        for found in _changed_by(call, page, content, content.former, changes)
    )


def happened_words(quote: ChangedQuote, content: Content) -> str:
    """Return what is quoted and what has happened to it: `en regel, der er ændret den 24. februar 2026`."""
    day = content.edition.adopted if content.edition else None
    return f"{quote.noun}, der er {quote.event}{f' den {long_date(day)}' if day else ''}"


def _changed_by(call: MacroCall, page: Page, content: Content, former: Content, changes: Mapping[str, RuleChange]) -> Iterator[ChangedQuote]:
    for id in quoted_rules([call], content.stating):
        if change := changes.get(id):
            event = "flyttet" if change.kind is ChangeKind.MOVED and not change.is_reworded else "ændret"
            yield ChangedQuote(page, call.line, "en regel", id, change.rule.page_url, event)
    match call.name, call.arguments:
        case "quote" | "passage", (id, *rest):
            beginning = "".join(rest[:1])
        case "pull_quote", (id, *_):
            beginning = ""
        case "definition", (term, *_):
            id, beginning = DEFINITION_PREFIX + term, ""
        case _:
            return
    before, after = (_words(one.passages.get(id), beginning) for one in (former, content))
    if before and after and before != after:
        yield ChangedQuote(page, call.line, "et afsnit", id, content.passages[id].url, "ændret")


def _words(passage: Passage | None, beginning: str) -> str:
    return sentence_of(passage, beginning) if passage else ""
