"""Checks the elements of the structure tree: figures, headings, tables, lists and the table of contents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from kanalstrategi.pdf.audit.check_links import is_internal_link
from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, quoted
from kanalstrategi.pdf.audit.geometry import Box, Point, bounding_box
from kanalstrategi.pdf.audit.model import Element, Mark, PdfDocument
from kanalstrategi.pdf.audit.objects import as_list, as_numbers, get_entry, name_of, text_of
from kanalstrategi.pdf.audit.roles import HEADING_ROLE

MIN_LINKS_OF_CONTENTS = 8
"""A page with at least this many links to other places in the document is a table of contents."""

BOX_TOLERANCE_POINTS = 2.0
"""How far a point may be outside a box."""

_LIST_CHILDREN = {"L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}}
_TOC_CHILDREN = {"TOC": {"TOCI", "TOC", "Caption"}}
"""The roles that the children of lists and tables of contents may have."""

_REQUIRED_PARENTS = {"LI": ("L", "list-structure"), "LBody": ("LI", "list-structure"), "TOCI": ("TOC", "toc-structure")}
"""The role that the parent of an element must have, and the rule to report if it does not."""


def _attribute(document: PdfDocument, element: Element, owner: str, key: str) -> Any:
    """Return an attribute of an element or of its classes (ISO 32000-1, 14.7.5)."""
    class_map = get_entry(get_entry(document.pdf.Root, "/StructTreeRoot"), "/ClassMap")
    classes = [get_entry(class_map, str(name)) for name in as_list(element.raw.get("/C")) if isinstance(name, pikepdf.Name)]
    for group in [*as_list(element.raw.get("/A")), *(group for each in classes for group in as_list(each))]:
        if name_of(get_entry(group, "/O")) == owner and get_entry(group, key) is not None:
            return get_entry(group, key)
    return None


def check_figures(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that an image has a text alternative, and that its box is on the page and contains the middle of the image.

    Only the middle is compared, since an image may be larger than its box and be clipped to it.
    """
    corners: dict[Mark, list[Point]] = defaultdict(list)
    for page in document.pages:
        for item in page.content.items:
            if item.mark and item.text is None:
                corners[item.mark] += item.points
    for element in document.elements:
        if element.role not in ("Figure", "Formula"):
            continue
        text = text_of(element.raw.get("/Alt")) or text_of(element.raw.get("/ActualText"))
        if not text:
            message = "et billede har ingen tekst til den, der ikke kan se det"
            yield PdfDiagnostic("figure-alt", element.page, message, "skriv en billedtekst (alt), eller gør det til pynt")
        if element.role == "Formula" or element.page is None:
            continue
        box = as_numbers(_attribute(document, element, "Layout", "/BBox"))
        name = quoted(text) if text else "uden tekst"
        if len(box) != 4:
            message = f"billedet {name} siger ikke, hvor på siden det står"
            yield PdfDiagnostic("figure-bbox", element.page, message, "sæt /BBox i dets /A")
            continue
        points = [point for mark in document.marks_in(element) for point in corners.get(mark, ())]
        middle = [_middle(bounding_box(points))] if points else []
        page_box = document.pages[element.page - 1].box
        if not _contains(page_box, [(box[0], box[1]), (box[2], box[3])]) or not _contains(box, middle):
            message = f"billedet {name} siger, at det står et andet sted på siden, end det gør"
            yield PdfDiagnostic("figure-bbox", element.page, message, "skriv /BBox i punkter fra sidens nederste hjørne")


def _middle(box: Box) -> Point:
    left, bottom, right, top = box
    return ((left + right) / 2, (bottom + top) / 2)


def _contains(box: tuple[float, ...], points: Iterable[Point]) -> bool:
    """Whether all points are in a box, given by two opposite corners."""
    left, right = min(box[0], box[2]) - BOX_TOLERANCE_POINTS, max(box[0], box[2]) + BOX_TOLERANCE_POINTS
    bottom, top = min(box[1], box[3]) - BOX_TOLERANCE_POINTS, max(box[1], box[3]) + BOX_TOLERANCE_POINTS
    return all(left <= x <= right and bottom <= y <= top for x, y in points)


def check_headings(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that the first heading has level 1 and that headings never go down more than one level at a time."""
    previous = 0
    for element in document.elements:
        if not re.fullmatch(r"H[1-6]", element.role):
            continue
        level = int(element.role[1])
        text = quoted(document.text(element))
        if previous == 0 and level != 1:
            message = f"den første overskrift, {text}, er på niveau {level}"
            yield PdfDiagnostic("heading-first", element.page, message, "begynd med en overskrift på niveau 1")
        elif previous and level > previous + 1:
            message = f"overskriften {text} springer fra niveau {previous} til {level}"
            yield PdfDiagnostic("heading-skip", element.page, message, f"brug niveau {previous + 1}")
        previous = level


def check_empty_elements(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Report headings and links where a screen reader stops but has nothing to read aloud."""
    linked = {index for indices in document.elements_by_annotation.values() for index in indices}
    for element in document.elements:
        is_heading = HEADING_ROLE.fullmatch(element.role)
        if not is_heading and element.role != "Link":
            continue
        marks = document.marks_in(element)
        has_graphics = any(mark in document.graphics for mark in marks)
        if document.text(element) or has_graphics:
            continue
        if not is_heading and not marks and any(part.index in linked for part in document.subtree(element)):
            message = "et link er et klikbart felt uden noget indhold"
            yield PdfDiagnostic("empty", element.page, message, "sæt linkets tekst eller billede ind i dets tag")
        else:
            message = "en overskrift er tom" if is_heading else "et link er tomt"
            yield PdfDiagnostic("empty", element.page, message, "fjern tagget")


def check_tables(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that table headers have a scope, and that rows and cells are in the right places."""
    for element in document.elements:
        parent_role = document.parent_role(element)
        if element.role == "Table" and not any(part.role == "TH" for part in document.subtree(element)):
            message = "en tabel har ingen overskrifter til kolonner eller rækker"
            yield PdfDiagnostic("table-header", element.page, message, "lav de celler, der er overskrifter, som <th>")
        elif element.role == "TH" and name_of(_attribute(document, element, "Table", "/Scope")) not in ("Row", "Column", "Both"):
            name = quoted(document.text(element))
            message = f"tabeloverskriften {name} siger ikke, om den gælder kolonnen eller rækken"
            yield PdfDiagnostic("th-scope", element.page, message, "sæt /Scope i dens /A")
        if element.role in ("TH", "TD") and parent_role != "TR":
            message = f"tabelcellen {quoted(document.text(element))} står ikke i en række"
            yield PdfDiagnostic("table-structure", element.page, message, "sæt den i en TR")
        elif element.role == "TR" and parent_role not in ("Table", "THead", "TBody", "TFoot"):
            yield PdfDiagnostic("table-structure", element.page, "en række står ikke i en tabel", "sæt den i en Table")


def check_lists(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check the parents and children of the elements in lists and tables of contents."""
    yield from _check_children(document, "list-structure", "en liste", _LIST_CHILDREN)
    yield from _check_children(document, "toc-structure", "en indholdsfortegnelse", _TOC_CHILDREN)
    for element in document.elements:
        if element.role in _REQUIRED_PARENTS:
            required, rule = _REQUIRED_PARENTS[element.role]
            if document.parent_role(element) != required:
                message = f"et {element.role}-tag står ikke i {required} ({quoted(document.text(element))})"
                yield PdfDiagnostic(rule, element.page, message, f"sæt det i en {required}")
        items = [child for child in document.children.get(element.index, ()) if child.role in ("LI", "L")]
        if element.role == "L" and not items:
            yield PdfDiagnostic("list-structure", element.page, "en liste har ingen punkter", "fjern den")


def _check_children(document: PdfDocument, rule: str, noun: str, allowed: dict[str, set[str]]) -> Iterator[PdfDiagnostic]:
    for element in document.elements:
        for child in document.children.get(element.index, ()) if element.role in allowed else ():
            if child.role not in allowed[element.role]:
                message = f"{noun} har et {child.tag}-tag, hvor det ikke må stå ({quoted(document.text(child))})"
                names = " eller ".join(sorted(allowed[element.role]))
                yield PdfDiagnostic(rule, child.page, message, f"i {element.role} må kun stå {names}")


def check_table_of_contents(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that a table of contents is tagged as one and has entries."""
    tables = [element for element in document.elements if element.role == "TOC"]
    for element in tables:
        if not any(part.role == "TOCI" for part in document.subtree(element)):
            message = "indholdsfortegnelsen har ingen punkter"
            yield PdfDiagnostic("toc-structure", element.page, message, "lav hvert punkt som TOCI")
    if tables or not document.elements:
        return
    for page in document.pages:
        if sum(1 for annotation in page.annotations if is_internal_link(annotation)) >= MIN_LINKS_OF_CONTENTS:
            message = "indholdsfortegnelsen er ikke mærket som en"
            yield PdfDiagnostic("toc", page.number, message, "brug tags af typen TOC og TOCI")
            return
