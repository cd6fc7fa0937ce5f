"""On paper, a rule says what kind it is by sign, color and word, whichever engine lays it out."""

from __future__ import annotations

from pathlib import Path

from kanalstrategi.pdf.print_html import print_html
from kanalstrategi.pdf.typst.content import typst_content
from tests.support.adopted_text import pdf_text
from tests.support.documents import DOCUMENTS, reassembled


def test_the_word_stands_before_the_rule(pdf: Path) -> None:
    words = " ".join(pdf_text(pdf).replace("\u00ad", "").casefold().split())
    assert "forbud vi ikke må sags" in words and "hensigt vi skal bestræbe os" in words and words.count("påbud ") == 22


def test_both_engines_get_sign_and_color(site: Path) -> None:
    document = reassembled(site, DOCUMENTS["kanalstrategi"])
    assert '<img class="icon" src="icon:material/cancel@overdue" alt="">Forbud</span>' in print_html(document)
    data, _ = typst_content(document, {})[:2]
    assert "material--cancel@overdue" in str(data) and "'kinds': ['rule-kind', 'prohibition']" in str(data)
