"""A small PDF without errors: Typst's of `sample.typ`, with its omissions added, and access to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

from tests.support.project import ROOT

SAMPLE = ROOT / "tests" / "support" / "sample.typ"
# Where the parts of the sample are.
CONTENTS, TABLE, LISTS, LINKS, FIGURE, LAST = 1, 2, 3, 4, 5, 13


def compiled(source: bytes) -> bytes:
    """Return the PDF of a Typst source, with the project's font alone."""
    folder = str(files("fontpkg_ibm_plex_sans").joinpath("files"))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    day = datetime(2026, 11, 28, tzinfo=UTC)
    pdf: bytes = typst.compile(source, font_paths=fonts, format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=day)
    return pdf


def repair(pdf: pikepdf.Pdf) -> None:
    """Add what Typst (0.15) omits: where a link leads, in words."""
    link(pdf).Contents = String("Læs mere om kanaler: https://example.org/side")


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


def attributes(element: Any, owner: str) -> Any:
    """Return the attributes that an element has of an owner, such as `/Layout`."""
    return next(group for group in element.A if str(group.O) == owner)


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


def paint(pdf: pikepdf.Pdf, page: int, before: bytes, after: bytes, place: tuple[int, int] = (99, 99)) -> None:
    """Add a letter to a page, in the middle if nothing else is said, between two operators."""
    font = next(iter(pdf.pages[page - 1].Resources.Font.keys()))
    code = b"q %s BT %s 10 Tf 1 0 0 1 %d %d Tm <0001> Tj ET %s Q" % (before, font.encode(), *place, after)
    pdf.pages[page - 1].contents_add(code)


def paint_in_figure(pdf: pikepdf.Pdf, code: bytes) -> None:
    """Add something to the figure."""
    page = pdf.pages[FIGURE - 1]
    parents = parent_array(pdf, page)
    figure = first(pdf, "/Figure")
    figure.K = Array([*kids(figure), len(parents)])
    page.contents_add(b"/Figure <</MCID %d>> BDC q %s Q EMC" % (len(parents), code))
    parents.append(figure)


def image(pdf: pikepdf.Pdf, page: int) -> None:
    """Add an image to the resources of a page, as /Planted."""
    dot = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    dot.BitsPerComponent, dot.ColorSpace = 8, Name.DeviceGray
    pdf.pages[page - 1].Resources.XObject = Dictionary(Planted=dot)


def form(pdf: pikepdf.Pdf, page: int, content: bytes, resources: Dictionary) -> None:
    """Add a form XObject, painted on a page as an artifact."""
    stream = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, Resources=resources)
    stream.BBox = Array([0, 0, 9, 9])
    resources_of_page = pdf.pages[page - 1].Resources
    if "/XObject" not in resources_of_page:
        resources_of_page.XObject = Dictionary()
    resources_of_page.XObject["/Planted"] = stream
    pdf.pages[page - 1].contents_add(b"/Artifact BMC /Planted Do EMC")
