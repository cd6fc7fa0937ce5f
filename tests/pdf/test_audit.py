"""The audit finds nothing in a correct file, and finds every error that is planted in a copy."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Name, String

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, UnreadableError
from kanalstrategi.pdf.audit.runner import audit
from tests.support.project import ROOT

CHAPTERS = 12
FONT = files("fontpkg_ibm_plex_sans").joinpath("files", "IBMPlexSans[wdth,wght].ttf")
STYLE = f"""
@font-face {{ font-family: Plex; src: url("file://{FONT}") }}
@page {{ size: A5; margin: 22mm 15mm; font-family: Plex;
         @top-left {{ content: "Prøvedokument" }} @top-right {{ content: string(chapter) }}
         @bottom-right {{ content: "Side " counter(page) " af " counter(pages) }} }}
html {{ font-family: Plex }} h2 {{ break-before: page; string-set: chapter content() }}
"""
IMAGE = """<svg width="60" height="30" xmlns="http://www.w3.org/2000/svg">
<title>En rød firkant</title><path fill="red" d="M0 0h60v30z"/></svg>"""

# Where the parts of the document below are.
CONTENTS, TABLE, LISTS, LINKS, FIGURE, LAST = 1, 2, 3, 4, 5, CHAPTERS + 1


def document(style: str = "") -> str:
    parts = {
        TABLE: "<table><tr><th>Kanal</th><th>Antal</th></tr><tr><td>Mail</td><td>7</td></tr></table>",
        LISTS: "<ul><li>Et punkt</li><li>Et punkt til</li></ul>",
        LINKS: '<p><a href="https://example.org/side">Læs mere om kanaler</a></p>',
        FIGURE: f"<h3>Et billede</h3><div>{IMAGE}</div>",
    }
    numbers = range(2, CHAPTERS + 2)
    entries = "".join(f'<li><a href="#k{number}">Kapitel nummer {number}</a></li>' for number in numbers)
    chapters = "".join(f'<h2 id="k{number}">Kapitel nummer {number}</h2><p>Ord {number} om sagen.</p>{parts.get(number, "")}' for number in numbers)
    head = f"<title>Prøvedokument</title><style>{STYLE}{style}</style>"
    return f'<!doctype html><html lang="da">{head}<h1>Prøvedokument</h1><ol>{entries}</ol>{chapters}</html>'


# A correct file: WeasyPrint's, with its omissions added


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("audit") / "raw.pdf"
    weasyprint.HTML(string=document()).write_pdf(file, pdf_variant="pdf/ua-1")
    return file


@pytest.fixture(scope="module")
def base(raw: Path) -> Path:
    file = raw.with_name("base.pdf")
    with pikepdf.open(raw) as pdf:
        repair(pdf)
        pdf.save(file)
    return file


def repair(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "/TH"):
        element.A.Scope = Name.Column
    for element in elements(pdf, "/Figure"):
        height = pdf.pages[FIGURE - 1].MediaBox[3]
        left, top, right, bottom = (float(value) * 0.75 for value in element.A.BBox)
        element.A.BBox = Array([left, float(height) - bottom, right, float(height) - top])
    toc = first(pdf, "/L")
    toc.S = Name.TOC
    for entry in toc.K:
        entry.S = Name.TOCI
        for part in entry.K:
            part.S = Name.NonStruct if Name.LBody == part.S else part.S
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            annotation.Contents = String("Gå til kapitlet" if "/Dest" in annotation else "Læs mere om kanaler")
    held = [(element.Pg.objgen, kid) for element in elements(pdf) for kid in kids(element) if isinstance(kid, int)]
    reached = set(held)
    for page in pdf.pages:
        parents = parent_array(pdf, page)
        instructions = []
        for operands, operator in pikepdf.parse_content_stream(page):
            number = operands[1].get("/MCID") if str(operator) == "BDC" else None
            if number is not None and (page.objgen, number) not in reached:
                parents[number] = None
                instructions.append(([Name.Artifact, Dictionary(Type=Name.Pagination)], operator))
            else:
                instructions.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


# Access to its parts


def kids(element: Any) -> list[Any]:
    below = element.get("/K", [])
    return list(below) if isinstance(below, Array) else [below]


def elements(pdf: pikepdf.Pdf, tag: str = "") -> Iterator[Any]:
    waiting = kids(pdf.Root.StructTreeRoot)
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, Dictionary) and "/S" in element:
            if tag in ("", str(element.S)):
                yield element
            waiting = kids(element) + waiting


def first(pdf: pikepdf.Pdf, tag: str) -> Any:
    return next(elements(pdf, tag))


def parent_array(pdf: pikepdf.Pdf, page: pikepdf.Page) -> Any:
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    return nums[list(nums)[::2].index(page.StructParents) * 2 + 1]


def link(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[LINKS - 1].Annots[0]


def add(pdf: pikepdf.Pdf, parent: Any, tag: str, page: int | None = None, **entries: Any) -> Any:
    """Add an element at the end of its parent, and return it."""
    values = {"Type": Name.StructElem, "S": Name("/" + tag), "P": parent, **entries}
    element = pdf.make_indirect(Dictionary({"/" + key: value for key, value in values.items()}))
    if page:
        element.Pg = pdf.pages[page - 1].obj
    parent.K = Array([*kids(parent), element])
    return element


def paint(pdf: pikepdf.Pdf, page: int, before: bytes, after: bytes) -> None:
    """Add a letter in the middle of a page, between two operators."""
    font = next(iter(pdf.pages[page - 1].Resources.Font.keys()))
    code = b"q %s BT %s 10 Tf 1 0 0 1 99 99 Tm <0001> Tj ET %s Q" % (before, font.encode(), after)
    pdf.pages[page - 1].contents_add(code)


def form(pdf: pikepdf.Pdf, page: int, content: bytes, resources: Dictionary) -> None:
    """Add a form XObject, painted on a page as an artifact."""
    stream = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, Resources=resources)
    stream.BBox = Array([0, 0, 9, 9])
    resources_of_page = pdf.pages[page - 1].Resources
    if "/XObject" not in resources_of_page:
        resources_of_page.XObject = Dictionary()
    resources_of_page.XObject["/Planted"] = stream
    pdf.pages[page - 1].contents_add(b"/Artifact BMC /Planted Do EMC")


# The errors

Plant = Callable[[pikepdf.Pdf], object]


def change_xmp(old: str, new: str) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        text, count = re.subn(old, new, pdf.Root.Metadata.read_bytes().decode(), flags=re.DOTALL)
        assert count
        pdf.Root.Metadata.write(text.encode())

    return plant


def wrong_docinfo(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Noget andet"


def no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def figure_on_another_place(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/Figure").A.BBox = Array([0, 0, 5000, 20])


def image_outside_its_box(pdf: pikepdf.Pdf) -> None:
    """Put an image into the figure, far from its bounding box."""
    image = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceGray
    page = pdf.pages[FIGURE - 1]
    page.Resources.XObject = Dictionary(Planted=image)
    parents = parent_array(pdf, page)
    figure = first(pdf, "/Figure")
    figure.K = Array([*kids(figure), len(parents)])
    page.contents_add(b"/Figure <</MCID %d>> BDC q 9 0 0 9 300 20 cm /Planted Do Q EMC" % len(parents))
    parents.append(figure)


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H3").S = Name.H4


def first_heading_low(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H1").S = Name.H2


def empty_heading(pdf: pikepdf.Pdf) -> None:
    add(pdf, first(pdf, "/Document"), "H2", LAST)


def no_th(pdf: pikepdf.Pdf) -> None:
    for element in list(elements(pdf, "/TH")):
        element.S = Name.TD


def cell_outside_row(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/TR").S = Name.Div


def list_child(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/LBody").S = Name.P


def item_outside_list(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/L").S = Name.Sect


def toc_as_list(pdf: pikepdf.Pdf) -> None:
    toc = first(pdf, "/TOC")
    toc.S = Name.L
    for entry in toc.K:
        entry.S = Name.LI
        for part in entry.K:
            part.S = Name.LBody if Name.NonStruct == part.S else part.S


def toc_child(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/TOCI").S = Name.P


def description(text: str) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        link(pdf).Contents = String(text)

    return plant


def no_description(pdf: pikepdf.Pdf) -> None:
    del link(pdf).Contents


def place_as_description(pdf: pikepdf.Pdf) -> None:
    annotation = pdf.pages[CONTENTS - 1].Annots[0]
    annotation.Contents = annotation.Dest


def link_outside_structure(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "/Link"):
        element.K = Array([kid for kid in kids(element) if isinstance(kid, int) or kid.Obj.objgen != link(pdf).objgen])


def link_in_paragraph(pdf: pikepdf.Pdf) -> None:
    element = next(one for one in elements(pdf, "/Link") if one.Pg.objgen == pdf.pages[LINKS - 1].objgen)
    element.S = Name.Span


def stray_mark(pdf: pikepdf.Pdf) -> None:
    paint(pdf, LAST, b"/P <</MCID 900>> BDC", b"EMC")


def stray_mark_in_form(pdf: pikepdf.Pdf) -> None:
    fonts = Dictionary(Font=pdf.pages[LAST - 1].Resources.Font)
    name = next(iter(fonts.Font.keys())).encode()
    form(pdf, LAST, b"/P <</MCID 0>> BDC BT %s 9 Tf <0001> Tj ET EMC" % name, fonts)


def dangling_mark(pdf: pikepdf.Pdf) -> None:
    add(pdf, first(pdf, "/Document"), "P", LAST, K=900)


def mark_on_missing_page(pdf: pikepdf.Pdf) -> None:
    removed = pdf.make_indirect(Dictionary(Type=Name.Page))
    add(pdf, first(pdf, "/Document"), "P", K=0, Pg=removed)


def mark_twice(pdf: pikepdf.Pdf) -> None:
    heading = kids(first(pdf, "/H3"))[0]
    add(pdf, first(pdf, "/Document"), "P", FIGURE, K=kids(heading)[0])


def same_mark_twice(pdf: pikepdf.Pdf) -> None:
    paint(pdf, LAST, b"/P <</MCID 0>> BDC", b"EMC")


def emptied_parent_tree(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array()


def swapped_parents(pdf: pikepdf.Pdf) -> None:
    parents = parent_array(pdf, pdf.pages[LAST - 1])
    parents[0], parents[1] = parents[1], parents[0]


def parents_of_another_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[LAST - 1].StructParents = pdf.pages[LAST - 2].StructParents


def parent_of_link(pdf: pikepdf.Pdf) -> None:
    del link(pdf).StructParent


def bare_text(pdf: pikepdf.Pdf) -> None:
    paint(pdf, LAST, b"", b"")


def bare_text_in_unnumbered_mark(pdf: pikepdf.Pdf) -> None:
    paint(pdf, LAST, b"/Span <</Lang (en)>> BDC", b"EMC")


def bare_shape(pdf: pikepdf.Pdf) -> None:
    pdf.pages[LAST - 1].contents_add(b"0 0 9 9 re f")


def tagged_header(pdf: pikepdf.Pdf) -> None:
    """On one page only; the others show that it is a header."""
    page = pdf.pages[LAST - 1]
    parents = parent_array(pdf, page)
    element = add(pdf, first(pdf, "/Document"), "P", LAST, K=len(parents))
    instructions = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and operands[0] == Name.Artifact and element is not None:
            instructions.append(([Name.P, Dictionary(MCID=len(parents))], operator))
            element = parents.append(element)
        else:
            instructions.append((operands, operator))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def fonts_of(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pdf.pages[0].Resources.Font.values())


def unembedded_font(pdf: pikepdf.Pdf) -> None:
    del fonts_of(pdf)[0].DescendantFonts[0].FontDescriptor.FontFile2


HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def unembedded_font_in_form(pdf: pikepdf.Pdf) -> None:
    form(pdf, LAST, b"BT /F 9 Tf (x) Tj ET", Dictionary(Font=Dictionary(F=pdf.make_indirect(HELVETICA))))


def mute_font(pdf: pikepdf.Pdf) -> None:
    del fonts_of(pdf)[0].ToUnicode


def no_tabs(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[LINKS - 1].Tabs


def own_tag(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H3").S = Name.Overskrift


def remapped_standard(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.H1)


def wrong_language_inside(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H3").Lang = String("dansk sprog")


def no_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def action(**entries: Any) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        link(pdf).A = Dictionary({"/" + key: value for key, value in entries.items()})

    return plant


def script_at_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def path_of_the_machine(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H3").T = String("/home/bygger/projekt/æble.md")


def path_in_xmp(pdf: pikepdf.Pdf) -> None:
    change_xmp("<dc:creator>|</rdf:RDF>", r"<!-- C:\\Users\\bygger -->\g<0>")(pdf)


def delete(*path: str) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf_object = pdf.Root
        for name in path[:-1]:
            pdf_object = pdf_object[name]
        del pdf_object[path[-1]]

    return plant


def put(value: Any, *path: str) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf_object = pdf.Root
        for name in path[:-1]:
            pdf_object = pdf_object[name]
        pdf_object[path[-1]] = value

    return plant


def of_first(tag: str, key: str) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf_object = first(pdf, tag)
        for name in key.split("/")[1:-1]:
            pdf_object = pdf_object["/" + name]
        del pdf_object["/" + key.split("/")[-1]]

    return plant


ERRORS: dict[str, tuple[Plant, str, int | None]] = {
    "no language": (delete("/Lang"), "lang", None),
    "empty language": (put(String(""), "/Lang"), "lang", None),
    "language by its name": (put(String("dansk sprog"), "/Lang"), "lang", None),
    "not marked": (put(False, "/MarkInfo", "/Marked"), "marked", None),
    "no structure": (no_tree, "structure", None),
    "title not shown": (put(False, "/ViewerPreferences", "/DisplayDocTitle"), "display-title", None),
    "no title": (change_xmp("<dc:title>.*</dc:title>", ""), "title", None),
    "empty title": (change_xmp("(<dc:title>.*<rdf:li[^>]*>)[^<]*", r"\1 "), "title", None),
    "another title in the information": (wrong_docinfo, "title-differs", None),
    "no XMP": (delete("/Metadata"), "metadata", None),
    "broken XMP": (change_xmp("</rdf:RDF>", ""), "metadata", None),
    "no claim of PDF/UA": (change_xmp('pdfuaid:part="1"', ""), "pdfua-id", None),
    "figure without text": (of_first("/Figure", "/Alt"), "figure-alt", FIGURE),
    "figure without place": (of_first("/Figure", "/A/BBox"), "figure-bbox", FIGURE),
    "figure outside the page": (figure_on_another_place, "figure-bbox", FIGURE),
    "figure whose image is elsewhere": (image_outside_its_box, "figure-bbox", FIGURE),
    "skipped heading": (skipped_heading, "heading-skip", FIGURE),
    "first heading of level 2": (first_heading_low, "heading-first", 1),
    "empty heading": (empty_heading, "empty", LAST),
    "header cell without scope": (of_first("/TH", "/A/Scope"), "th-scope", TABLE),
    "table without headers": (no_th, "table-header", TABLE),
    "cell outside a row": (cell_outside_row, "table-structure", TABLE),
    "list item with a paragraph": (list_child, "list-structure", LISTS),
    "list item outside a list": (item_outside_list, "list-structure", LISTS),
    "contents tagged as a list": (toc_as_list, "toc", CONTENTS),
    "contents with a paragraph": (toc_child, "toc-structure", CONTENTS),
    "link without description": (no_description, "link-description", LINKS),
    "link with an empty description": (description(" "), "link-description", LINKS),
    "link described by its address": (description("https://example.org/side"), "link-description", LINKS),
    "link described by the name of a place": (place_as_description, "link-description", CONTENTS),
    "link outside the structure": (link_outside_structure, "link-structure", LINKS),
    "link in another element": (link_in_paragraph, "link-structure", LINKS),
    "content with a number nobody knows": (stray_mark, "mcid-stray", LAST),
    "such content in a form": (stray_mark_in_form, "mcid-stray", LAST),
    "structure without content": (dangling_mark, "mcid-dangling", LAST),
    "structure of a page that is gone": (mark_on_missing_page, "mcid-dangling", None),
    "content in two places of the structure": (mark_twice, "mcid-twice", FIGURE),
    "a number used twice on a page": (same_mark_twice, "mcid-twice", LAST),
    "emptied parent tree": (emptied_parent_tree, "parent-tree", LAST),
    "swapped parents": (swapped_parents, "parent-tree", LAST),
    "parents of another page": (parents_of_another_page, "parent-tree", LAST),
    "link without a parent": (parent_of_link, "parent-tree", LINKS),
    "untagged text": (bare_text, "untagged", LAST),
    "text in a mark without number": (bare_text_in_unnumbered_mark, "untagged", LAST),
    "untagged shape": (bare_shape, "untagged", LAST),
    "tagged header on one page": (tagged_header, "running-text", LAST),
    "font that is not embedded": (unembedded_font, "font-embedded", 1),
    "such a font in a form": (unembedded_font_in_form, "font-embedded", LAST),
    "font without letters": (mute_font, "font-unicode", 1),
    "no tab order": (no_tabs, "tab-order", LINKS),
    "tag of its own": (own_tag, "role-map", FIGURE),
    "standard tag changed": (remapped_standard, "role-map", None),
    "wrong language of a part": (wrong_language_inside, "lang-part", FIGURE),
    "no bookmarks": (no_bookmarks, "bookmarks", None),
    "link to a file": (action(S=Name.URI, URI=String("file:///home/bygger/x.pdf")), "file-link", LINKS),
    "link that runs a script": (action(S=Name.JavaScript, JS=String("app.alert(1)")), "script", LINKS),
    "script at opening": (script_at_opening, "script", None),
    "link that starts a program": (action(S=Name.Launch, F=String("x.exe")), "launch", LINKS),
    "path of the machine": (path_of_the_machine, "machine-path", FIGURE),
    "path in the metadata": (path_in_xmp, "machine-path", None),
}


def test_an_accessible_file_has_no_diagnostic(base: Path) -> None:
    assert [str(diagnostic) for diagnostic in audit(base)] == []


@pytest.mark.parametrize("name", ERRORS)
def test_a_planted_error_is_found(base: Path, tmp_path: Path, name: str) -> None:
    plant, rule, page = ERRORS[name]
    copy = tmp_path / "copy.pdf"
    with pikepdf.open(base) as pdf:
        plant(pdf)
        pdf.save(copy, fix_metadata_version=False)  # which would also repair it
    new = set(audit(copy)) - set(audit(base))
    assert (rule, page) in {(diagnostic.rule, diagnostic.page) for diagnostic in new}, sorted(new)


@pytest.mark.parametrize("name", ["no language", "figure without text", "no tab order", "font that is not embedded"])
def test_an_error_is_reported_once(base: Path, tmp_path: Path, name: str) -> None:
    """Not by us in Danish and again by the validator in English."""
    with pikepdf.open(base) as pdf:
        ERRORS[name][0](pdf)
        pdf.save(tmp_path / "copy.pdf")
    assert {diagnostic.rule for diagnostic in audit(tmp_path / "copy.pdf")} == {ERRORS[name][1]}


def test_diagnostics_of_the_validator_are_reported_too(base: Path, tmp_path: Path) -> None:
    with pikepdf.open(base) as pdf:
        pdf.Root.MarkInfo.Suspects = True
        pdf.save(tmp_path / "copy.pdf")
    assert [diagnostic.rule for diagnostic in audit(tmp_path / "copy.pdf")] == ["ua1-suspects"]


def test_omissions_of_weasyprint_are_found(raw: Path) -> None:
    """If this fails, WeasyPrint has improved, and kanalstrategi/pdf/weasyprint/tag_repair.py can do less."""
    rules = {diagnostic.rule for diagnostic in audit(raw)}
    assert rules == {"figure-bbox", "link-description", "running-text", "th-scope", "toc"}


def test_headers_are_found_on_each_page_and_nothing_else_is(raw: Path) -> None:
    running = [diagnostic for diagnostic in audit(raw) if diagnostic.rule == "running-text"]
    assert sorted({diagnostic.page for diagnostic in running}) == list(range(1, LAST + 1))
    assert any("Prøvedokument … Kapitel nummer 4" in diagnostic.message for diagnostic in running)  # the chapter changes
    assert not any("Ord" in diagnostic.message for diagnostic in running)


def test_text_close_to_the_edge_is_content_if_it_does_not_repeat(tmp_path: Path) -> None:
    texts = ("Først kom regnen", "Siden sneen", "Så solen", "Til sidst natten")
    body = "".join(f'<p style="break-after: page">{text}</p>' for text in texts)
    style = f"{STYLE} @page {{ margin: 5mm; @top-left {{ content: none }} }}"
    html = f'<html lang="da"><title>x</title><style>{style}</style>{body}'
    weasyprint.HTML(string=html).write_pdf(tmp_path / "x.pdf", pdf_variant="pdf/ua-1")
    found = [diagnostic.message for diagnostic in audit(tmp_path / "x.pdf") if diagnostic.rule == "running-text"]
    assert not any("regnen" in message or "natten" in message for message in found)


def test_protection_that_shuts_screen_readers_out(base: Path, tmp_path: Path) -> None:
    """Only old encryption can: since revision 4, the permission to extract text for screen readers is always granted."""
    for revision, allowed in ((6, True), (3, False)):
        strength: dict[str, Any] = {"R": revision, "aes": revision > 3, "metadata": revision > 3}
        forbidden = pikepdf.Permissions(extract=False, accessibility=False)
        file = tmp_path / f"{revision}.pdf"
        with pikepdf.open(base) as pdf:
            pdf.save(file, encryption=pikepdf.Encryption(owner="x", user="", allow=forbidden, **strength))
        assert [diagnostic.rule for diagnostic in audit(file)] == ([] if allowed else ["encryption"])


def bookmarks(base: Path, file: Path, count: int) -> None:
    with pikepdf.open(base) as pdf:
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Kapitel {number}", 0) for number in range(count))
        pdf.save(file)


def test_a_long_document_has_many_bookmarks_in_a_row(base: Path, tmp_path: Path) -> None:
    bookmarks(base, tmp_path / "long.pdf", 1000)
    assert audit(tmp_path / "long.pdf") == []
    bookmarks(base, tmp_path / "too-long.pdf", 3000)
    with pytest.raises(UnreadableError, match="indviklet"):
        audit(tmp_path / "too-long.pdf")


def test_diagnostics_are_frozen_and_sorted_by_page() -> None:
    whole, second, tenth = (PdfDiagnostic("b", page, "x", "y") for page in (None, 2, 10))
    assert sorted([tenth, second, whole]) == [whole, second, tenth]
    with pytest.raises(FrozenInstanceError):
        whole.page = 1  # type: ignore[misc]


# The command


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "audit_pdf.py"), *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment)


def test_the_command_says_that_nothing_is_wrong(base: Path) -> None:
    process = run(base.name, cwd=base.parent)
    assert (process.stdout, process.stderr, process.returncode) == ("base.pdf: ingen fejl fundet\n", "", 0)


def test_the_command_prints_place_message_and_hint(base: Path, tmp_path: Path) -> None:
    with pikepdf.open(base) as pdf:
        del first(pdf, "/Figure").Alt
        del pdf.Root.Lang
        pdf.save(tmp_path / "fil.pdf")
    process = run("fil.pdf", cwd=tmp_path)
    assert process.stdout.splitlines() == [
        'fil.pdf: dokumentets sprog mangler – sæt sproget, for eksempel <html lang="da">',
        "fil.pdf: side 5: et billede har ingen tekst til den, der ikke kan se det – skriv en billedtekst (alt), eller gør det til pynt",
        "fil.pdf: 2 fejl fundet",
    ]
    assert (process.stderr, process.returncode) == ("", 1)


def broken(base: Path) -> bytes:
    return base.read_bytes()[: base.stat().st_size // 2]


def encrypted(base: Path) -> bytes:
    file = base.with_name("encrypted.pdf")
    with pikepdf.open(base) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="x", user="y"))
    return file.read_bytes()


UNREADABLE: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "broken": (broken, "beskadiget"),
    "empty": (lambda base: b"", "ikke en PDF"),
    "text": (lambda base: "Kære læser\n".encode(), "ikke en PDF"),
    "encrypted": (encrypted, "adgangskode"),
    "no pages": (lambda base: b"%PDF-1.7\n%%EOF\n", "ikke en PDF"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_the_command_says_in_danish_that_a_file_cannot_be_read(base: Path, tmp_path: Path, name: str) -> None:
    make, words = UNREADABLE[name]
    (tmp_path / "fil.pdf").write_bytes(make(base))
    process = run("fil.pdf", cwd=tmp_path)
    assert process.returncode == 2 and process.stdout == ""
    [line] = process.stderr.splitlines()
    assert line.startswith("fil.pdf: kan ikke læses: ") and words in line


def test_the_command_continues_after_a_file_that_cannot_be_read(base: Path, tmp_path: Path) -> None:
    process = run("findes-ikke.pdf", tmp_path, base, cwd=tmp_path)
    assert process.returncode == 2
    assert "filen findes ikke" in process.stderr and "mappe" in process.stderr and "Traceback" not in process.stderr
    assert process.stdout == f"{base}: ingen fejl fundet\n"


def test_the_command_prints_its_usage() -> None:
    process = run()
    assert process.returncode == 2 and process.stderr == "Skriv: python3 scripts/audit_pdf.py FIL.pdf …\n"


def test_a_damaged_file_has_diagnostics_or_is_unreadable_but_never_a_traceback(base: Path, tmp_path: Path) -> None:
    """Values of a wrong type, in files that are correct otherwise."""
    kinds = (7, Name.Wrong, String("\ufeffx"), Array([Array()]), Dictionary(), True)
    places = ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/ViewerPreferences", "/Lang")
    parts = ("/K", "/A", "/Alt", "/S", "/Pg", "/Lang")
    of_page = ("/Contents", "/Annots", "/Resources", "/StructParents", "/MediaBox", "/Rotate")
    file = tmp_path / "x.pdf"
    for kind in kinds:
        for key in (*places, *parts, *of_page):
            with pikepdf.open(base) as pdf:
                if key in places:
                    pdf.Root[key] = kind
                elif key in parts:
                    for element in list(elements(pdf, "/Figure")):
                        element[key] = kind
                else:
                    pdf.pages[FIGURE - 1].obj[key] = kind
                pdf.save(file)
            try:
                audit(file)
            except UnreadableError as error:
                assert str(error)
