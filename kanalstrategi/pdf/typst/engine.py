"""Makes PDFs with Typst, the default engine: tagged (PDF/UA-1) and archivable (PDF/A-2a).

The compiler works in a new folder that holds the template, the document's content as data, and checked copies of its images: it follows
links inside its folder, so there are none. It has no network, and finds no packages.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from PIL import Image

from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.design.tokens import tokens
from kanalstrategi.markdown.nodes import descendants
from kanalstrategi.pdf.engine import PdfError, icon_bytes, read_site_file
from kanalstrategi.pdf.print_document import PrintDocument
from kanalstrategi.pdf.typst.content import typst_content
from kanalstrategi.pdf.typst.inline import image_file
from kanalstrategi.pdf.typst.references import References

STANDARDS = "ua-1", "a-2a"
TEMPLATE = OVERRIDES / "pdf" / "document.typ"


def make(document: PrintDocument, site: Path, target: Path) -> None:
    images = {src: _image_bytes(src, site) for src in image_urls(document)}
    data, references = typst_content(document, {src: _size(src, content) for src, content in images.items()})
    if references.missing:
        raise PdfError(f"linket {references.missing[0]} fører ingen steder hen i dokumentet")
    with tempfile.TemporaryDirectory(prefix="pdf-") as name:
        folder = Path(name).resolve()
        for src, content in images.items():
            (folder / image_file(src)).parent.mkdir(exist_ok=True)
            (folder / image_file(src)).write_bytes(content)
        (folder / "content.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (folder / "tokens.json").write_text(json.dumps(dict(tokens())), encoding="utf-8")
        (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        pdf, warnings = typst.compile_with_warnings(
            str(folder / TEMPLATE.name), root=str(folder), font_paths=_fonts(), format="pdf", pdf_standards=list(STANDARDS),
            timestamp=1795824000, package_path=str(folder / "none"), package_cache_path=str(folder / "none"),
        )
        for w in warnings:
            print(w.diagnostic[:500])
        target.write_bytes(pdf)


def image_urls(document: PrintDocument) -> Iterator[str]:
    if document.facts.logo:
        yield document.facts.logo
    if document.cover_image:
        yield document.cover_image.src
    for root in (document.opening, *(chapter.root for chapter in document.chapters)):
        yield from (node.attributes["src"] for node in descendants(root) if node.tag == "img" and node.attributes.get("src"))


def _image_bytes(src: str, site: Path) -> bytes:
    kind, _, name = src.partition(":")
    return icon_bytes(name) if kind == "icon" else read_site_file(site, name)


def _size(src: str, content: bytes) -> tuple[int, int]:
    if src.endswith(".svg") or src.startswith("icon:"):
        return 0, 0
    with Image.open(io.BytesIO(content)) as image:
        return image.size


@cache
def _fonts() -> typst.Fonts:
    folders = [str(files(name).joinpath("files")) for name in ("fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_mono")]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
