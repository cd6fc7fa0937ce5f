"""Trees of pages, from HTML."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement

from kanalstrategi.markdown.nodes import Element, nodes


def tree_from(text: str) -> Element:
    """Return some HTML as the tree that a page with it has."""
    return tree_of(html.fragment_fromstring(text, create_parent="div"))


def tree_of(source: HtmlElement) -> Element:
    """Return an element of a built page as a tree."""
    children = [[tree_of(child) if isinstance(child, HtmlElement) else "", child.tail or ""] for child in source]
    return Element(source.tag, 0, dict(source.attrib), nodes(source.text or "", *children))
