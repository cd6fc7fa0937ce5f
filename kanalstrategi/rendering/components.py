"""Renders the small pieces of HTML that macros and pages share. No I/O."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import lru_cache

from kanalstrategi.content.model import Channel, Owner, Page, Rule, Status
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.design.icons import icon_svg
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call, MacroError
from kanalstrategi.suggestions import suggestion

DRAFT_MARK = '<strong class="badge draft">Udkast</strong>'
"""The mark on every mention of a page that is not adopted."""

SEARCH_PLACEHOLDER = '<div class="search-place web-only"></div>'
"""The output of the macro `search`. The build replaces it once all pages have been rendered and the index is known."""

# The CSS classes of the components. Macros that use a component declare its classes.
DRAFT_CLASSES = ("badge", "draft")
ICON_CLASS = "icon"
RULE_SOURCE_CLASS = "rule-source"
DOWNLOAD_CLASSES = ("download", "md-button", "md-button--primary", "pdf-facts", "web-only")


def draft_mark(page: Page) -> str:
    """Return the mark of a draft with a space before it, or an empty string for an adopted page."""
    return f" {DRAFT_MARK}" if page.status is Status.DRAFT else ""


def page_link(call: Call, page: Page) -> str:
    """Return a link to a page with its title as text, marked if the page is a draft."""
    return f'<a href="{call.link(page.url)}">{escape_text(page.title)}</a>{draft_mark(page)}'


def icon_html(name: str) -> str:
    """Return an icon of the theme as decoration, or an empty string if there is no name. PDFs draw the icon again from its name."""
    return f'<span class="icon" data-icon="{escape_text(name)}" aria-hidden="true">{icon_svg(name)}</span>' if name else ""


def channel_link(call: Call, channel: Channel) -> str:
    """Return the icon of a channel's group, followed by a link to the channel with its title as text."""
    return f'{icon_html(channel.page.icon)}<a href="{call.link(channel.url)}">{escape_text(channel.title)}</a>'


def international_phone(phone: str) -> str:
    """Return a phone number in international format: `+4554731000`."""
    number = "".join(phone.split())
    return number if number.startswith("+") else f"+45{number}"


def phone_link(owner: Owner) -> str:
    """Return a unit's phone number as a link that dials it."""
    return f'<a href="tel:{escape_text(international_phone(owner.phone))}">{escape_text(owner.phone)}</a>'


def email_link(owner: Owner) -> str:
    """Return a unit's e-mail address as a link that opens a new e-mail."""
    return f'<a href="mailto:{escape_text(owner.email)}">{escape_text(owner.email)}</a>'


def contact_details(owner: Owner) -> str:
    """Return a unit's phone and e-mail, as running text."""
    return ", ".join([phone_link(owner)] * bool(owner.phone) + [email_link(owner)] * bool(owner.email))


def contact_line(owner: Owner) -> str:
    """Return a unit's name, phone and e-mail, as running text."""
    return ", ".join(filter(None, [escape_text(owner.name), contact_details(owner)]))


def heading(level: int, words: str, id: str, mark: str = "", before: str = "") -> str:
    """Return a heading as Markdown, so that it appears in the page's table of contents. `before` and `mark` may be HTML."""
    plain = escape_text(words).replace(" #", " &#35;")  # ` #` would end the heading
    return f"{'#' * level} {before}{plain}{mark} {{: #{id} }}"


def rule_source(call: Call, rule: Rule, words: str) -> str:
    """Return a link to a rule, in brackets. Its accessible name says which rule, for readers who hear the link out of context."""
    name = f"{words}: {_shorten(rule.text)}"
    return (
        f'<span class="rule-source">(<a href="{call.link(rule.url)}" aria-label="{escape_text(name)}">'
        f"{escape_text(words)}</a>)</span>"
    )


@lru_cache(4096)
def _shorten(words: str) -> str:
    return textwrap.shorten(words, 60, placeholder=" …")


def rules_heading(channel: Channel) -> str:
    """Return the heading that all rules of a channel share in the strategy, or an empty string if they do not share one."""
    headings = {rule.heading.rstrip(":") for rule in channel.rules}
    return headings.pop() if len(headings) == 1 else ""


def table(kind: str, caption: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    """Return a table with a CSS class, given the HTML of its column headings and its rows (`<tr>` elements)."""
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<table class="{kind}" data-search-exclude><caption>{escape_text(caption)}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def download(call: Call, document: str) -> str:
    """Return a link to a PDF. The build fills in its size and page count once the file exists. Raises MacroError."""
    documents = call.content.organisation.documents
    if document not in documents:
        raise MacroError(f"dokumentet {document} findes ikke", suggestion(document, documents))
    found = documents[document]
    return (
        f'<p class="download"><a class="md-button md-button--primary" href="{call.link(found.url)}" '
        f'target="_blank" rel="noopener">Download {escape_text(found.name)} (nyt vindue)</a> '
        f"{pdf_facts(document)}</p>"
    )


def pdf_facts(document: str, facts: str = "") -> str:
    """Return the element with the page count and size of a PDF or, without `facts`, a placeholder for it."""
    return f'<span class="pdf-facts web-only" data-pdf="{escape_text(document)}">PDF{escape_text(facts)}</span>'


def document_offer(html: str, call: Call) -> str:
    """Return a link to the document that a page belongs to, or an empty string if the page already links to one."""
    if '<span class="pdf-facts' in html:
        return ""
    documents = call.content.organisation.documents.values()
    found = next((document for document in documents if call.page.path in document.pages), None)
    return f'\n<div class="offer web-only">{download(call, found.id)}</div>' if found else ""


def page_foot(page: Page, change_link: str) -> str:
    """Return the footer of a page. `change_link` is the HTML that lets a reader suggest a change."""
    return (
        f'\n<div class="page-foot web-only" data-search-exclude><p>Sidst gennemgået {long_date(page.reviewed)}</p>{change_link}'
        '<p><button class="print-page" type="button">Udskriv siden</button></p><p><a href="#__content">Til toppen</a></p></div>'
    )
