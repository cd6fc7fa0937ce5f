"""Writes the front page of a portal: the municipalities by name, and the search over all their sites. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kanalstrategi.danish.alphabet import danish_order
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.publishing.portal.sites import Portal, PortalSite

SCRIPT = "portal.js"
"""The script of the page, in the assets folder."""


@dataclass(frozen=True)
class Listed:
    """A municipality as the front page lists it."""

    site: PortalSite
    day: date | None
    """The day of the edition that is shown; None if none has ever been built."""
    is_newest: bool
    """Whether that is the edition that was just built; otherwise it could not be built or was refused, and the last good one stays."""


def front_page(portal: Portal, listed: Sequence[Listed], script: str) -> list[Node]:
    """Return the content of the page. `script` is the URL of the script, relative to the page."""
    items = [_item(one) for one in sorted(listed, key=lambda one: (danish_order(one.site.name), one.site.id))]
    return [
        element("h1", portal.name, id="top"),
        _search(script),
        element("p.search-status", role="status"),
        element("div.search-hint"),
        element("ol.search-results", data_search_results=""),
        element("h2", "Find kommunen", id="kommuner"),
        element(
            "div.portal-filter",
            element("label", "Skriv en del af kommunens navn", for_="kommune"),
            element("input", id="kommune", type="search", maxlength="80", autocomplete="off", spellcheck="false"),
            element("p.portal-count", count_phrase(len(listed), "kommune", "kommuner"), role="status"),
            hidden="",
        ),
        element("ul.portal-list", items),
    ]


def _search(script: str) -> Element:
    field = element(
        "input", id="soegefelt", name_="q", type="search", maxlength="200",
        autocomplete="off", autocapitalize="off", spellcheck="false", enterkeyhint="search",
    )  # fmt: skip # one attribute per line would hide the structure of the page
    return element(
        "form.search-form",
        element("label", "Søg i alle kommuners kanalstrategier", for_="soegefelt"),
        element("div.search-row", field, element("button", "Søg", type="submit")),
        element("p.without-script", "Søgefeltet virker kun med JavaScript. Find kommunen herunder: Hver hjemmeside har et stikordsregister."),
        role="search", aria_label="Søg i alle kommuner", action="", method="get",
        data_script=script, data_site="./", data_fault="Søgningen virker ikke lige nu. Find kommunen herunder.",
    )  # fmt: skip # as above


def _item(one: Listed) -> Element:
    name = element("span.portal-name", one.site.name)
    if one.day is None:
        return element("li", name, element("span.portal-note", "Hjemmesiden er ikke bygget endnu"))
    link = element("a", one.site.name, href=f"{one.site.id}/")
    if one.is_newest:
        return element("li", link)
    return element("li", link, " ", element("span.portal-note", f"Udgaven er fra {long_date(one.day)}: Den nyeste kunne ikke bygges"))
