"""Danish text is split into sentences, and nothing of it is lost."""

from __future__ import annotations

import pytest

from kanalstrategi.danish.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ring først. Skriv så.", ["Ring først.", "Skriv så."]),
        ("Må jeg? Ja! Altid.", ["Må jeg?", "Ja!", "Altid."]),
        ("Brug fx bl.a. f.eks. når det er 1.5 km.", ["Brug fx bl.a. f.eks. når det er 1.5 km."]),
        ("Uden punktum", ["Uden punktum"]),
        ("", [""]),
    ],
)
def test_a_text_is_split_where_a_sentence_ends(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences
    assert " ".join(sentences) == text
