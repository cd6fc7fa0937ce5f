"""Put the pages of a document together as one HTML page for print.

Pure: from the pages' rendered HTML to HTML. Pictures get addresses that begin with
`site:`, relative to the site's root; only the PDF engine knows where that is. Those of
icons begin with `icon:`.

What a page marks `web-only` is left out; what the opening page marks `closing` ends the
document. A heading that is marked takes its section along.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache

from kanalstrategi.content.model import Page

PLACEHOLDER_SITE = "http://site.invalid/"  # RFC 2606: what links between pages are resolved against


def url_of(path: str) -> str:
    """The address of a page, relative to the site's root: `strategi/formaal/` of `strategi/formaal.md`."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name == "index":
        return f"{folder}/" if folder else ""
    return f"{stem}/"


def relative_url(target: str, page: Page) -> str:
    """An address relative to the site's root, as a link from a page of the site."""
    path, hash, anchor = target.partition("#")
    if path == page.url:
        return f"#{anchor}" if anchor else "./"
    slash = "/" if path.endswith("/") or not path else ""
    return _relative(path or ".", page.url or ".") + slash + hash + anchor


_relative = lru_cache(65536)(posixpath.relpath)  # which asks for the working folder each time
