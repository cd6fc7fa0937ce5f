"""The macros that a page may call. Pure: from the content and the calling page to HTML.

Each answers with HTML on one line, so that it also works inside lists and boxes,
where Markdown reads indentation. `web-only` keeps it off paper, and `data-search-exclude`
out of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from kanalstrategi.rendering.components import DRAFT_MARK
from kanalstrategi.search.term_index import NUMBERS, Entry, Reference

SEARCH_PLACEHOLDER = '<div class="search-place web-only"></div>'

LinkTo = Callable[[str], str]
"""Makes an address relative to the site's root one that the page's HTML needs, escaped."""

FAILURE_MESSAGE = "Søgningen virker ikke lige nu. Find emnet i stikordsregistret herunder."
"""What the page says where the index, or the script, cannot be had."""


def search_page_html(url: str, index: Mapping[str, Sequence[Entry]], link: LinkTo, script: str) -> str:
    """The field, the place of the results, and the index, which is all there is without JavaScript."""
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
    """What the search is on paper: the terms, each with the pages of the document where it stands.

    `printed` are the addresses of the pages in it, in order. Each begins on a page of its own, so no number comes twice.
    """
    parts = []
    for letter, entries in index.items():
        items = "".join(filter(None, (_printed_entry(entry, printed, link) for entry in entries)))
        if items:
            parts.append(f'<h2 class="letter">{escape(letter)}</h2><ul class="terms">{items}</ul>')
    return f'<h1 class="terms-title">Stikordsregister</h1><div class="terms-columns">{"".join(parts)}</div>'


def _printed_entry(entry: Entry, printed: Sequence[str], link: LinkTo) -> str:
    places = [place for place in entry.places if place.page.url in printed and place.paper is not None]
    places.sort(key=lambda place: printed.index(place.page.url))
    name = escape(entry.term)
    numbers = ", ".join(f'<a class="on-page" href="{link(place.paper_url)}" aria-label="{name}"></a>' for place in places)
    see = f"se {escape(places[0].page.title)} " if len(places) == 1 and places[0].is_keyword else ""
    return f"<li>{name} {see}{numbers}</li>" if places else ""


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
    def links(places: Iterable[Reference]) -> str:
        return ", ".join(f'<a href="{link(place.url)}">{escape(_reference_name(place))}</a>' for place in places)

    shown = [links(place for place in entry.places if not place.page.is_draft)]
    if drafts := links(place for place in entry.places if place.page.is_draft):
        shown.append(f"{DRAFT_MARK} {drafts}")
    return f'<span class="term">{escape(entry.term)}</span> {"; ".join(filter(None, shown))}'


def _reference_name(place: Reference) -> str:
    return place.page.place if place.page.is_local else place.page.title
