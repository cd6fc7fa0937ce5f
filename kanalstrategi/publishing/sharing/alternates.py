"""Tells search engines which versions of a page there are in other languages. No I/O."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.translations import versions_of


def alternates(content: Content, page: Page, site_url: str) -> list[tuple[str, str]]:
    """Return the language and the absolute URL of each version of a page, its own included, or nothing if it is in one language only."""
    return [(version.language, site_url + version.url) for version in versions_of(page, content)] if site_url else []


def alternate_links(content: Content, page: Page, site_url: str) -> Iterator[str]:
    """Yield the links to the versions of a page, as HTML for its head."""
    for language, url in alternates(content, page, site_url):
        yield f'<link rel="alternate" hreflang="{escape(language)}" href="{escape(url)}">'
