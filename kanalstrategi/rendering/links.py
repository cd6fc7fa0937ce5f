"""Resolves the links that an editor has typed, which are paths of files, to URLs relative to the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from urllib.parse import unquote, urlsplit, urlunsplit

from kanalstrategi.content.edition_paths import linked_file
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.model import Page
from kanalstrategi.content.outdated import OutdatedReference
from kanalstrategi.content.urls import relative_url, url_of
from kanalstrategi.markdown.nodes import Element, descendants
from kanalstrategi.rendering.components import gone_mark


def resolve_links(root: Element, page: Page, files: Collection[str], folders: Folders, outdated: Iterable[OutdatedReference] = ()) -> None:
    """Replace the paths in the links and images of a page. `files` are the paths of all files in `docs/`; other URLs are left alone.

    Only elements from the page's own text have paths; those that macros give already have URLs. A link that is `outdated` leads to the
    edition that had its target last, and says so.
    """
    former = {one.link.replace(" ", "%20"): one for one in outdated if one.link and one.page == page}
    for element in descendants(root):
        key = "href" if element.tag == "a" else "src" if element.tag == "img" else ""
        if not key or not element.line or not (url := element.attributes.get(key)):
            continue
        if element.tag == "a" and (one := former.get(url)):
            element.attributes[key] = relative_url(one.url, page)
            element.children += gone_mark(one.gone_with)
        else:
            element.attributes[key] = resolve_url(url, page, files, folders)


def resolve_url(url: str, page: Page, files: Collection[str], folders: Folders) -> str:
    """Return the URL, relative to a page, of a file that is named by its path relative to the page's file."""
    path, rest = _split_url(url)
    if not path:
        return url
    target = linked_file(page.path, path, files, folders)
    if target not in files:
        return url
    return relative_url(url_of(target) if target.endswith(".md") else target, page) + rest


@lru_cache(16384)
def _split_url(url: str) -> tuple[str, str]:
    """Return the path of a URL that may name a file, and what comes after it. The path is empty for any other URL."""
    try:
        parts = urlsplit(url)
    except ValueError:  # for example `http://[`, which `kanalstrategi.checks.links` reports
        return "", ""
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return "", ""
    return unquote(parts.path), urlunsplit(("", "", "", parts.query, parts.fragment))
