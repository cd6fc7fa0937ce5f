"""Every link on a page, and everything that it loads, is there: the page, and the place on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import Finding
from kanalstrategi.verification.page_facts import Reference
from kanalstrategi.verification.places import OutsideError, Place, place_of
from kanalstrategi.verification.server import answers

_IN_STYLE = re.compile(r"""url\(\s*+["']?+([^"')\s]++)""")
_IN_SCRIPT = re.compile(r"""\b(?:from|import)\s*+(?:\(\s*+)?["'](\.{1,2}/[^"'\n]++)["']""")
_LOADED = ((".css", _IN_STYLE), (".js", _IN_SCRIPT))
"""What a file loads, by its extension."""
_ANY = ("", "top")
"""Anchors that lead to the top of every page."""
_OK = 200


def every_link_leads_somewhere(site: BuiltSite) -> Iterator[Finding]:
    """Yield the links, anchors and files of pages, styles and scripts that are not there."""
    named: dict[Place, list[tuple[str, Reference]]] = {}
    for page in site.pages.values():
        for reference in page.references:
            try:
                place = place_of(site, reference.target, page.url)
            except OutsideError:
                yield Finding(f"/{page.url}", f"{_named(reference)} fører uden for hjemmesidens egen mappe", "skriv linket fra den side, det står på")
                continue
            if place:
                named.setdefault(place, []).append((page.url, reference))
    for file, target in _in_files(site):
        named.setdefault(Place(urljoin(file, target)), []).append((file, Reference(target, "", is_file=True)))
    statuses = answers(site, sorted({place.url for place in named}))
    for place, uses in named.items():
        if message := _missing(site, place, statuses[place.url]):
            (url, reference), pages = uses[0], {url for url, _ in uses}
            others = f" (også på {count_phrase(len(pages) - 1, 'anden side', 'andre sider')})" if len(pages) > 1 else ""
            yield Finding(f"/{url}", f"{_named(reference)} fører til {place}, {message}{others}", "ret linket, eller byg hjemmesiden igen")


def _missing(site: BuiltSite, place: Place, status: int) -> str:
    """Return in Danish why a place is not there; nothing if it is."""
    if status != _OK:
        return "som ikke findes"
    page = site.pages.get(place.url)
    if page and place.anchor not in _ANY and not place.anchor.startswith(":~:") and place.anchor not in page.ids:
        return "men det sted er ikke på siden"
    return ""


def _named(reference: Reference) -> str:
    if reference.is_file:
        return f"filen {reference.target}"
    return f"linket »{reference.text}«" if reference.text else "et link uden tekst"


def _in_files(site: BuiltSite) -> Iterator[tuple[str, str]]:
    """Yield what the site's own styles and scripts load, each with the URL of the file that does."""
    for file in sorted((site.folder / "assets").rglob("*")):
        if pattern := dict(_LOADED).get(file.suffix):
            url = file.relative_to(site.folder).as_posix()
            for target in pattern.findall(file.read_text(encoding="utf-8")):
                if not target.startswith(("data:", "#", "http:", "https:")):
                    yield url, target
