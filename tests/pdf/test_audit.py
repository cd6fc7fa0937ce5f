"""The audit finds nothing in a correct file, and finds every error that is planted in a copy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, UnreadableError
from kanalstrategi.pdf.audit.runner import audit
from tests.support.planted_errors import ERRORS, tag_artifacts
from tests.support.project import ROOT
from tests.support.sample_pdf import FIGURE, LAST, LINKS, SAMPLE, compiled, elements, first, repair


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
