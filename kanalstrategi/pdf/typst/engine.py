"""Makes PDFs with Typst, the default engine: tagged (PDF/UA-1) and archivable (PDF/A-2a).

The compiler works in a new folder that holds the template, the document's content as data, and checked copies of its images: it follows
links inside its folder, so there are none. It has no network, and finds no packages.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
import typst
from PIL import Image

from kanalstrategi.content.languages import LANGUAGES
from kanalstrategi.design.brand_fonts import as_sfnt
from kanalstrategi.design.fallback_fonts import FALLBACK_FONTS, font_folders
from kanalstrategi.design.fonts import CODE_FONT_FOLDER, FONT_FOLDER
from kanalstrategi.design.look import Look
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.markdown.nodes import Element
from kanalstrategi.operating_system import release_memory
from kanalstrategi.pdf.audit.diagnostics import UnreadableError
from kanalstrategi.pdf.audit.runner import audit
from kanalstrategi.pdf.charts import CHART_SCHEME, chart_bytes
from kanalstrategi.pdf.engine import PdfError, forbidden_url, icon_bytes, image_urls, read_site_file
from kanalstrategi.pdf.print_document import PrintDocument
from kanalstrategi.pdf.print_text import print_text
from kanalstrategi.pdf.print_tree import title_of
from kanalstrategi.pdf.typst.content import OWN_FONTS, typst_content
from kanalstrategi.pdf.typst.inline import image_file
from kanalstrategi.pdf.typst.references import UnprintableError
from kanalstrategi.pdf.typst.tag_repair import repair_tags
from kanalstrategi.rendering.chart_model import HEIGHT, WIDTH

MAX_REPORTED_DIAGNOSTICS = 10
"""How many of the audit's diagnostics to list when a document is refused."""

MAX_BYTES_BESIDE_COMPILER = 2_000_000
"""The largest document that is audited while the compiler still holds all that it has laid out."""

_TEMPLATE = OVERRIDES / "pdf" / "document.typ"
_LETTERS = {
    "fallback-fonts": [font.family for font in FALLBACK_FONTS],
    "right-to-left": [code for code, language in LANGUAGES.items() if language.is_rtl],
}
"""What the template knows of fonts and languages."""
_SHOWN_MODES = frozenset(("1", "L", "LA", "P", "RGB", "RGBA"))


def make(document: PrintDocument, site: Path, target: Path) -> None:
    """Write the PDF of a document. URLs that begin with `site:` refer to files in the folder `site`.

    Raises PdfError, which names the page of the site with the error.
    """
    images = {src: _image_bytes(src, site, document.facts.look) for src in dict.fromkeys(image_urls(document))}
    sizes = {src: _size(src, content) for src, content in images.items()}
    try:
        data, references = typst_content(document, sizes)
    except UnprintableError as error:
        raise PdfError(f"{error.source}:{error.line or 1}: {error}") from error
    if references.missing:
        raise PdfError(f"linket #{references.missing[0]} fører ingen steder hen i dokumentet")
    try:
        target.write_bytes(_compile(data, images, document.facts.look))
    except typst.TypstError as error:
        raise PdfError(_failure(document, images, sizes, error)) from error
    repair_tags(target, references.links, references.tables)


def _compile(data: Mapping[str, Any], images: Mapping[str, bytes], look: Look) -> bytes:
    """Return the PDF of some data. Raises TypstError."""
    day = date(*data["day"])
    with tempfile.TemporaryDirectory(prefix="pdf-") as name:
        folder = Path(name).resolve()
        for src, content in images.items():
            file = folder / image_file(src)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
        (folder / "content.json").write_text(json.dumps({**data, **_LETTERS}, ensure_ascii=False), encoding="utf-8", newline="\n")
        (folder / "tokens.json").write_text(json.dumps(look.tokens), encoding="utf-8", newline="\n")
        (folder / _TEMPLATE.name).write_bytes(_TEMPLATE.read_bytes())
        pdf: bytes = typst.compile(
            folder / _TEMPLATE.name,
            root=folder,
            font_paths=_fonts_of(look, folder / "fonts"),
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime.combine(day, time(), UTC),
            package_path=folder / "none",
            package_cache_path=folder / "none",
        )
    return pdf


def _font_folders() -> list[str]:
    """Return the folders of the packages' fonts."""
    return [str(FONT_FOLDER), str(CODE_FONT_FOLDER), *font_folders()]


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of the packages alone, so that a document is the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=_font_folders())


def _fonts_of(look: Look, folder: Path) -> typst.Fonts:
    """Return the fonts of the packages and of the site, whose files are written into a folder that has to last: Typst (0.15) reads them when it needs them."""
    if not look.families:
        return _fonts()
    folder.mkdir()
    for name, family in zip(OWN_FONTS, (look.text, look.headings), strict=True):
        for number, face in enumerate(family.faces if family else ()):
            (folder / f"{name}-{number}.ttf").write_bytes(as_sfnt(face.data, name))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*_font_folders(), str(folder)])


def _image_bytes(src: str, site: Path, look: Look) -> bytes:
    if src.startswith(CHART_SCHEME):
        return chart_bytes(src)
    kind, _, name = src.partition(":")
    if kind == "icon":
        return icon_bytes(name, look)
    if kind != "site":
        raise forbidden_url(src)
    content = read_site_file(site, unquote(name))
    return content if name.endswith(".svg") else _plain_image(content)


def _plain_image(content: bytes) -> bytes:
    """Return an image in a form that Typst (0.15) shows as browsers do and that PDF/A-2a allows: others become 8-bit, without a color profile."""
    with Image.open(io.BytesIO(content)) as image:
        is_shown = image.mode in _SHOWN_MODES and not (image.format == "PNG" and image.getexif())
        if is_shown and _is_archivable(image.info.get("icc_profile") or b"", image.mode):
            return content
        plain = io.BytesIO()
        shades = image.point(lambda shade: shade / 256).convert("L") if image.mode.startswith("I;16") else image.convert("RGBA" if "A" in image.mode else "RGB")
        shades.info.clear()
        shades.save(plain, "PNG")
    return plain.getvalue()


def _is_archivable(profile: bytes, mode: str) -> bool:
    """Whether PDF/A-2a allows a color profile (ISO 19005-2, 6.2.4.2): that of a screen, scanner, printer or color space, and of the image's colors."""
    space = b"GRAY" if mode in ("1", "L", "LA") else b"RGB "
    return not profile or (profile[12:16] in (b"mntr", b"scnr", b"prtr", b"spac") and profile[16:20] == space and profile[8:9] < b"\x05")


def _size(src: str, content: bytes) -> tuple[int, int]:
    """Return the width and height of an image in pixels; 0 for a drawing."""
    if src.startswith(CHART_SCHEME):
        return WIDTH, HEIGHT
    if src.startswith("icon:") or src.endswith(".svg"):
        return 0, 0
    with Image.open(io.BytesIO(content)) as image:
        return image.size


def _failure(document: PrintDocument, images: Mapping[str, bytes], sizes: Mapping[str, tuple[int, int]], error: typst.TypstError) -> str:
    """Return what to tell an editor about an error of the compiler, with the page that it comes from."""
    for chapter in document.chapters:
        alone = replace(document, opening=Element("div"), cover_image=None, chapters=[chapter])
        try:
            _compile(typst_content(alone, sizes)[0], images, document.facts.look)
        except typst.TypstError as found:
            if found.message == error.message:
                return f"{chapter.source}:1: siden kan ikke sættes op på papir ({error.message})"
    return f"{document.opening_source or 'docs/index.md'}:1: dokumentet kan ikke sættes op på papir ({error.message})"


def refuse_inaccessible(document: PrintDocument, file: Path) -> None:
    """Audit a finished PDF. Raises PdfError if it must not be published."""
    if file.stat().st_size > MAX_BYTES_BESIDE_COMPILER:
        _release_memory()
    try:
        diagnostics = audit(file, print_text(document), is_archive=True)
    except UnreadableError as error:
        raise PdfError(f"den kan ikke undersøges: {error}") from error
    if diagnostics:
        first_pages = _first_pages(document, file)
        lines = [
            f"{_source_at(first_pages, diagnostic.page)}:1: {diagnostic.message} – {diagnostic.hint}" for diagnostic in diagnostics[:MAX_REPORTED_DIAGNOSTICS]
        ]
        raise PdfError("den er ikke tilgængelig:\n" + "\n".join(lines))


def _release_memory() -> None:
    """Give the memory of the compiler back: 250 MB of 650 for a document of 300 pages.

    It keeps what it has laid out until it has not been used in ten compilations, and cannot be asked to forget (typst-py 0.15). The C library
    keeps freed memory, too; only glibc can be asked.
    """
    for _ in range(10):
        typst.compile(b" ", font_paths=_fonts())
    release_memory()


def _first_pages(document: PrintDocument, file: Path) -> list[tuple[int, str]]:
    """Return, in order, the page of the PDF on which each page of the site begins, with the page of the site."""
    sources = [document.opening_source] if title_of(document.opening) else []
    sources += [chapter.source for chapter in document.chapters if title_of(chapter.root)]
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        starts = [pages[item.destination[0].objgen] for item in outline.root if isinstance(item.destination, pikepdf.Array)]
    return list(zip(starts, sources, strict=False))


def _source_at(first_pages: list[tuple[int, str]], page: int | None) -> str:
    """Return the page of the site that a page of the PDF belongs to."""
    begun = [source for start, source in first_pages if page is not None and start <= page and source]
    return begun[-1] if begun else "docs/index.md"
