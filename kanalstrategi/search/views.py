"""Renders the search page and the index of terms. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from kanalstrategi.rendering.components import DRAFT_MARK
from kanalstrategi.search.term_index import NUMBERS, Entry, Reference

FAILURE_MESSAGE = "Søgningen virker ikke lige nu. Find emnet i stikordsregistret herunder."
"""The message on the page if the index or the script cannot be loaded."""

LinkTo = Callable[[str], str]
"""Turns a URL that is relative to the site's root into one that is relative to the page, escaped for HTML."""


def search_page_html(url: str, index: Mapping[str, Sequence[Entry]], link: LinkTo, script: str) -> str:
    """Return the HTML of the search page: the field, the list of results, and the index, which also works without JavaScript."""
    return (
        f'<form class="search-form" role="search" aria-label="Søg på hjemmesiden" action="{link(url)}" method="get" '
        f'data-now data-script="{link(script)}" data-fault="{escape(FAILURE_MESSAGE)}" data-site="{link("")}">'
        '<label for="soegefelt">Søg i strategien, kanalerne og retningslinjerne</label>'
        '<div class="search-row"><input id="soegefelt" name="q" type="search" maxlength="200" autocomplete="off" '
        'autocapitalize="off" spellcheck="false" enterkeyhint="search"><button type="submit">Søg</button></div></form>'
        '<p class="search-status" role="status"></p><div class="search-hint"></div>'
        '<ol class="search-results" data-search-results></ol>'
        '<p class="without-script">Søgefeltet virker kun med JavaScript. Find emnet i stikordsregistret herunder.</p>'
        f"{_index_html(index, link)}"
    )


def printed_index(index: Mapping[str, Sequence[Entry]], printed: Sequence[str], link: LinkTo) -> str:
    """Return the HTML of the index that replaces the search page in a document: the terms with their page numbers.

    `printed` are the URLs of the pages in the document, in order. Each begins on a new page of the PDF, so no page number is repeated.
    """
    parts = []
    for letter, entries in index.items():
        items = "".join(filter(None, (_printed_entry(entry, printed, link) for entry in entries)))
        if items:
            parts.append(f'<h2 class="letter">{escape(letter)}</h2><ul class="terms">{items}</ul>')
    return f'<h1 class="terms-title">Stikordsregister</h1><div class="terms-columns">{"".join(parts)}</div>'


def _printed_entry(entry: Entry, printed: Sequence[str], link: LinkTo) -> str:
    """Return an entry as a list item, or an empty string if the term does not occur in the document."""
    references = [reference for reference in entry.references if reference.page.url in printed and reference.print_anchor is not None]
    references.sort(key=lambda reference: printed.index(reference.page.url))
    name = escape(entry.term)
    numbers = ", ".join(f'<a class="on-page" href="{link(reference.print_url)}" aria-label="{name}"></a>' for reference in references)
    see = f"se {escape(references[0].page.title)} " if len(references) == 1 and references[0].is_keyword else ""
    return f"<li>{name} {see}{numbers}</li>" if references else ""


def _index_html(index: Mapping[str, Sequence[Entry]], link: LinkTo) -> str:
    letters = "".join(f'<li><a href="#stikord-{_letter_id(letter)}">{escape(letter)}</a></li>' for letter in index)
    parts = "".join(
        f'<h3 id="stikord-{_letter_id(letter)}">{escape(letter)}</h3><ul class="terms">'
        + "".join(f"<li>{_entry_html(entry, link)}</li>" for entry in entries)
        + "</ul>"
        for letter, entries in index.items()
    )
    return (
        '<section class="keyword-index"><h2 id="stikord">Stikord fra A til Å</h2>'
        f'<nav aria-label="Bogstaver"><ul class="letters">{letters}</ul></nav>{parts}</section>'
    )


def _letter_id(letter: str) -> str:
    return {"Æ": "ae", "Ø": "oe", "Å": "aa", NUMBERS: "tal"}.get(letter, letter.lower())


def _entry_html(entry: Entry, link: LinkTo) -> str:
    def links(references: Iterable[Reference]) -> str:
        return ", ".join(f'<a href="{link(reference.url)}">{escape(_reference_name(reference))}</a>' for reference in references)

    groups = [links(reference for reference in entry.references if not reference.page.is_draft)]
    if drafts := links(reference for reference in entry.references if reference.page.is_draft):
        groups.append(f"{DRAFT_MARK} {drafts}")
    return f'<span class="term">{escape(entry.term)}</span> {"; ".join(filter(None, groups))}'


def _reference_name(reference: Reference) -> str:
    return reference.page.place if reference.page.is_local else reference.page.title
