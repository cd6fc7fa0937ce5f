"""The PDF/UA-1 rules, as page-validation checks them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import page as page_validation

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic
from kanalstrategi.pdf.audit.model import PdfDocument

LIMITS = page_validation.SafetyLimits(max_reference_depth=2000)
"""page-validation's own limit of 256 refuses a file with more bookmarks than that in a row. With no limit at all, a file
with 20 000 exhausts the stack, which ends the program."""

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
"""The rules of ours that report the same as one of page-validation's, by the start of its name: in Danish and with the page."""


def validate(file: Path) -> page_validation.ValidationReport:
    """Return page-validation's report on a file. Raises its PageError, and SafetyLimitError beyond the limits."""
    return page_validation.validate_pdf(file, profile=page_validation.ValidationProfile.PDF_UA_1, limits=LIMITS)


def validator_diagnostics(
    report: page_validation.ValidationReport, document: PdfDocument, reported: Collection[str]
) -> Iterator[PdfDiagnostic]:
    """Yield the failures that our own checks have not reported. `reported` are the rules of those checks' diagnostics."""
    for failure in report.failures:
        name = failure.rule_id.removeprefix("PDFUA1-")
        same = {rule for start, rules in _OUR_RULES if name.startswith(start) for rule in rules}
        if "-LANGUAGE-0" in name:  # a text of any kind without a language in a document that has none
            same.add("lang")
        if not same.isdisjoint(reported):
            continue
        place = failure.object_id
        page = document.page_numbers.get((place.object_number, place.generation)) if place else None
        message = f"bryder PDF/UA-1, {failure.rule_id}: {failure.message}"
        rule = "ua1-" + re.sub(r"-\d+$", "", name).casefold()
        yield PdfDiagnostic(rule, page, message, "ret det dér, hvor filen bliver lavet")
