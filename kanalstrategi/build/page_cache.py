"""Caches whole rendered pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import msgspec

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.content.edition_paths import edition_folder
from kanalstrategi.content.model import Page as PageRecord
from kanalstrategi.content.model import Status

CACHED_TEMPLATE = "cached.html"
"""The theme's template for a page that is already rendered: it outputs the page's content and nothing else."""


@dataclass(frozen=True)
class CachedPage:
    """A rendered page, with what is needed of it afterwards."""

    body: bytes
    """The page's tree, encoded, as used by the PDFs and the search."""
    output: str
    """The content of the page's file."""
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


def has_file_facts(output: str) -> bool:
    """Whether a page's file changes once the PDFs and Word files are ready."""
    return "data-pdf=" in output or "data-word=" in output


def template_meta(values: Mapping[str, Any], record: PageRecord) -> dict[str, Any]:
    """Return a page's front matter as the theme's templates should see it."""
    meta = dict(values)
    # Material marks every page that has a `status` in the menu, but only drafts should be marked.
    if meta.get("status") == Status.ADOPTED.value:
        del meta["status"]
    # Its templates (9.8.1) put the description into an attribute without escaping it.
    meta["description"] = escape(record.description)
    if edition_folder(record.path):
        meta.pop("template", None)  # its front page is a page like its others, without what the site's front page offers
        meta.pop("status", None)  # every page says at its top how far its edition has come
    return meta
