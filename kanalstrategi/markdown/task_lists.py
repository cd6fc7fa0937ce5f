"""A Python-Markdown extension that marks the decisions in a guideline: list items that begin with `[ ]` or `[x]`."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from kanalstrategi.markdown.list_items import text_element

TASK = re.compile(r"\[([ xX])\]\s+")
"""The beginning of a decision: `[ ] ` is open, `[x] ` is decided."""
LEAD = re.compile(r"([^:\n]{1,60}:)(?=\s)")
"""The short name that a decision may begin with."""
PRIORITY = 6
"""Runs after `inline` (20) and `attr_list` (8)."""


class TaskLists(Extension):
    """Registers the tree processor that marks the decisions."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor. Called by Python-Markdown."""
        md.treeprocessors.register(_MarkTasks(md), "decisions", PRIORITY)


class _MarkTasks(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for item in root.iter("li"):
            holder = text_element(item)
            match = TASK.match(holder.text or "")
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
            lead = LEAD.match(rest)
            if lead:
                name = etree.Element("strong")
                name.text, name.tail = lead.group(1), rest[lead.end() :]
                holder.insert(1, name)
            else:
                state.tail += rest
