"""What has changed in an edition, on paper: the document passes the audit, and says without colors what is new and what is gone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from kanalstrategi.markdown.nodes import element
from kanalstrategi.pdf.engine import make_pdf
from kanalstrategi.pdf.print_document import DocumentFacts, PrintPage, assemble
from kanalstrategi.pdf.typst.engine import refuse_inaccessible
from tests.support.adopted_text import pages_as_text
from tests.support.editions import changes_of_proposal


def test_the_changes_are_printed_with_their_kinds_and_both_wordings(tmp_path: Path) -> None:
    facts = DocumentFacts("Ændringer", "Kommunen", "Ændringer", "da", date(2026, 3, 1), "Udskrevet den 1. marts 2026", (), "https://example.org/", "pdf/x.pdf")
    opening = PrintPage("", element("div", element("h1", "Ændringer")))
    document = assemble(facts, opening, [PrintPage("udgaver/2026-2029/aendringer/", changes_of_proposal(), source="docs/a.md")])
    make_pdf(document, tmp_path, tmp_path / "x.pdf")
    refuse_inaccessible(document, tmp_path / "x.pdf")
    text = re.sub(r"\s+", " ", " ".join(pages_as_text(tmp_path / "x.pdf")).replace("\xad", ""))
    assert "Ændret regel Gælder nu: vi skal ringe, når vi i den enkelte sag" in text and "Forslag: vi skal som regel ringe, når vi" in text
    assert "Udgået regel Gælder nu: der skal være fysiske mødelokaler" in text and "Ny regel Forslag: vi skal ringe op igen" in text
    for of_screen in ("ny tekst", "slut på", "Se i sammenhæng"):
        assert of_screen not in text
