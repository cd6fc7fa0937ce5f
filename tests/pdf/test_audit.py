"""The audit finds nothing in a correct file, and finds every error that is planted in a copy."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from kanalstrategi.pdf.audit.check_text import MAX_PLACES
from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, UnreadableError
from kanalstrategi.pdf.audit.runner import audit
from kanalstrategi.pdf.audit.validator import ARCHIVE_PROFILE, STREAM_LENGTH, validate
from tests.support.planted_errors import ERRORS, change_xmp, tag_artifacts
from tests.support.project import ROOT
from tests.support.sample_pdf import FIGURE, LAST, LINKS, SAMPLE, compiled, elements, first, image, paint, repair


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("audit") / "raw.pdf"
    file.write_bytes(compiled(SAMPLE.read_bytes()))
    return file


@pytest.fixture(scope="module")
def base(raw: Path) -> Path:
    file = raw.with_name("base.pdf")
    with pikepdf.open(raw) as pdf:
        repair(pdf)
        pdf.save(file)
    return file


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


def test_omissions_of_typst_are_found(raw: Path) -> None:
    """If this fails, Typst has improved, and kanalstrategi/pdf/typst/tag_repair.py can do less."""
    assert [(diagnostic.rule, diagnostic.page) for diagnostic in audit(raw)] == [("link-description", LINKS)]


def test_headers_are_found_on_each_page_and_nothing_else_is(base: Path, tmp_path: Path) -> None:
    with pikepdf.open(base) as pdf:
        for page in range(1, LAST + 1):
            tag_artifacts(pdf, page)
        pdf.save(tmp_path / "copy.pdf")
    running = [diagnostic for diagnostic in audit(tmp_path / "copy.pdf") if diagnostic.rule == "running-text"]
    assert {diagnostic.page for diagnostic in running} == set(range(1, LAST + 1))
    assert any("Prøvedokument Kapitel nummer 4" in diagnostic.message for diagnostic in running)  # the chapter changes
    assert not any("Ord" in diagnostic.message for diagnostic in running)


def test_text_close_to_the_edge_is_content_if_it_does_not_repeat(tmp_path: Path) -> None:
    texts = ("Først kom regnen", "Siden sneen", "Så solen", "Til sidst natten")
    head = '#set document(title: "x")\n#set page(margin: 5mm)\n#set text(font: "IBM Plex Sans")\n'
    (tmp_path / "x.pdf").write_bytes(compiled((head + "#pagebreak()".join(texts)).encode()))
    assert [diagnostic.message for diagnostic in audit(tmp_path / "x.pdf") if diagnostic.rule == "running-text"] == []


def test_what_may_go_over_the_edge_of_a_page_is_no_error(base: Path, tmp_path: Path) -> None:
    """Backgrounds, what is clipped to the page, an image from edge to edge, printers' marks and spaces."""
    allowed = (
        b"-20 -20 500 700 re f",
        b"0 0 419 595 re W n 100 0 0 100 380 550 cm /Planted Do",
        b"440 0 0 300 -10 300 cm /Planted Do",
        b"1 0 0 1 300 300 cm 0 0 100 100 re W* n q 500 0 0 500 -10 -10 cm /Planted Do Q",
        b"-30 10 m -10 10 l S",
        b"BT /Letters 10 Tf 410 99 Td (     ) Tj ET",
        b"q 0 0 1 1 re W n 5 5 1 1 re W n 9 0 0 9 900 900 cm /Planted Do Q",
    )
    with pikepdf.open(base) as pdf:
        image(pdf, LAST)
        letters = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Letters, FirstChar=32, LastChar=32, Widths=Array([500]))
        pdf.pages[LAST - 1].Resources.Font.Letters = letters
        for code in allowed:
            pdf.pages[LAST - 1].contents_add(b"/Artifact BMC q %s Q EMC" % code)
        pdf.save(tmp_path / "copy.pdf")
    assert [str(diagnostic) for diagnostic in audit(tmp_path / "copy.pdf") if diagnostic.rule == "outside-page"] == []


# Text that has to be there


def missing(file: Path, *texts: str) -> list[str]:
    return [diagnostic.message for diagnostic in audit(file, texts) if diagnostic.rule == "text-missing"]


def made(folder: Path, body: str) -> Path:
    head = '#set document(title: "x")\n#set page(width: 60mm, margin: 5mm)\n#set text(font: "IBM Plex Sans", lang: "da", fallback: false)\n'
    (folder / "x.pdf").write_bytes(compiled((head + body).encode()))
    return folder / "x.pdf"


def test_no_word_of_a_text_is_missed_that_is_on_paper(tmp_path: Path) -> None:
    """Words that are divided, in ligatures, in notes, in columns, with raised letters, and in addresses that break without a sign."""
    long = "digitaliserings\u00adstyrelses\u00admedarbejder"
    body = f"""
#set par(justify: true)
#columns(2, gutter: 2mm)[Officiel fin {long} med {long} #footnote[En note om vandets H#sub[2]O] og mere {long} {"ord " * 90}]
#"https:\u200b//eksempel.dk/\u200bside\u200bmed\u200blange\u200bord\u200bi\u200badressen"
#upper[store] bogstaver
"""
    texts = ("officiel fin digitaliseringsstyrelsesmedarbejder med digitaliseringsstyrelsesmedarbejder og mere", "digitaliserings\u00adstyrelsesmedarbejder")
    address = "https://eksempel.dk/sidemedlangeordiadressen"
    assert missing(made(tmp_path, body), *texts, "ord " * 90, "En note om vandets H2O", address, "Store bogstaver") == []


def test_two_words_without_a_space_between_them_are_not_missed(tmp_path: Path) -> None:
    """At a line that begins with a soft hyphen, a file has no space, so that its text reads `atDet`."""
    assert missing(made(tmp_path, "betyder, at#sym.zws;Det betyder, at#sym.zws;Det er"), "betyder, at", "Det betyder, at", "Det er") == []
    assert missing(made(tmp_path, "betyder, at#sym.zws;Det betyder"), "betyder, at", "Det betyder, at") != []


def test_words_that_are_not_on_paper_are_reported_with_the_words_around_them(base: Path) -> None:
    [message] = missing(base, "Kanal Antal Mail 7", "Ord 2 om den særlige sagen.")
    assert message == "ordene »den særlige« (efter »Ord 2 om« og før »sagen«) er ikke på papiret"
    [diagnostic] = [one for one in audit(base, ["Kapitel nummer 4 Ord 4 om sagen. Læs mere om alle kanaler"]) if one.rule == "text-missing"]
    assert diagnostic.page == LINKS and "»alle«" in diagnostic.message


def test_each_word_is_counted(base: Path) -> None:
    """A column of a table whose words also stand elsewhere is missed."""
    assert missing(base, "Mail 7", "Mail 7") and not missing(base, "Mail 7")
    assert len(missing(base, *(f"fejl Kapitel nummer {number}" for number in range(2, 10)))) == MAX_PLACES + 1


def test_words_outside_the_page_or_in_decoration_are_missing(tmp_path: Path) -> None:
    body = "#place(dx: 90mm)[langt ude] #block(height: 10mm, clip: false)[her] #pdf.artifact[pynt] #place(dy: -30mm)[foroven]"
    messages = missing(made(tmp_path, body), "her", "langt ude", "pynt", "foroven")
    assert [message.split("«")[0] for message in messages] == ["ordene »langt ude pynt foroven"]


def test_a_text_in_place_of_others_is_read(base: Path, tmp_path: Path) -> None:
    """What a letter that is drawn, or a text in pieces, stands for (/ActualText), in the content or in the structure."""
    with pikepdf.open(base) as pdf:
        paint(pdf, LAST, b"/Artifact BMC EMC /Span <</ActualText (H\\)andskrift)>> BDC", b"EMC")
        first(pdf, "/H3").ActualText = String("Forklaring")
        pdf.save(tmp_path / "copy.pdf")
    assert missing(tmp_path / "copy.pdf", "H", "andskrift", "Forklaring") == []


# The archive


def test_a_document_that_must_be_archived_has_to_claim_it(base: Path, tmp_path: Path) -> None:
    with pikepdf.open(base) as pdf:
        change_xmp("<pdfaid:.*</pdfaid:conformance>", "")(pdf)
        pdf.save(tmp_path / "copy.pdf", fix_metadata_version=False)
    assert audit(base, is_archive=True) == audit(tmp_path / "copy.pdf") == []
    assert [diagnostic.rule for diagnostic in audit(tmp_path / "copy.pdf", is_archive=True)] == ["pdfa-id"]


def test_the_level_that_a_file_claims_is_checked(base: Path, tmp_path: Path) -> None:
    with pikepdf.open(base) as pdf:
        change_xmp("(<pdfaid:part>)2(.*<pdfaid:conformance>)A", r"\g<1>1\g<2>B")(pdf)
        pdf.save(tmp_path / "copy.pdf", fix_metadata_version=False)
    assert any(diagnostic.rule.startswith("1b-") for diagnostic in audit(tmp_path / "copy.pdf"))


@pytest.fixture
def data_ending_in_return(base: Path, tmp_path: Path) -> Path:
    """A file with a stream whose data ends with a carriage return, before the end-of-line marker that is not part of it."""
    with pikepdf.open(base) as pdf:
        pdf.pages[LAST - 1].contents_add(b"/Artifact BMC EMC\r")
        pdf.save(tmp_path / "copy.pdf", compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"EMC\r\nendstream" in (tmp_path / "copy.pdf").read_bytes()
    return tmp_path / "copy.pdf"


def test_data_that_ends_in_a_carriage_return_is_no_error(data_ending_in_return: Path) -> None:
    assert audit(data_ending_in_return, is_archive=True) == []


def test_the_validator_still_takes_such_data_for_an_error(data_ending_in_return: Path) -> None:
    """If this fails, page-validation has been mended, and `has_right_lengths` in kanalstrategi/pdf/audit/validator.py can go."""
    failures = validate(data_ending_in_return, ARCHIVE_PROFILE).failures
    assert [failure.rule_id for failure in failures] == [f"PDFA2A-{STREAM_LENGTH}"]


def test_a_stream_that_is_longer_than_it_says_is_found(data_ending_in_return: Path) -> None:
    """By one byte, which looks like part of the end-of-line marker."""
    content = data_ending_in_return.read_bytes()
    place = content.index(b"/Artifact BMC EMC\r")
    before, after = content[:place], content[place:]
    number, _ = re.subn(rb"/Length 18(.{0,9}stream\n)$", rb"/Length 17\1", before, flags=re.DOTALL)
    assert number != before
    data_ending_in_return.write_bytes(number + after.replace(b"EMC\r\n", b"EMC\n\n", 1))
    assert {diagnostic.rule for diagnostic in audit(data_ending_in_return)} & {"damaged", "2a-stream-length"}


def test_protection_that_shuts_screen_readers_out(base: Path, tmp_path: Path) -> None:
    """Only old encryption can: since revision 4, the permission to extract text for screen readers is always granted."""
    for revision, allowed in ((6, True), (3, False)):
        strength: dict[str, Any] = {"R": revision, "aes": revision > 3, "metadata": revision > 3}
        forbidden = pikepdf.Permissions(extract=False, accessibility=False)
        file = tmp_path / f"{revision}.pdf"
        with pikepdf.open(base) as pdf:
            change_xmp("<pdfaid:.*</pdfaid:conformance>", "")(pdf)  # an archive must not be encrypted at all
            pdf.save(file, fix_metadata_version=False, encryption=pikepdf.Encryption(owner="x", user="", allow=forbidden, **strength))
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
        whole.page = 1  # type: ignore[misc]  # which has to fail


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


def test_the_command_finds_text_that_is_not_in_the_file(base: Path, tmp_path: Path) -> None:
    page = "<title>x</title><nav>menu</nav><main><p>Kapitel nummer<b> 2</b><script>let x</script><p>Ord 2 om sagen.<br>Forsvundet afsnit</main>"
    (tmp_path / "side.html").write_text(page, encoding="utf-8")
    (tmp_path / "side.txt").write_text("Ord 3 om\nsagen. Ukendt vending\n", encoding="utf-8")
    process = run("--tekst", "side.html", base, cwd=tmp_path)
    assert process.returncode == 1
    assert process.stdout.splitlines()[:-1] == [
        f"{base}: side 2: ordene »Forsvundet afsnit« (efter »2 om sagen«) er ikke på papiret – find ud af, hvorfor teksten falder ud, når filen bliver lavet"
    ]
    assert "»Ukendt vending«" in run("--tekst", "side.txt", base, cwd=tmp_path).stdout
    process = run("--tekst", "findes-ikke.txt", base, cwd=tmp_path)
    assert process.returncode == 1 and "findes-ikke.txt" in process.stderr and "Traceback" not in process.stderr


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
    assert process.returncode == 2 and process.stderr == "Skriv: python3 scripts/audit_pdf.py [--tekst FIL] FIL.pdf …\n"


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
