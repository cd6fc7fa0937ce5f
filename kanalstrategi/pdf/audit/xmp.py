"""Reads the metadata of a PDF in XMP."""

from __future__ import annotations

import pikepdf
from lxml import etree

from kanalstrategi.pdf.audit.objects import get_entry, stream_bytes

DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDF_UA = "{http://www.aiim.org/pdfua/ns/id/}"
PDF_A = "{http://www.aiim.org/pdfa/ns/id/}"


def read_xmp(pdf: pikepdf.Pdf) -> etree._Element | None:
    """Return the metadata of a PDF, or None if it is missing or cannot be read."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(stream_bytes(get_entry(pdf.Root, "/Metadata")), parser)
    except etree.XMLSyntaxError:
        return None


def xmp_values(xmp: etree._Element, name: str) -> list[str]:
    """Return the values of a simple property, which may be written as an attribute or as an element."""
    values = [node.get(name) or "" for node in xmp.iter(f"{RDF}Description")]
    values += [node.text or "" for node in xmp.iter(name)]
    return [value.strip() for value in values if value.strip()]


def titles(xmp: etree._Element) -> list[str]:
    """Return the title in each language."""
    return [(node.text or "").strip() for title in xmp.iter(f"{DC}title") for node in title.iter(f"{RDF}li")]
