"""Reads a built page as its readers do: its main content, and the part of that which is printed, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import html

WEB_ONLY = ("web-only", "headerlink", "icon", "rule-source")
"""The classes of what documents leave out. The last one names the source of a rule, which not every document contains."""
_HEADINGS = ("h1", "h2", "h3")
_IN_A_LINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr img svg path title".split()
)
"""The elements that do not separate words."""


def article(file: Path) -> html.HtmlElement:
    """Return the main content of a built page, without the footer that every page has. Raises OSError, and ValueError if it has none."""
    found = html.document_fromstring(file.read_bytes(), html.HTMLParser(encoding="utf-8")).find(".//article")
    if found is None:
        raise ValueError(f"{file} has no main content")
    for foot in found.find_class("page-foot"):
        foot.drop_tree()
    return found


def printed_part(file: Path) -> html.HtmlElement:
    """Return a page's main content, without what is declared to be for the web only. Raises as `article` does."""
    page = article(file)
    for heading in [found for found in page.find_class("web-only") if found.tag in _HEADINGS]:  # removes its whole section
        for element in list(heading.itersiblings()):
            if element.tag in _HEADINGS and element.tag <= heading.tag:
                break
            element.drop_tree()
    for element in [*(found for name in WEB_ONLY for found in page.find_class(name)), *page.iter("script")]:
        if element.getparent() is not None:
            element.drop_tree()
    for sign in page.xpath(".//*[@role='img'][@aria-label]"):  # on paper, its name is text
        sign.text = sign.get("aria-label")
    return page


def lines_of(element: html.HtmlElement) -> list[str]:
    """Return the text of an element, with one line for each paragraph, cell or other block."""
    return [line for line in "".join(_pieces(element)).splitlines() if line.strip()]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    is_block = element.tag not in _IN_A_LINE
    if isinstance(element.tag, str):  # and no comment
        if is_block:
            yield "\n"
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
        if is_block:
            yield "\n"
    yield element.tail or ""
