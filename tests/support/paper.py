"""Prints Markdown on paper, and reads where the words of a PDF stand."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
from lxml import etree

from kanalstrategi.markdown.nodes import element
from kanalstrategi.markdown.parser import parse
from kanalstrategi.pdf.audit.document import read_document
from kanalstrategi.pdf.engine import make_pdf
from kanalstrategi.pdf.print_document import DocumentFacts, PrintPage, assemble

FACTS = DocumentFacts("Prøve", "Kommunen", "x", "da", date(2026, 1, 1), "Udskrevet den 1. januar 2026", ("Vedtaget",), "", "pdf/x.pdf")
FIRST_PAGE = 2
"""The page of the PDF on which the Markdown begins: its only chapter goes on below the contents if it is short."""
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Word:
    """A word, or the part of one on a line, and its place in points from the top left corner of its page."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    page_width: float
    page_height: float

    @property
    def is_on_paper(self) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= self.page_width and self.bottom <= self.page_height


def on_paper(markdown: str, folder: Path, images: Mapping[str, bytes] = {}) -> Path:
    """Return the PDF of a document whose only chapter is a page, with images keyed by their place on the site."""
    page = parse(markdown)
    assert not page.diagnostics, page.diagnostics
    for name, content in images.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    opening = PrintPage("", element("div", element("h1", "Prøve")))
    make_pdf(assemble(FACTS, opening, [PrintPage("a/", page.root, source="docs/a.md")]), folder, folder / "x.pdf")
    return folder / "x.pdf"


def words_of(pdf: Path) -> list[Word]:
    """Return the words as they stand on each page, read by Poppler."""
    # Outside the page's box too: Poppler leaves out what is not on the page only when it is told where to look.
    process = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    xml = re.sub(rb"<!DOCTYPE[^>]*>|<meta[^>]*>", b"", process.stdout)
    words = []
    for number, page in enumerate(etree.fromstring(xml, etree.XMLParser(recover=True)).iter("{*}page"), 1):
        width, height = float(page.get("width", "")), float(page.get("height", ""))
        for word in page.iter("{*}word"):
            left, top, right, bottom = (float(word.get(name, "")) for name in ("xMin", "yMin", "xMax", "yMax"))
            words.append(Word(word.text or "", number, left, top, right, bottom, width, height))
    return words


def content_of(pdf: Path) -> str:
    """Return the text of the content without headers, footers and repeated heads, and without spaces and soft hyphens."""
    with pikepdf.open(pdf) as opened:
        document = read_document(opened)
        text = "".join(document.texts.get(mark, "") for part in document.elements for mark in document.marks_by_element.get(part.index, ()))
    return squeezed(text)


def squeezed(text: str) -> str:
    """Return a text without spaces and soft hyphens."""
    return re.sub(f"[\\s{SOFT_HYPHEN}]", "", text)
