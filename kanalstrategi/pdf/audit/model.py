"""Defines the records that hold the content of a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
from lxml import etree

from kanalstrategi.pdf.audit.geometry import Box, Point
from kanalstrategi.pdf.audit.objects import ObjGen, text_of

EDGE_TOLERANCE_POINTS = 1.0
"""How far something may be outside a page."""


class Mark(NamedTuple):
    """The identity of a piece of marked content (ISO 32000-1, 14.6)."""

    stream: ObjGen
    """The page or form with the content stream that it is in."""
    mcid: int
    """Its marked-content id in that stream."""


class PaintedItem(NamedTuple):
    """A line of text, an image or a shape that a content stream paints."""

    mark: Mark | None
    """The nearest marked content with an id around it."""
    is_artifact: bool
    """Whether it is declared as decoration."""
    text: str | None
    """The text of a line, or None for an image or shape."""
    points: tuple[Point, ...]
    """Its position on the page: the start of a text and other places that it reaches, or the corners of the visible part of an image or of all
    shapes of a piece of marked content. Other shapes have no points, and neither has what is clipped away."""
    is_image: bool = False

    @property
    def is_untagged(self) -> bool:
        """Whether it is neither in the structure nor declared as decoration."""
        return self.mark is None and not self.is_artifact


@dataclass(frozen=True)
class StreamContent:
    """The content that a content stream paints."""

    items: tuple[PaintedItem, ...] = ()
    """The items in the order in which they are painted, including the items in its forms."""
    marks: tuple[Mark, ...] = ()
    """Its marks, with one entry for each time that a mark is opened, excluding the marks in its forms."""
    languages: tuple[str, ...] = ()
    """The values of `/Lang` in its marked content."""
    forms: tuple[ObjGen, ...] = ()
    """The form XObjects that it paints, directly or through other forms."""
    fonts: tuple[ObjGen, ...] = ()
    """The fonts that it and its forms select."""
    is_readable: bool = True
    """Whether the stream could be parsed."""


@dataclass(frozen=True)
class Form:
    """A form XObject, which may have marked content of its own."""

    page: int
    """The number of the first page that paints it, counted from 1."""
    struct_parents: int | None
    """Its key in the parent tree."""
    content: StreamContent
    """The content that it paints."""


@dataclass(frozen=True)
class PdfPage:
    """A page."""

    number: int
    """The page number, counted from 1."""
    id: ObjGen
    """The id of its object."""
    raw: pikepdf.Dictionary
    """Its dictionary."""
    box: Box
    """The visible part, in points."""
    rotation: int
    """How far it is turned when it is shown: 0, 90, 180 or 270 degrees clockwise."""
    struct_parents: int | None
    """Its key in the parent tree."""
    annotations: tuple[pikepdf.Object, ...]
    """Its links, fields and the like, as dictionaries."""
    content: StreamContent
    """The content that it paints."""

    def contains(self, points: Iterable[Point]) -> bool:
        """Whether all points are on the visible part of the page, or so close to it that nobody would see the difference."""
        left, bottom, right, top = self.box
        left, bottom, right, top = left - EDGE_TOLERANCE_POINTS, bottom - EDGE_TOLERANCE_POINTS, right + EDGE_TOLERANCE_POINTS, top + EDGE_TOLERANCE_POINTS
        return all(left <= x <= right and bottom <= y <= top for x, y in points)


@dataclass(frozen=True, eq=False)
class Element:
    """An element of the structure tree. `PdfDocument.elements` lists them in reading order."""

    index: int
    """Its index in `PdfDocument.elements`."""
    end: int
    """The index of its last descendant plus one."""
    parent: int
    """The index of its parent, or -1 at the top of the tree."""
    id: ObjGen
    """The id of its object."""
    tag: str
    """Its type as written in the file."""
    role: str
    """The standard type that its tag is mapped to."""
    page: int | None
    """The number of the page on which it begins, counted from 1."""
    raw: pikepdf.Dictionary
    """Its dictionary."""


@dataclass(frozen=True, eq=False)
class PdfDocument:
    """A PDF that has been read for all checks."""

    pdf: pikepdf.Pdf
    """The open file."""
    xmp: etree._Element | None
    """Its metadata, or None if it is missing or cannot be read."""
    pages: tuple[PdfPage, ...]
    """All pages in order."""
    forms: dict[ObjGen, Form]
    """The form XObjects that pages paint."""
    role_map: dict[str, str]
    """The structure type that each custom tag is mapped to."""
    elements: tuple[Element, ...]
    """The elements of the structure tree in reading order."""
    children: dict[int, tuple[Element, ...]]
    """The children of each element, keyed by its index. The key -1 is the top of the tree."""
    elements_by_mark: dict[Mark, tuple[int, ...]]
    """The indices of the elements that refer to each piece of marked content."""
    elements_by_annotation: dict[ObjGen, tuple[int, ...]]
    """The indices of the elements that refer to each annotation."""
    marks_by_element: dict[int, tuple[Mark, ...]]
    """The marked content directly in each element, keyed by the element's index."""
    parent_tree: dict[int, Any]
    """The entries of the parent tree."""
    texts: dict[Mark, str]
    """The text in each piece of marked content."""
    graphics: frozenset[Mark]
    """The pieces of marked content that contain images or shapes."""
    page_numbers: dict[ObjGen, int]
    """The number of the page that each object belongs to, counted from 1."""

    def subtree(self, element: Element) -> Iterator[Element]:
        """Return an element and all its descendants."""
        return iter(self.elements[element.index : element.end])

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Yield the ancestors of an element, nearest first."""
        while element.parent >= 0:
            element = self.elements[element.parent]
            yield element

    def marks_in(self, element: Element) -> list[Mark]:
        """Return the marked content in an element and its descendants."""
        return [mark for part in self.subtree(element) for mark in self.marks_by_element.get(part.index, ())]

    def parent_role(self, element: Element) -> str:
        """Return the role of an element's parent, or an empty string at the top of the tree."""
        return self.elements[element.parent].role if element.parent >= 0 else ""

    def text(self, element: Element) -> str:
        """Return the text that a screen reader reads for an element, as far as the fonts reveal it."""
        parts = []
        for part in self.subtree(element):
            replacement = text_of(part.raw.get("/ActualText")) or text_of(part.raw.get("/Alt"))
            texts = (self.texts.get(mark, "") for mark in self.marks_by_element.get(part.index, ()))
            parts.append(replacement or " ".join(texts))
        return " ".join(" ".join(parts).split())
