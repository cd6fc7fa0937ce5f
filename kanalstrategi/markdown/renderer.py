"""Writes a tree as HTML. This is the only place where the program writes the HTML of a page's content."""

from __future__ import annotations

from collections.abc import Iterable

from kanalstrategi.markdown.nodes import BLOCK_ELEMENTS, VOID_ELEMENTS, Element, Node

_OWN_LINE = BLOCK_ELEMENTS | {"script"}
"""The elements that are followed by a line break."""
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def write_html(content: Iterable[Node]) -> str:
    """Return nodes as HTML. Everything in them is escaped. There must be no macro calls left: they have no HTML of their own."""
    parts: list[str] = []
    _write(content, parts)
    return "".join(parts)


def _write(content: Iterable[Node], parts: list[str]) -> None:
    for node in content:
        if type(node) is str:
            parts.append(node.translate(_TEXT))
            continue
        assert type(node) is Element, "macros have been replaced by their answers"
        tag = node.tag
        if node.attributes:
            attributes = "".join([f' {key}="{value.translate(_VALUE)}"' for key, value in node.attributes.items()])
            parts.append(f"<{tag}{attributes}>")
        else:
            parts.append(f"<{tag}>")
        if tag in VOID_ELEMENTS:
            continue
        _write(node.children, parts)
        parts.append(f"</{tag}>\n" if tag in _OWN_LINE else f"</{tag}>")
