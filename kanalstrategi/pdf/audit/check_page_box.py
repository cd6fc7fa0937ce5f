"""Checks that all text and all images are on the visible part of their pages."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, quoted
from kanalstrategi.pdf.audit.geometry import Box, bounding_box
from kanalstrategi.pdf.audit.model import EDGE_TOLERANCE_POINTS, Mark, PaintedItem, PdfDocument, PdfPage


def check_page_box(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Report text and images that are partly or wholly outside the page, whether they are in the structure or decoration.

    Shapes that are not part of a figure are backgrounds, edges and printers' marks, which may go over the edge. So may an image that reaches
    from one edge of the page to the opposite one.
    """
    figures = {mark for element in document.elements if element.role in ("Figure", "Formula") for mark in document.marks_in(element)}
    for page in document.pages:
        texts = [item.text.strip() for item in page.content.items if item.text and not item.text.isspace() and not page.contains(item.points)]
        if texts:
            message = f"teksten {quoted(' … '.join(texts))} står helt eller delvist uden for siden"
            yield PdfDiagnostic("outside-page", page.number, message, "gør den smallere, eller lad linjen brydes")
        if any(_is_cut_off(item, page, figures) for item in page.content.items):
            message = "et billede står helt eller delvist uden for siden"
            yield PdfDiagnostic("outside-page", page.number, message, "gør det mindre, eller flyt det")


def _is_cut_off(item: PaintedItem, page: PdfPage, figures: set[Mark]) -> bool:
    """Whether an item is an image or part of a figure that cannot be seen whole."""
    is_picture = item.text is None and (item.is_image or item.mark in figures)
    if not is_picture or not item.points or page.contains(item.points):
        return False
    return not _spans(bounding_box(item.points), page.box)


def _spans(box: Box, page: Box) -> bool:
    """Whether a box is on a page and reaches from one of its edges to the opposite one."""
    (left, bottom, right, top), (first, low, last, high) = box, page
    edge = EDGE_TOLERANCE_POINTS
    is_wide = left <= first + edge and right >= last - edge and bottom < high and top > low
    return is_wide or (bottom <= low + edge and top >= high - edge and left < last and right > first)
