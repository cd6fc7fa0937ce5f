"""Finds running headers and footers that are tagged as content."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kanalstrategi.pdf.audit.geometry import Point
from kanalstrategi.pdf.audit.model import Mark, PaintedItem, PdfDocument, PdfPage
from kanalstrategi.pdf.audit.roles import HEADING_ROLE

EDGE_SHARE = 0.08
"""The share of a page's height, both at the top and at the bottom, that may hold running text."""

_Position = tuple[str, int]
"""The Danish name of an edge, and the distance from it in points."""


@dataclass(frozen=True)
class RunningText:
    """A running header or footer that is tagged as content."""

    item: PaintedItem
    """The line of text."""
    edge: str
    """The Danish name of the header or footer: `sidehovedet` or `sidefoden`."""


def find_running_text(document: PdfDocument) -> dict[int, list[RunningText]]:
    """Return the running text of each page that is tagged as content.

    A position near the edge counts as running text if the same words, apart from numbers, appear there on more than half of the
    pages (the title, the page number). It also does if all text there is the same on three consecutive pages or, as in books, on
    three pages with one between each (the chapter). All text at such a position counts as running text, except in headings and
    tables, since a table that continues repeats its header row at the top of each page. In a document of one page, nothing repeats.
    """
    pages_by_line: dict[_Position, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    lines: dict[tuple[_Position, int], list[str]] = defaultdict(list)
    tagged: list[tuple[_Position, int, PaintedItem]] = []
    for page in document.pages:
        for item in page.content.items:
            text = re.sub(r"\d+", "#", " ".join((item.text or "").split()))
            position = _position(page, item.points[0]) if text else None
            if position and not _is_in_heading_or_table(document, item.mark):
                pages_by_line[position][text].add(page.number)
                lines[position, page.number].append(text)
                if item.mark:
                    tagged.append((position, page.number, item))
    pages_by_text: dict[_Position, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for (position, number), texts in lines.items():
        pages_by_text[position][" ".join(texts)].add(number)
    count = len(document.pages)
    min_pages = max(2, count) if count < 4 else max(3, count // 2 + 1)
    repeating = {
        position
        for position, pages_of_lines in pages_by_line.items()
        if any(len(pages) >= min_pages for pages in pages_of_lines.values()) or any(map(_has_a_row, pages_by_text[position].values()))
    }
    found: dict[int, list[RunningText]] = defaultdict(list)
    for position, number, item in tagged:
        if position in repeating:
            found[number].append(RunningText(item, position[0]))
    return found


def _has_a_row(pages: set[int]) -> bool:
    """Whether there are three consecutive pages, or three pages with one between each."""
    return any({page, page + step, page + 2 * step} <= pages for page in pages for step in (1, 2))


def _position(page: PdfPage, point: Point) -> _Position | None:
    """Return the edge of the visible page that a text is close to, and its distance from that edge."""
    left, bottom, right, top = page.box
    from_bottom = {0: point[1] - bottom, 90: right - point[0], 180: top - point[1], 270: point[0] - left}.get(page.rotation, 0.0)
    height = top - bottom if page.rotation in (0, 180) else right - left
    if 0 <= from_bottom < height * EDGE_SHARE:
        return "sidefoden", round(from_bottom)
    if 0 <= height - from_bottom < height * EDGE_SHARE:
        return "sidehovedet", round(height - from_bottom)
    return None


def _is_in_heading_or_table(document: PdfDocument, mark: Mark | None) -> bool:
    for index in document.elements_by_mark.get(mark, ()) if mark else ():
        element = document.elements[index]
        around = (element, *document.ancestors(element))
        if any(other.role == "Table" or HEADING_ROLE.fullmatch(other.role) for other in around):
            return True
    return False
