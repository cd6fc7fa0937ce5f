"""Repairs the tags in a PDF by WeasyPrint 70.

Before WeasyPrint runs, the links in the HTML are replaced by numbers. Afterwards each number becomes the original link again, with a
description that says where it leads. A link that breaks across two lines becomes two annotations, and only the number shows which
link they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from lxml.html import HtmlElement
from pikepdf import Array, Dictionary, Name, Object, String

NUMBERED_URL = "http://link.invalid/"
"""The start of the URL of a numbered link. No such host can exist (RFC 2606)."""

POINTS_PER_PIXEL = 0.75

DESCRIPTIONS = {"tel": "ring til {}", "mailto": "skriv til {}"}
"""The description of a link, keyed by the scheme of its URL."""

_MARK = re.compile(rb"^/\w+\n<</MCID (\d+)>>\nBDC$", re.MULTILINE)
"""The beginning of marked content in the form that WeasyPrint writes."""

_ARTIFACT = b"/Artifact\n<</Type/Pagination>>\nBDC"

_ROLES_IN_CONTENTS: dict[Object | None, Name] = {Name.L: Name.TOC, Name.LI: Name.TOCI, Name.LBody: Name.Reference, Name.Div: Name.NonStruct}
"""The tags that replace those of a list if it is a table of contents."""

_ObjGen = tuple[int, int]
"""The object and generation number of an object."""

_MarkedContent = tuple[int, int]
"""A page, counted from 0, and a marked-content id on it."""


@dataclass(frozen=True)
class PrintLink:
    """A link in the print HTML."""

    href: str
    """The target of the link. If it begins with `#`, it is a place in the document."""
    text: str
    """The text that a screen reader says."""
    is_contents_entry: bool
    """Whether it is in the table of contents."""


def number_links(tree: HtmlElement) -> list[PrintLink]:
    """Give each link of a print page a URL that ends with its number. Return the original links."""
    links = []
    for element in tree.xpath("//a[@href]"):
        in_contents = bool(element.xpath("ancestor::ol[contains(concat(' ', @class, ' '), ' contents ')]"))
        text = " ".join((element.get("aria-label") or element.text_content()).split())
        links.append(PrintLink(element.get("href"), text, in_contents))
        element.set("href", f"{NUMBERED_URL}{len(links) - 1}")
    return links


def icons_as_backgrounds(tree: HtmlElement) -> None:
    """Turn icons into backgrounds, which are not content. WeasyPrint tags every image as a figure, which needs a text alternative."""
    for icon in tree.xpath("//img[@class='icon']"):
        icon.tag = "span"
        icon.set("style", f"background-image: url({icon.attrib.pop('src')})")
        del icon.attrib["alt"]


def repair_tags(file: Path, links: list[PrintLink]) -> list[str]:
    """Repair a PDF in place. Return the targets of internal links that do not exist in it."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        numbers, missing = _restore_links(pdf, links)
        root = pdf.Root.StructTreeRoot
        for element in list(_elements(root)):
            kind = element.get("/S")
            if kind == Name.LI:
                _gather_body(pdf, element)
            elif kind == Name.TH:
                element.A[Name.Scope] = Name.Column if _is_inside(element, Name.THead) else Name.Row
            elif kind == Name.Figure:
                _flip_box(element)
            elif kind == Name.Link and any(links[number].is_contents_entry for number in _numbers_of(element, numbers)):
                _tag_as_contents(element)
        _make_loose_content_artifacts(pdf)
        # Otherwise the id of the file would depend on the time.
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return missing


def _elements(element: Object) -> Iterator[Object]:
    """Yield the descendants of a structure element in reading order."""
    stack = [element]
    while stack:
        kids = _kids(stack.pop())
        stack += [kid for kid in reversed(kids) if isinstance(kid, Dictionary) and "/S" in kid]
        yield from stack[-1:]


def _kids(element: Object) -> list[Any]:
    """Return the children of an element of the structure tree: elements, references, and numbers of marked content."""
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_inside(element: Object, kind: Name) -> bool:
    while "/P" in element:
        element = element.P
        if element.get("/S") == kind:
            return True
    return False


def _restore_links(pdf: pikepdf.Pdf, links: list[PrintLink]) -> tuple[dict[_ObjGen, int], list[str]]:
    """Set the target and the description of each link annotation.

    Return the number of the link that each annotation belongs to, and the internal targets that do not exist.
    """
    pages = destinations(pdf)
    numbers: dict[_ObjGen, int] = {}
    missing: list[str] = []
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            url = str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else ""
            if not url.startswith(NUMBERED_URL):
                continue
            number = int(url.removeprefix(NUMBERED_URL))
            link = links[number]
            numbers[annotation.objgen] = number
            if not link.href.startswith("#"):
                annotation.A[Name.URI] = String(link.href)
                annotation[Name.Contents] = String(_description(link))
            elif (target := link.href[1:]) in pages:
                del annotation[Name.A]
                annotation[Name.Dest] = String(target)
                annotation[Name.Contents] = String(f"{link.text}, side {pages[target]}")
            else:
                missing.append(link.href)
    return numbers, missing


def _description(link: PrintLink) -> str:
    scheme, _, rest = link.href.partition(":")
    if scheme in DESCRIPTIONS:
        return DESCRIPTIONS[scheme].format(link.text or rest)
    return link.text if link.text == link.href else f"{link.text}: {link.href}"


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Return the page number, counted from 1, of each named destination."""
    if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
        return {}
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return {name: pages[target[0].objgen] for name, target in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


def _gather_body(pdf: pikepdf.Pdf, item: Object) -> None:
    """Move siblings of the body of a list item into the body."""
    labels: list[Object] = []
    bodies: list[Object] = []
    content: list[Object] = []
    is_whole = True
    for kid in _kids(item):
        kind = kid.get("/S") if isinstance(kid, Dictionary) else None
        if kind == Name.Lbl:
            labels.append(kid)
        elif kind == Name.LBody and not bodies:
            bodies.append(kid)
            content += _kids(kid)
        else:
            content.append(kid)
            is_whole = False
    if is_whole:
        return
    body = bodies[0] if bodies else pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg))
    for kid in content:
        if isinstance(kid, Dictionary) and "/S" in kid:
            kid[Name.P] = body
    body[Name.K] = Array(content)
    item[Name.K] = Array([*labels, body])


def _flip_box(figure: Object) -> None:
    """Convert the box of a figure: WeasyPrint measures it in pixels from the top, PDF in points from the bottom."""
    if "/A" not in figure or "/BBox" not in figure.A:
        return
    left, top, right, bottom = (float(number) * POINTS_PER_PIXEL for number in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    figure.A[Name.BBox] = Array([round(left, 3), round(height - bottom, 3), round(right, 3), round(height - top, 3)])


def _numbers_of(element: Object, numbers: dict[_ObjGen, int]) -> list[int]:
    """Return the numbers of the links whose annotations are in an element."""
    references = [kid for kid in _kids(element) if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR]
    return [numbers[reference.Obj.objgen] for reference in references if reference.Obj.objgen in numbers]


def _tag_as_contents(element: Object) -> None:
    """Tag the lists around an entry of the table of contents as a table of contents."""
    while "/P" in element and element.get("/S") != Name.Document:
        element = element.P
        if element.get("/S") in (Name.Sect, Name.Document, Name.TD):
            return
        if role := _ROLES_IN_CONTENTS.get(element.get("/S")):
            element[Name.S] = role


def _make_loose_content_artifacts(pdf: pikepdf.Pdf) -> None:
    """Declare running headers and page numbers as artifacts. WeasyPrint marks them as content but leaves them out of the tree.

    A regular expression for WeasyPrint's marks finds them, since parsing a content stream would take as long as drawing it. Text never
    looks like a mark, because WeasyPrint writes characters as numbers. If a mark were missed, the audit would find it.
    """
    in_tree = set(_content_in_tree(pdf))
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums
    parent_tree = dict(zip(entries[::2], entries[1::2], strict=True))
    for number, page in enumerate(pdf.pages):
        content = page.Contents.read_bytes()
        loose = [mark for mark in _MARK.finditer(content) if (number, int(mark[1])) not in in_tree]
        for mark in reversed(loose):
            content = content[: mark.start()] + _ARTIFACT + content[mark.end() :]
            parent_tree[page.StructParents][int(mark[1])] = None
        if loose:
            page.Contents.write(content)


def _content_in_tree(pdf: pikepdf.Pdf) -> Iterator[_MarkedContent]:
    """Yield the marked content that the structure tree refers to."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for element in _elements(pdf.Root.StructTreeRoot):
        for kid in _kids(element):
            if isinstance(kid, int):
                yield pages[element.Pg.objgen], kid
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
                page = kid.Pg if "/Pg" in kid else element.Pg
                yield pages[page.objgen], int(kid.MCID)
