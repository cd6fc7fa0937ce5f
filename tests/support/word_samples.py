"""Word files as departments have them: those that LibreOffice makes of sources in `tests/data/word/`, and some in Word's own markup."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support.project import DATA
from tests.support.word_files import WordFile, field_of, h, p, photo, picture, run, tbl, tc, tr

_DELETED = '<w:del w:id="1" w:author="Inge Berg">{}</w:del>'
_INSERTED = '<w:ins w:id="2" w:author="Inge Berg">{}</w:ins>'


def _deleted(text: str) -> str:
    return _DELETED.format(f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>')


def _tracked() -> bytes:
    """Tracked changes, comments, footnotes and endnotes, header and footer."""
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    return WordFile(
        p("Retningslinjer for sundhedsplejen", "Titel")
        + p("Gældende fra foråret.")
        + h(1, "Telefonen")
        + p(run("Vi svarer ") + _deleted("altid straks") + _INSERTED.format(run("inden for en time")) + run(" i telefontiden") + mark.format(1) + run("."))
        + '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr><w:r><w:t>Afsnittet går </w:t></w:r></w:p>'
        + p("videre her.")
        + p('<w:moveFrom w:id="4">' + run("Gamle ord flyttes bort.") + "</w:moveFrom>")
        + p('<w:moveTo w:id="5">' + run("Gamle ord flyttes bort.") + "</w:moveTo>")
        + p(
            '<w:commentRangeStart w:id="0"/>'
            + run("Kun hastesager.")
            + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
            + _deleted("Og andre")
            + _DELETED.format(mark.format(2))
        )
        + h(2, "Sociale medier")
        + p(run("Se slutnoten") + '<w:r><w:endnoteReference w:id="1"/></w:r>' + run(": den gælder."))
        + h(1, "Forældregrupper")
        + p(run("Skjult ", "<w:vanish/>") + run("Synlig tekst om grupper."))
        + p('<w:r><w:footnoteReference w:id="3"/></w:r>' + run(": et mærke først på linjen"), "Overskrift3"),
        notes={
            "1": p(run("Kl. 8–10, se ") + '<w:hyperlink r:id="l1">' + run("planen") + "</w:hyperlink>") + p("Andet afsnit i noten."),
            "2": p("En note, hvis mærke er slettet."),
            "3": p("Note til en overskrift."),
        },
        endnotes={"1": p("Slutnoten om billeder af børn.") + tbl(tr(tc("a1"), tc("b1")), tr(tc("a2"), tc("b2")))},
        comments={"0": p("Passer det stadig, Per?")},
        header=p("Sundhedsplejen – fortroligt"),
        footer=p(run("Side ") + field_of("PAGE", run("1"))),
    ).bytes()


def _boxes() -> bytes:
    """Text boxes, symbols, fields, content controls, formulas and a table of contents."""
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2" name="Boks"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
        + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>')
        + p("Hjemmesiden\t2", "Indholdsfortegnelse1")
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + "</w:sdtContent></w:sdt>"
    )
    checkbox = "<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>" + run("☒") + "</w:sdtContent></w:sdt>"
    empty = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("Klik her for at skrive.") + "</w:sdtContent></w:sdt>"
    return WordFile(
        contents
        + h(1, "Brug af hjemmesiden")
        + p(run("Teksten ved boksen.") + box.format(p("I boksen: husk billedtekster.") + p("punkt i boksen", number=(1, 0))))
        + p(box.format(tbl(tr(tc("Navn"), tc("Nummer")), tr(tc("Reception"), tc("Lokal tolv")))))
        + p(checkbox + run(" Ja\t") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" set ") + empty)
        + p('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>' + run("Smiley 😀 og العربية står her."))
        + p(field_of('HYPERLINK "https://www.retsinformation.dk/eli/lta/2023/1"', run("loven")) + run(" og ") + field_of("DATE", run("3. maj 2024")))
        + p(
            '<w:fldSimple w:instr=" REF x "><w:r><w:t>afsnit to</w:t></w:r></w:fldSimple>'
            + run(" med ")
            + '<m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath><w:smartTag w:element="a">'
            + run(" og mærke")
            + "</w:smartTag>"
        )
        + p(
            "<w:r><w:t>sam</w:t><w:softHyphen/><w:t>arbejde</w:t><w:noBreakHyphen/><w:t>aftale</w:t>"
            "<w:br/><w:br/><w:t>Efter tom linje</w:t><w:cr/><w:t>ny linje</w:t></w:r>"
        )
        + p("Fra jeres vejledning", "MinOverskrift")
        + p("Under en overskrift med egen typografi."),
        parts={
            "word/glossary/document.xml": (
                b'<w:glossaryDocument xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Byggeklods</w:t></w:r></w:p></w:glossaryDocument>'
            )
        },
    ).bytes()


def _tables() -> bytes:
    """Tables: merged cells, several heads, deleted rows, tables in tables, one column, headings in cells."""
    inner = tbl(tr(tc("indre et"), tc("indre to")), tr(tc(p("punkt", number=(1, 0))), tc("indre fire")))
    return WordFile(
        h(1, "Personligt fremmøde")
        + tbl(
            tr(tc("Dag", '<w:vMerge w:val="restart"/>'), tc("Tider", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
            tr(tc("", "<w:vMerge/>"), tc("Fra"), tc("Til"), properties="<w:tblHeader/>"),
            tr(tc("Mandag", '<w:vMerge w:val="restart"/>'), tc("8"), tc("12")),
            tr(tc(p(), "<w:vMerge/>"), tc("13"), tc(p("16") + inner)),
            tr(tc("Slettet række"), tc("x"), tc("y"), properties='<w:del w:id="9" w:author="a"/>'),
            tr(tc("Fredag"), tc(p("først") + p("dernæst") + p("et punkt", number=(1, 0))), tc("- 5 | 7 *stjerne*")),
        )
        + tbl(tr(tc("Navn"), tc("Opgave"), tc("")), tr(tc("Leder | stedfortræder"), tc(run_break("to", "linjer")), tc("")), tr(tc(""), tc(""), tc("")))
        + tbl(tr(tc("En ramme om en vigtig besked.")))
        + h(1, "Booking")
        + tbl(tr(tc(h(2, "Facebook")), tc(p("Opslag godkendes af lederen."))), tr(tc(h(2, "Annoncer")), tc("To om året.")))
        + tbl(tr(tc("Kort række")), tr(tc("a"), tc("b"), tc("c"), properties='<w:gridBefore w:val="1"/>'))
        + tbl(tr(tc(""), tc("")), tr(tc(""), tc("")))
    ).bytes()


def run_break(first: str, second: str) -> str:
    """Return a paragraph of two lines."""
    return p(f"<w:r><w:t>{first}</w:t><w:br/><w:t>{second}</w:t></w:r>")


def _numbers() -> bytes:
    """Numbered lists: letters, words, lists that go on and that begin anew, nested ones, and typed characters that look like markup."""
    return WordFile(
        p("Vejledning til skriftlig kommunikation", "Titel")
        + h(1, "Digital Post og e-Boks")
        + p("Først", number=(2, 0))
        + p("inde", number=(2, 1))
        + p("dybere", number=(2, 3))
        + p("Dernæst", number=(2, 0))
        + p("Et afsnit imellem.")
        + p("Til sidst", number=(2, 0))
        + p("Begynder forfra", number=(5, 0))
        + p("bogstav", number=(3, 0))
        + p("romertal", number=(3, 1))
        + p("flere bogstaver", number=(3, 0))
        + p("paragraf", number=(4, 0))
        + p("januar er en måned", number=(4, 0))
        + p("efter typografi", "Opstilling")
        + p("- 5 grader", number=(1, 0))
        + p("[ ] ikke en opgave", number=(1, 0))
        + p(number=(1, 0))
        + p("<w:r><w:t>to</w:t><w:br/><w:t># linjer</w:t></w:r>", number=(1, 1))
        + h(2, "C#")
        + p("1. ikke en liste")
        + p("*[CPR]: {: .lead } [x]: y !!! note ``` ~~~ {{ status() }} <b>ikke fed</b> &amp; $100 https://a.dk/_b_ C:\\_sager")
        + p(
            run("Fed", "<w:b/>")
            + run("midt")
            + run("i ", "<w:i/>")
            + run("*ord*", "<w:b/><w:i/>")
            + run(" og ")
            + run(" mellemrum ", '<w:rStyle w:val="Strk"/>')
            + run(".")
        )
        + p(run("Hej!") + '<w:hyperlink r:id="l1">' + run("www.borger.dk") + "</w:hyperlink>" + '<w:hyperlink r:id="l2">' + run(" filen") + "</w:hyperlink>")
        + p('<w:hyperlink r:id="l3">' + run("www.kommune.dk") + '</w:hyperlink><w:hyperlink w:anchor="sted">' + run("se ovenfor") + "</w:hyperlink>")
        + p('<w:hyperlink r:id="l4">' + run("ring (nu)", "<w:b/>") + run("[her]") + "</w:hyperlink>")
        + p(run("Post på papir", "<w:b/>"))
        + p("Breve sendes samme dag."),
        links={
            "l1": "www.borger.dk/a (b)/c",
            "l2": "file:///S:/fælles/plan.docx",
            "l3": "https://example.com/",
            "l4": "tel:+4512345678",
        },
    ).bytes()


def _images() -> bytes:
    """Images: large, cropped, twice the same, without a text alternative, of kinds that no browser shows; a chart and an embedded sheet."""
    chart = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="3" name="D" descr="Diagram over opkald"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="c1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    embedded = '<w:r><w:object><v:shape><v:imagedata r:id="regneark" o:title=""/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>'
    return WordFile(
        h(1, "Videomøder")
        + p(run("Sådan ser rummet ud: ") + picture("rum", "Mødelokale med [to] skærme"))
        + p(picture("udsnit", "Kun en del", 'l="50000" r="0"'))
        + p(picture("rum") + run(" samme billede uden beskrivelse"))
        + p(picture("gammelt", "Et gammelt format"))
        + p(picture("tegning", "Plan over stueetagen"))
        + p(chart)
        + p(embedded)
        + p('<w:r><w:pict><v:shape alt="Logo i VML"><v:imagedata r:id="lille"/></v:shape></w:pict></w:r>'),
        media={
            "rum.jpeg": photo(2400, 1200),
            "udsnit.jpeg": photo(400, 200),
            "gammelt.bmp": photo(20, 10, "BMP"),
            "lille.png": photo(10, 10, "PNG"),
            "tegning.emf": b"\x01\0\0\0 EMF",
            "regneark.emf": b"\x01\0\0\0 EMF",
        },
        parts={
            "word/charts/chart1.xml": (
                b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:pt><c:v>Mandagsopkald</c:v></c:pt></c:chartSpace>'
            )
        },
    ).bytes()


WORD_SAMPLES = {"tracked": _tracked, "boxes": _boxes, "tables": _tables, "numbers": _numbers, "images": _images}
"""Files in Word's own markup, by name."""
LIBREOFFICE_SOURCES = sorted((DATA / "word").iterdir())
"""What LibreOffice makes Word files of."""


def libreoffice_samples(folder: Path) -> dict[str, bytes]:
    """Return the Word files that LibreOffice makes of its sources, by name. It is started once, with a profile of its own in `folder`."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), *map(str, LIBREOFFICE_SOURCES)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {source.stem: (folder / f"{source.stem}.docx").read_bytes() for source in LIBREOFFICE_SOURCES}
