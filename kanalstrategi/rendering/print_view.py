"""What of a page is printed: without what it marks `web-only`."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def section_of(heading: HtmlElement) -> list[HtmlElement]:
    """A heading and what follows it, up to the next heading of its rank or a higher one."""
    elements = [heading]
    for element in heading.itersiblings():
        if element.tag in HEADINGS and element.tag <= heading.tag:
            break
        elements.append(element)
    return elements


def printed_ids(html_of_page: str) -> set[str]:
    """The ids of a page that a document it stands in has, too."""
    tree = html.fragment_fromstring(html_of_page, create_parent="div")
    drop_web_only(tree)
    return set(tree.xpath(".//@id", smart_strings=False))  # those of lxml hold the whole tree


def drop_web_only(tree: HtmlElement) -> None:
    for element in tree.xpath(f".//*[{has_class('web-only')}]"):
        if element.getparent() is None:
            continue  # already gone with the section around it
        for dropped in section_of(element) if element.tag in HEADINGS else [element]:
            dropped.drop_tree()


def has_class(name: str) -> str:
    """The XPath condition that an element has a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
