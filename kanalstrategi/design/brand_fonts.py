"""Describes a municipality's own fonts, and turns their files into what browsers, PDFs and social cards read. No I/O.

Nothing in a published file is changed: the license of a font may forbid it. A TTF or OTF is only compressed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

from kanalstrategi.design.fonts import text_width

REGULAR, BOLD = 400, 700
"""The weights of the text and of headings."""
MIN_BOLD = 600
_FREQUENT = "aeginorst0123456789"
"""The letters that make words long, and figures."""


@dataclass(frozen=True)
class FontFace:
    """A font file of a municipality, which has been found to be harmless and complete."""

    file: str
    """Its name in `overrides/fonts/`."""
    data: bytes
    lightest: int
    heaviest: int
    """The weights that it has: one, or all between these two."""
    is_italic: bool = False


@dataclass(frozen=True)
class FontFamily:
    """The files of one font."""

    name: str
    """What the font is called, for the programs of readers who have it."""
    faces: tuple[FontFace, ...]

    def upright(self, weight: int) -> FontFace:
        """Return the upright file whose weights come nearest to one."""
        upright = [face for face in self.faces if not face.is_italic] or list(self.faces)
        return min(upright, key=lambda face: max(face.lightest - weight, weight - face.heaviest, 0))

    @property
    def has_italic(self) -> bool:
        """Whether the font has italics of its own."""
        return any(face.is_italic for face in self.faces)


def is_woff2(data: bytes) -> bool:
    """Whether a font file is compressed for browsers."""
    return data.startswith(b"wOF2")


@cache
def as_woff2(data: bytes) -> bytes:
    """Return a font as browsers get it."""
    return data if is_woff2(data) else _saved(data, "woff2", "")


@cache
def as_sfnt(data: bytes, family: str = "") -> bytes:
    """Return a font as programs other than browsers read it, with a family name of ours if one is given."""
    return _saved(data, None, family) if family or is_woff2(data) else data


def _saved(data: bytes, flavor: str | None, family: str) -> bytes:
    from fontTools.ttLib import TTFont  # imported here, because only sites with fonts of their own need it

    font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = flavor
    if family:  # by which the template finds it, whatever its maker calls it
        names = font["name"]
        names.names = [record for record in names.names if record.nameID not in (1, 2, 16, 17, 21, 22, 25)]
        for number, text in {1: family, 16: family}.items():
            names.setName(text, number, 3, 1, 0x409)
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


@cache
def stretch(family: FontFamily | None) -> float:
    """Return how many times wider than the font of the program a font may be, at least 1: for what has to be measured before it is set."""
    if family is None:
        return 1.0
    from fontTools.ttLib import TTFont  # imported here, as above

    font = TTFont(io.BytesIO(family.upright(REGULAR).data), lazy=True)
    characters, metrics, size = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return float(max(1.0, *(metrics[characters[ord(letter)]][0] / size / text_width(letter) for letter in _FREQUENT)))


@cache
def code_points(data: bytes) -> frozenset[int]:
    """Return the code points that a font has glyphs for."""
    from fontTools.ttLib import TTFont  # imported here, as above

    return frozenset(TTFont(io.BytesIO(data), lazy=True).getBestCmap() or ())
