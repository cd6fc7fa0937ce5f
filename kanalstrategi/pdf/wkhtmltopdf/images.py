"""Copies images of the site into the only folder that wkhtmltopdf may read."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import unquote

import tinycss2
from lxml import etree
from PIL import Image, UnidentifiedImageError

from kanalstrategi.design.look import Look
from kanalstrategi.pdf.charts import CHART_SCHEME, chart_bytes
from kanalstrategi.pdf.engine import PdfError, forbidden_url, icon_bytes, read_site_file
from kanalstrategi.pdf.wkhtmltopdf.fetching import URL_ATTRIBUTES, local_name, refuse_url, refuse_urls_in_style

SVG_NAMESPACE = "{http://www.w3.org/2000/svg}"

DROPPED_SVG_ELEMENTS = frozenset("animate animateColor animateMotion animateTransform foreignObject script set".split())
"""The elements that are dropped from SVG images. Animations are among them because they can set a URL that was not there before."""


class ImageCopies:
    """Copies images into the only folder that wkhtmltopdf may read."""

    def __init__(self, site: Path, folder: Path, look: Look) -> None:
        self._look = look
        self._site = site
        self._folder = folder
        self._names: dict[str, str] = {}

    def copy(self, url: str) -> str:
        """Copy the image at a `site:`, `icon:` or `chart:` URL, but only once. Return the file name of the copy, which does not depend on the URL."""
        if url not in self._names:
            content, extension = self._read(url)
            name = f"{len(self._names)}.{extension}"
            (self._folder / name).write_bytes(content)
            self._names[url] = name
        return self._names[url]

    def _read(self, url: str) -> tuple[bytes, str]:
        """Return an image in a format that wkhtmltopdf supports, and its extension."""
        if url.startswith(CHART_SCHEME):
            return sanitize_svg(chart_bytes(url), "grafen"), "svg"
        scheme, _, name = unquote(url).partition(":")
        if scheme == "icon":
            return icon_bytes(name, self._look), "svg"
        if scheme != "site":
            raise forbidden_url(url)
        content = read_site_file(self._site, name)
        if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")):
            return content, "png" if content[:1] == b"\x89" else "jpg" if content[:1] == b"\xff" else "gif"
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return sanitize_svg(content, name), "svg"
        return _as_png(content, name), "png"


def _as_png(content: bytes, name: str) -> bytes:
    """Convert WebP and other formats that wkhtmltopdf supports only if Qt's plugins happen to be installed."""
    png = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.convert("RGBA").save(png, "PNG")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise PdfError(f"billedet {name} kan ikke læses") from error
    return png.getvalue()


def sanitize_svg(content: bytes, name: str) -> bytes:
    """Return an SVG without scripts and animations. Raises PdfError if it refers to other files, in any of the ways that a page can."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PdfError(f"billedet {name} kan ikke læses") from error
    for reference in root.iter(etree.Entity):
        raise forbidden_url(reference.text)
    for element in list(root.iter(etree.Element)):
        if not element.tag.startswith(SVG_NAMESPACE) or element.tag.removeprefix(SVG_NAMESPACE) in DROPPED_SVG_ELEMENTS:
            if "}include" in element.tag:
                raise forbidden_url(element.get("href", ""))
            _refuse_svg_urls(element)
            if element is root:
                raise PdfError(f"billedet {name} kan ikke læses")
            element.getparent().remove(element)
            continue
        _refuse_svg_urls(element)
        for attribute in element.attrib:
            if local_name(attribute).startswith("on") or attribute.endswith("}base"):
                del element.attrib[attribute]
    return bytes(etree.tostring(root, encoding="utf-8"))


def _refuse_svg_urls(element: etree._Element) -> None:
    if element.tag == f"{SVG_NAMESPACE}style":
        refuse_urls_in_style(tinycss2.parse_stylesheet("".join(element.itertext())), allowed=())
    for attribute, value in element.attrib.items():
        if local_name(attribute) in URL_ATTRIBUTES and element.tag != f"{SVG_NAMESPACE}a":
            if not re.match("data:image/(png|jpeg|gif);base64,", value.strip()):
                refuse_url(value)
        elif "(" in value or "\\" in value:  # in `fill`, `mask`, `filter` and the like
            refuse_urls_in_style(tinycss2.parse_component_value_list(value), allowed=())
