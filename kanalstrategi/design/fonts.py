"""Finds the font of PDFs and social cards, and the characters that neither it nor a fallback font has.

If no font has a character, Typst makes no document, and pdfkit falls back to the fonts of the build machine.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files

from fontTools.ttLib import TTFont

from kanalstrategi.design.fallback_fonts import advances, font_of

FONT_FOLDER = files("fontpkg_ibm_plex_sans").joinpath("files")
FONT = "IBMPlexSans[wdth,wght].ttf"
"""The file name of the upright font, which is a variable font."""
FONTS = (FONT, "IBMPlexSans-Italic[wdth,wght].ttf")
"""The font files, upright and italic."""
CODE_FONT_FOLDER = files("fontpkg_ibm_plex_mono").joinpath("files")
CODE_FONTS = tuple(f"IBMPlexMono-{style}.ttf" for style in ("Regular", "Italic", "SemiBold", "SemiBoldItalic"))
"""The font files of code in PDFs."""
OGHAM_SPACE = "\u1680"
"""The only space that is drawn, as a line."""


def font_bytes(file: str) -> bytes:
    """Return the content of a file in FONTS."""
    return FONT_FOLDER.joinpath(file).read_bytes()


def license_text() -> str:
    """Return the license of the font, which begins with its copyright."""
    return files("fontpkg_ibm_plex_sans").joinpath("LICENSE").read_text(encoding="utf-8")


@cache
def supported_code_points() -> frozenset[int]:
    """Return the code points that the upright font has a glyph for."""
    with as_file(FONT_FOLDER.joinpath(FONT)) as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _advances() -> dict[int, float]:
    """Return how wide each character of the upright font is as a share of the size, keyed by code point."""
    with as_file(FONT_FOLDER.joinpath(FONT)) as file, TTFont(file, lazy=True) as font:
        metrics, size = font["hmtx"], font["head"].unitsPerEm
        return {code: metrics[name][0] / size for code, name in font.getBestCmap().items()}


def text_width(text: str) -> float:
    """Return how wide a text is in the upright font and those behind it, at a size of 1. Characters without a glyph count as wide ones."""
    own = _advances()
    return sum(0.0 if character in "\u00ad\u200b" else own.get(ord(character)) or _other_width(ord(character)) for character in text)


@cache
def _other_width(code: int) -> float:
    """Return how wide a character is that the upright font lacks, or that has no width in it."""
    if code in supported_code_points():
        return 0.0
    font = font_of(code)
    return advances(font)[code] if font else 1.0


def unsupported_characters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line number, counted from 1, and the first unsupported character of each line that has one."""
    if text.isascii() and "&" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        characters = html.unescape(line)
        if not characters.isascii():
            unsupported = (
                character
                for character in characters
                if ord(character) not in supported_code_points()
                and font_of(ord(character)) is None
                and (unicodedata.category(character) not in ("Cc", "Zs") or character == OGHAM_SPACE)
            )
            if character := next(unsupported, ""):
                yield number, character
