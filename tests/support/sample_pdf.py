"""A small PDF without errors: WeasyPrint's, with its omissions added, and access to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

CHAPTERS = 12
FONT = files("fontpkg_ibm_plex_sans").joinpath("files", "IBMPlexSans[wdth,wght].ttf")
STYLE = f"""
@font-face {{ font-family: Plex; src: url("file://{FONT}") }}
@page {{ size: A5; margin: 22mm 15mm; font-family: Plex;
         @top-left {{ content: "Prøvedokument" }} @top-right {{ content: string(chapter) }}
         @bottom-right {{ content: "Side " counter(page) " af " counter(pages) }} }}
html {{ font-family: Plex }} h2 {{ break-before: page; string-set: chapter content() }}
"""
IMAGE = """<svg width="60" height="30" xmlns="http://www.w3.org/2000/svg">
<title>En rød firkant</title><path fill="red" d="M0 0h60v30z"/></svg>"""

# Where the parts of the document below are.
CONTENTS, TABLE, LISTS, LINKS, FIGURE, LAST = 1, 2, 3, 4, 5, CHAPTERS + 1


def document(style: str = "") -> str:
    parts = {
        TABLE: "<table><tr><th>Kanal</th><th>Antal</th></tr><tr><td>Mail</td><td>7</td></tr></table>",
        LISTS: "<ul><li>Et punkt</li><li>Et punkt til</li></ul>",
        LINKS: '<p><a href="https://example.org/side">Læs mere om kanaler</a></p>',
        FIGURE: f"<h3>Et billede</h3><div>{IMAGE}</div>",
    }
    numbers = range(2, CHAPTERS + 2)
    entries = "".join(f'<li><a href="#k{number}">Kapitel nummer {number}</a></li>' for number in numbers)
    chapters = "".join(f'<h2 id="k{number}">Kapitel nummer {number}</h2><p>Ord {number} om sagen.</p>{parts.get(number, "")}' for number in numbers)
    head = f"<title>Prøvedokument</title><style>{STYLE}{style}</style>"
    return f'<!doctype html><html lang="da">{head}<h1>Prøvedokument</h1><ol>{entries}</ol>{chapters}</html>'


def repair(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "/TH"):
        element.A.Scope = Name.Column
    for element in elements(pdf, "/Figure"):
        height = pdf.pages[FIGURE - 1].MediaBox[3]
        left, top, right, bottom = (float(value) * 0.75 for value in element.A.BBox)
        element.A.BBox = Array([left, float(height) - bottom, right, float(height) - top])
    toc = first(pdf, "/L")
    toc.S = Name.TOC
    for entry in toc.K:
        entry.S = Name.TOCI
        for part in entry.K:
            part.S = Name.NonStruct if Name.LBody == part.S else part.S
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            annotation.Contents = String("Gå til kapitlet" if "/Dest" in annotation else "Læs mere om kanaler")
    held = [(element.Pg.objgen, kid) for element in elements(pdf) for kid in kids(element) if isinstance(kid, int)]
    reached = set(held)
    for page in pdf.pages:
        parents = parent_array(pdf, page)
        instructions = []
        for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[misc]  # pikepdf leaves __iter__ out of its types
            number = operands[1].get("/MCID") if str(operator) == "BDC" else None
            if number is not None and (page.objgen, number) not in reached:
                parents[number] = None
                instructions.append(([Name.Artifact, Dictionary(Type=Name.Pagination)], operator))
            else:
                instructions.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def kids(element: Any) -> list[Any]:
    below = element.get("/K", [])
    return list(below) if isinstance(below, Array) else [below]


def elements(pdf: pikepdf.Pdf, tag: str = "") -> Iterator[Any]:
    waiting = kids(pdf.Root.StructTreeRoot)
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, Dictionary) and "/S" in element:
            if tag in ("", str(element.S)):
                yield element
            waiting = kids(element) + waiting


def first(pdf: pikepdf.Pdf, tag: str) -> Any:
    return next(elements(pdf, tag))


def parent_array(pdf: pikepdf.Pdf, page: pikepdf.Page) -> Any:
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    return nums[list(nums)[::2].index(page.StructParents) * 2 + 1]


def link(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[LINKS - 1].Annots[0]


def add(pdf: pikepdf.Pdf, parent: Any, tag: str, page: int | None = None, **entries: Any) -> Any:
    """Add an element at the end of its parent, and return it."""
    values = {"Type": Name.StructElem, "S": Name("/" + tag), "P": parent, **entries}
    element = pdf.make_indirect(Dictionary({"/" + key: value for key, value in values.items()}))
    if page:
        element.Pg = pdf.pages[page - 1].obj
    parent.K = Array([*kids(parent), element])
    return element


def paint(pdf: pikepdf.Pdf, page: int, before: bytes, after: bytes) -> None:
    """Add a letter in the middle of a page, between two operators."""
    font = next(iter(pdf.pages[page - 1].Resources.Font.keys()))
    code = b"q %s BT %s 10 Tf 1 0 0 1 99 99 Tm <0001> Tj ET %s Q" % (before, font.encode(), after)
    pdf.pages[page - 1].contents_add(code)


def form(pdf: pikepdf.Pdf, page: int, content: bytes, resources: Dictionary) -> None:
    """Add a form XObject, painted on a page as an artifact."""
    stream = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, Resources=resources)
    stream.BBox = Array([0, 0, 9, 9])
    resources_of_page = pdf.pages[page - 1].Resources
    if "/XObject" not in resources_of_page:
        resources_of_page.XObject = Dictionary()
    resources_of_page.XObject["/Planted"] = stream
    pdf.pages[page - 1].contents_add(b"/Artifact BMC /Planted Do EMC")
