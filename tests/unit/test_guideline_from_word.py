"""What becomes of a Word file, or of text that was copied out of one, when a guideline is made of it."""

from __future__ import annotations

import os
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.cli import new_page
from kanalstrategi.content.model import Channel
from kanalstrategi.content.page_template import NewPageError
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.parser import parse
from kanalstrategi.word.channels import ChannelFinder
from kanalstrategi.word.importing import GuidelineFileError, ImportedGuideline, import_guideline
from kanalstrategi.word.report import write_report
from tests.support.project import ROOT, Project
from tests.support.random_word_files import random_word_file
from tests.support.word_files import WordFile, field_of, h, p, photo, picture, run, tbl, tc, tr

PATH = "docs/retningslinjer/dagplejen.md"
TEMPLATE = (ROOT / "docs/skabeloner/retningslinje.md").read_text(encoding="utf-8")


@cache
def groups() -> tuple[Channel, ...]:
    return read_project(ROOT, os.environ).content.groups


def imported(file: WordFile | bytes, name: str = "vejledning.docx") -> ImportedGuideline:
    return import_guideline(file if isinstance(file, bytes) else file.bytes(), name, TEMPLATE, PATH, groups())


def added(file: WordFile | bytes, name: str = "vejledning.docx") -> str:
    """The text of the guideline below the first heading that is not the template's."""
    text = imported(file, name).files[PATH].decode()
    return text[text.index("# Fra jeres vejledning") :].partition("\n\n")[2]


@settings(max_examples=50)
@given(st.integers(0, 100_000))
def test_no_word_is_lost_and_nothing_becomes_markup(seed: int) -> None:
    guideline = imported(random_word_file(Random(seed)))
    assert guideline.missing == {}
    page, before = parse(guideline.files[PATH].decode()), parse(TEMPLATE)
    assert not (page.diagnostics or page.macro_diagnostics)
    assert [block.text for block in page.blocks if block.task] == [block.text for block in before.blocks if block.task]
    assert [(call.name, call.arguments) for call in page.calls] == [(call.name, call.arguments) for call in before.calls]


@pytest.mark.parametrize(
    ("heading", "channels"),
    [
        ("Telefon", ["telefon"]),
        ("2.1 Telefonerne:", ["telefon"]),
        ("Telefonbetjening", ["telefon"]),
        ("Sådan bruger vi telefonen i hverdagen", ["telefon"]),
        ("HJEMMESIDEN", ["hjemmeside"]),
        ("Facebook og Instagram", ["presse-sociale-medier-og-annoncer"]),
        ("Pressen", ["presse-sociale-medier-og-annoncer"]),
        ("E-mails", ["mail"]),
        ("Post", ["digital-post"]),
        ("Skriftlig kommunikation", ["skriftlig-kommunikation"]),
        ("Telefon og videomøde", ["telefon-og-videomoeder"]),
        ("Møder på Teams", ["telefon-og-videomoeder"]),
        ("Telefon og mail", ["telefon-og-videomoeder", "skriftlig-kommunikation"]),
        ("Kommunikation med forældre", []),
        ("Indledning", []),
        ("Åbningstider", []),
        ("3.", []),
    ],
)
def test_a_heading_finds_its_channel(heading: str, channels: list[str]) -> None:
    assert [channel.id for channel in ChannelFinder(groups()).find(heading)] == channels


def test_text_stands_below_the_rules_and_decisions_of_its_channel() -> None:
    lines = imported(WordFile(h(1, "Telefonen") + p("Vi ringer.") + h(1, "Andet") + p("Uden plads."))).files[PATH].decode().split("\n")
    places = [lines.index(line) for line in ('{{ rules("telefon") }}', "#### Fra jeres vejledning", "Vi ringer.", "### Videomøder")]
    assert places == sorted(places)
    assert lines[lines.index("### Videomøder") - 2] == "Vi ringer."
    end = [lines.index(line) for line in ("## Fra jeres vejledning: uden plads", "### Andet", "Uden plads.")]
    assert end == sorted(end) and end[-1] == len(lines) - 2
    own = [line for line in lines if line]
    assert [line for line in TEMPLATE.split("\n") if line] == [line for line in own if line in TEMPLATE]


def test_a_heading_inside_a_channel_stays_there_unless_it_names_another() -> None:
    text = added(WordFile(h(1, "Telefon") + h(2, "Når borgeren hellere vil have en mail fra os") + p("a") + h(2, "Mails") + p("b")))
    assert text.startswith("##### Når borgeren hellere vil have en mail fra os\n\na\n")
    assert "\n#### Fra jeres vejledning\n\nb\n" in text


def test_numbers_of_lists_are_those_of_the_document() -> None:
    items = [p("a", number=(2, 0)), p("b", number=(2, 1)), p("c", number=(2, 0)), p("imellem"), p("d", number=(2, 0)), p("e", number=(5, 0))]
    assert "1. a\n    1. b\n2. c\n\nimellem\n\n3. d\n\n1) e\n" in added(WordFile("".join(items)))


def test_merged_cells_are_merged_on_the_page_and_a_table_in_a_table_is_unfolded() -> None:
    head = tr(tc("Dag", '<w:vMerge w:val="restart"/>'), tc("Tid", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>")
    text = added(WordFile(tbl(head, tr(tc("", "<w:vMerge/>"), tc("Fra"), tc(p("Til") + tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d"))))))))
    assert '<th scope="col" rowspan="2">\n\nDag' in text and '<th scope="colgroup" colspan="2">\n\nTid' in text
    assert "Til\n\na – b\n\nc – d\n\n</td>" in text


def test_what_is_deleted_or_hidden_is_told_and_not_shown() -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>hemmeligt</w:delText></w:r></w:del>'
    guideline = imported(
        WordFile(p(run("Syn") + deleted + run("ligt ") + run("skjult", "<w:vanish/>")), comments={"0": p("bemærkning")}, header=p("sidehovedet"))
    )
    page = guideline.files[PATH].decode()
    assert "Synligt" in page and not any(word in page for word in ("hemmeligt", "skjult", "bemærkning", "sidehovedet"))
    assert all(f"»{words}«" in guideline.report for words in ("hemmeligt", "skjult", "Inge Berg: bemærkning", "sidehovedet"))


@pytest.mark.parametrize("target", ["file:///S:/plan.docx", "javascript:alert(1)", "plan.docx", "https://a@b.dk", "data:text/html,x"])
def test_a_link_that_readers_cannot_follow_is_text_and_told(target: str) -> None:
    guideline = imported(WordFile(p('<w:hyperlink r:id="l1">' + run("planen") + "</w:hyperlink>"), links={"l1": target}))
    assert "\nplanen\n" in guideline.files[PATH].decode()
    assert f"»planen ({target})«" in guideline.report


def test_links_in_fields_are_links() -> None:
    assert "[loven](https://www.retsinformation.dk/a)" in added(WordFile(p(field_of('HYPERLINK "https://www.retsinformation.dk/a"', run("loven")))))


def test_an_image_without_a_text_alternative_is_told() -> None:
    guideline = imported(WordFile(p(picture("a")) + p(picture("b", "Et rum")), media={"a.png": photo(9, 9, "PNG"), "b.jpeg": photo(9, 8)}))
    page = guideline.files[PATH].decode()
    assert "![Billede fra Word-filen: beskriv det](../billeder/dagplejen-fra-word-1.png)" in page
    assert "![Et rum](../billeder/dagplejen-fra-word-2.jpg)" in page
    assert "uden beskrivelse. Skriv den på siden:\n- »dagplejen-fra-word-1.png«" in guideline.report
    assert list(guideline.files)[-1] == PATH


def test_an_image_never_takes_the_name_of_another() -> None:
    file = WordFile(p(picture("a", "x")), media={"a.png": photo(9, 9, "PNG")}).bytes()
    guideline = import_guideline(file, "a.docx", TEMPLATE, PATH, groups(), {"billeder/dagplejen-fra-word-1.png"})
    assert "docs/billeder/dagplejen-fra-word-2.png" in guideline.files


def test_words_that_could_not_be_placed_are_listed() -> None:
    report = write_report("a.docx", PATH, [], [], [], {"tabt": 2})
    assert report.endswith("Ord, der ikke kunne placeres. Find dem i filen, og skriv dem selv:\n- tabt (2 gange)\n")


def _zip(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _with_part(name: str, content: bytes) -> bytes:
    with ZipFile(BytesIO(WordFile(p("a")).bytes())) as archive:
        return _zip({part: archive.read(part) for part in archive.namelist()} | {name: content})


_MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
_DEEP = b"<a>" * 300 + b"</a>" * 300
_ENTITY = b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docm", b"PK\x03\x04", "indeholder makroer"),
        ("a.docx", WordFile(p("a"), main_type=_MACRO_TYPE).bytes(), "makroer eller et andet program"),
        ("a.docx", _with_part("word/vbaProject.bin", b"x"), "makroer eller et andet program"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "gammelt format"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "låst med en adgangskode"),
        ("a.odt", b"PK\x03\x04", "kan ikke læses"),
        ("a.docx", b"Hej", "ikke et dokument fra Word"),
        ("a.docx", WordFile(p("a")).bytes()[:-30], "beskadiget"),
        ("a.docx", _with_part("word/a.xml", b" " * 101_000_000), "fylder for meget, når den pakkes ud"),
        ("a.docx", _with_part("word/a.xml", _DEEP), "beskadiget"),
        ("a.docx", _with_part("word/styles.xml", _ENTITY), "beskadiget"),
        ("a.docx", WordFile(p("ord " * 40_000)).bytes(), "for meget tekst til én side"),
        ("a.docx", WordFile("<w:p/>" * 1_000_001).bytes(), "for lang eller for indviklet"),
        ("a.docx", b"x" * 50_000_001, "må højst fylde 50"),
        ("../a\x1b.docx", b"Hej", "ikke et dokument fra Word"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, data: bytes, message: str) -> None:
    with pytest.raises(GuidelineFileError, match=message) as error:
        imported(data, name)
    assert "\n" not in str(error.value) and "\x1b" not in str(error.value) and " – " in str(error.value)


def test_what_a_file_would_fetch_does_not_matter_since_nobody_opens_it() -> None:
    template = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/attachedTemplate" Target="file:///S:/skabelon.dotx" TargetMode="External"/></Relationships>'
    )
    parts = {"word/_rels/settings.xml.rels": template, "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}
    assert "Teksten." in added(WordFile(p("Teksten."), parts=parts))


PASTED = """Vejledning for dagplejen

Telefon
Vi tager telefonen hver dag.
•\tførste punkt
o\tinde i punktet
•\tandet punkt {{ x }}
1.\tTag telefonen
2.\tSig dit navn
28. februar holder vi lukket.
Navn\tOpgave
Leder\tSvarer “pressen”
Dagplejer\tRinger
2.\tMails
Vi svarer samme dag – altid.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_text_that_was_copied_out_of_word_comes_along(encoding: str, newline: str) -> None:
    guideline = imported(PASTED.replace("\n", newline).encode(encoding), "kopi.txt")
    page = guideline.files[PATH].decode()
    assert "Vi tager telefonen hver dag.\n\n- første punkt\n    - inde i punktet\n- andet punkt \\{<wbr>" in page
    assert "1. Tag telefonen\n2. Sig dit navn\n\n28\\. februar holder vi lukket.\n\n| Navn | Opgave |\n| --- | --- |\n| Leder | Svarer “pressen” |\n" in page
    assert "Vi svarer samme dag – altid." in page
    assert "»Telefon« → Telefon" in guideline.report and "Mails« → Mails" in guideline.report
    assert guideline.missing == {}


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(["•\tø", "- x", "1.\ta", "b)\tc", "1.1\td", "A\tB", "Telefon", "# Mail", "", "Vi ringer.", "[ ] x", "{{ a }}", "§\tq", "*[CPR]: x"]),
        max_size=12,
    )
)
def test_no_line_of_text_is_lost(lines: list[str]) -> None:
    guideline = imported("\n".join(lines).encode(), "kopi.md")
    page = parse(guideline.files[PATH].decode())
    assert guideline.missing == {} and not (page.diagnostics or page.macro_diagnostics)


def test_the_command_writes_page_images_and_report(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "vejledning.docx"
    file.write_bytes(WordFile(h(1, "Telefon") + p(picture("a", "x")), media={"a.png": photo(9, 9, "PNG")}, comments={"0": p("Bemærkning")}).bytes())
    assert new_page.main(project.root, ["department", "Dagplejen", "--from", str(file)]) == 0
    assert (project.root / PATH).is_file() and (project.root / "docs/billeder/dagplejen-fra-word-1.png").is_file()
    report = (project.root / ".word/dagplejen.txt").read_text(encoding="utf-8")
    assert report in capsys.readouterr().out and "Bemærkning" in report
    assert project.check() == []
    before = (project.root / PATH).read_bytes()
    assert new_page.main(project.root, ["department", "Dagplejen", "--from", str(file)]) == 1
    assert "findes allerede" in capsys.readouterr().err
    assert (project.root / PATH).read_bytes() == before


def test_nothing_is_written_if_anything_cannot_be(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(WordFile(p(picture("a", "x")), media={"a.png": photo(9, 9, "PNG")}).bytes())
    (project.root / "docs/retningslinjer/.dagplejen.md.new").mkdir()  # where the page would be written first
    assert new_page.main(project.root, ["department", "Dagplejen", "--from", str(tmp_path / "a.docx")]) == 1
    assert not list((project.root / "docs/billeder").glob("*fra-word*")) and not (project.root / PATH).exists()
    assert not (project.root / ".word/dagplejen.txt").exists()


@pytest.mark.parametrize("arguments", [["answer", "Hvad?", "--from", "a.docx"], ["department", "Ny", "--from"]])
def test_only_a_department_is_made_from_a_file(project: Project, arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        new_page.main(project.root, arguments)


def test_a_file_that_is_not_there_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_page.main(project.root, ["department", "Ny", "--from", "findes-ikke.docx"]) == 1
    assert "filen kan ikke læses" in capsys.readouterr().err
    assert not issubclass(GuidelineFileError, NewPageError)
