"""Says why an XML file must not stand beside the pages of others on a portal: XHTML, SVG and XSLT in it would run scripts. No I/O."""

from __future__ import annotations

from lxml import etree

from kanalstrategi.sanitizing.xml_files import is_utf8_xml, xml_parser

MAX_XML_BYTES = 5_000_000
"""A sitemap of 5,000 pages in four languages has 3 MB."""
_ELEMENTS = {
    "http://www.sitemaps.org/schemas/sitemap/0.9": ("urlset", "url", "loc", "lastmod"),
    "http://www.w3.org/2005/Atom": ("feed", "author", "category", "entry", "id", "link", "name", "published", "summary", "title", "updated"),
    "http://a9.com/-/spec/opensearch/1.1/": ("OpenSearchDescription", "Description", "InputEncoding", "Language", "LongName", "ShortName", "Url"),
}
"""The elements that the program writes, keyed by their namespace; the first of each is a file's root."""
_ALTERNATE = "{http://www.w3.org/1999/xhtml}link"
"""How a sitemap names the versions of a page in other languages."""
_ATTRIBUTES = frozenset(("href", "hreflang", "label", "rel", "template", "term", "title", "type", "{http://www.w3.org/XML/1998/namespace}lang"))


def fault_of_xml(content: bytes) -> str:
    """Return why an XML file must not be published, in Danish; empty if it may."""
    if len(content) > MAX_XML_BYTES:
        return f"filen fylder mere end {MAX_XML_BYTES // 10**6} MB"
    if not is_utf8_xml(content):
        return "filen er ikke gemt som UTF-8"
    try:
        root = etree.fromstring(content, xml_parser())
    except (etree.XMLSyntaxError, ValueError):
        return "filen kan ikke læses som XML"
    tree, name = root.getroottree(), etree.QName(root)
    allowed = _ELEMENTS.get(name.namespace or "", ("",))
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None or name.localname != allowed[0]:
        return "den slags XML skriver programmet ikke"
    elements = frozenset(f"{{{name.namespace}}}{local}" for local in allowed)
    for element in (*root.itersiblings(preceding=True), *root.itersiblings(), *root.iter()):
        if not isinstance(element.tag, str):  # a processing instruction can name a program that makes HTML of the file
            return "filen har andet end tekst i sig"
        is_known = element.tag in elements or (element.tag == _ALTERNATE and allowed[0] == "urlset" and element.get("rel") == "alternate")
        if not is_known or not _ATTRIBUTES.issuperset(element.keys()):
            return "filen har et element eller en egenskab, som programmet ikke skriver"
    return ""
