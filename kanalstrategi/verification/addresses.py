"""Every address that others may have noted down answers: those on record, former ones, and those in files that programs read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import msgspec
import pikepdf
from lxml import etree
from pikepdf.exceptions import PikepdfError

from kanalstrategi.content.published_urls import RECORD_FILE, parse_record, published_urls
from kanalstrategi.content.redirects import all_redirects
from kanalstrategi.incoming_text import ANY_LENGTH, read_bytes
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import BUILD_AGAIN, Finding
from kanalstrategi.verification.places import OutsideError, Place, place_of
from kanalstrategi.verification.server import answers

_OK = 200
_ADDRESS_FIELDS = ("url", "page")
"""The fields of open data that are addresses on the site."""
_XML_ADDRESSES = re.compile(r"\{[^}]*\}(?:loc|id|uri)")
"""The elements of a sitemap and a feed whose text is an address."""


def every_address_answers(site: BuiltSite) -> Iterator[Finding]:
    """Yield the addresses that lead nowhere, each with the file that names it."""
    moved = all_redirects(site.content)
    yield from _wrong_redirects(site, moved)
    left_to_servers = {old for old in moved if not old.endswith("/")}  # the former address of a PDF: only a web server can send readers on
    named: dict[Place, str] = {}
    for file, place in chain(_recorded(site), _in_data(site), _in_xml(site), _in_pdfs(site)):
        if isinstance(place, Finding):
            yield place
        elif place.url not in left_to_servers:
            named.setdefault(place, file)
    statuses = answers(site, sorted({place.url for place in named}))
    for place, file in named.items():
        page = site.pages.get(place.url)
        if statuses[place.url] != _OK:
            yield Finding(file, f"adressen {place} svarer ikke", "giv siden adressen igen, eller skriv den under redirects på den side, der har indholdet nu")
        elif page and place.anchor and place.anchor not in page.ids:
            yield Finding(file, f"på /{place.url} er der intet sted, der hedder {place.anchor}", BUILD_AGAIN)


def _wrong_redirects(site: BuiltSite, moved: dict[str, str]) -> Iterator[Finding]:
    for old, new in moved.items():
        page = site.pages.get(old)
        if not old.endswith("/"):
            continue
        if not page:
            yield Finding(f"/{old}", f"den tidligere adresse fører ikke videre til /{new}", BUILD_AGAIN)
        elif {place.url for reference in page.references if not reference.is_file and (place := _safe_place(site, reference.target, old))} != {new}:
            yield Finding(f"/{old}", f"den tidligere adresse fører et andet sted hen end til /{new}", BUILD_AGAIN)


def _recorded(site: BuiltSite) -> Iterator[tuple[str, Place]]:
    """Yield the addresses on record, and those that the site publishes now."""
    file = site.root / RECORD_FILE
    recorded = parse_record(read_bytes(file.read_bytes(), ANY_LENGTH).text)[0] if file.is_file() else {}
    for url, line in recorded.items():
        yield f"{RECORD_FILE}:{line}", Place(url)
    for url in published_urls(site.content):
        yield f"/{url}", Place(url)


def _in_data(site: BuiltSite) -> Iterator[tuple[str, Place | Finding]]:
    for file in sorted(site.folder.glob("data/*.json")):
        where = f"/{file.relative_to(site.folder).as_posix()}"
        try:
            records = msgspec.json.decode(file.read_bytes())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield where, Finding(where, "filen kan ikke læses som JSON", BUILD_AGAIN)
            continue
        for target in _addresses(records):
            yield from _named(site, where, target)


def _addresses(records: Any) -> Iterator[str]:
    """Yield the addresses in the records of a file of open data."""
    for record in records if isinstance(records, list) else []:
        yield from (value for name in _ADDRESS_FIELDS if isinstance(record, dict) and isinstance(value := record.get(name), str) and value)


def _in_xml(site: BuiltSite) -> Iterator[tuple[str, Place | Finding]]:
    for file in sorted([*site.folder.glob("sitemap.xml"), *site.folder.glob("nyt/*.xml")]):
        where = f"/{file.relative_to(site.folder).as_posix()}"
        try:
            root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            yield where, Finding(where, "filen kan ikke læses som XML", BUILD_AGAIN)
            continue
        for element in root.iter():
            text = element.text if isinstance(element.tag, str) and _XML_ADDRESSES.fullmatch(element.tag) else element.get("href")
            if text and text.startswith("http"):
                yield from _named(site, where, text)


def _in_pdfs(site: BuiltSite) -> Iterator[tuple[str, Place | Finding]]:
    """Yield where the PDFs lead on the site, which they can only if it knows its own address."""
    for document, _ in site.content.documents if site.site_url else ():
        try:
            with pikepdf.open(site.folder / document.url) as pdf:
                for page in pdf.pages:
                    for annotation in page.get("/Annots", ()):
                        if "/A" in annotation and "/URI" in annotation.A:
                            yield from _named(site, f"/{document.url}", str(annotation.A.URI))
        except (OSError, PikepdfError):
            pass  # told of by the promise that everyone can read the PDFs


def _named(site: BuiltSite, where: str, target: str) -> Iterator[tuple[str, Place | Finding]]:
    if place := _safe_place(site, target):
        yield where, place


def _safe_place(site: BuiltSite, target: str, page: str = "") -> Place | None:
    try:
        return place_of(site, target, page)
    except OutsideError:
        return None
