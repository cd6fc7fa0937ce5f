"""The adopted text is carried over word for word, to the site and to the PDF."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from words import normal, pdf_text, site_text, source_sentences


def missing(text: str) -> list[str]:
    """The sentences that the text holds fewer times than the source does."""
    wanted = Counter(normal(sentence) for sentence in source_sentences())
    wanted["kanalstrategi 2023-2025"] -= 1  # the title, which the source page's own menu repeated
    return [sentence for sentence, times in wanted.items() if text.count(sentence) < times]


def test_source_is_read_whole() -> None:
    sentences = source_sentences()
    assert "vi skal ringe, når vi i den enkelte sag vurderer, at det er mere effektivt end skriftlig dialog for både borgerne og os" in sentences
    assert "Det kan medføre ventetid og ekstra brug af ressourcer for både borgerne og os." in sentences
    assert len(sentences) > 120


def test_site_holds_every_sentence(site: Path) -> None:
    assert missing(site_text(site)) == []


def test_pdf_holds_every_sentence(pdf: Path) -> None:
    assert missing(pdf_text(pdf)) == []


def test_a_lost_word_is_noticed(site: Path) -> None:
    rule = "vi skal informere om brede og ikke-personfølsomme emner"
    assert missing(site_text(site).replace(rule, "vi skal informere om brede emner")) == [rule]


def test_a_rule_that_stands_in_one_place_fewer_is_noticed(site: Path) -> None:
    rule = "vi skal sikre, at regler for notatpligt og journalisering overholdes."
    text = site_text(site)
    assert text.count(rule) == 2  # and a third time without its full stop
    assert missing(text.replace(rule, "", 1)) == [rule]
