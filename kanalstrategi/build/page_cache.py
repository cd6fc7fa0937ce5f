"""Caches whole rendered pages, and makes MkDocs skip the pages that are in the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.content.model import Page as PageRecord
from kanalstrategi.content.model import Status
from kanalstrategi.markdown.nodes import ParsedPage

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

CACHED_TEMPLATE = "cached.html"
"""The theme's template for a page that is already rendered: it outputs the page's content and nothing else."""


@dataclass(frozen=True)
class CachedPage:
    """A rendered page, with what MkDocs needs to know about it afterwards."""

    body: str
    """The page's own HTML, as used by the PDFs and the search."""
    output: str
    """The content of the page's file."""
    title: str
    """The title from the page's first heading; empty if the menu names the page."""
    anchors: frozenset[str]
    """The ids on the page."""
    links: dict[str, dict[str, str]]
    """The page's links to anchors, keyed by the path of the page that they lead to."""
    script_hashes: frozenset[str]
    """Hashes of the page's inline scripts, as written in a Content-Security-Policy."""


_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(CachedPage)


def store_page(cache: BuildCache, key: bytes, page: CachedPage) -> None:
    """Put a page into the cache."""
    cache.put(_ENCODER.encode(page), "page", key)


def load_page(cache: BuildCache, key: bytes) -> CachedPage | None:
    """Return the page that `store_page` has stored, or None."""
    encoded = cache.get("page", key)
    return None if encoded is None else _DECODER.decode(encoded)


def capture_page(page: Page, body: str, output: str, script_hashes: frozenset[str]) -> CachedPage:
    """Return a record for the cache of a page that MkDocs (1.6.1) has rendered."""
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    return CachedPage(body, output, page._title_from_render or "", frozenset(page.present_anchor_ids or ()), links, script_hashes)


def has_pdf_facts(output: str) -> bool:
    """Whether a page's file changes once the PDFs are ready."""
    return "data-pdf=" in output


def skip_page(page: Page, record: PageRecord, parsed: ParsedPage) -> None:
    """Make MkDocs (1.6.1) skip a page when it reads and renders all of them. In menus, the page looks as if it had been rendered."""
    page.read_source = lambda config: None  # type: ignore[method-assign]  # MkDocs has no hook for skipping a page
    page.render = lambda config, files: None  # type: ignore[method-assign]  # likewise
    page.markdown, page.content = "", ""
    page._title_from_render = escape(record.title)
    page.meta = {**template_meta(parsed.front.values, record), "template": CACHED_TEMPLATE}


def unskip_page(page: Page) -> None:
    """Let MkDocs read and render a skipped page after all."""
    del page.read_source, page.render
    page.markdown = page.content = page._title_from_render = None
    page.meta = {}


def restore_page(page: Page, files: Files, cached: CachedPage) -> None:
    """Fill a skipped page with its cached content, title, anchors and links."""
    page.content = cached.output
    page._title_from_render = cached.title
    page.present_anchor_ids = set(cached.anchors)
    page.links_to_anchors = {files.src_uris[path]: anchors for path, anchors in cached.links.items()}


def template_meta(values: Mapping[str, Any], record: PageRecord) -> dict[str, Any]:
    """Return a page's front matter as the theme's templates should see it."""
    meta = dict(values)
    # Material marks every page that has a `status` in the menu, but only drafts should be marked.
    if meta.get("status") == Status.ADOPTED.value:
        del meta["status"]
    # Its templates (9.8.1) put the description into an attribute without escaping it.
    meta["description"] = escape(record.description)
    return meta
