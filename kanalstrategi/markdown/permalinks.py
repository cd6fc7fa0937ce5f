"""A Python-Markdown extension that gives every list item with an id a link to itself, like those of headings."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from kanalstrategi.markdown.list_items import text_element

TITLE = "Link til denne regel"
PRIORITY = 4
"""Runs after `attr_list` (8), which sets the ids, and `toc` (5)."""


class ItemPermalinks(Extension):
    """Registers the tree processor that adds the links."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor. Called by Python-Markdown."""
        md.treeprocessors.register(_AddPermalinks(md), "item_permalinks", PRIORITY)


class _AddPermalinks(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for item in root.iter("li"):
            if id := item.get("id"):
                attributes = {
                    "class": "headerlink",
                    "href": f"#{id}",
                    "title": TITLE,
                    "aria-label": TITLE,
                    "data-search-exclude": "",
                }
                etree.SubElement(text_element(item), "a", attributes).text = "#"
