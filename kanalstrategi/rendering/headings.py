"""Gives headings and rules a link to themselves, and makes the table of contents."""

from __future__ import annotations

from typing import NamedTuple

from kanalstrategi.markdown.footnotes import SECTION_CLASS
from kanalstrategi.markdown.nodes import HEADINGS, Element, element, line_of, text_holder

HEADING_TITLE = "Link til dette afsnit"
RULE_TITLE = "Link til denne regel"
LINK_CLASS = "headerlink"


class TocEntry(NamedTuple):
    """A heading in the table of contents."""

    level: int
    id: str
    title: str


def link_headings(root: Element) -> list[TocEntry]:
    """Add a permalink to every heading and every list item with an id. Return the headings, in order."""
    toc: list[TocEntry] = []
    _link(root, toc)
    return toc


def _link(parent: Element, toc: list[TocEntry]) -> None:
    for child in parent.children:
        if type(child) is not Element:
            continue
        if child.tag in HEADINGS:
            if child.id:
                toc.append(TocEntry(int(child.tag[1]), child.id, line_of(child)))
                child.children.append(element(f"a.{LINK_CLASS}", "#", href=f"#{child.id}", title=HEADING_TITLE))
            continue
        if child.has_class(SECTION_CLASS):
            continue
        _link(child, toc)
        if child.tag == "li" and child.id and child.line:
            link = element(f"a.{LINK_CLASS}", "#", href=f"#{child.id}", title=RULE_TITLE, aria_label=RULE_TITLE, data_search_exclude="")
            text_holder(child).children.append(link)
