"""Runs a PDF engine on a document, and holds the code that all engines share."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import msgspec

from kanalstrategi.design.icons import icon_svg
from kanalstrategi.design.look import Look
from kanalstrategi.markdown.nodes import descendants
from kanalstrategi.pdf.print_document import PrintDocument

ENGINES = {"typst": "kanalstrategi.pdf.typst.engine", "pdfkit": "kanalstrategi.pdf.wkhtmltopdf.engine"}
"""The module of each engine, which has a function `make(document, site, target)` and, if its PDFs have tags,
`refuse_inaccessible(document, target)`. A module is only imported when it is used."""
DEFAULT_ENGINE = "typst"
UNTAGGED_ENGINES = ("pdfkit",)
"""The engines whose PDFs have no tags, so that screen readers cannot navigate them."""
PRELOADED_MODULES = {"typst": ("kanalstrategi.pdf.typst.engine", "mkdocs.__main__")}
"""The modules that each engine needs, which take a process a while to import."""


@dataclass(frozen=True)
class PdfFile:
    """A finished PDF."""

    pages: int
    size: int
    """The size in bytes."""


class PdfError(ValueError):
    """A PDF cannot be made or must not be published. The message says why, in Danish."""


def make_pdf(document: PrintDocument, site: Path, target: Path, engine: str = DEFAULT_ENGINE) -> PdfFile:
    """Write the PDF of a document and audit it. URLs that begin with `site:` refer to files in the folder `site`. Raises PdfError."""
    _module(engine).make(document, site, target)
    return audit_pdf(document, site, target, engine)


def lay_out_pdf(document: PrintDocument, site: Path, target: Path, engine: str) -> PdfFile:
    """Write the PDF of a document, as `make_pdf` does, without auditing it. Raises PdfError."""
    _module(engine).make(document, site, target)
    return _facts(target)


def audit_pdf(document: PrintDocument, site: Path, target: Path, engine: str) -> PdfFile:
    """Audit the PDF of a document, unless the engine's PDFs have no tags. Raises PdfError if it must not be published."""
    if engine not in UNTAGGED_ENGINES:
        _module(engine).refuse_inaccessible(document, target)
    return _facts(target)


def _module(engine: str) -> ModuleType:
    return importlib.import_module(ENGINES[engine])


def _facts(file: Path) -> PdfFile:
    import pikepdf  # imported here, so that a build without PDFs does not wait for it

    with pikepdf.open(file) as pdf:
        return PdfFile(len(pdf.pages), file.stat().st_size)


def read_site_file(site: Path, name: str) -> bytes:
    """Return the content of a file for a document. Raises PdfError unless it is a regular file in the site's folder."""
    site = site.resolve()
    file = site / name
    try:
        if not file.is_symlink() and file.resolve().is_relative_to(site) and file.is_file():
            return file.read_bytes()
    except (OSError, ValueError) as error:  # not a valid file name
        raise PdfError(f"filen {name} findes ikke på siden") from error
    raise PdfError(f"filen {name} findes ikke på siden")


def icon_bytes(name: str, look: Look) -> bytes:
    """Return the SVG of an icon in the same color as on the site: that of links, or of the token after an `@`. Raises PdfError."""
    name, _, token = name.partition("@")
    if (svg := icon_svg(name)) and (color := look.tokens.get(f"--k-{token or 'link'}")):
        return svg.replace("<svg ", f'<svg fill="{color}" ', 1).encode()
    raise PdfError(f"ikonet {name} findes ikke")


def forbidden_url(url: str) -> PdfError:
    """Return the error for a URL that documents may not load."""
    return PdfError(f"adressen {url} må ikke hentes under bygningen")


def image_urls(document: PrintDocument) -> Iterator[str]:
    """Yield the URLs of a document's images. The same one may come several times."""
    if document.facts.logo:
        yield document.facts.logo
    if document.cover_image:
        yield document.cover_image.src
    for root in (document.opening, *(chapter.root for chapter in document.chapters)):
        yield from (node.attributes["src"] for node in descendants(root) if node.tag == "img" and node.attributes.get("src"))


def pdf_source(document: PrintDocument, site: Path, engine: str) -> tuple[bytes, ...]:
    """Return everything that a PDF depends on, except the program, as a cache key."""
    names = sorted({src.removeprefix("site:") for src in image_urls(document) if src.startswith("site:")})
    images = [part for name in names for part in (name.encode(), _image_bytes(site, unquote(name)))]
    return (engine.encode(), os.environ.get("SOURCE_DATE_EPOCH", "").encode(), msgspec.msgpack.encode(document), *images)


def encode_pdf(pdf: PdfFile, file: Path) -> bytes:
    """Return a finished PDF and its number of pages as a single cache entry."""
    return b"%d\n" % pdf.pages + file.read_bytes()


def write_encoded_pdf(encoded: bytes, target: Path) -> PdfFile:
    """Write the PDF in a cache entry that `encode_pdf` returned."""
    pages, _, content = encoded.partition(b"\n")
    target.write_bytes(content)
    return PdfFile(int(pages), len(content))


def _image_bytes(site: Path, name: str) -> bytes:
    try:
        return read_site_file(site, name)
    except PdfError:  # the engine will report it
        return b""
