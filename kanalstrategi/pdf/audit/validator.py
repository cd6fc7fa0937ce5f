"""Checks the rules of PDF/UA-1 and PDF/A with page-validation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import page as page_validation
import pikepdf
from lxml import etree

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.xmp import PDF_A, xmp_values

LIMITS = page_validation.SafetyLimits(max_reference_depth=2000, max_table_grid_rows=5000)
"""The limits for page-validation. Its own limit of 256 refuses files with more than 256 bookmarks in a row, and that of 1024 the longest tables
that a page may have. Without any limit, a file with 20,000 bookmarks would exhaust the stack and crash the program."""

PDF_UA_1 = page_validation.ValidationProfile.PDF_UA_1
ARCHIVE_PROFILE = page_validation.ValidationProfile.PDF_A_2A
"""What the documents of the site conform to."""

STREAM_LENGTH = "STREAM-LENGTH-001"
"""The rule of page-validation that reports streams of the right length, too."""
MAX_DICTIONARY_BYTES = 100_000
"""How far into an object its stream may begin."""
_OBJECT = re.compile(rb"(?<!\d)(\d+) (\d+) obj\b")
_END = re.compile(rb"(?:\r\n|\n|\r)endstream")

_OUR_RULES = (
    ("TAGGED-DOCUMENT", ("marked", "structure")),
    ("STRUCT-TREE-ROOT", ("structure",)),
    ("STRUCT-TREE-ROLE-MAP", ("role-map",)),
    ("ID-", ("pdfua-id", "pdfa-id", "metadata")),
    ("XMP-", ("metadata",)),
    ("METADATA-STRUCTURE", ("metadata",)),
    ("METADATA-TITLE", ("title", "metadata")),
    ("METADATA-LANGUAGE", ("lang",)),
    ("VIEWER-PREFERENCES", ("display-title",)),
    ("ENCRYPTION-P", ("encryption",)),
    ("PAGE-TABS", ("tab-order",)),
    ("FONT-EMBEDDING", ("font-embedded",)),
    ("FONT-UNICODE-MAPPING", ("font-unicode",)),
    ("UNICODE-MAPPING", ("font-unicode",)),
    ("ACTION-TYPE", ("script", "launch")),
    ("STREAM-LENGTH", ("damaged",)),
    ("FIGURE-ALTERNATIVE-TEXT", ("figure-alt",)),
    ("FORMULA-ALTERNATIVE-TEXT", ("figure-alt",)),
    ("HEADING-NESTING", ("heading-skip", "heading-first")),
    ("TABLE-HEADERS-SCOPE", ("th-scope",)),
    ("TH-PARENT", ("table-structure",)),
    ("TD-PARENT", ("table-structure",)),
    ("TR-PARENT", ("table-structure",)),
    ("LI-PARENT", ("list-structure",)),
    ("LBODY-PARENT", ("list-structure",)),
    ("L-KIDS", ("list-structure",)),
    ("LI-KIDS", ("list-structure",)),
    ("TOC-KIDS", ("toc-structure",)),
    ("TOCI-PARENT", ("toc-structure",)),
    ("LINK-LINK-TAG", ("link-structure", "structure")),
    ("LINK-CONTENTS", ("link-description",)),
    ("CONTENT-TAGGING", ("untagged", "mcid-stray", "running-text", "structure")),
    ("LANGUAGE-TAG", ("lang", "lang-part")),
    ("LANG-", ("lang", "lang-part")),
)
"""Our own rules that report the same errors as rules of page-validation, but in Danish and with the page. Each entry has the start of
the name of page-validation's rule, and our rules."""


def declared_profile(xmp: etree._Element | None) -> page_validation.ValidationProfile | None:
    """Return the part and level of PDF/A that a file claims to conform to, or None if there is none that can be checked."""
    if xmp is None:
        return None
    level = "".join([*xmp_values(xmp, f"{PDF_A}part")[:1], *xmp_values(xmp, f"{PDF_A}conformance")[:1]]).lower()
    return next((profile for profile in page_validation.ValidationProfile if profile.value == level), None)


def validate(file: Path, profile: page_validation.ValidationProfile) -> page_validation.ValidationReport:
    """Return page-validation's report on a file. Raises page-validation's PageError, or SafetyLimitError if LIMITS are exceeded."""
    return page_validation.validate_pdf(file, profile=profile, limits=LIMITS)


def validator_diagnostics(
    reports: Iterable[page_validation.ValidationReport], file: Path, document: PdfDocument, reported: Collection[str]
) -> Iterator[PdfDiagnostic]:
    """Yield the failures that our own checks have not reported, each once. `reported` are the rules for which they have."""
    known: set[tuple[str, int | None]] = set()
    for report in reports:
        standard = "PDF/UA-1" if report.profile == PDF_UA_1 else f"PDF/A-{report.profile.value}"
        for failure in report.failures:
            _, _, name = failure.rule_id.partition("-")
            same = {rule for start, rules in _OUR_RULES if name.startswith(start) for rule in rules}
            if "-LANGUAGE-0" in name:  # any kind of text without a language in a document without a language
                same.add("lang")
            place = failure.object_id
            page = document.page_numbers.get((place.object_number, place.generation)) if place else None
            is_known = (name, page) in known or not same.isdisjoint(reported)
            known.add((name, page))
            if is_known or (name == STREAM_LENGTH and has_right_lengths(document.pdf, file.read_bytes())):
                continue
            message = f"bryder {standard}, {failure.rule_id}: {failure.message}"
            rule = f"{report.profile.value}-" + re.sub(r"-\d+$", "", name).casefold()
            yield PdfDiagnostic(rule, page, message, "ret det dér, hvor filen bliver lavet")


def has_right_lengths(pdf: pikepdf.Pdf, data: bytes) -> bool:
    """Whether each stream of a file is as long as it says, and is followed by an end-of-line marker and `endstream`.

    page-validation (0.11.0) takes a carriage return at the end of a stream's data for part of the end-of-line marker after it, and reports a
    wrong length. By ISO 32000-1, 7.3.8.1, /Length alone says where the data ends, and the marker after it is not counted.
    """
    places = {(int(match[1]), int(match[2])): match.end() for match in _OBJECT.finditer(data)}
    for stream in pdf.objects:
        if isinstance(stream, pikepdf.Stream):
            raw = stream.read_raw_bytes()
            start = data.find(b"stream", places.get(stream.objgen, len(data)))
            while start >= 0 and not _is_data(data, start + len(b"stream"), raw):  # the word may stand in the dictionary, too
                start = data.find(b"stream", start + 1, start + MAX_DICTIONARY_BYTES)
            if start < 0:
                return False
    return True


def _is_data(data: bytes, start: int, raw: bytes) -> bool:
    """Whether the data of a stream stands right after a word in a file."""
    for marker in (b"\r\n", b"\n"):
        if data.startswith(marker + raw, start):
            return bool(_END.match(data, start + len(marker) + len(raw)))
    return False
