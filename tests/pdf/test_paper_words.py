"""Documents of both engines say nothing that makes sense on a screen alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanalstrategi.pdf.engine import ENGINES, make_pdf
from tests.support.adopted_text import pdf_text
from tests.support.documents import DOCUMENTS, reassembled

OF_THE_SCREEN = ("gå til hovedindhold", "åbne punkterne nedenfor", "nyt vindue", "nederst på denne side", "download")
DAY = "Udskrevet den 1. januar 2026"


@pytest.mark.parametrize("id", DOCUMENTS)
def test_no_document_of_the_site_speaks_of_the_screen(site: Path, id: str) -> None:
    text = pdf_text(site / DOCUMENTS[id].url)
    assert [words for words in OF_THE_SCREEN if words in text] == []


@pytest.mark.parametrize("id", ["kanalstrategi", "samlet"])
def test_neither_do_those_of_pdfkit(site: Path, tmp_path: Path, id: str) -> None:
    make_pdf(reassembled(site, DOCUMENTS[id]), site, tmp_path / "x.pdf", "pdfkit")
    text = pdf_text(tmp_path / "x.pdf")
    assert [words for words in OF_THE_SCREEN if words in text] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_the_day_of_the_build_is_when_it_was_printed(site: Path, tmp_path: Path, engine: str) -> None:
    make_pdf(reassembled(site, DOCUMENTS["retningslinjer-skoler"]), site, tmp_path / "x.pdf", engine)
    text = pdf_text(tmp_path / "x.pdf")
    assert text.count(DAY.casefold()) == 2 and "udgave" not in text  # on the cover and on the last page
