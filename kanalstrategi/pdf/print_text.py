"""Yields the text of a print document that a reader must find on paper, so that what an engine drops is noticed.

This knows nothing of how any engine makes its PDF.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.markdown.footnotes import BACK_CLASS, MARK_CLASS
from kanalstrategi.markdown.nodes import Element, Node, is_block
from kanalstrategi.pdf.print_document import PrintDocument

GENERATED_CLASSES = frozenset((BACK_CLASS, MARK_CLASS, "footnote-mark", "on-page"))
"""The classes of elements in whose place an engine prints a number of its own: of a note or of a page."""


def print_text(document: PrintDocument) -> Iterator[str]:
    """Yield the visible text of a document: of its cover, of each paragraph, cell and the like, and of its last page."""
    facts = document.facts
    if not document.is_sheet:
        yield from (facts.title, facts.organisation, *facts.cover_lines)
    for root in (document.opening, *(chapter.root for chapter in document.chapters)):
        yield from _texts(root)
    yield from (facts.title, facts.organisation, facts.printed, document.newest)


def _texts(parent: Element) -> Iterator[str]:
    """Yield the text of each block in an element. Inline elements that follow each other are one text."""
    run: list[Node] = []
    for child in parent.children:
        if type(child) is Element and is_block(child):
            yield "".join(map(_inline_text, run))
            run = []
            yield from _texts(child)
        else:
            run.append(child)
    yield "".join(map(_inline_text, run))


def _inline_text(node: Node) -> str:
    """Return the text of a node, with line breaks around blocks, which an inline element may hold, too."""
    if type(node) is not Element:
        return node if type(node) is str else ""
    if node.tag == "br":
        return "\n"
    if not GENERATED_CLASSES.isdisjoint(node.classes):
        return " "
    text = "".join(map(_inline_text, node.children))
    return f"\n{text}\n" if is_block(node) else text
