"""Removes the parts of a page that are marked `web-only` and finds the ids that remain in print."""

from __future__ import annotations

from collections.abc import Sequence

from kanalstrategi.markdown.footnotes import BACK_CLASS, SECTION_CLASS
from kanalstrategi.markdown.nodes import HEADINGS, Element, Node, decode_tree, descendants, encode_tree


def section_of(siblings: Sequence[Node], start: int) -> list[Node]:
    """Return the heading at a position and everything up to the next heading of the same or a higher level, or up to the footnotes."""
    heading = siblings[start]
    section = [heading]
    for node in siblings[start + 1 :]:
        if type(node) is Element and type(heading) is Element:
            ends_section = node.tag in HEADINGS and node.tag <= heading.tag
            if ends_section or node.has_class(SECTION_CLASS):
                break
        section.append(node)
    return section


def printed_ids(root: Element) -> set[str]:
    """Return the ids of a page that are still there when it is printed in a document."""
    printed = decode_tree(encode_tree(root))
    drop_web_only(printed)
    return _ids(printed)


def drop_web_only(root: Element) -> None:
    """Remove everything marked `web-only`, and the footnotes that only the removed text refers to."""
    root.children = _without_web_only(root)
    for section in [node for node in descendants(root) if node.has_class(SECTION_CLASS)]:
        _drop_unused_footnotes(root, section)


def _without_web_only(parent: Element) -> list[Node]:
    kept: list[Node] = []
    position = 0
    while position < len(parent.children):
        child = parent.children[position]
        position += 1
        if type(child) is not Element:
            kept.append(child)
        elif not child.has_class("web-only"):
            child.children = _without_web_only(child)
            kept.append(child)
        elif child.tag in HEADINGS:
            position += len(section_of(parent.children, position - 1)) - 1
    return kept


def _drop_unused_footnotes(root: Element, section: Element) -> None:
    """Remove the footnotes whose references are gone, and the links back to those. The others keep their numbers."""
    lists = [child for child in section.children if type(child) is Element]
    for list_ in lists:
        for number, footnote in enumerate((child for child in list_.children if type(child) is Element), 1):
            footnote.attributes["value"] = str(number)
    ids, former_ids = _ids(root), set[str]()
    while ids != former_ids:  # a footnote may refer to another
        _drop_dead_back_links(section, ids)
        for list_ in lists:
            list_.children = [child for child in list_.children if type(child) is Element and any(map(_is_back_link, descendants(child)))]
        ids, former_ids = _ids(root), ids
    if not any(list_.children for list_ in lists):
        _drop_element(root, section)


def _is_back_link(node: Element) -> bool:
    return node.has_class(BACK_CLASS)


def _drop_dead_back_links(parent: Element, ids: set[str]) -> None:
    kept: list[Node] = []
    for child in parent.children:
        if type(child) is Element:
            if _is_back_link(child) and child.attributes["href"][1:] not in ids:
                continue
            _drop_dead_back_links(child, ids)
        kept.append(child)
    parent.children = kept


def _drop_element(parent: Element, element: Element) -> None:
    parent.children = [child for child in parent.children if child is not element]
    for child in parent.children:
        if type(child) is Element:
            _drop_element(child, element)


def _ids(root: Element) -> set[str]:
    return {node.id for node in descendants(root) if node.id}
