"""The search's own page, and the index of terms on paper. Pure: from records to HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from macros.markup import DRAFT_MARK

from .keyword_index import NUMBERS, Entry, Reference

Addressed = Callable[[str], str]
"""Makes an address relative to the site's root one that the page's HTML needs, escaped."""

FAULT = "Søgningen virker ikke lige nu. Find emnet i stikordsregistret herunder."
"""What the page says where the index, or the script, cannot be had."""


def search_page(url: str, index: Mapping[str, Sequence[Entry]], link: Addressed, script: str) -> str:
    """The field, the place of the results, and the index, which is all there is without JavaScript."""
    return (
        f'<form class="search-form" role="search" aria-label="Søg på hjemmesiden" action="{link(url)}" method="get" '
        f'data-now data-script="{link(script)}" data-fault="{escape(FAULT)}" data-site="{link("")}">'
        '<label for="soegefelt">Søg i strategien, kanalerne og retningslinjerne</label>'
        '<div class="search-row"><input id="soegefelt" name="q" type="search" maxlength="200" autocomplete="off" '
        'autocapitalize="off" spellcheck="false" enterkeyhint="search"><button type="submit">Søg</button></div></form>'
        '<p class="search-status" role="status"></p><div class="search-hint"></div>'
        '<ol class="search-results" data-search-results></ol>'
        '<p class="without-script">Søgefeltet virker kun med JavaScript. Find emnet i stikordsregistret herunder.</p>'
        f"{_index(index, link)}"
    )


def paper_index(index: Mapping[str, Sequence[Entry]], printed: Sequence[str], link: Addressed) -> str:
    """What the search is on paper: the terms, each with the pages of the document where it stands.

    `printed` are the addresses of the pages in it, in order. Each begins on a page of its own, so no number comes twice.
    """
    parts = []
    for letter, entries in index.items():
        items = "".join(filter(None, (_paper_entry(entry, printed, link) for entry in entries)))
        if items:
            parts.append(f'<h2 class="letter">{escape(letter)}</h2><ul class="terms">{items}</ul>')
    return f'<h1 class="terms-title">Stikordsregister</h1><div class="terms-columns">{"".join(parts)}</div>'


def _paper_entry(entry: Entry, printed: Sequence[str], link: Addressed) -> str:
    places = [place for place in entry.places if place.page.url in printed and place.paper is not None]
    places.sort(key=lambda place: printed.index(place.page.url))
    name = escape(entry.term)
    numbers = ", ".join(f'<a class="on-page" href="{link(place.paper_url)}" aria-label="{name}"></a>' for place in places)
    see = f"se {escape(places[0].page.title)} " if len(places) == 1 and places[0].is_keyword else ""
    return f"<li>{name} {see}{numbers}</li>" if places else ""


def _index(index: Mapping[str, Sequence[Entry]], link: Addressed) -> str:
    letters = "".join(f'<li><a href="#stikord-{_id(letter)}">{escape(letter)}</a></li>' for letter in index)
    parts = "".join(
        f'<h3 id="stikord-{_id(letter)}">{escape(letter)}</h3><ul class="terms">'
        + "".join(f"<li>{_entry(entry, link)}</li>" for entry in entries)
        + "</ul>"
        for letter, entries in index.items()
    )
    return (
        '<section class="keyword-index"><h2 id="stikord">Stikord fra A til Å</h2>'
        f'<nav aria-label="Bogstaver"><ul class="letters">{letters}</ul></nav>{parts}</section>'
    )


def _id(letter: str) -> str:
    return {"Æ": "ae", "Ø": "oe", "Å": "aa", NUMBERS: "tal"}.get(letter, letter.lower())


def _entry(entry: Entry, link: Addressed) -> str:
    def links(places: Iterable[Reference]) -> str:
        return ", ".join(f'<a href="{link(place.url)}">{escape(_name(place))}</a>' for place in places)

    shown = [links(place for place in entry.places if not place.page.is_draft)]
    if drafts := links(place for place in entry.places if place.page.is_draft):
        shown.append(f"{DRAFT_MARK} {drafts}")
    return f'<span class="term">{escape(entry.term)}</span> {"; ".join(filter(None, shown))}'


def _name(place: Reference) -> str:
    return place.page.place if place.page.is_local else place.page.title
