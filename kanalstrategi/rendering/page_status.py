"""Renders the status of a page: adopted or draft, who owns it, and when it was and will be reviewed."""

from __future__ import annotations

from functools import lru_cache

from lxml.html import HtmlElement, fragment_fromstring, tostring

from kanalstrategi.content.dates import REVIEW_INTERVAL_MONTHS, is_old, is_overdue
from kanalstrategi.content.model import Status
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.rendering.components import DRAFT_CLASSES, DRAFT_MARK, contact_line
from kanalstrategi.rendering.macros import Call
from kanalstrategi.sanitizing.sanitizer import Sanitizer

CLASSES = ("status", "adopted", "overdue", "old", "web-only", *DRAFT_CLASSES)
"""The CSS classes of `status`."""


def status(call: Call) -> str:
    """Return a page's status: adopted or draft, its owner, when it was last reviewed and when the next review is due."""
    page, today = call.page, call.content.today
    is_draft = page.status is Status.DRAFT
    facts = [
        DRAFT_MARK if is_draft else '<strong class="badge adopted">Vedtaget</strong>',
        f"Ansvarlig: {contact_line(page.owner)}",
        f"Gennemgået {long_date(page.reviewed)}",
    ]
    if is_overdue(page.review_by, today):
        facts.append(f'<span class="overdue">Skulle være gennemgået senest {long_date(page.review_by)}</span>')
    else:
        facts.append(f"Gennemgås senest {long_date(page.review_by)}")
    if is_old(page.reviewed, today):
        facts.append(f'<span class="badge old">Ældre end {REVIEW_INTERVAL_MONTHS} mdr.</span>')
    # In print, the status of the opening page covers all chapters except drafts.
    visibility = "" if is_draft or page.path == "index.md" else " web-only"
    items = "".join(f"<li>{fact}</li>" for fact in facts)
    return f'<ul class="status{visibility}" data-search-exclude>{items}</ul>'


def with_status(html: str, tree: HtmlElement, status: str, is_draft: bool, sanitizer: Sanitizer) -> str:
    """Return the page with its status below the title, even if its editor left it out or hid it: a draft must never look adopted.

    `html` is the page and `tree` is the same page as elements. `status` is the output of the macro.
    """
    expected = _sanitized(status, sanitizer)
    title = tree.find("h1")
    # The status of a draft must come first. The status of an adopted page may come further down.
    candidates = [] if title is None else [title.getnext()] if is_draft else list(tree)
    if any(element is not None and tostring(element, with_tail=False) == expected for element in candidates):
        return html
    before, end, after = html.partition("</h1>")
    return f"{before}{end}\n{status}{after}" if end else f"{status}\n{html}"


@lru_cache(1024)
def _sanitized(status: str, sanitizer: Sanitizer) -> bytes:
    return bytes(tostring(fragment_fromstring(sanitizer.sanitize(status)[0])))
