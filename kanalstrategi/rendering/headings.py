"""Makes the table of contents, and gives headings and rules a link to themselves."""

from __future__ import annotations

from typing import NamedTuple

from kanalstrategi.markdown.footnotes import SECTION_CLASS
from kanalstrategi.markdown.nodes import HEADINGS, Element, Node, descendants, element, line_of, text_holder

HEADING_TITLE = "Link til dette afsnit"
RULE_TITLE = "Link til denne regel"
LINK_CLASS = "headerlink"
LINE_CLASS = "heading-line"


class TocEntry(NamedTuple):
    """A heading in the table of contents."""

    level: int
    id: str
    title: str


def table_of_contents(root: Element) -> list[TocEntry]:
    """Return the headings that can be linked to, in order."""
    return [TocEntry(int(one.tag[1]), one.id, line_of(one)) for one in descendants(root) if one.tag in HEADINGS and one.id]


def add_permalinks(parent: Element) -> None:
    """Put a link to itself beside every heading below the page's own, and at the end of every rule.

    Beside and not inside: a screen reader would read the link as a part of the heading's name.
    """
    parent.children = [_with_permalink(child) for child in parent.children]


def _with_permalink(node: Node) -> Node:
    if type(node) is not Element or node.has_class(SECTION_CLASS) or node.tag == "summary":  # a summary may hold a heading, but no other block
        return node
    if node.tag in HEADINGS:
        if not node.id or node.tag == "h1":
            return node
        link = element(f"a.{LINK_CLASS}", "#", href=f"#{node.id}", title=HEADING_TITLE, aria_label=f"{HEADING_TITLE}: {line_of(node)}")
        return element(f"div.{LINE_CLASS}.{LINE_CLASS}-{node.tag}", node, " ", link)
    add_permalinks(node)
    if node.tag == "li" and node.id and node.line:
        text_holder(node).children.append(element(f"a.{LINK_CLASS}", "#", href=f"#{node.id}", title=RULE_TITLE, aria_label=RULE_TITLE))
    return node
