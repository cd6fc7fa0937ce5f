"""A second program judges our PDFs, by another hand than the validator; where it and our audit disagree, we say who is right.

It is outloud (0.2.1). Of pdfua (0.1.3) nothing is left to gain: it has 12 checks for the 106 rules of PDF/UA-1, all of them in page-validation
too, and the one of tables fails on every file with the pikepdf that we use.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from outloud import check  # type: ignore[import-untyped]  # it says nothing about its types

from kanalstrategi.pdf.audit.runner import audit
from tests.support.sample_pdf import SAMPLE, compiled, repair

DISAGREEMENTS = {
    "TAG-002": "Text declared as decoration: our running header, of a long title and a long chapter. We are right: running headers must be "
    "artifacts (ISO 14289-1, 7.8), and it is one of type Pagination. outloud takes eight words for prose.",
    "TAG-020": "Empty Lbl elements: Typst (0.15) writes one for each item of a list without a marker. outloud is right that they hold nothing, "
    "but no rule is broken: Lbl is optional, and nothing is said about its content (ISO 32000-1, 14.8.4.3.3).",
    "TBL-010": "More TH than TD in a table: one of two columns, whose first column heads the rows. We are right: a cell that heads a row is a "
    "TH with the scope Row (ISO 32000-1, 14.8.4.3.4 and table 349).",
    "ORD-001": "Content painted in another order than that of the tags. We are right: it is painted in the order of /K. outloud lists the content "
    "of an element before that of the elements in it, but the order of /K is that of reading (ISO 32000-1, 14.7.2, table 323).",
    "PAG-001": "Lines close to the edge of several pages with the same words: headings that recur, such as 'Forslag til beslutninger'. We are right: "
    "only what belongs to pagination is an artifact (ISO 32000-1, 14.8.2.2.2), and a heading is read where it stands.",
}
"""The rules of outloud that find something where our audit finds nothing, with the clause of the standard that decides."""


NEEDS_PYMUPDF = "TAG-003"
"""The only rule for a single file that needs PyMuPDF: without it, it finds nothing."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("opinion") / "sample.pdf"
    file.write_bytes(compiled(SAMPLE.read_bytes()))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        repair(pdf)
        pdf.save(file)
    return file


def rules(file: Path) -> set[str]:
    """Return the rules of outloud that a file breaks. It never raises, but says in the result what went wrong."""
    result = check(str(file), skip=[NEEDS_PYMUPDF])
    assert result.error is None
    assert [run for run in result.runs if run.status == "crashed"] == []
    return {finding.rule for finding in result.findings if finding.severity != "info"}


def test_nobody_finds_anything_in_the_sample(sample: Path) -> None:
    assert audit(sample) == [] and rules(sample) == set()


def test_the_disagreements_about_the_longest_document_are_known(site: Path) -> None:
    """If one is gone, take it off the list."""
    document = site / "pdf" / "samlet.pdf"
    assert audit(document, is_archive=True) == []
    assert rules(document) == set(DISAGREEMENTS)
