"""Checks a document as a whole: damage, declarations, metadata, languages, custom tags and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, quoted
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.objects import get_entry, name_of, text_of
from kanalstrategi.pdf.audit.roles import HEADING_ROLE, STANDARD_ROLES
from kanalstrategi.pdf.audit.xmp import PDF_UA, titles, xmp_values

_PDF_2_ROLE = re.compile(r"H[1-9]\d*|DocumentFragment|Aside|Title|FENote|Sub|Em|Strong|Artifact")
"""The structure types that ISO 32000-2 added, for elements that declare its namespace."""

_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}|[xi](?=-))(?:-[A-Za-z0-9]{1,8})*")
"""A language code whose parts have valid lengths (RFC 5646)."""

MAX_PAGES_WITHOUT_BOOKMARKS = 10
"""Documents with headings and more pages than this must have bookmarks."""

_ENCRYPTION_ALLOWS_ACCESSIBILITY = 1 << 9
"""Bit 10 of /P, which lets screen readers extract the text (ISO 32000-1, table 22)."""


def check_damage(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Report unreadable parts of the file."""
    if document.pdf.get_warnings():
        message = "filen er beskadiget og kun læst så godt, det kunne lade sig gøre"
        yield PdfDiagnostic("damaged", None, message, "lav den igen")
    for page in document.pages:
        streams = [page.content, *(document.forms[form].content for form in page.content.forms if form in document.forms)]
        if not all(stream.is_readable for stream in streams):
            yield PdfDiagnostic("damaged", page.number, "noget af sidens indhold kan ikke læses", "lav filen igen")


def check_declarations(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check the entries of the document catalog."""
    root = document.pdf.Root
    if get_entry(get_entry(root, "/MarkInfo"), "/Marked") is not True:
        yield PdfDiagnostic("marked", None, "filen siger ikke, at den har tags", "sæt /Marked til true i /MarkInfo")
    if not document.elements:
        message = "filen har ingen tags, så en skærmlæser kender hverken overskrifter, lister eller tabeller"
        yield PdfDiagnostic("structure", None, message, "lav filen med et program, der sætter tags (PDF/UA)")
    if get_entry(get_entry(root, "/ViewerPreferences"), "/DisplayDocTitle") is not True:
        message = "vinduet viser filens navn i stedet for dokumentets titel"
        yield PdfDiagnostic("display-title", None, message, "sæt /DisplayDocTitle til true i /ViewerPreferences")
    language = text_of(get_entry(root, "/Lang"))
    if not language:
        yield PdfDiagnostic("lang", None, "dokumentets sprog mangler", 'sæt sproget, for eksempel <html lang="da">')
    elif not _LANGUAGE.fullmatch(language):
        yield PdfDiagnostic("lang", None, f"sproget {quoted(language)} findes ikke", "brug en sprogkode som da eller en-GB")
    if document.pdf.is_encrypted and not document.pdf.encryption.P & _ENCRYPTION_ALLOWS_ACCESSIBILITY:
        message = "filens beskyttelse forbyder skærmlæsere at læse den"
        yield PdfDiagnostic("encryption", None, message, "gem den uden beskyttelse")


def check_metadata(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check the XMP metadata: the title and the claim to conform to PDF/UA-1."""
    info_title = text_of(get_entry(get_entry(document.pdf.trailer, "/Info"), "/Title"))
    xmp = document.xmp
    if xmp is None:
        message = "oplysningerne om dokumentet (XMP) mangler eller kan ikke læses"
        yield PdfDiagnostic("metadata", None, message, "lav filen med XMP-metadata")
        return
    if "1" not in xmp_values(xmp, f"{PDF_UA}part"):
        message = "filen siger ikke, at den følger PDF/UA-1"
        yield PdfDiagnostic("pdfua-id", None, message, "skriv pdfuaid:part = 1 i XMP, når resten er i orden")
    named = titles(xmp)
    if not any(named):
        yield PdfDiagnostic("title", None, "dokumentets titel mangler", "giv det en titel (dc:title i XMP, <title> i HTML)")
    elif info_title and info_title not in named:
        message = f"titlen er {quoted(named[0])} ét sted (XMP) og {quoted(info_title)} et andet (Info)"
        yield PdfDiagnostic("title-differs", None, message, "skriv den samme titel begge steder")


def check_tab_order(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that the tab key follows the structure on pages with links or fields."""
    for page in document.pages:
        if page.annotations and name_of(page.raw.get("/Tabs")) != "S":
            message = "tabulatortasten følger ikke dokumentets rækkefølge"
            yield PdfDiagnostic("tab-order", page.number, message, "sæt /Tabs til /S på siden")


def check_role_map(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that each tag is a standard type or is mapped to one, and that no standard type is remapped."""
    reported = set()
    for element in document.elements:
        is_of_pdf_2 = "/NS" in element.raw and _PDF_2_ROLE.fullmatch(element.tag)
        if element.role not in STANDARD_ROLES and not is_of_pdf_2 and element.tag not in reported:
            reported.add(element.tag)
            message = f"tagget {quoted(element.tag)} findes ikke og er ikke forklaret"
            yield PdfDiagnostic("role-map", element.page, message, "brug et af standardens tags, eller forklar det i /RoleMap")
    for tag, role in document.role_map.items():
        if tag in STANDARD_ROLES and tag != role:
            message = f"standardens tag {quoted(tag)} er lavet om til {quoted(role)}"
            yield PdfDiagnostic("role-map", None, message, "fjern det fra /RoleMap")


def check_languages(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check the language codes for parts of the text."""
    found = [(text_of(element.raw.get("/Lang")), element.page) for element in document.elements if "/Lang" in element.raw]
    found += [(language, page.number) for page in document.pages for language in page.content.languages]
    found += [(language, form.page) for form in document.forms.values() for language in form.content.languages]
    for language, page in found:
        if not _LANGUAGE.fullmatch(language):
            message = f"sproget {quoted(language)} på en del af teksten findes ikke"
            yield PdfDiagnostic("lang-part", page, message, "brug en sprogkode som da eller en-GB")


def check_bookmarks(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that a long document with headings has bookmarks."""
    has_headings = any(HEADING_ROLE.fullmatch(element.role) for element in document.elements)
    if len(document.pages) <= MAX_PAGES_WITHOUT_BOOKMARKS or not has_headings:
        return
    if get_entry(get_entry(document.pdf.Root, "/Outlines"), "/First") is None:
        message = f"et dokument på {len(document.pages)} sider har ingen bogmærker"
        yield PdfDiagnostic("bookmarks", None, message, "lav bogmærker af overskrifterne")
