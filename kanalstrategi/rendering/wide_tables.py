"""Makes tables that are wider than a phone's screen readable there: they scroll inside a box, and long addresses in them may break."""

from __future__ import annotations

import re

from kanalstrategi.markdown.nodes import Element, Node, descendants, element

SCROLL_CLASS = "table-scroll"
"""The class of the box around a table, known to the site's style and script."""
_STACKED = frozenset(("figures", "follow-up", "narrow", "outcomes"))
"""The classes of tables whose rows become blocks on a narrow screen, and which fit on all others, so that they need no box."""
_MIN_ADDRESS_CHARACTERS = 20
"""Shorter addresses stay whole."""
_ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@)\S+")
_JOINT = re.compile(r"(?<=[/@?&])(?![/@?&])|(?<=\w)(?=\.\w)")
"""After a slash and the like, and before a full stop, so that the end of a line does not look like the end of a sentence."""


def make_tables_scrollable(root: Element) -> None:
    """Put a box around each table of a page tree, and mark the places where the addresses in its cells may break."""
    for parent in [root, *descendants(root)]:
        for place, child in enumerate(parent.children):
            if type(child) is Element and child.tag == "table" and not _STACKED.intersection(child.classes):
                for cell in [part for part in descendants(child) if part.tag != "pre"]:
                    cell.children = [piece for node in cell.children for piece in _breakable(node)]
                parent.children[place] = element(f"div.{SCROLL_CLASS}", child)


def _breakable(node: Node) -> list[Node]:
    """Return a node, or a text as parts with a `<wbr>` between those of each long address in it."""
    if not isinstance(node, str):
        return [node]
    parts: list[Node] = []
    end = 0
    for address in _ADDRESS.finditer(node):
        if len(address[0]) >= _MIN_ADDRESS_CHARACTERS:
            pieces = [piece for piece in _JOINT.split(address[0]) if piece]
            parts += [node[end : address.start()]] if address.start() > end else []
            for number, piece in enumerate(pieces):
                parts += [element("wbr"), piece] if number else [piece]
            end = address.end()
    return [*parts, node[end:]] if end < len(node) else parts
