"""Whole rendered pages in the cache, and pages that MkDocs skips because they are there."""

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
"""The theme's template of a page whose file is known: it holds the content and nothing else."""


@dataclass(frozen=True)
class CachedPage:
    """A page that has been rendered, and what MkDocs asks of it afterwards."""

    body: str
    """Its own HTML, as the PDFs and the search read it."""
    output: str
    """The content of its file."""
    title: str
    """From its first heading; empty if the menu names it."""
    anchors: frozenset[str]
    """The ids on it."""
    links: dict[str, dict[str, str]]
    """Its links to anchors, by the path of the page that they lead to."""
    script_hashes: frozenset[str]
    """Of its inline scripts, as a Content-Security-Policy has them."""


_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(CachedPage)


def store_page(cache: BuildCache, key: bytes, page: CachedPage) -> None:
    """Put a page into the cache."""
    cache.put(_ENCODER.encode(page), "page", key)


def load_page(cache: BuildCache, key: bytes) -> CachedPage | None:
    """Return what `store_page` has stored, or None."""
    encoded = cache.get("page", key)
    return None if encoded is None else _DECODER.decode(encoded)


def capture_page(page: Page, body: str, output: str, script_hashes: frozenset[str]) -> CachedPage:
    """Return what to store of a page that MkDocs (1.6.1) has rendered."""
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    return CachedPage(body, output, page._title_from_render or "", frozenset(page.present_anchor_ids or ()), links, script_hashes)


def has_pdf_facts(output: str) -> bool:
    """Whether a page's file changes when the PDFs are ready."""
    return "data-pdf=" in output


def skip_page(page: Page, record: PageRecord, parsed: ParsedPage) -> None:
    """Have MkDocs (1.6.1) skip a page when it reads and renders all of them. In menus it looks as if it had not."""
    page.read_source = lambda config: None  # type: ignore[method-assign]  # there is no hook to skip a page
    page.render = lambda config, files: None  # type: ignore[method-assign]  # the same
    page.markdown, page.content = "", ""
    page._title_from_render = escape(record.title)
    page.meta = {**template_meta(parsed.front.values, record), "template": CACHED_TEMPLATE}


def unskip_page(page: Page) -> None:
    """Let MkDocs read and render a skipped page after all."""
    del page.read_source, page.render
    page.markdown = page.content = page._title_from_render = None
    page.meta = {}


def restore_page(page: Page, files: Files, cached: CachedPage) -> None:
    """Give a skipped page what it was rendered to."""
    page.content = cached.output
    page._title_from_render = cached.title
    page.present_anchor_ids = set(cached.anchors)
    page.links_to_anchors = {files.src_uris[path]: anchors for path, anchors in cached.links.items()}


def template_meta(values: Mapping[str, Any], record: PageRecord) -> dict[str, Any]:
    """Return a page's front matter as the theme's templates shall see it."""
    meta = dict(values)
    # Material marks every page that has a `status` in the menu; only a draft is worth it.
    if meta.get("status") == Status.ADOPTED.value:
        del meta["status"]
    # Its templates (9.8.1) put the description into an attribute as it stands.
    meta["description"] = escape(record.description)
    return meta
