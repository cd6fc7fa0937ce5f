"""Checks that links are in the structure and have a description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, quoted
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.objects import as_integer, get_entry, name_of, object_id, text_of

_HIDDEN = 2
"""The flag of an annotation that is neither shown nor printed (ISO 32000-1, table 165)."""


def is_internal_link(annotation: Any) -> bool:
    """Whether an annotation is a link to another place in the document."""
    if name_of(get_entry(annotation, "/Subtype")) != "Link":
        return False
    return get_entry(annotation, "/Dest") is not None or name_of(get_entry(get_entry(annotation, "/A"), "/S")) == "GoTo"


def check_links(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check every visible link."""
    for page in document.pages:
        for annotation in page.annotations:
            if name_of(annotation.get("/Subtype")) != "Link" or (as_integer(annotation.get("/F")) or 0) & _HIDDEN:
                continue
            target = _link_target(annotation)
            parents = [document.elements[index] for index in document.elements_by_annotation.get(object_id(annotation), ())]
            links = [element for parent in parents for element in (parent, *document.ancestors(parent)) if element.role == "Link"]
            text = document.text(links[0]) if links else ""
            name = quoted(text or target)
            if document.elements and not links:
                message = f"linket {name} er ikke en del af teksten for en skærmlæser"
                yield PdfDiagnostic("link-structure", page.number, message, "sæt det i et Link-tag (OBJR)")
            description = text_of(annotation.get("/Contents"))
            if not description:
                message = f"linket {name} har ingen beskrivelse"
                yield PdfDiagnostic("link-description", page.number, message, "skriv i /Contents, hvor det fører hen")
            elif text and _normalize(description) != _normalize(text) and _normalize(description) == _normalize(target):
                message = f"linket {name} har kun sin adresse som beskrivelse ({quoted(description)})"
                yield PdfDiagnostic("link-description", page.number, message, "skriv i /Contents, hvor det fører hen")


def _link_target(annotation: Any) -> str:
    """Return the URL that a link leads to, or the name of its target in the document."""
    action = get_entry(annotation, "/A")
    for thing in (get_entry(action, "/URI"), get_entry(annotation, "/Dest"), get_entry(action, "/D")):
        if text_of(thing) or name_of(thing):
            return text_of(thing) or name_of(thing)
    return ""


def _normalize(text: str) -> str:
    """Return a URL or text without details that make no difference to a reader: case, space, the scheme and a trailing slash."""
    joined = "".join(text.split()).casefold()
    return re.sub(r"^(?:https?://(?:www\.)?|www\.|mailto:|tel:)", "", joined).rstrip("/.")
