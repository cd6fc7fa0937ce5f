"""Gives each heading, paragraph and list item of an edition's page a reference, which hearings, answers and notes name. No I/O.

A rule, a passage and a channel's heading have their id. Everything else is numbered page by page: `formaal-3` is the third block of
`strategi/formaal.md` without an id.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kanalstrategi.danish.slugs import slug
from kanalstrategi.markdown.footnotes import BACK_CLASS, MARK_CLASS, SECTION_CLASS
from kanalstrategi.markdown.nodes import HEADINGS, Element, Node, descendants, first_block, line_of, text_holder, text_of
from kanalstrategi.markdown.task_lists import STATE_CLASS

REFERENCE_LEVEL = 2
"""The level of the headings by which notes and answers name a block."""
WEB_ONLY = "web-only"
"""The class of what is not part of the text: it is on the screen alone."""
NO_TEXT = frozenset((STATE_CLASS, BACK_CLASS, MARK_CLASS, WEB_ONLY))
"""The classes of what stands in a block without being part of its text."""


@dataclass(frozen=True)
class ReferencedBlock:
    """A block of a page's tree with its reference."""

    reference: str
    kind: str
    """`heading`, `paragraph` or `item`."""
    text: str
    """The text without markup, on one line. Macro calls are left out."""
    element: Element
    level: int = 0
    """The level of a heading, 1 to 6."""
    has_id: bool = False
    """Whether the reference is the block's own id, which it keeps when others come before it."""

    @property
    def anchor(self) -> str:
        """The anchor of the block on its page: its id, even one that the program has made from a heading's text, or else the reference."""
        return self.element.id or self.reference


def page_name(path: str) -> str:
    """Return what the numbered references of a page begin with; `path` is relative to the edition's folder."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    return name if name != "index" else folder.rpartition("/")[2] or "forside"


def referenced_blocks(root: Element, path: str, channels: Collection[str] = ()) -> Iterator[ReferencedBlock]:
    """Yield the blocks of a parsed page that have text, in order, with their references.

    `root` is the tree before macros are answered, `path` is relative to the edition's folder, and `channels` are the ids of the edition's
    channels. Parts that are only for the screen are left out.
    """
    blocks = list(_blocks(root))
    ids = {node.id for _, node, _ in blocks if node.id}
    name, number = page_name(path), 0
    for kind, node, text in blocks:
        if not text:
            continue
        has_id = bool(node.id) and (kind != "heading" or node.id in channels or not _has_generated_id(node))
        reference = node.id
        if not has_id:
            number += 1
            while (reference := f"{name}-{number}") in ids:
                number += 1
        yield ReferencedBlock(reference, kind, text, node, int(node.tag[1]) if kind == "heading" else 0, has_id)


def _has_generated_id(heading: Element) -> bool:
    """Whether the program may have made a heading's id from its text: another page may have the same, and other words would change it."""
    return bool(re.fullmatch(rf"{re.escape(slug(text_of(heading)))}(_\d+)?", heading.id))


def _blocks(parent: Element) -> Iterator[tuple[str, Element, str]]:
    """Yield the kind, the element and the text of each block, as `kanalstrategi.markdown.blocks` lists them."""
    hidden_level = 0
    for child in parent.children:
        if type(child) is not Element:
            continue
        if child.tag in HEADINGS:
            level = int(child.tag[1])
            if hidden_level and level <= hidden_level:
                hidden_level = 0
            if child.has_class(WEB_ONLY) and not hidden_level:
                hidden_level = level
        if hidden_level or child.has_class(WEB_ONLY):
            continue
        if child.tag in HEADINGS:
            yield "heading", child, _plain(child.children)
        elif child.tag == "li" and not child.is_html:
            holder = text_holder(child)
            yield "item", child, _plain(child.children[: first_block(child.children)] if holder is child else holder.children)
            yield from _blocks(child if holder is child else Element("li", children=child.children[1:]))
        elif child.tag == "p" and not child.is_html and not child.has_class("admonition-title"):
            yield "paragraph", child, _plain(child.children)
        elif child.has_class(SECTION_CLASS):  # the footnotes themselves are no items: their ids are those of any page's footnotes
            for note in descendants(child):
                if note.tag == "li" and note.id.startswith("fn-"):
                    yield from _blocks(note)
        else:
            yield from _blocks(child)


def _plain(children: list[Node]) -> str:
    return line_of(Element("span", children=children), NO_TEXT)
