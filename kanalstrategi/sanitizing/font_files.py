"""Reads the font files of a municipality, which may come from anywhere, and says in Danish why one cannot be used."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import brotli
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.woff2 import WOFF2DirectoryEntry

from kanalstrategi.design.brand_fonts import FontFace, as_sfnt, is_woff2

logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # what it notes in passing is English, and not for editors

EXTENSIONS = (".woff2", ".ttf", ".otf")
MAX_BYTES, MAX_UNCOMPRESSED_BYTES = 1_000_000, 8_000_000
"""The largest font file, and what it may become when it is unpacked."""
_HEADER = struct.Struct(">4sIIHHII")
"""The beginning of a WOFF2 file: signature, flavor, length, number of tables, reserved, size unpacked, size packed."""
_HEADER_BYTES, _MAX_TABLES, _MAX_ENTRY_BYTES = 48, 64, 17
NEEDED = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789éÉüöäÄÖÜ.,:;!?-–()»«/%&@§ "
"""The characters without which a Danish text cannot be set."""
_SIGNATURES = (b"\x00\x01\x00\x00", b"true", b"OTTO", b"wOF2")
_RESTRICTED, _LESS_STRICT, _NOT_IN_PART, _BITMAPS_ONLY = 0x0002, 0x000C, 0x0100, 0x0200
"""Bits of `fsType` in OpenType's table OS/2."""
_ERRORS = (
    TTLibError, struct.error, zlib.error, brotli.error, AssertionError, AttributeError, EOFError, IndexError, KeyError, OverflowError, TypeError, ValueError,
    NotImplementedError, RecursionError, ZeroDivisionError, MemoryError, UnicodeError,
)  # fmt: skip # one per line would fill a page
"""What fontTools (4.68) raises for a file that is no sound font."""
_UNREADABLE = "filen kan ikke læses som en skrifttype", "hent den igen hos den, der har lavet skriften, som WOFF2, TTF eller OTF"


@dataclass(frozen=True)
class FontFile:
    """A font file that can be used."""

    face: FontFace
    name: str
    """The name of its family."""


def read_font(file: str, data: bytes) -> FontFile | tuple[str, str]:
    """Return a font file, or why it cannot be used and what to do about it. `file` is its name."""
    if PurePosixPath(file).suffix.lower() not in EXTENSIONS:
        return "en skrift skal være en fil af typen .woff2, .ttf eller .otf", "hent skriften i en af dem hos den, der har lavet den"
    if len(data) > MAX_BYTES:
        size, limit = -(-len(data) // 1000), MAX_BYTES // 1000
        return f"skriften fylder {size} kB, og den må højst fylde {limit} kB", "brug en udgave med færre tegn, for eksempel den til latinske bogstaver"
    if not data.startswith(_SIGNATURES):
        return _UNREADABLE
    try:
        if is_woff2(data) and not _is_bounded(data):
            return "skriften fylder for meget, når den pakkes ud", "hent den igen hos den, der har lavet den"
        return _read(file, TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False), data)
    except _ERRORS:
        return _UNREADABLE


def _is_bounded(data: bytes) -> bool:
    """Whether a WOFF2 file unpacks to no more than it may. What its header says about that is not to be trusted."""
    _, _, _, tables, _, _, packed = _HEADER.unpack_from(data)
    if tables > _MAX_TABLES:
        return False
    place, announced = _HEADER_BYTES, 0
    for _ in range(tables):
        entry = WOFF2DirectoryEntry()
        window = data[place : place + _MAX_ENTRY_BYTES]
        place += len(window) - len(entry.fromString(window))
        announced += max(entry.length, entry.origLength)
    if announced > MAX_UNCOMPRESSED_BYTES:
        return False
    decompressor = brotli.Decompressor()
    unpacked = len(decompressor.process(data[place : place + packed], output_buffer_limit=MAX_UNCOMPRESSED_BYTES + 1))
    return unpacked <= MAX_UNCOMPRESSED_BYTES


def _read_whole(font: Any) -> None:
    """Read all that a conversion reads. Raises one of `_ERRORS` if any of it is damaged."""
    for tag in [*font.keys()]:
        if tag != "GlyphOrder":
            tag.encode("ascii")
            font.getTableData(tag)
    if "glyf" in font:
        outlines = font["glyf"]
        for name in font.getGlyphOrder():
            outlines[name].expand(outlines)


def _read(file: str, font: Any, data: bytes) -> FontFile | tuple[str, str]:
    if not {"glyf", "CFF ", "CFF2"} & {*font.keys()}:
        return "skriften har ingen omrids af bogstaver", "brug en almindelig skrift som WOFF2, TTF eller OTF"
    embedding = font["OS/2"].fsType
    if (embedding & _RESTRICTED and not embedding & _LESS_STRICT) or embedding & (_NOT_IN_PART | _BITMAPS_ONLY):
        return "skriften må ikke indlejres: det siger dens licens i filen (fsType)", "køb retten til hjemmesider og PDF’er, eller brug en anden"
    characters = font.getBestCmap() or {}
    if missing := "".join(character for character in NEEDED if ord(character) not in characters):
        return f"skriften mangler tegn, som dansk bruger: {' '.join(missing[:12])}", "brug en udgave med danske bogstaver, eller en anden skrift"
    glyphs, metrics = font.getGlyphOrder(), font["hmtx"]
    if any(metrics[name][0] <= 0 for name in {characters[ord(character)] for character in NEEDED}) or len(glyphs) < len(NEEDED) // 2:
        return _UNREADABLE
    if not (font["head"].unitsPerEm >= 16 and font["hhea"].ascent > 0 >= font["hhea"].descent):
        return _UNREADABLE
    _read_whole(font)
    as_sfnt(data, "x")
    lightest = heaviest = min(max(int(font["OS/2"].usWeightClass), 1), 1000)
    for axis in font["fvar"].axes if "fvar" in font else ():
        if axis.axisTag == "wght":
            lightest, heaviest = int(axis.minValue), int(axis.maxValue)
    is_italic = bool(font["OS/2"].fsSelection & 1) or abs(font["post"].italicAngle) > 1
    name = " ".join(str(font["name"].getBestFamilyName() or PurePosixPath(file).stem).split())[:60]
    return FontFile(FontFace(PurePosixPath(file).name, data, lightest, heaviest, is_italic), name)
