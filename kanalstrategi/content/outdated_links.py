"""Finds the links to pages and places that only an earlier edition of the strategy had. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kanalstrategi.content.conventions import ANSWER_FOLDER
from kanalstrategi.content.edition_paths import linked_file
from kanalstrategi.content.former_content import superseded, with_successors
from kanalstrategi.content.model import Content
from kanalstrategi.content.urls import url_of
from kanalstrategi.markdown.nodes import Link, ParsedPage


@dataclass(frozen=True)
class FormerPlace:
    """A page, or a place on one, that is not part of the strategy any more."""

    name: str
    """The page's path while it was in force, and the id of the place: `kanaler/telefon.md#ring`. For a website, its host."""
    url: str
    """URL of it in the last edition that had it."""
    gone_with: str
    """The title of the edition that does not have it any more."""


def former_place(path: str, id: str, content: Content, parsed_pages: Mapping[str, ParsedPage]) -> FormerPlace | None:
    """Return a page, or the place with an id on it, in the last edition that had it; None if none had. `path` is that of a page in force."""
    for edition, gone_with in with_successors(content):
        former = parsed_pages.get(f"{edition.folder}{path}")
        if former and (not id or id in former.ids):
            anchor = f"#{id}" if id else ""
            return FormerPlace(f"{path}{anchor}", f"{url_of(f'{edition.folder}{path}')}{anchor}", gone_with)
    return None


def former_host(host: str, content: Content) -> FormerPlace | None:
    """Return a website in the last edition that named it; None if the one in force names it, or none has."""
    for edition, gone_with in with_successors(content):
        if host in edition.named_hosts and host not in content.named_hosts and edition.edition:
            return FormerPlace(host, edition.edition.url, gone_with)
    return None


def former_ids_of_pages(content: Content, parsed_pages: Mapping[str, ParsedPage]) -> dict[str, list[str]]:
    """Return the ids that each page of an earlier edition had, keyed by the page's path while it was in force."""
    found: dict[str, set[str]] = {}
    for edition in superseded(content):
        for path in edition.pages:
            found.setdefault(path.removeprefix(edition.folder), set()).update(parsed_pages[path].ids)
    return {path: sorted(ids) for path, ids in found.items()}


def outdated_links(path: str, content: Content, parsed_pages: Mapping[str, ParsedPage]) -> Iterator[tuple[Link, FormerPlace]]:
    """Yield the links on a page in force that lead to what is gone, or that only an earlier edition allowed an answer to have."""
    for link in parsed_pages[path].links:
        try:
            parts = urlsplit(link.target)
        except ValueError:
            continue
        host = (parts.hostname or "").removeprefix("www.")
        if host and content.pages[path].section == ANSWER_FOLDER and (place := former_host(host, content)):
            yield link, place
        if link.is_image or parts.scheme or parts.netloc or parts.path.startswith("/"):
            continue
        target, id = linked_file(path, unquote(parts.path), parsed_pages, content.folders) if parts.path else path, unquote(parts.fragment)
        is_there = target in parsed_pages and (not id or id in parsed_pages[target].ids)
        if not is_there and (place := former_place(target, id, content, parsed_pages)):
            yield link, place
