"""The font of PDFs and social cards, and which characters it has.

For a character that the font lacks, the PDF engine would look among the fonts of the machine that builds: the document would
differ from one machine to the next, or break PDF/UA-1.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files

from fontTools.ttLib import TTFont

FONT_FOLDER = files("fontpkg_ibm_plex_sans").joinpath("files")
FONT = "IBMPlexSans[wdth,wght].ttf"
"""The upright font, a variable one, in its folder."""
FONTS = {
    "upright": FONT,
    "italic": "IBMPlexSans-Italic[wdth,wght].ttf",
}
"""The font files that URLs beginning with `font:` name in print styles."""


def font_bytes(file: str) -> bytes:
    """Return the content of one of the files of FONTS."""
    return FONT_FOLDER.joinpath(file).read_bytes()


@cache
def supported_code_points() -> frozenset[int]:
    """The code points that the upright font has a glyph for."""
    with as_file(FONT_FOLDER.joinpath(FONT)) as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def unsupported_characters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first unsupported character of each line that has one, with the line, counted from 1."""
    if text.isascii() and "&" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        characters = html.unescape(line)
        if not characters.isascii():
            unsupported = (
                character
                for character in characters
                if ord(character) not in supported_code_points() and unicodedata.category(character) not in ("Cc", "Zs")
            )
            if character := next(unsupported, ""):
                yield number, character
