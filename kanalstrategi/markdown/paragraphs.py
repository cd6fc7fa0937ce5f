"""Splits paragraphs around block elements, which HTML does not allow in a paragraph."""

from __future__ import annotations

from kanalstrategi.markdown.nodes import BLOCK_ELEMENTS, Element, Node


def has_block(element: Element) -> bool:
    """Whether an element has a block element among its children."""
    return any(type(child) is Element and child.tag in BLOCK_ELEMENTS for child in element.children)


def split_paragraph(paragraph: Element) -> list[Element]:
    """Return a paragraph as the block elements in it, with a paragraph for the text before, between and after them.

    If it has attributes, everything is put into a `div` that has them.
    """
    found: list[Element] = []
    text = Element("p", paragraph.line)
    for child in paragraph.children:
        if type(child) is Element and child.tag in BLOCK_ELEMENTS:
            found += [text] * _has_content(text)
            found.append(child)
            text = Element("p", paragraph.line)
        elif text.children or type(child) is not str or child.strip():
            text.children.append(child)
    found += [text] * _has_content(text)
    for part in found:
        if part.tag != "p" or part.is_html:
            continue
        if type(part.children[0]) is str:
            part.children[0] = part.children[0].lstrip()
        if type(part.children[-1]) is str:
            part.children[-1] = part.children[-1].rstrip()
    return [Element("div", paragraph.line, paragraph.attributes, list[Node](found))] if paragraph.attributes else found


def _has_content(paragraph: Element) -> bool:
    return any(type(child) is not str or child.strip() for child in paragraph.children)
