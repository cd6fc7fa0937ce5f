"""Checks the PDF/UA-1 rules with page-validation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import page as page_validation

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic
from kanalstrategi.pdf.audit.model import PdfDocument

LIMITS = page_validation.SafetyLimits(max_reference_depth=2000)
"""The limits for page-validation. Its own limit of 256 refuses files with more than 256 bookmarks in a row. Without any limit, a file
with 20,000 bookmarks would exhaust the stack and crash the program."""

_OUR_RULES = (
    ("TAGGED-DOCUMENT", ("marked", "structure")),
    ("STRUCT-TREE-ROOT", ("structure",)),
    ("STRUCT-TREE-ROLE-MAP", ("role-map",)),
    ("ID-", ("pdfua-id", "metadata")),
    ("METADATA-STRUCTURE", ("metadata",)),
    ("METADATA-TITLE", ("title", "metadata")),
    ("METADATA-LANGUAGE", ("lang",)),
    ("VIEWER-PREFERENCES", ("display-title",)),
    ("ENCRYPTION-P", ("encryption",)),
    ("PAGE-TABS", ("tab-order",)),
    ("FONT-EMBEDDING", ("font-embedded",)),
    ("FONT-UNICODE-MAPPING", ("font-unicode",)),
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
)
"""Our own rules that report the same errors as rules of page-validation, but in Danish and with the page. Each entry has the start of
the name of page-validation's rule, and our rules."""


def validate(file: Path) -> page_validation.ValidationReport:
    """Return page-validation's report on a file. Raises page-validation's PageError, or SafetyLimitError if LIMITS are exceeded."""
    return page_validation.validate_pdf(file, profile=page_validation.ValidationProfile.PDF_UA_1, limits=LIMITS)


def validator_diagnostics(
    report: page_validation.ValidationReport, document: PdfDocument, reported: Collection[str]
) -> Iterator[PdfDiagnostic]:
    """Yield the failures that our own checks have not reported. `reported` are the rules for which they have."""
    for failure in report.failures:
        name = failure.rule_id.removeprefix("PDFUA1-")
        same = {rule for start, rules in _OUR_RULES if name.startswith(start) for rule in rules}
        if "-LANGUAGE-0" in name:  # any kind of text without a language in a document without a language
            same.add("lang")
        if not same.isdisjoint(reported):
            continue
        place = failure.object_id
        page = document.page_numbers.get((place.object_number, place.generation)) if place else None
        message = f"bryder PDF/UA-1, {failure.rule_id}: {failure.message}"
        rule = "ua1-" + re.sub(r"-\d+$", "", name).casefold()
        yield PdfDiagnostic(rule, page, message, "ret det dér, hvor filen bliver lavet")
