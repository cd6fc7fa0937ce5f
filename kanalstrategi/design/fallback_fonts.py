"""Knows the fonts of the characters that the font of PDFs and pages lacks: other scripts, signs such as ● and ☎, and emoji in one color.

The fonts are those of packages, the same on every machine. A PDF embeds one of them only where it is used.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

from fontTools.ttLib import TTFont


@dataclass(frozen=True)
class FallbackFont:
    """A font that is used for the characters that those before it lack."""

    family: str
    """What the font calls itself, which Typst finds it by."""
    package: str
    folder: str
    """The folder of its files in the package."""
    weights: tuple[tuple[int, str], ...]
    """Its files, each with its weight; the weight is 0 for a variable font, which has all."""

    def file(self, name: str) -> Traversable:
        """Return one of its files."""
        return _folder(self.package, self.folder).joinpath(name)

    @property
    def regular(self) -> Traversable:
        """The file for text that is not bold."""
        return self.file(self.weights[0][1])


def _noto(script: str) -> FallbackFont:
    return FallbackFont(f"Noto Sans {script}".strip(), "manimgx_fonts", "", ((0, f"NotoSans{script}[wght].ttf"),))


ARABIC = FallbackFont(
    "IBM Plex Sans Arabic",
    "fontpkg_ibm_plex_sans_arabic",
    "files",
    ((400, "IBMPlexSansArabic-Regular.ttf"), (600, "IBMPlexSansArabic-SemiBold.ttf"), (700, "IBMPlexSansArabic-Bold.ttf")),
)
FALLBACK_FONTS = (
    ARABIC,
    FallbackFont("Noto Sans Symbols 2", "justmytype_western_core", "fonts/ofl/notosanssymbols2", ((400, "NotoSansSymbols2-Regular.ttf"),)),
    _noto("Symbols"),
    FallbackFont("Noto Emoji", "manimgx_fonts", "", ((0, "NotoEmoji[wght].ttf"),)),
    *map(_noto, ("Hebrew", "Ethiopic", "Tamil", "Thai", "Devanagari", "Georgian", "Armenian")),
)
"""The fonts, in the order in which they are asked for a character."""


def font_folders() -> list[str]:
    """Return the folders that Typst looks for the fonts in."""
    return list(dict.fromkeys(str(_folder(font.package, font.folder)) for font in FALLBACK_FONTS))


@cache
def code_points(font: FallbackFont) -> frozenset[int]:
    """Return the code points that a font has a glyph for."""
    return frozenset(advances(font))


@cache
def advances(font: FallbackFont) -> dict[int, float]:
    """Return how wide each character of a font is as a share of the size, keyed by code point."""
    with as_file(font.regular) as file, TTFont(file, lazy=True) as opened:
        metrics, size = opened["hmtx"], opened["head"].unitsPerEm
        return {code: metrics[name][0] / size for code, name in opened.getBestCmap().items()}


def font_of(code: int) -> FallbackFont | None:
    """Return the font that a character is set in, or None if no font has it, or not what Typst sets in its place: Unicode's NFC of it."""
    composed = [ord(character) for character in unicodedata.normalize("NFC", chr(code))]
    return next((font for font in FALLBACK_FONTS if code in code_points(font) and code_points(font).issuperset(composed)), None)


def _folder(package: str, folder: str) -> Traversable:
    return files(package).joinpath(folder) if folder else files(package)
