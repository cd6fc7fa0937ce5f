"""Makes PDFs with wkhtmltopdf, called through pdfkit, the second engine.

wkhtmltopdf renders with the WebKit of 2012 and is no longer maintained, so this engine relies on it as little as
possible. It never gets one of our pages directly: `sanitize` builds a new page from known tags and attributes, with copies
of the images. Its PDF has no title, no bookmarks, no internal links and no page numbers, and it reveals the folder in which it
was made: `finish` corrects all of that with pikepdf.

wkhtmltopdf cannot tag a document, which the document's last page points out.
"""

from __future__ import annotations

import copy
import io
import shutil
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pikepdf
from lxml import html
from lxml.html import HtmlElement

from kanalstrategi.design.look import Look, default_look
from kanalstrategi.pdf.engine import PdfError
from kanalstrategi.pdf.print_document import PrintDocument
from kanalstrategi.pdf.print_html import print_html
from kanalstrategi.pdf.wkhtmltopdf.finish import annotation_url, finish_document
from kanalstrategi.pdf.wkhtmltopdf.page import MARK_BASE, PdfHeading, Position, SanitizedPage
from kanalstrategi.pdf.wkhtmltopdf.runner import PROGRAM, Runner
from kanalstrategi.pdf.wkhtmltopdf.sanitize import sanitize_print_page

MAX_PASSES = 3
"""The maximum number of times that the document is rendered to get its page numbers right."""

MARGINS = {"margin-top": "22mm", "margin-right": "24mm", "margin-bottom": "20mm", "margin-left": "24mm"}

NO_MARGINS = dict.fromkeys(MARGINS, "0mm")


def make(document: PrintDocument, site: Path, target: Path) -> None:
    """Write the PDF of a document, and create the folder of the PDF.

    URLs that begin with `site:` refer to files in the folder `site`. Raises PdfError.
    """
    make_from_html(print_html(document), site, target, document.facts.look)


def make_from_html(html: str, site: Path, target: Path, look: Look | None = None) -> None:
    """Write the PDF of a print page, as `make` does with that of a document."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise PdfError(f"{PROGRAM} findes ikke – installér den med: sudo apt-get install {PROGRAM}")
    with tempfile.TemporaryDirectory(prefix="pdf-") as name:
        folder = Path(name).resolve()
        look = look or default_look()
        runner = Runner(program, folder, look)
        page = sanitize_print_page(html, site, folder, look)
        content = _render(runner, page)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _render(runner: Runner, page: SanitizedPage) -> bytes:
    """Return the finished PDF. The document is rendered again until the page numbers in it are right."""
    before = 0 if page.cover is None else 1
    numbers: dict[str, int] = {}
    for _ in range(MAX_PASSES):
        body = runner.run("body", _inner_html(_with_page_numbers(page.body, numbers)), MARGINS)
        with pikepdf.open(io.BytesIO(body)) as pdf:
            positions = _find_positions(pdf, page.targets, before)
            count = len(pdf.pages)
        previous, numbers = numbers, {id: position.page for id, position in positions.items()}
        if numbers == previous:
            break
    else:
        raise PdfError("sidetallene i indholdsfortegnelsen falder ikke til ro")
    sheets = runner.run("sheets", _running_headers(page, positions, before + 1, before + count), NO_MARGINS)
    cover = None if page.cover is None else runner.run("cover", _inner_html(page.cover), NO_MARGINS)
    return finish_document(page, body, sheets, cover, positions)


def _inner_html(element: HtmlElement) -> str:
    return "".join(html.tostring(child, encoding="unicode") for child in element)


def _with_page_numbers(body: HtmlElement, numbers: dict[str, int]) -> HtmlElement:
    """Return a copy of the body with page numbers in the elements that name a target (`data-to`)."""
    body = copy.deepcopy(body)
    for element in body.xpath(".//*[@data-to]"):
        number = numbers.get(element.attrib.pop("data-to")[1:], 0)
        if element.get("class") in ("page", "on-page"):
            element.text = str(number)
        else:
            text = html.Element("span")
            text.text = f" (side {number})"
            element.append(text)
    return body


def _find_positions(pdf: pikepdf.Pdf, targets: Sequence[str], before: int) -> dict[str, Position]:
    """Return the position of each target, keyed by id. `before` is the number of pages that precede the PDF in the document."""
    positions: dict[str, Position] = {}
    for number, page in enumerate(pdf.pages, before + 1):
        for annotation in page.get("/Annots", []):
            if (url := annotation_url(annotation)).startswith(MARK_BASE):
                left, top = float(annotation.Rect[0]), float(annotation.Rect[3])
                positions.setdefault(targets[int(url.removeprefix(MARK_BASE))], Position(number, left, top))
    return positions


def _running_headers(page: SanitizedPage, positions: dict[str, Position], first: int, last: int) -> str:
    """Return the sheets to lay under the pages after the cover, since wkhtmltopdf does not support running headers."""
    return "".join(
        f'<div class="sheet"><p class="running-title">{escape(page.title)}</p>'
        f'<p class="running-chapter">{escape(_running_chapter(page.headings, positions, number))}</p>'
        f'<p class="running-number">Side {number} af {last}</p></div>'
        for number in range(first, last + 1)
    )


def _running_chapter(headings: Sequence[PdfHeading], positions: dict[str, Position], number: int) -> str:
    """Return the title of the chapter that a page belongs to, or an empty string in the opening."""
    chapters = [heading for heading in headings if heading.level == 1 and heading.id in positions]
    begun = [heading for heading in chapters if positions[heading.id].page <= number]
    if not begun or begun[-1] is chapters[0]:
        return ""
    return begun[-1].title + (" – udkast" if begun[-1].is_draft else "")
