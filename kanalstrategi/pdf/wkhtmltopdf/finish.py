"""Combines the PDFs by wkhtmltopdf into one document with links, bookmarks and metadata."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Sequence
from urllib.parse import quote

import pikepdf

from kanalstrategi.pdf.engine import PdfError
from kanalstrategi.pdf.wkhtmltopdf.page import LINK_BASE, PdfHeading, PdfLink, Position, SanitizedPage
from kanalstrategi.pdf.wkhtmltopdf.runner import PROGRAM


def annotation_url(annotation: pikepdf.Object) -> str:
    """Return the URL of a link annotation, or an empty string if it has none."""
    return str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else ""


def finish_document(page: SanitizedPage, body: bytes, sheets: bytes, cover: bytes | None, positions: dict[str, Position]) -> bytes:
    """Return the finished PDF.

    `body`, `sheets` and `cover` are PDFs: the pages, a sheet to lay under each of them, and the cover that precedes them.
    `positions` are the positions of the targets, keyed by id.
    """
    with contextlib.ExitStack() as stack:
        pdf, sheet_pdf = (stack.enter_context(pikepdf.open(io.BytesIO(content))) for content in (body, sheets))
        if len(sheet_pdf.pages) != len(pdf.pages):
            raise PdfError(f"{PROGRAM} gik i stå: der er ikke lige mange sider og sidetal")
        for number, (content, sheet) in enumerate(zip(pdf.pages, sheet_pdf.pages, strict=True)):
            # The sheet goes under the page, since it has a white background. `add_underlay` is not used, because it generates a random name.
            name = pikepdf.Name(f"/Sheet{number}")
            content.add_resource(pdf.copy_foreign(sheet.as_form_xobject()), pikepdf.Name.XObject, name)
            content.contents_add(b"q %s Do Q" % bytes(name), prepend=True)
        if cover is not None:
            pdf.pages.insert(0, stack.enter_context(pikepdf.open(io.BytesIO(cover))).pages[0])
        _rename_fonts(pdf)
        _make_links(pdf, page.links, positions)
        _make_named_destinations(pdf, positions)
        _make_outline(pdf, page.headings, positions)
        _set_metadata(pdf, page)
        pdf.remove_unreferenced_resources()
        renumbered, packed = io.BytesIO(), io.BytesIO()
        # Saved twice, because objects are only renumbered when they are written one by one. In object streams they keep their old order.
        pdf.save(renumbered, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        with pikepdf.open(renumbered) as same:
            same.save(packed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return packed.getvalue()


def _rename_fonts(pdf: pikepdf.Pdf) -> None:
    """Give the fonts names that depend on their content.

    Qt names fonts by the order in which it writes them. The order depends on the path of their folder, which is different each time.
    """
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.FontDescriptor:
            digest = hashlib.sha256(thing.FontFile2.read_bytes()).digest()
            tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
            thing.FontName = pikepdf.Name(f"/{tag}+{str(thing.FontName).rpartition('+')[2]}")
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontDescriptor" in thing:
            thing.BaseFont = thing.FontDescriptor.FontName


def _make_links(pdf: pikepdf.Pdf, links: Sequence[PdfLink], positions: dict[str, Position]) -> None:
    """Replace all annotations with links to their targets. This removes the marks and all of wkhtmltopdf's own annotations."""
    for page in pdf.pages:
        annotations = []
        for annotation in page.get("/Annots", []):
            url = annotation_url(annotation)
            if not url.startswith(LINK_BASE):
                continue
            link = links[int(url.removeprefix(LINK_BASE))]
            replacement = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=annotation.Rect,
                Border=[0, 0, 0],
                Contents=pikepdf.String(link.text),
            )
            if not link.target.startswith("#"):
                replacement.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=_as_ascii(link.target))
            elif link.target[1:] in positions:
                replacement.Dest = pikepdf.String(link.target[1:])
            else:
                continue
            annotations.append(pdf.make_indirect(replacement))
        if "/Annots" in page:
            del page["/Annots"]
        if annotations:
            page.Annots = pikepdf.Array(annotations)


def _as_ascii(url: str) -> pikepdf.String:
    """Return a URL in ASCII, as PDF requires. Characters that are already escaped stay unchanged."""
    return pikepdf.String(quote(url, safe="%!#$&'()*+,/:;=?@[]~"))


def _destination(pdf: pikepdf.Pdf, position: Position) -> pikepdf.Array:
    return pikepdf.Array([pdf.pages[position.page - 1].obj, pikepdf.Name.XYZ, position.left, position.top, 0])


def _make_named_destinations(pdf: pikepdf.Pdf, positions: dict[str, Position]) -> None:
    """Give the targets the same names as in the HTML, so that URLs like `kanalstrategi.pdf#strategi-formaal` work."""
    names: list[pikepdf.Object] = []
    for name in sorted(map(pikepdf.String, positions), key=bytes):
        names += [name, _destination(pdf, positions[str(name)])]
    pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(names)))


def _make_outline(pdf: pikepdf.Pdf, headings: Sequence[PdfHeading], positions: dict[str, Position]) -> None:
    """Make a bookmark for each heading."""
    with pdf.open_outline() as outline:
        for heading in headings:
            if heading.id not in positions:
                continue
            item = pikepdf.OutlineItem(heading.title, _destination(pdf, positions[heading.id]))
            siblings = outline.root[-1].children if heading.level == 2 and outline.root else outline.root
            siblings.append(item)


def _set_metadata(pdf: pikepdf.Pdf, page: SanitizedPage) -> None:
    """Set the title, author, dates and language, and make PDF viewers show the title and the bookmarks."""
    created = f"D:{page.created:%Y%m%d}000000Z"
    info = {
        "/Title": page.title,
        "/Author": page.author,
        "/Subject": page.description,
        "/Creator": f"{PROGRAM} (pdfkit)",
        "/Producer": str(pdf.docinfo.get("/Producer", "Qt")),
        "/CreationDate": created,
        "/ModDate": created,
    }
    del pdf.docinfo
    for name, value in info.items():
        if value:
            pdf.docinfo[name] = value
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.load_from_docinfo(pdf.docinfo)
        if page.language:
            xmp["dc:language"] = {page.language}
    if page.language:
        pdf.Root.Lang = pikepdf.String(page.language)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    if page.headings:
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
