"""Gives headings and rules a link to themselves, and makes the table of contents."""

from __future__ import annotations

from typing import NamedTuple

from kanalstrategi.markdown.footnotes import SECTION_CLASS
from kanalstrategi.markdown.nodes import HEADINGS, Element, Node, element, line_of, text_holder

HEADING_TITLE = "Link til dette afsnit"
RULE_TITLE = "Link til denne regel"
LINK_CLASS = "headerlink"
NOTES_CLASS = "block-notes"
"""The class of what stands behind a point of an edition's text without being part of it."""


class TocEntry(NamedTuple):
    """A heading in the table of contents."""

    level: int
    id: str
    title: str


def link_headings(root: Element) -> list[TocEntry]:
    """Add a permalink to every heading below the page's own and to every list item with an id. Return the headings, in order.

    The link of a heading follows it: inside, it would be a part of the heading's name, for screen readers and everyone who reads the page.
    """
    toc: list[TocEntry] = []
    _link(root, toc)
    return toc


def remove_empty_sections(root: Element) -> None:
    """Remove the headings below the page's own that nothing comes after, before the next heading of their level or a higher one."""
    remaining: list[Node] = []
    level_below = 1  # of the heading that comes next; the end of the page is above all
    has_content = False
    for child in reversed(root.children):
        level = int(child.tag[1]) if type(child) is Element and child.tag in HEADINGS else 0
        if level > 1 and not has_content and level_below <= level:
            continue
        if level:
            level_below, has_content = level, False
        elif not (type(child) is str and child.isspace()):
            has_content = True
        remaining.append(child)
    root.children = remaining[::-1]


def _link(parent: Element, toc: list[TocEntry]) -> None:
    linked: list[Node] = []
    for child in parent.children:
        linked.append(child)
        if type(child) is not Element:
            continue
        if child.tag in HEADINGS:
            if child.id:
                title = line_of(child)
                toc.append(TocEntry(int(child.tag[1]), child.id, title))
                if child.tag != "h1" and parent.tag != "summary":
                    linked.append(_permalink(child, HEADING_TITLE, f"{HEADING_TITLE}: {title}"))
            continue
        if child.has_class(SECTION_CLASS):
            continue
        _link(child, toc)
        if child.tag == "li" and child.id and child.line:
            holder = text_holder(child).children
            notes = next((number for number, node in enumerate(holder) if type(node) is Element and node.has_class(NOTES_CLASS)), len(holder))
            holder.insert(notes, _permalink(child, RULE_TITLE, RULE_TITLE))
    parent.children = linked


def _permalink(target: Element, title: str, name: str) -> Element:
    return element(f"a.{LINK_CLASS}", "#", href=f"#{target.id}", title=title, aria_label=name, data_search_exclude="")
