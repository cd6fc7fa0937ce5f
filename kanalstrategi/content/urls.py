"""Builds the URLs of pages and the links between them."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from kanalstrategi.content.model import Page

PLACEHOLDER_SITE = "http://site.invalid/"
"""Placeholder for the site's root when links between pages are resolved (RFC 2606: the name can never exist)."""
LOCAL_URL = "http://localhost:8000/"
"""The URL of a site that is read on the machine it is built on, as in `mkdocs.yml`."""

_relative_path = lru_cache(65536)(posixpath.relpath)
"""Cached because `posixpath.relpath` asks the system for the working directory on every call."""


def url_of(path: str) -> str:
    """Return the URL of a page, relative to the site's root: `strategi/formaal/` for `strategi/formaal.md`."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name == "index":
        return f"{folder}/" if folder else ""
    return f"{stem}/"


def relative_url(target: str, page: Page) -> str:
    """Return the link from a page to a URL that is given relative to the site's root."""
    path, hash, anchor = target.partition("#")
    if path == page.url:
        return f"#{anchor}" if anchor else "./"
    slash = "/" if path.endswith("/") or not path else ""
    return _relative_path(path or ".", page.url or ".") + slash + hash + anchor
