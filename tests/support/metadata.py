"""What a page says of itself to those who share or index it."""

from __future__ import annotations

import json
from typing import Any

from lxml import html


def metadata_of(page: html.HtmlElement) -> dict[str, str]:
    """Return the `<meta>` elements of a page, by property or name."""
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@content]")}


def graph(page: html.HtmlElement) -> dict[str, dict[str, Any]]:
    """Return the objects of a page's JSON-LD by type."""
    (script,) = page.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}
