"""Splits paragraphs around block elements, which HTML does not allow in a paragraph."""

from __future__ import annotations

from kanalstrategi.markdown.nodes import BLOCK_ELEMENTS, Element, Node, is_block


def has_block(element: Element) -> bool:
    """Whether an element has a block element among its children."""
    return any(map(is_block, element.children))


def split_paragraph(paragraph: Element) -> list[Element]:
    """Return a paragraph as the block elements in it, with a paragraph for the text before, between and after them.

    If it has attributes, everything is put into a `div` that has them.
    """
    found: list[Element] = []
    text = Element("p", paragraph.line)
    for child in paragraph.children:
        if type(child) is Element and child.tag in BLOCK_ELEMENTS:
            found += [*_trimmed(text), child]
            text = Element("p", paragraph.line)
        else:
            text.children.append(child)
    found += _trimmed(text)
    return [Element("div", paragraph.line, paragraph.attributes, list[Node](found))] if paragraph.attributes else found


def unwrap_only_paragraph(element: Element) -> None:
    """Replace a paragraph that is alone in an element by its children."""
    if len(element.children) == 1 and type(element.children[0]) is Element and element.children[0].tag == "p":
        element.children[:] = element.children[0].children


def _trimmed(paragraph: Element) -> list[Element]:
    """Return a paragraph without white space around its text, or nothing if there is nothing else in it."""
    children = paragraph.children
    while children and type(children[0]) is str and not children[0].strip():
        del children[0]
    while children and type(children[-1]) is str and not children[-1].strip():
        del children[-1]
    if not children:
        return []
    if type(children[0]) is str:
        children[0] = children[0].lstrip()
    if type(children[-1]) is str:
        children[-1] = children[-1].rstrip()
    return [paragraph]
