"""Ids and file names are ASCII, and the same however the text was typed."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.content.source_files import parse_pages
from kanalstrategi.danish.normalization import to_nfc
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.parser import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Målgruppe på ærøskøbingsk", "maalgruppe-paa-aeroeskoebingsk"),
        ("Æ/Ø/Å", "ae-oe-aa"),
        ("“Citat” og 'enkelt'", "citat-og-enkelt"),
        ("Pris: 100 kr. (2024)", "pris-100-kr-2024"),
        ("A_b_c og C#", "a-b-c-og-c"),
        ("A‑B – a--b", "a-b-a-b"),
        ("!!!", ""),
    ],
)
def test_words_are_joined_by_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café", "cafe"),
        ("É è ü ß ñ", "e-e-u-ss-n"),
        ("Ærø Ǽrø Ǿre Ǻl", "aeroe-aeroe-oere-aal"),
        ("Œuvre, Straẞe, Þórður, Łódź, Đorđe", "oeuvre-strasse-thordur-lodz-dorde"),
        ("İstanbul, Iğdır, Kelvin (\u212a)", "istanbul-igdir-kelvin-k"),
        ("ﬁnde", "finde"),
        ("a\u0323\u030a", "aa"),
        ("Ω alfa", "alfa"),
    ],
)
def test_letters_lose_their_accents_and_not_themselves(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufe0f"])
def test_what_nobody_sees_does_not_split_a_word(character: str) -> None:
    assert slug(f"Blød{character}bindestreg") == "bloedbindestreg"


@given(st.text(st.sampled_from("aåæøeéüßi \u030a\u0301\u0323\u00adÅÆØ5-\u212b") | st.characters(codec="utf-8"), max_size=20))
def test_both_forms_of_unicode_have_the_same_slug(text: str) -> None:
    found = slug(text)
    assert {slug(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")} == {found}
    assert re.fullmatch("(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", found)
    assert slug(found) == found


@given(st.text(st.sampled_from("aåeé \n\u030a\u0301\u0323\u212b\u1100\u1161\u11a8") | st.characters(codec="utf-8")))
def test_texts_are_compared_in_the_normal_form(text: str) -> None:
    assert to_nfc(text) == unicodedata.normalize("NFC", text)


def test_a_page_typed_on_a_mac_is_as_any_other(tmp_path: Path) -> None:
    text = "---\nowner: Rådhuset\n---\n\n# Åbningstider\n\n## Ændringer på årets helligdage\n\nSe [ændringer](#aendringer-paa-aarets-helligdage).\n"
    (tmp_path / "andre.md").write_text(text, encoding="utf-8")
    (tmp_path / "mac.md").write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    diagnostics: list[Diagnostic] = []
    pages = parse_pages(tmp_path, ["andre.md", "mac.md"], diagnostics, lambda texts: parse)
    assert pages["mac.md"] == pages["andre.md"] and diagnostics == []
    assert pages["mac.md"].blocks[1].id == "aendringer-paa-aarets-helligdage"
