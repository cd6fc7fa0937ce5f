"""Builds elements of WordprocessingML (ECMA-376 part 1, 17), the XML of Word files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARAGRAPH_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "spacing", "ind", "jc")
"""The order in which the properties of a paragraph must stand (ECMA-376 part 1, 17.3.1.26)."""
_MAKER = etree.XMLParser().makeelement
_NAMESPACES = {"w": WORD_NAMESPACE, "r": RELATIONSHIPS_NAMESPACE}

Xml: TypeAlias = etree._Element


def qualified(name: str) -> str:
    """Return the full name of an element or attribute: `w:val`, or `val` for short."""
    prefix, _, local = name.rpartition(":")
    return f"{{{_NAMESPACES[prefix or 'w']}}}{local}"


def w(name: str, /, *children: Xml | Iterable[Xml], **attributes: str | int) -> Xml:
    """Return a new element: `w("spacing", before=40)`. A `_` at the end of an attribute's name is dropped, and one within it stands for `:`."""
    found: Xml = _MAKER(qualified(name), nsmap=_NAMESPACES)
    for key, value in attributes.items():
        found.set(qualified(key.rstrip("_").replace("_", ":")), str(value))
    for child in children:
        if etree.iselement(child):
            found.append(child)
        else:
            found.extend(child)
    return found


def run(text: str, *properties: Xml) -> Xml:
    """Return a run of text with its properties."""
    return w("r", [w("rPr", properties)] if properties else [], _with_text("t", text))


def tab() -> Xml:
    """Return a tab."""
    return w("r", w("tab"))


def _with_text(name: str, text: str) -> Xml:
    found = w(name)
    found.text = text
    found.set(_XML_SPACE, "preserve")
    return found


def paragraph(style: str, *content: Xml | Iterable[Xml], properties: Iterable[Xml] = ()) -> Xml:
    """Return a paragraph in a style, given its id."""
    found = w("p", w("pPr", w("pStyle", val=style)), *content)
    for one in properties:
        set_property(found, one)
    return found


def set_property(paragraph: Xml, one: Xml) -> None:
    """Give a paragraph a property more."""
    properties = paragraph[0]
    place = next((other for other in properties if _place_of(other) > _place_of(one)), None)
    if place is None:
        properties.append(one)
    else:
        place.addprevious(one)


def _place_of(one: Xml) -> int:
    return _PARAGRAPH_ORDER.index(etree.QName(one).localname)


def style_of(block: Xml) -> str:
    """Return the id of a paragraph's style; empty for a table."""
    return str(block[0][0].get(qualified("val"))) if block.tag == qualified("p") else ""


def field(instruction: str) -> list[Xml]:
    """Return a field, such as `PAGE`, which the program that shows the file fills in."""
    marks = {kind: w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")}
    return [marks["begin"], w("r", _with_text("instrText", f" {instruction} ")), marks["separate"], run("1"), marks["end"]]
