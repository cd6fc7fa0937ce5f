"""Read a department's local guideline: which channel groups it covers, and what it has decided."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

TASK = re.compile(r"\[([ xX])\]\s+")
"""What a decision begins with: `[ ] ` is open, `[x] ` is decided."""

LEAD = re.compile(r"([^:\n]{1,60}:)(?=\s)")
"""The short name that a decision may begin with."""

PRIORITY = 6  # priority; `inline` runs at 20, `attr_list` at 8


class TaskLists(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.treeprocessors.register(_MarkTasks(md), "decisions", PRIORITY)


class _MarkTasks(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for item in root.iter("li"):
            # Inside the paragraph, if the list is a loose one.
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
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
