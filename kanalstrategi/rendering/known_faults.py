"""Shows, below the heading of each fault in the accessibility statement, which criterion it breaks and when it is mended. No I/O."""

from __future__ import annotations

from kanalstrategi.content.statement_words import REASON_WORDS, fault_words
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.macros import Call


def with_known_faults(root: Element, call: Call) -> None:
    """Put a line below the heading of each fault. Changes the tree."""
    statement = call.content.statement
    if statement is None or statement.page != call.page:
        return
    lines = {fault.id: element("p.fault-facts", f"{REASON_WORDS[fault.reason]}. {fault_words(fault)}") for fault in statement.faults}
    root.children = [
        node for child in root.children for node in (child, *([lines[child.id]] if type(child) is Element and child.tag == "h3" and child.id in lines else []))
    ]
