"""Text that others have written comes in through one gate, which changes nothing without a word and lets nothing hide."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.incoming_text import ANY_LENGTH, MAX_DIAGNOSTICS, MAX_LINE_CHARACTERS, forbidden_character, join_surrogates, read_bytes, read_typed
from tests.support.odd_characters import ODD


@pytest.mark.parametrize("name", ODD)
def test_an_odd_character_is_reported_with_its_line(name: str) -> None:
    found = read_typed(f"en\nto\ntre {ODD[name]} fire\nfem\n").diagnostics
    assert [diagnostic.line for diagnostic in found] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "æøåÆØÅ é ü ß – ’ »citat« “citat” … • § ½ € → ✓",
        "tegn\u00addeling, fast\u00a0mellemrum, \u2009smalt",
        "søjle\tsøjle",
        "👩\u200d👧 👍🏽 ✔\ufe0f",
        "\u05e9\u05dc\u05d5\u05dd\u200f (hej)",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 på persisk",
        "\u0e17\u0e35\u0e48 \u0939\u093f\u0928\u094d\u0926\u0940 \u4e2d\u6587 \u03b1\u0301",
        "A\u030a er Å, og e\u0301\u0323 har to accenter",
        "hâtif, âtre",
        "x" * MAX_LINE_CHARACTERS,
    ],
)
def test_ordinary_text_comes_in(text: str) -> None:
    assert read_typed(text) == read_bytes(text.encode())
    assert read_typed(text).diagnostics == ()


def test_every_invisible_character_is_refused_or_has_a_use() -> None:
    """Of what Unicode calls control, format, surrogate and private use, and of code points that will never be characters."""
    in_use = {*"\t\n", "\u00ad", *"\u061c\u200c\u200d\u200e\u200f"}  # a soft hyphen; marks, which belong beside other scripts
    in_use |= {*"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"}  # which other scripts show
    let_in = {
        character
        for character in map(chr, range(0x110000))
        if (unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or ord(character) & 0xFFFE == 0xFFFE)
        and not forbidden_character(character)
        and character not in in_use
        and not 0x110BD <= ord(character) <= 0x1D17A  # signs of ancient scripts and of music
    }
    assert let_in == set()


# Encodings

DANISH = "Åbent på lørdage – også for børn\n" * 5


@pytest.mark.parametrize(
    ("encoding", "guess"),
    [
        ("cp1252", ", men ser ud til at være Windows-1252 (»ANSI«)"),
        ("utf-16", ", men ser ud til at være UTF-16 (»Unicode«)"),
        ("utf-16-le", ", men ser ud til at være UTF-16 (»Unicode«)"),
        ("utf-16-be", ", men ser ud til at være UTF-16 (»Unicode«)"),
        ("utf-32", ", men ser ud til at være UTF-32"),
    ],
)
def test_a_file_in_another_encoding_is_read_and_reported_once(encoding: str, guess: str) -> None:
    incoming = read_bytes(DANISH.encode(encoding))
    assert incoming.text == DANISH
    assert incoming.diagnostics == (TextDiagnostic(1, f"teksten er ikke gemt som UTF-8{guess}", "gem filen igen med tegnsættet UTF-8"),)


def test_a_file_that_changes_its_encoding_is_reported_where_it_does() -> None:
    [diagnostic] = read_bytes(DANISH.encode() + DANISH.encode("cp1252")).diagnostics
    assert diagnostic.line == 6


def test_bytes_that_are_no_text_are_reported() -> None:
    assert [diagnostic.message for diagnostic in read_bytes(b"a\n\x81\x8d\n").diagnostics] == ["teksten er ikke gemt som UTF-8"]


def test_a_mark_at_the_beginning_is_no_part_of_the_text() -> None:
    assert read_bytes("\ufeffæ".encode()) == read_bytes("æ".encode())
    assert read_bytes("\ufeff\ufeffæ".encode()).diagnostics


# Lines


@pytest.mark.parametrize("line_ending", ["\n", "\r\n", "\r"])
def test_line_endings_are_read_alike(line_ending: str) -> None:
    incoming = read_bytes(DANISH.replace("\n", line_ending).encode())
    assert (incoming.text, incoming.diagnostics) == (DANISH, ())


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_line_that_a_terminal_would_cover_is_reported(ending: str) -> None:
    [diagnostic] = read_typed(f"en{ending}skjult\rsynlig{ending}").diagnostics
    assert (diagnostic.line, diagnostic.message) == (2, "linjen indeholder et usynligt tegn (U+000D)")


def test_a_line_of_unbounded_length_is_reported() -> None:
    text = f"en\n{'x' * MAX_LINE_CHARACTERS}x\n"
    [diagnostic] = read_typed(text).diagnostics
    assert (diagnostic.line, diagnostic.message) == (2, "linjen er på 20001 tegn, og den må højst være på 20000")
    assert read_typed(text, ANY_LENGTH).diagnostics == ()


def test_a_text_of_odd_characters_is_reported_in_few_lines() -> None:
    assert len(read_typed("\u202e\n" * 5000).diagnostics) == MAX_DIAGNOSTICS


# Whatever comes


@given(st.text(st.characters() | st.sampled_from("\r\n\t\ud800\u202e\u0301Ãâ€")))
def test_what_comes_in_without_a_word_is_what_was_typed(text: str) -> None:
    """In NFC, which looks the same, and with other line endings."""
    incoming = read_typed(text)
    assert unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")) == incoming.text
    if not incoming.diagnostics:
        assert read_bytes(text.encode()) == incoming
        assert read_typed(incoming.text) == incoming


@given(st.binary())
def test_any_bytes_give_a_text_or_a_word(data: bytes) -> None:
    incoming = read_bytes(data)
    assert all(1 <= diagnostic.line <= incoming.text.count("\n") + 1 for diagnostic in incoming.diagnostics)
    if not incoming.diagnostics:
        assert unicodedata.normalize("NFC", data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")) == incoming.text


@given(st.text(st.characters() | st.sampled_from("\ud83d\ude00")))
def test_no_half_characters_are_left(text: str) -> None:
    join_surrogates(text).encode()
