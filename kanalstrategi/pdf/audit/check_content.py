"""Checks that everything painted is in the structure tree or declared as decoration."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.pdf.audit.check_marks import check_annotation_parents, check_marks
from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, quoted
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.running_text import find_running_text


def check_content(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that all content is in the structure or an artifact, and that the structure and the pages agree."""
    if not document.elements:
        return  # reported once, for the whole file
    running = find_running_text(document)
    for number, texts in running.items():
        for edge in sorted({text.edge for text in texts}):
            lines = quoted(" … ".join((text.item.text or "").strip() for text in texts if text.edge == edge))
            message = f"{edge}, {lines}, læses op som en del af teksten"
            yield PdfDiagnostic("running-text", number, message, "gør det til /Artifact")
    for page in document.pages:
        untagged = [item for item in page.content.items if item.is_untagged]
        text = " ".join(item.text.strip() for item in untagged if item.text).strip()
        if text:
            message = f"teksten {quoted(text)} står uden for dokumentets struktur"
            yield PdfDiagnostic("untagged", page.number, message, "giv den et tag, eller gør den til /Artifact")
        elif untagged:
            message = "en tegning eller et billede står uden for dokumentets struktur"
            yield PdfDiagnostic("untagged", page.number, message, "giv den et tag, eller gør den til /Artifact")
    reported = {text.item.mark for texts in running.values() for text in texts}
    yield from check_marks(document, reported)
    yield from check_annotation_parents(document)
