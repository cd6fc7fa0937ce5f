"""Errors that can be planted in the sample PDF, and the rule and page with which the audit has to report each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.support.sample_pdf import (
    CONTENTS,
    FIGURE,
    LAST,
    LINKS,
    LISTS,
    TABLE,
    add,
    attributes,
    elements,
    first,
    form,
    image,
    kids,
    link,
    paint,
    paint_in_figure,
    parent_array,
)

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
    attributes(first(pdf, "/Figure"), "/Layout").BBox = Array([0, 0, 5000, 20])


def image_outside_its_box(pdf: pikepdf.Pdf) -> None:
    """Put an image into the figure, far from its bounding box."""
    image(pdf, FIGURE)
    paint_in_figure(pdf, b"9 0 0 9 300 20 cm /Planted Do")


def text_outside(x: int, y: int) -> Plant:
    """Add an artifact: it is lost to those who see the page."""

    def plant(pdf: pikepdf.Pdf) -> None:
        paint(pdf, LAST, b"/Artifact BMC", b"EMC", (x, y))

    return plant


def text_that_goes_on_outside(operators: bytes) -> Plant:
    """Add a text that begins on the page and ends outside, by the space between its letters or words, or a move within it."""

    def plant(pdf: pikepdf.Pdf) -> None:
        font = next(iter(pdf.pages[LAST - 1].Resources.Font.keys())).encode()
        pdf.pages[LAST - 1].contents_add(b"/Artifact BMC q BT %s 10 Tf 1 0 0 1 370 99 Tm %s ET Q EMC" % (font, operators))

    return plant


def text_outside_in_form(pdf: pikepdf.Pdf) -> None:
    fonts = Dictionary(Font=pdf.pages[LAST - 1].Resources.Font)
    name = next(iter(fonts.Font.keys())).encode()
    form(pdf, LAST, b"BT %s 9 Tf 415 99 Td <00010001> Tj ET" % name, fonts)


def image_outside(code: bytes) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        image(pdf, LAST)
        pdf.pages[LAST - 1].contents_add(b"/Artifact BMC q %s /Planted Do Q EMC" % code)

    return plant


def drawing_outside(pdf: pikepdf.Pdf) -> None:
    paint_in_figure(pdf, b"-70 450 60 20 re f")


def colors_of_some_device(pdf: pikepdf.Pdf) -> None:
    """Paint with colors that look different on each device, which PDF/A forbids without an output intent."""
    del pdf.Root.OutputIntents
    pdf.pages[LAST - 1].contents_add(b"/Artifact BMC 0 0 1 rg 0 0 9 9 re f EMC")


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
    for element in list(elements(pdf, "/TOC")):
        element.S = Name.L
        for entry in kids(element):
            if Name.TOCI == entry.S:
                entry.S = Name.LI
                for part in kids(entry):
                    part.S = Name.LBody


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
    annotation.Dest = annotation.Contents = String("kapitel-2")


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
    add(pdf, first(pdf, "/Document"), "P", FIGURE, K=kids(first(pdf, "/H3"))[0])


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


def tag_artifacts(pdf: pikepdf.Pdf, number: int) -> None:
    """Tag the header and footer of a page as paragraphs."""
    page = pdf.pages[number - 1]
    parents = parent_array(pdf, page)
    instructions = []
    for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[misc]  # pikepdf leaves __iter__ out of its types
        if str(operator) == "BDC" and operands[0] == Name.Artifact:
            instructions.append(([Name.P, Dictionary(MCID=len(parents))], operator))
            parents.append(add(pdf, first(pdf, "/Document"), "P", number, K=len(parents)))
        else:
            instructions.append((operands, operator))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def tagged_header(pdf: pikepdf.Pdf) -> None:
    """On one page only; the others show that it is a header."""
    tag_artifacts(pdf, LAST)


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
        del first(pdf, tag)[key]

    return plant


def attribute_of_first(tag: str, owner: str, key: str) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        del attributes(first(pdf, tag), owner)[key]

    return plant


ERRORS: dict[str, tuple[Plant, str, int | None]] = {
    "no language": (delete("/Lang"), "lang", None),
    "empty language": (put(String(""), "/Lang"), "lang", None),
    "language by its name": (put(String("dansk sprog"), "/Lang"), "lang", None),
    "not marked": (put(False, "/MarkInfo", "/Marked"), "marked", None),
    "no structure": (no_tree, "structure", None),
    "title not shown": (put(False, "/ViewerPreferences", "/DisplayDocTitle"), "display-title", None),
    "no title": (change_xmp("<dc:title>.*</dc:title>", ""), "title", None),
    "empty title": (change_xmp("(<dc:title>.*?<rdf:li[^>]*>)[^<]*", r"\1 "), "title", None),
    "another title in the information": (wrong_docinfo, "title-differs", None),
    "no XMP": (delete("/Metadata"), "metadata", None),
    "broken XMP": (change_xmp("</rdf:RDF>", ""), "metadata", None),
    "no claim of PDF/UA": (change_xmp("<pdfuaid:part>1</pdfuaid:part>", ""), "pdfua-id", None),
    "figure without text": (of_first("/Figure", "/Alt"), "figure-alt", FIGURE),
    "figure without place": (attribute_of_first("/Figure", "/Layout", "/BBox"), "figure-bbox", FIGURE),
    "figure outside the page": (figure_on_another_place, "figure-bbox", FIGURE),
    "figure whose image is elsewhere": (image_outside_its_box, "figure-bbox", FIGURE),
    "text that ends outside the page": (text_outside(415, 99), "outside-page", LAST),
    "text outside the page": (text_outside(-60, 99), "outside-page", LAST),
    "text half above the page": (text_outside(99, 593), "outside-page", LAST),
    "text too wide by its letters": (text_that_goes_on_outside(b"40 Tc <00010001> Tj"), "outside-page", LAST),
    "text too wide by its stretch": (text_that_goes_on_outside(b"900 Tz <0001> Tj"), "outside-page", LAST),
    "text too wide by a move": (text_that_goes_on_outside(b"[<0001> -5000 <0001>] TJ"), "outside-page", LAST),
    "text after another text": (text_that_goes_on_outside(b"10 Tc 4 0 Td <000100010001> Tj <0001> Tj"), "outside-page", LAST),
    "text outside the page in a form": (text_outside_in_form, "outside-page", LAST),
    "image that ends outside the page": (image_outside(b"40 0 0 40 400 99 cm"), "outside-page", LAST),
    "image below the page": (image_outside(b"500 0 0 40 -20 -60 cm"), "outside-page", LAST),
    "image outside the page in an opening": (image_outside(b"0 0 500 500 re W n 40 0 0 40 400 99 cm"), "outside-page", LAST),
    "drawing outside the page": (drawing_outside, "outside-page", FIGURE),
    "colors of some device": (colors_of_some_device, "2a-device-rgb", None),
    "skipped heading": (skipped_heading, "heading-skip", FIGURE),
    "first heading of level 2": (first_heading_low, "heading-first", 1),
    "empty heading": (empty_heading, "empty", LAST),
    "header cell without scope": (attribute_of_first("/TH", "/Table", "/Scope"), "th-scope", TABLE),
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
