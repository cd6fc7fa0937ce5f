"""Adds to the tags of a PDF by Typst (0.15.2) what its Python binding cannot say.

- A cell is the header of its row: `pdf.header-cell` is behind a feature that the binding does not enable (typst-py 0.15).
- What a link is called: Typst writes "side 7" for a link in the document, and the address for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from kanalstrategi.pdf.typst.breaks import SOFT_HYPHEN
from kanalstrategi.pdf.typst.references import Link
from kanalstrategi.pdf.typst.tables import Table

DESCRIPTIONS = {"tel": "ring til {}", "mailto": "skriv til {}"}
"""The description of a link, keyed by the scheme of its URL."""


class UnexpectedTagsError(Exception):
    """The tags are not those of the document, as after a change in Typst."""


def repair_tags(file: Path, links: Sequence[Link], tables: Sequence[Table]) -> None:
    """Repair a PDF in place, given the links and tables of its document in reading order. Raises UnexpectedTagsError."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        elements = list(_elements(pdf.Root.StructTreeRoot))
        _describe_links(pdf, [element for element in elements if Name.Link == element.S], links)
        _name_rows([element for element in elements if Name.Table == element.S], tables)
        with pdf.open_outline() as outline:
            _clean_titles(outline.root)
        # Otherwise the id of the file would depend on the time.
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _describe_links(pdf: pikepdf.Pdf, elements: Sequence[Object], links: Sequence[Link]) -> None:
    places = _Places(pdf)
    waiting = iter(links)
    link, parent = None, None
    for element in elements:
        annotations = [kid.Obj for kid in _kids(element) if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR]
        if not annotations:
            continue
        if link is None or not link.is_series or element.P.objgen != parent:
            link = next((link for link in waiting if places.is_target(annotations[0], link)), None)
        if link is None:
            raise UnexpectedTagsError("a link")
        parent = element.P.objgen
        for annotation in annotations:
            annotation[Name.Contents] = String(_description(link, places.page(annotation)))


class _Places:
    """Where the links of a PDF lead."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self._named = {}
        if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
            self._named = {name: self._page_of(place) for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}

    def is_target(self, annotation: Object, link: Link) -> bool:
        """Whether an annotation can be a link's."""
        if "/A" in annotation and "/URI" in annotation.A:
            return str(annotation.A.URI) == link.href
        return link.href.startswith("#")

    def page(self, annotation: Object) -> int:
        """Return the number of the page that an annotation leads to; 0 if it leads out of the document."""
        if "/A" in annotation and "/URI" in annotation.A:
            return 0
        place = annotation.Dest if "/Dest" in annotation else annotation.A.D
        return self._page_of(place) if isinstance(place, Array) else self._named[str(place)]

    def _page_of(self, place: Object) -> int:
        return self._pages[(place.D if isinstance(place, Dictionary) else place)[0].objgen]


def _description(link: Link, page: int) -> str:
    if page:
        return f"{link.text}, side {page}"
    scheme, _, rest = link.href.partition(":")
    if scheme in DESCRIPTIONS:
        return DESCRIPTIONS[scheme].format(link.text or rest)
    return link.text if link.text == link.href else f"{link.text}: {link.href}"


def _name_rows(elements: Sequence[Object], tables: Sequence[Table]) -> None:
    """Make header cells of rows headers, and let the other cells of their rows refer to them."""
    if len(elements) != len(tables):
        raise UnexpectedTagsError(f"{len(elements)} tables instead of {len(tables)}")
    for number, (element, table) in enumerate(zip(elements, tables, strict=True)):
        parts = [part for part in _kids(element) if part.get("/S") in (Name.TBody, Name.TR)] if table.body else []
        rows = [row for part in parts for row in ([part] if part.S == Name.TR else _kids(part))]  # there is no TBody without a THead
        for row_number, (row, cells) in enumerate(zip(rows, table.body, strict=True)):
            heads = [position for position, cell in enumerate(cells) if cell.is_head]
            names = {position: f"row-{number}-{row_number}-{position}" for position in heads}
            for position, cell in enumerate(_kids(row)):
                attributes = _table_attributes(cell)
                if position in names:
                    cell[Name.S], cell[Name.ID], attributes[Name.Scope] = Name.TH, String(names[position]), Name.Row
                elif names:
                    attributes[Name.Headers] = Array([*attributes.get("/Headers", Array()), *map(String, names.values())])


def _clean_titles(items: Sequence[pikepdf.OutlineItem]) -> None:
    """Remove the soft hyphens of headings from bookmarks, where some programs show them."""
    for item in items:
        item.title = item.title.replace(SOFT_HYPHEN, "")
        _clean_titles(item.children)


def _table_attributes(cell: Object) -> Object:
    attributes = cell.get("/A", Array())
    if not isinstance(attributes, Array):
        attributes = Array([attributes])
    found = next((one for one in attributes if one.get("/O") == Name.Table), None)
    if found is None:
        found = Dictionary(O=Name.Table)
        attributes.append(found)
    cell[Name.A] = attributes
    return next(one for one in cell.A if one.get("/O") == Name.Table)


def _kids(element: Object) -> list[Any]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _elements(root: Object) -> Iterator[Object]:
    """Yield the descendants of a structure element in reading order."""
    waiting = [root]
    while waiting:
        waiting += [kid for kid in reversed(_kids(waiting.pop())) if isinstance(kid, Dictionary) and "/S" in kid]
        yield from waiting[-1:]
