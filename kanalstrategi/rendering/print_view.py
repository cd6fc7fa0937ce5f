"""Removes the parts of a page that are marked `web-only` and finds the ids that remain in print."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def section_of(heading: HtmlElement) -> list[HtmlElement]:
    """Return a heading and everything up to the next heading of the same or a higher level."""
    elements = [heading]
    for element in heading.itersiblings():
        if element.tag in HEADINGS and element.tag <= heading.tag:
            break
        elements.append(element)
    return elements


def printed_ids(html_of_page: str) -> set[str]:
    """Return the ids of a page that are still there when it is printed in a document."""
    tree = html.fragment_fromstring(html_of_page, create_parent="div")
    drop_web_only(tree)
    return set(tree.xpath(".//@id", smart_strings=False))  # lxml's smart strings would keep the whole tree in memory


def drop_web_only(tree: HtmlElement) -> None:
    for element in tree.xpath(f".//*[{has_class('web-only')}]"):
        if element.getparent() is None:
            continue  # already removed together with its section
        for dropped in section_of(element) if element.tag in HEADINGS else [element]:
            dropped.drop_tree()


def has_class(name: str) -> str:
    """Return an XPath condition that is true for elements with a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
