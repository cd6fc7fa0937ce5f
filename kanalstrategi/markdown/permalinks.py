"""A Markdown extension: every list item with an id gets a link to itself, as headings have."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

TITLE = "Link til denne regel"

PRIORITY = 4  # priority; `attr_list` gives the ids at 8, `toc` runs at 5


class ItemPermalinks(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
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
                # Inside the paragraph, if the list is a loose one.
                holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
                etree.SubElement(holder, "a", attributes).text = "#"
