"""Marks the tasks of a page, which are a guideline's decisions: list items that begin with `[ ]`, `[x]` or `[-]`."""

from __future__ import annotations

import re

from kanalstrategi.markdown.nodes import Element, Node, descendants, element, text_holder

_TASK = re.compile(r"\[([ xX-])\]\s+")
"""The beginning of a task: `[ ] ` is open, `[x] ` is decided, and `[-] ` is not relevant for the department."""
_LEAD = re.compile(r"([^:\n]{1,60}:)(?=\s)")
"""The short name that a task may begin with."""
_STATES = {" ": ("open", "Ikke besluttet"), "x": ("decided", "Besluttet"), "-": ("not-relevant", "Ikke relevant")}


def mark_tasks(root: Element) -> dict[int, str]:
    """Write the state of each task of a page in words. Return the state, `open`, `decided` or `not-relevant`, keyed by the identity of the item."""
    states: dict[int, str] = {}
    for item in descendants(root):
        if item.tag != "li" or item.is_html or not item.children:
            continue
        holder = text_holder(item)
        text = holder.children[0] if holder.children else None
        if type(text) is not str or not (match := _TASK.match(text)) or (match.end() == len(text) and len(holder.children) == 1):
            continue
        states[id(item)], label = _STATES[match[1].lower()]
        item.add_class(f"decision {states[id(item)]}")
        marked: list[Node] = [element("span.decision-state", label), " "]
        rest = text[match.end() :]
        if lead := _LEAD.match(rest):
            marked += [element("strong", lead[1]), rest[lead.end() :]]
        elif rest:
            marked.append(rest)
        holder.children[:1] = marked
    return states
