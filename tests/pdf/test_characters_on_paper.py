"""Every character that the checks let through is on paper, whatever it stands in."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from kanalstrategi.design.fonts import unsupported_characters
from kanalstrategi.incoming_text import forbidden_character
from kanalstrategi.markdown.nodes import element
from kanalstrategi.pdf.engine import make_pdf
from kanalstrategi.pdf.print_document import PrintPage, assemble
from tests.support.paper import FACTS, content_of, squeezed

CHARACTERS = [
    character
    for character in map(chr, range(0x20, sys.maxunicode + 1))
    if unicodedata.category(character) not in ("Cs", "Cn", "Co") and not forbidden_character(character) and not [*unsupported_characters(character)]
]
AT_ONCE = 900
"""How many characters stand in one paragraph or heading: PDF/A has limits for the name of a bookmark."""
DRAWN_TWICE = {"\u0385"}
"""Characters that Typst (0.15) draws with two glyphs in code, each of which stands for the whole, so that it is read twice."""


@pytest.mark.parametrize("tag", ["span", "em", "strong", "code", "h2"])
def test_every_character_that_is_let_through_is_on_paper(tmp_path: Path, tag: str) -> None:
    pieces = {character: unicodedata.normalize("NFC", f"a{character}b") for character in CHARACTERS}  # as pages are read
    texts = [" ".join(some) for some in (list(pieces.values())[first : first + AT_ONCE] for first in range(0, len(pieces), AT_ONCE))]
    inner = [element(tag, words) if tag == "h2" else element("p", element(tag, words)) for words in texts]
    page = PrintPage("a/", element("div", element("h1", "Tegn"), inner), source="docs/a.md")
    make_pdf(assemble(FACTS, PrintPage("", element("div", element("h1", "Prøve"))), [page]), tmp_path, tmp_path / "x.pdf")
    content = content_of(tmp_path / "x.pdf").replace("\u200b", "")
    missing = [character for character, piece in pieces.items() if squeezed(piece) not in content and not _is_no_sign_of_its_own(character)]
    assert len(CHARACTERS) > 800 and set(missing) <= DRAWN_TWICE


def _is_no_sign_of_its_own(character: str) -> bool:
    """Whether a character is nothing to see, or a mark of a script whose letters change with it, which never stands between an a and a b."""
    own = unicodedata.normalize("NFC", character)
    is_mark = any(unicodedata.category(part).startswith("M") for part in own)
    return unicodedata.category(character) == "Cf" or (is_mark and ord(own[0]) > 0x36F)
