"""Marks the tasks of a page, which are a guideline's decisions: list items that begin with `[ ]`, `[x]` or `[-]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.danish.slugs import slug
from kanalstrategi.markdown.allow_list import ESSENTIAL_KIND
from kanalstrategi.markdown.nodes import HEADINGS, KIND_ATTRIBUTE, Element, Node, Task, descendants, element, first_block, line_of, text_holder, text_of

STATE_CLASS = "decision-state"
"""The class of the words for a task's state."""

_TASK = re.compile(r"\[([ xX-])\]\s+")
"""The beginning of a task: `[ ] ` is open, `[x] ` is decided, and `[-] ` is not relevant for the department."""
_LEAD = re.compile(r"([^:\n]{1,60}:)(?=\s)")
"""The short name that a task may begin with."""
STATES = {" ": ("open", "Ikke besluttet"), "x": ("decided", "Besluttet"), "-": ("not-relevant", "Ikke relevant")}
"""The marks of tasks, each with the state that it means and the words for it."""
_WORDS_IN_ID = 6
"""How many words of a task without a short name its id is made from."""
_ID_WITHOUT_HEADING = "beslutning"


def mark_tasks(root: Element) -> dict[int, Task]:
    """Write the state of each task of a page in words, and give it an id. Return the tasks, keyed by the identity of the item.

    The headings must have their ids, since the id of a task begins with that of the heading above it: `telefon-telefontider`.
    """
    tasks: dict[int, Task] = {}
    used = {node.id for node in descendants(root) if node.id}
    numbers: dict[str, int] = {}
    heading = _ID_WITHOUT_HEADING
    for item in descendants(root):
        if item.tag in HEADINGS and not item.is_html:
            heading = item.id
        elif item.tag == "li" and not item.is_html and (task := _mark_task(item)):
            tasks[id(item)] = task
            if not item.id:
                base = candidate = f"{heading}-{slug(task.lead) or _slug_of_text(item)}".rstrip("-")
                while candidate in used:
                    numbers[base] = numbers.get(base, 1) + 1
                    candidate = f"{base}-{numbers[base]}"
                used.add(candidate)
                item.attributes["id"] = candidate
    return tasks


def _mark_task(item: Element) -> Task | None:
    """Write the state of an item in words, and return it as a task; None if it is no task."""
    holder = text_holder(item)
    text = holder.children[0] if holder.children else None
    if type(text) is not str or not (match := _TASK.match(text)) or (match.end() == len(text) and len(holder.children) == 1):
        return None
    state, label = STATES[match[1].lower()]
    is_essential = item.attributes.get(KIND_ATTRIBUTE) == ESSENTIAL_KIND
    if is_essential:
        del item.attributes[KIND_ATTRIBUTE]
    below = item.children[first_block(item.children) :] if holder is item else item.children[1:]
    item.add_class(f"decision {state}")
    words = f"Vigtig, {label[0].lower()}{label[1:]}" if is_essential and state == "open" else label
    marked: list[Node] = [element(f"span.{STATE_CLASS}", words), " "]
    rest = text[match.end() :]
    lead = _LEAD.match(rest)
    if lead:
        marked += [element("strong", lead[1]), rest[lead.end() :]]
    elif rest:
        marked.append(rest)
    holder.children[:1] = marked
    return Task(state, lead[1].rstrip(":") if lead else "", "\n\n".join(_texts_of(below)), is_essential)


def _texts_of(nodes: list[Node]) -> Iterator[str]:
    """Yield the texts of the innermost blocks."""
    for node in nodes:
        if type(node) is Element and (first := first_block(node.children)) < len(node.children):
            yield from filter(None, [line_of(Element("span", children=node.children[:first]))])
            yield from _texts_of(node.children[first:])
        elif text := line_of(node):
            yield text


def _slug_of_text(item: Element) -> str:
    words = text_of(text_holder(item), frozenset((STATE_CLASS,))).split()
    return slug(" ".join(words[:_WORDS_IN_ID]))
