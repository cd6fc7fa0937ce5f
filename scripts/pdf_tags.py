"""The pass over WeasyPrint's finished PDF that mends what its tags lack (WeasyPrint 70).

Before, links are numbered in the HTML; after, each number becomes the link it stands for, with a
description that says where it leads. A link that breaks over two lines is two annotations, so
nothing but a number tells afterwards which link they are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from lxml.html import HtmlElement
from pikepdf import Array, Dictionary, Name, Object, String

NUMBERED = "http://link.invalid/"  # RFC 2606
POINTS_PER_PIXEL = 0.75
SCHEMES = {"tel": "ring til {}", "mailto": "skriv til {}"}

_MARK = re.compile(rb"^/\w+\n<</MCID (\d+)>>\nBDC$", re.MULTILINE)
_ARTIFACT = b"/Artifact\n<</Type/Pagination>>\nBDC"

Spot = tuple[int, int]
"""A page, counted from 0, and a marked-content id on it."""


@dataclass(frozen=True)
class PrintLink:
    """A link of the print HTML."""

    href: str
    text: str
    is_contents_entry: bool


def number_links(tree: HtmlElement) -> list[PrintLink]:
    """Give each link of a print page a number for an address, and say what they were."""
    links = []
    for element in tree.xpath("//a[@href]"):
        in_contents = bool(element.xpath("ancestor::ol[contains(concat(' ', @class, ' '), ' contents ')]"))
        text = " ".join((element.get("aria-label") or element.text_content()).split())
        links.append(PrintLink(element.get("href"), text, in_contents))
        element.set("href", f"{NUMBERED}{len(links) - 1}")
    return links


def hang_up_icons(tree: HtmlElement) -> None:
    """Icons as backgrounds, which are no content: WeasyPrint tags every picture as a figure, and wants to be told what it shows."""
    for icon in tree.xpath("//img[@class='icon']"):
        icon.tag = "span"
        icon.set("style", f"background-image: url({icon.attrib.pop('src')})")
        del icon.attrib["alt"]


def mend_tags(file: Path, links: list[PrintLink]) -> list[str]:
    """Mend a PDF in place. Gives the targets of internal links that the document does not have."""
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
                _turn_box_over(element)
            elif kind == Name.Link and any(links[number].is_contents_entry for number in _numbers_of(element, numbers)):
                _tag_as_contents(element)
        _make_loose_content_artifacts(pdf)
        # Without an id of its own, the file's would be made of the time.
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return missing


def _elements(element: Object) -> Iterator[Object]:
    """The structure elements below one, in reading order."""
    waiting = [element]
    while waiting:
        kids = _kids(waiting.pop())
        waiting += [kid for kid in reversed(kids) if isinstance(kid, Dictionary) and "/S" in kid]
        yield from waiting[-1:]


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_inside(element: Object, kind: Name) -> bool:
    while "/P" in element:
        element = element.P
        if element.get("/S") == kind:
            return True
    return False


def _restore_links(pdf: pikepdf.Pdf, links: list[PrintLink]) -> tuple[dict[tuple[int, int], int], list[str]]:
    """Gives the number of each annotation, by its object, and the targets that are not there."""
    found = places(pdf)
    numbers: dict[tuple[int, int], int] = {}
    missing: list[str] = []
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            address = str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else ""
            if not address.startswith(NUMBERED):
                continue
            number = int(address.removeprefix(NUMBERED))
            link = links[number]
            numbers[annotation.objgen] = number
            if not link.href.startswith("#"):
                annotation.A[Name.URI] = String(link.href)
                annotation[Name.Contents] = String(_description(link))
            elif (target := link.href[1:]) in found:
                del annotation[Name.A]
                annotation[Name.Dest] = String(target)
                annotation[Name.Contents] = String(f"{link.text}, side {found[target]}")
            else:
                missing.append(link.href)
    return numbers, missing


def _description(link: PrintLink) -> str:
    scheme, _, rest = link.href.partition(":")
    if scheme in SCHEMES:
        return SCHEMES[scheme].format(link.text or rest)
    return link.text if link.text == link.href else f"{link.text}: {link.href}"


def places(pdf: pikepdf.Pdf) -> dict[str, int]:
    """The page that each named place is on, counted from 1."""
    if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
        return {}
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return {name: pages[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


def _gather_body(pdf: pikepdf.Pdf, item: Object) -> None:
    """Put what stands in an item beside its body into the body."""
    labels, bodies, inside, is_whole = [], [], [], True
    for kid in _kids(item):
        kind = kid.get("/S") if isinstance(kid, Dictionary) else None
        if kind == Name.Lbl:
            labels.append(kid)
        elif kind == Name.LBody and not bodies:
            bodies.append(kid)
            inside += _kids(kid)
        else:
            inside.append(kid)
            is_whole = False
    if is_whole:
        return
    body = bodies[0] if bodies else pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg))
    for kid in inside:
        if isinstance(kid, Dictionary) and "/S" in kid:
            kid[Name.P] = body
    body[Name.K] = Array(inside)
    item[Name.K] = Array([*labels, body])


def _turn_box_over(figure: Object) -> None:
    """WeasyPrint measures a figure's box in pixels from the top; PDF in points from the foot."""
    if "/A" not in figure or "/BBox" not in figure.A:
        return
    left, top, right, bottom = (float(number) * POINTS_PER_PIXEL for number in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    figure.A[Name.BBox] = Array([round(left, 3), round(height - bottom, 3), round(right, 3), round(height - top, 3)])


def _numbers_of(link: Object, numbers: dict[tuple[int, int], int]) -> list[int]:
    """Of the links whose annotations an element holds."""
    held = [kid for kid in _kids(link) if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR]
    return [numbers[kid.Obj.objgen] for kid in held if kid.Obj.objgen in numbers]


_AS_CONTENTS = {Name.L: Name.TOC, Name.LI: Name.TOCI, Name.LBody: Name.Reference, Name.Div: Name.NonStruct}


def _tag_as_contents(element: Object) -> None:
    """Make the lists around an entry of the contents a table of contents."""
    while "/P" in element and element.get("/S") != Name.Document:
        element = element.P
        if element.get("/S") in (Name.Sect, Name.Document, Name.TD):
            return
        if element.get("/S") in _AS_CONTENTS:
            element[Name.S] = _AS_CONTENTS[element.S]


def _make_loose_content_artifacts(pdf: pikepdf.Pdf) -> None:
    """Running headers and page numbers are marked as content, but stand outside the tree.

    Found by how WeasyPrint writes a mark, since to parse what is painted takes as long as to draw it. Its letters are numbers, so
    that no text looks like one; and where a mark is missed, the audit finds it.
    """
    in_tree = set(_spots(pdf))
    numbers = dict(zip(pdf.Root.StructTreeRoot.ParentTree.Nums[::2], pdf.Root.StructTreeRoot.ParentTree.Nums[1::2], strict=True))
    for number, page in enumerate(pdf.pages):
        painted = page.Contents.read_bytes()
        loose = [mark for mark in _MARK.finditer(painted) if (number, int(mark[1])) not in in_tree]
        for mark in reversed(loose):
            painted = painted[: mark.start()] + _ARTIFACT + painted[mark.end() :]
            numbers[page.StructParents][int(mark[1])] = None
        if loose:
            page.Contents.write(painted)


def _spots(pdf: pikepdf.Pdf) -> Iterator[Spot]:
    """Where the tree's content stands."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for element in _elements(pdf.Root.StructTreeRoot):
        for kid in _kids(element):
            if isinstance(kid, int):
                yield pages[element.Pg.objgen], kid
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
                yield pages[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)


