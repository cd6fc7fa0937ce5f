"""Checks that fonts are embedded and that programs can tell which characters their glyphs represent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.objects import (
    DIRECT,
    ObjGen,
    as_integer,
    as_list,
    get_entry,
    get_pairs,
    inherited_entry,
    name_of,
    object_id,
    text_of,
)

MAX_RESOURCES_PER_PAGE = 100_000
"""The maximum number of resource dictionaries to search for fonts, per page."""

_ENCODINGS = ("WinAnsiEncoding", "MacRomanEncoding", "MacExpertEncoding")
"""The predefined encodings of simple fonts."""

_GLYPH_NAME = re.compile(r"uni(?:[0-9A-F]{4})+|u[0-9A-F]{4,6}|[A-Za-z]|(?!(?:cid|glyph|gid|index)\d)[A-Za-z]{2,}\d*(?:[._]\w+)?|\.notdef")
"""Glyph names that identify a character, such as `a`, `ae` or `uni00E6`, but not `cid123`."""

_SYMBOLIC = 4
"""The flag of a font with characters outside the standard Latin set (ISO 32000-1, table 123)."""


def check_fonts(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check every font of a document."""
    for font, page in _fonts_in_use(document):
        kind = name_of(get_entry(font, "/Subtype"))
        name = name_of(get_entry(font, "/BaseFont")) or name_of(get_entry(font, "/Name")) or kind
        descendants = as_list(get_entry(font, "/DescendantFonts")) if kind == "Type0" else [font]
        descriptors = [get_entry(descendant, "/FontDescriptor") for descendant in descendants]
        keys = ("/FontFile", "/FontFile2", "/FontFile3")
        embedded = [any(isinstance(get_entry(descriptor, key), pikepdf.Stream) for key in keys) for descriptor in descriptors]
        if kind != "Type3" and not (embedded and all(embedded)):
            message = f"skrifttypen {name} følger ikke med filen"
            yield PdfDiagnostic("font-embedded", page, message, "indlejr den, så teksten ser ens ud overalt")
        if not isinstance(get_entry(font, "/ToUnicode"), pikepdf.Stream) and not _has_known_encoding(font, descendants, descriptors):
            message = f"skrifttypen {name} siger ikke, hvilke bogstaver dens tegn er"
            yield PdfDiagnostic("font-unicode", page, message, "lav filen, så skrifttypen får en tabel (/ToUnicode)")


def _has_known_encoding(font: Any, descendants: list[Any], descriptors: list[Any]) -> bool:
    """Whether a font has an encoding from which programs know the characters (ISO 32000-1, 9.10.2)."""
    encoding = get_entry(font, "/Encoding")
    if name_of(get_entry(font, "/Subtype")) == "Type0":
        orders = {text_of(get_entry(get_entry(descendant, "/CIDSystemInfo"), "/Ordering")) for descendant in descendants}
        return bool(orders) and orders <= {"GB1", "CNS1", "Japan1", "Korea1"}
    if name_of(encoding):
        return name_of(encoding) in _ENCODINGS
    flags = [as_integer(get_entry(descriptor, "/Flags")) or 0 for descriptor in descriptors if descriptor is not None]
    is_symbolic = name_of(get_entry(font, "/BaseFont")) in ("Symbol", "ZapfDingbats") or any(flag & _SYMBOLIC for flag in flags)
    has_known_base = name_of(get_entry(encoding, "/BaseEncoding")) in _ENCODINGS or not is_symbolic
    differences = [name_of(thing) for thing in as_list(get_entry(encoding, "/Differences")) if isinstance(thing, pikepdf.Name)]
    if differences and not all(_GLYPH_NAME.fullmatch(name) for name in differences):
        return False
    return bool(differences) or has_known_base


def _fonts_in_use(document: PdfDocument) -> Iterator[tuple[Any, int]]:
    """Yield every font of pages, forms, patterns and fields, with the first page that shows text in it.

    Pages may share their resources, so a font without any text is yielded with the first page that lists it.
    """
    visited: set[ObjGen] = set()
    first_pages: dict[ObjGen, int] = {}
    for page in document.pages:
        for id in page.content.fonts:
            first_pages.setdefault(id, page.number)
    first_pages.pop(DIRECT, None)
    for page in document.pages:
        queue = [inherited_entry(page.raw, "/Resources")]
        for annotation in page.annotations:
            appearances = [appearance for _, appearance in get_pairs(get_entry(annotation, "/AP"))]
            for appearance in [*appearances, *(state for each in appearances for _, state in get_pairs(each))]:
                queue.append(get_entry(appearance, "/Resources"))
        for _ in range(MAX_RESOURCES_PER_PAGE):
            if not queue:
                break
            resources = queue.pop()
            if object_id(resources) in visited:
                continue
            visited |= {object_id(resources)} - {DIRECT}
            states = (get_entry(state, "/Font") for _, state in get_pairs(get_entry(resources, "/ExtGState")))
            fonts = [font for _, font in get_pairs(get_entry(resources, "/Font"))]
            for font in [*fonts, *(next(iter(as_list(state)), None) for state in states)]:
                if object_id(font) not in visited and isinstance(font, pikepdf.Dictionary):
                    visited |= {object_id(font)} - {DIRECT}
                    queue.append(get_entry(font, "/Resources"))
                    yield font, first_pages.get(object_id(font), page.number)
            for kind in ("/XObject", "/Pattern"):
                for _, thing in get_pairs(get_entry(resources, kind)):
                    if object_id(thing) not in visited:
                        visited |= {object_id(thing)} - {DIRECT}
                        queue.append(get_entry(thing, "/Resources"))
