"""Reads a PDF once for all checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pikepdf

from kanalstrategi.pdf.audit.content_stream import ContentReader
from kanalstrategi.pdf.audit.geometry import Box, bounding_box, intersection
from kanalstrategi.pdf.audit.model import Element, Form, Mark, PdfDocument, PdfPage
from kanalstrategi.pdf.audit.objects import (
    DIRECT,
    ObjGen,
    as_integer,
    as_list,
    as_numbers,
    get_entry,
    get_pairs,
    inherited_entry,
    name_of,
    object_id,
)
from kanalstrategi.pdf.audit.structure_tree import read_number_tree, read_structure
from kanalstrategi.pdf.audit.xmp import read_xmp

_A4: Box = (0.0, 0.0, 595.0, 842.0)
"""The box of a page without one, in points."""


def read_document(pdf: pikepdf.Pdf) -> PdfDocument:
    """Return the content of an open PDF."""
    reader = ContentReader()
    pages = tuple(_read_page(number, page, reader) for number, page in enumerate(pdf.pages, 1))
    pages_of_forms: dict[ObjGen, int] = {}
    for page in pages:
        for id in page.content.forms:
            pages_of_forms.setdefault(id, page.number)
    page_numbers = {**pages_of_forms, **_page_numbers(pages)}
    root = get_entry(pdf.Root, "/StructTreeRoot")
    role_map = {tag[1:]: name_of(role) for tag, role in get_pairs(get_entry(root, "/RoleMap"))}
    tree = read_structure(root, role_map, page_numbers)
    elements_by_mark: dict[Mark, list[int]] = defaultdict(list)
    for index, marks in tree.marks_by_element.items():
        for mark in marks:
            elements_by_mark[mark].append(index)
    children: dict[int, list[Element]] = defaultdict(list)
    for element in tree.elements:
        children[element.parent].append(element)
        if element.page:
            page_numbers.setdefault(element.id, element.page)
    texts, graphics = _painted_by_mark(pages)
    return PdfDocument(
        pdf=pdf,
        xmp=read_xmp(pdf),
        pages=pages,
        forms={
            id: Form(pages_of_forms[id], as_integer(form.get("/StructParents")), content)
            for id, (content, form) in reader.forms.items()
            if id in pages_of_forms
        },
        role_map=role_map,
        elements=tree.elements,
        children={index: tuple(elements) for index, elements in children.items()},
        elements_by_mark={mark: tuple(indices) for mark, indices in elements_by_mark.items()},
        elements_by_annotation={id: tuple(indices) for id, indices in tree.elements_by_annotation.items()},
        marks_by_element={index: tuple(marks) for index, marks in tree.marks_by_element.items()},
        parent_tree=read_number_tree(get_entry(root, "/ParentTree")),
        texts=texts,
        graphics=graphics,
        page_numbers=page_numbers,
    )


def _read_page(number: int, page: pikepdf.Page, reader: ContentReader) -> PdfPage:
    raw = page.obj
    media_box = _read_box(raw, "/MediaBox") or _A4
    return PdfPage(
        number=number,
        id=object_id(raw),
        raw=raw,
        box=intersection(media_box, _read_box(raw, "/CropBox")) or media_box,
        rotation=(as_integer(inherited_entry(raw, "/Rotate")) or 0) % 360,
        struct_parents=as_integer(raw.get("/StructParents")),
        annotations=tuple(thing for thing in as_list(raw.get("/Annots")) if isinstance(thing, pikepdf.Dictionary)),
        content=reader.read(raw.get("/Contents"), object_id(raw), inherited_entry(raw, "/Resources")),
    )


def _read_box(page: pikepdf.Dictionary, key: str) -> Box | None:
    box = as_numbers(inherited_entry(page, key))
    return bounding_box([(box[0], box[1]), (box[2], box[3])]) if len(box) == 4 else None


def _page_numbers(pages: Sequence[PdfPage]) -> dict[ObjGen, int]:
    """Return the page number of each page object, annotation, action and content stream."""
    numbers = {page.id: page.number for page in pages}
    for page in pages:
        for annotation in page.annotations:
            for thing in (annotation, get_entry(annotation, "/A")):
                if object_id(thing) != DIRECT:
                    numbers.setdefault(object_id(thing), page.number)
        for stream in as_list(page.raw.get("/Contents")):
            numbers.setdefault(object_id(stream), page.number)
    return numbers


def _painted_by_mark(pages: Sequence[PdfPage]) -> tuple[dict[Mark, str], frozenset[Mark]]:
    """Return the text of each piece of marked content, and the set of pieces that contain images or shapes."""
    lines: dict[Mark, list[str]] = defaultdict(list)
    graphics = set()
    for page in pages:
        for item in page.content.items:
            if item.mark and item.text is None:
                graphics.add(item.mark)
            elif item.mark:
                lines[item.mark].append(item.text or "")
    return {mark: " ".join(texts) for mark, texts in lines.items()}, frozenset(graphics)
