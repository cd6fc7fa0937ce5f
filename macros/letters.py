"""Which signs the PDFs can show: those of their own font. For the others, the PDF engine looks among the fonts of the
machine that builds, so that a document would differ from one machine to the next, or break PDF/UA-1."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files

from fontTools.ttLib import TTFont

FONT_FOLDER = files("fontpkg_ibm_plex_sans").joinpath("files")
FONT = "IBMPlexSans[wdth,wght].ttf"
"""The upright font of the PDFs, in its folder. The other is the same in italics."""


@cache
def _known() -> frozenset[int]:
    with as_file(FONT_FOLDER.joinpath(FONT)) as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def unknown_signs(text: str) -> Iterator[tuple[int, str]]:
    """Lines, counted from 1, with the first sign on each that the font does not have."""
    if text.isascii() and "&" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        shown = html.unescape(line)
        if not shown.isascii():
            found = (sign for sign in shown if ord(sign) not in _known() and unicodedata.category(sign) not in ("Cc", "Zs"))
            if sign := next(found, ""):
                yield number, sign
