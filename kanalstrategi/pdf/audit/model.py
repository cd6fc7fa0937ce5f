"""The content of a PDF as plain records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from kanalstrategi.pdf.audit.geometry import Point
from kanalstrategi.pdf.audit.objects import ObjGen, text_of


@dataclass(frozen=True)
class Mark:
    """The identity of a piece of marked content (ISO 32000-1, 14.6)."""

    stream: ObjGen
    """The page or form whose content stream it is in."""
    mcid: int
    """Its marked-content id there."""


@dataclass(frozen=True)
class PaintedItem:
    """A line of text, an image or a shape that a content stream paints."""

    mark: Mark | None
    """The nearest marked content around it that has an id."""
    is_artifact: bool
    """Whether it is declared as decoration."""
    text: str | None
    """The text of a line; None for an image or a shape."""
    points: tuple[Point, ...]
    """Where it is on the page: the start of a text, the corners of an image. A shape has none unless it is marked as a figure."""

    @property
    def is_untagged(self) -> bool:
        """Whether it is neither in the structure nor declared as decoration."""
        return self.mark is None and not self.is_artifact


@dataclass(frozen=True)
class StreamContent:
    """What a content stream paints."""

    items: tuple[PaintedItem, ...] = ()
    """In the order in which they are painted, those of its forms included."""
    marks: tuple[Mark, ...] = ()
    """One for each time that a mark is opened, without those of its forms."""
    languages: tuple[str, ...] = ()
    """The values of `/Lang` in its marked content."""
    forms: tuple[ObjGen, ...] = ()
    """The form XObjects that it paints, directly or through others."""
    fonts: tuple[ObjGen, ...] = ()
    """The fonts that it and its forms select."""
    is_readable: bool = True
    """False if it cannot be parsed."""


@dataclass(frozen=True)
class Form:
    """A form XObject, which may have marked content of its own."""

    page: int
    """The first page that paints it, counted from 1."""
    struct_parents: int | None
    """Its key in the parent tree."""
    content: StreamContent
    """What it paints."""


@dataclass(frozen=True)
class PdfPage:
    """A page."""

    number: int
    """Counted from 1."""
    id: ObjGen
    """Its object."""
    raw: pikepdf.Dictionary
    """Its dictionary."""
    box: tuple[float, float, float, float]
    """Left, bottom, right and top of the visible part, in points."""
    struct_parents: int | None
    """Its key in the parent tree."""
    annotations: tuple[pikepdf.Object, ...]
    """Its links, fields and the like, as dictionaries."""
    content: StreamContent
    """What it paints."""


@dataclass(frozen=True, eq=False)
class Element:
    """An element of the structure tree. `PdfDocument.elements` has them in reading order."""

    index: int
    """Its place in `PdfDocument.elements`."""
    end: int
    """One past the index of its last descendant."""
    parent: int
    """The index of its parent; -1 at the top of the tree."""
    id: ObjGen
    """Its object."""
    tag: str
    """Its type as it is written."""
    role: str
    """The standard type that its tag is mapped to."""
    page: int | None
    """The page that it begins on, counted from 1."""
    raw: pikepdf.Dictionary
    """Its dictionary."""


@dataclass(frozen=True, eq=False)
class PdfDocument:
    """A PDF that has been read for all checks."""

    pdf: pikepdf.Pdf
    """The open file."""
    pages: tuple[PdfPage, ...]
    """All pages in order."""
    forms: dict[ObjGen, Form]
    """The form XObjects that pages paint."""
    role_map: dict[str, str]
    """The structure type that each tag of the document's own is mapped to."""
    elements: tuple[Element, ...]
    """The elements of the structure tree in reading order."""
    children: dict[int, tuple[Element, ...]]
    """The children of each element by its index; -1 for the top of the tree."""
    elements_by_mark: dict[Mark, tuple[int, ...]]
    """The indices of the elements that refer to each piece of marked content."""
    elements_by_annotation: dict[ObjGen, tuple[int, ...]]
    """The indices of the elements that refer to each annotation."""
    marks_by_element: dict[int, tuple[Mark, ...]]
    """The marked content directly in each element, by the element's index."""
    parent_tree: dict[int, Any]
    """The entries of the parent tree."""
    texts: dict[Mark, str]
    """The text in each piece of marked content."""
    graphics: frozenset[Mark]
    """The pieces of marked content with images or shapes in them."""
    page_numbers: dict[ObjGen, int]
    """The page that an object belongs to, counted from 1."""

    def subtree(self, element: Element) -> Iterator[Element]:
        """Return an element and all its descendants."""
        return iter(self.elements[element.index : element.end])

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Yield the elements around an element, the nearest first."""
        while element.parent >= 0:
            element = self.elements[element.parent]
            yield element

    def marks_in(self, element: Element) -> list[Mark]:
        """Return the marked content in an element and its descendants."""
        return [mark for part in self.subtree(element) for mark in self.marks_by_element.get(part.index, ())]

    def parent_role(self, element: Element) -> str:
        """Return the role of an element's parent; nothing at the top of the tree."""
        return self.elements[element.parent].role if element.parent >= 0 else ""

    def text(self, element: Element) -> str:
        """Return what a screen reader says of an element, as far as the fonts reveal it."""
        parts = []
        for part in self.subtree(element):
            replacement = text_of(part.raw.get("/ActualText")) or text_of(part.raw.get("/Alt"))
            texts = (self.texts.get(mark, "") for mark in self.marks_by_element.get(part.index, ()))
            parts.append(replacement or " ".join(texts))
        return " ".join(" ".join(parts).split())
