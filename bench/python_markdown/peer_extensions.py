"""What our pages need of Python-Markdown, with which the peers read them: tasks, and a link of each rule to itself."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_TASK = re.compile(r"\[([ xX])\]\s+")
_LEAD = re.compile(r"([^:\n]{1,60}:)(?=\s)")
"""The short name that a task may begin with."""
_TITLE = "Link til denne regel"
_TASKS_PRIORITY = 6
"""After `inline` (20) and `attr_list` (8)."""
_LINKS_PRIORITY = 4
"""After `toc` (5), too."""


class TaskLists(Extension):
    """Marks list items that begin with `[ ]` or `[x]`."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor. Called by Python-Markdown."""
        md.treeprocessors.register(_MarkTasks(md), "tasks", _TASKS_PRIORITY)


class ItemPermalinks(Extension):
    """Gives list items with an id a link to themselves."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor. Called by Python-Markdown."""
        md.treeprocessors.register(_AddPermalinks(md), "item_permalinks", _LINKS_PRIORITY)


class _MarkTasks(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for item in root.iter("li"):
            holder = _text_element(item)
            match = _TASK.match(holder.text or "")
            if match is None or (match.end() == len(holder.text or "") and not len(holder)):
                continue
            is_open = match.group(1) == " "
            item.set("class", f"{item.get('class', '')} decision {'open' if is_open else 'decided'}".strip())
            state = etree.Element("span", {"class": "decision-state"})
            state.text = "Ikke besluttet" if is_open else "Besluttet"
            state.tail = " "
            rest = (holder.text or "")[match.end() :]
            holder.text = ""
            holder.insert(0, state)
            if lead := _LEAD.match(rest):
                name = etree.Element("strong")
                name.text, name.tail = lead.group(1), rest[lead.end() :]
                holder.insert(1, name)
            else:
                state.tail += rest


class _AddPermalinks(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for item in root.iter("li"):
            if id := item.get("id"):
                attributes = {"class": "headerlink", "href": f"#{id}", "title": _TITLE, "aria-label": _TITLE, "data-search-exclude": ""}
                etree.SubElement(_text_element(item), "a", attributes).text = "#"


def _text_element(item: etree.Element) -> etree.Element:
    """Return the element with an item's text: a paragraph inside the item if there are empty lines between the items, else the item itself."""
    return item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
