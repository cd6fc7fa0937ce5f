"""Reads what editors say about single blocks of an edition: under a heading that is the reference of a block. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field

from kanalstrategi.content.block_references import REFERENCE_LEVEL
from kanalstrategi.markdown.nodes import Element, Node, line_of


@dataclass(frozen=True)
class EditionNotes:
    """The notes on one page."""

    introduction: list[Node] = field(default_factory=list)
    """What stands before the first reference, without the page's title and its status."""
    by_reference: dict[str, list[Node]] = field(default_factory=dict)
    """What stands under each reference."""


def read_notes(root: Element) -> EditionNotes:
    """Return the notes in the tree of a page, whose macros may have been answered."""
    notes = EditionNotes()
    current = notes.introduction
    for child in root.children:
        if type(child) is str and child.isspace():
            continue
        if type(child) is Element and child.tag == f"h{REFERENCE_LEVEL}":
            current = notes.by_reference.setdefault(line_of(child), [])
        elif not (type(child) is Element and (child.tag == "h1" or child.has_class("status") or child.has_class("edition-banner"))):
            current.append(child)
    return notes
