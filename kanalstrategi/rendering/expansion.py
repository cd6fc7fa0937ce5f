"""Puts the answers of macros in the place of their calls."""

from __future__ import annotations

from collections.abc import Callable

from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Element, Node
from kanalstrategi.markdown.paragraphs import has_block, split_paragraph


def expand_macros(root: Element, answer: Callable[[MacroCall], list[Node]]) -> Element:
    """Return a copy of a tree in which the nodes that `answer` gives for a call have taken its place.

    A paragraph is split around an answer that no paragraph can contain, such as a list.
    """
    copy = Element(root.tag, root.line, dict(root.attributes), [], root.is_html)
    add = copy.children.append
    for child in root.children:
        if type(child) is str:
            add(child)
        elif type(child) is Element:
            expanded = expand_macros(child, answer)
            if child.tag == "p" and has_block(expanded):
                copy.children += split_paragraph(expanded)
            else:
                add(expanded)
        elif type(child) is MacroCall:
            copy.children += answer(child)
    return copy
