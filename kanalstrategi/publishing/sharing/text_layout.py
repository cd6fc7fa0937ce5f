"""Lays out the text of a social card: fits the title, breaks it into lines, and truncates text that is too long."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from PIL import ImageFont

from kanalstrategi.danish.normalization import to_nfc
from kanalstrategi.design.brand_fonts import REGULAR, FontFamily, as_sfnt, code_points
from kanalstrategi.design.fonts import FONT, font_bytes, supported_code_points
from kanalstrategi.design.look import Look

TITLE_WEIGHT = 600
LINE_HEIGHT = 1.16
"""The line height of a title, as a multiple of the font size."""

_TITLE_SIZES = range(92, 51, -4)
"""The font sizes to try for a title, as long as no word has to be divided."""
_HYPHENATED_TITLE_SIZES = range(60, 31, -4)
_MAX_TITLE_LINES = 5
"""Nobody reads longer titles."""


FontOfSize = Callable[[int], ImageFont.FreeTypeFont]
"""Returns a font, given its size in pixels."""


@cache
def load_font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return the font of the program at a size in pixels and a weight (400 is regular)."""
    # Without Raqm, which would kern pairs of letters but is not available on all machines.
    font = ImageFont.truetype(io.BytesIO(font_bytes(FONT)), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, 100])
    return font


class CardFonts(NamedTuple):
    """The fonts of a social card."""

    title: FontOfSize
    text: Callable[[int, int], ImageFont.FreeTypeFont]
    """Returns the font, given its size in pixels and its weight."""


def card_fonts(look: Look, text: str) -> CardFonts:
    """Return the fonts of a card that says a text: those of the site, unless they lack one of its characters."""
    characters = {ord(character) for character in drawable_text(text)}
    families = (look.text, look.headings or look.text)
    body, headings = (family if family and characters <= code_points(family.upright(REGULAR).data) else None for family in families)
    return CardFonts(
        partial(_load_own, headings, weight=TITLE_WEIGHT) if headings else _title_font,
        partial(_load_own, body) if body else load_font,
    )


@cache
def _load_own(family: FontFamily, size: int, weight: int) -> ImageFont.FreeTypeFont:
    face = family.upright(weight)
    font = ImageFont.truetype(io.BytesIO(as_sfnt(face.data)), size, layout_engine=ImageFont.Layout.BASIC)
    if face.heaviest > face.lightest:
        axes = [float(axis["default"] or 0) for axis in font.get_variation_axes()]
        index = next((number for number, axis in enumerate(font.get_variation_axes()) if axis["name"] in (b"Weight", "Weight")), 0)
        axes[index] = min(max(weight, face.lightest), face.heaviest)
        font.set_variation_by_axes(axes)
    return font


def drawable_text(text: str) -> str:
    """Return a text on one line, without characters that the font lacks, since they would show as empty boxes."""
    characters = (character if ord(character) in supported_code_points() else " " for character in to_nfc(text))
    # Combining marks and direction marks would appear next to their letters, because the basic layout engine does not combine them.
    return " ".join("".join(character for character in characters if unicodedata.category(character) not in ("Mn", "Me", "Cf", "Cc")).split())


def _title_font(size: int) -> ImageFont.FreeTypeFont:
    return load_font(size, TITLE_WEIGHT)


def fit_title(title: str, width: int, height: int, load: FontOfSize = _title_font) -> tuple[int, list[str]]:
    """Return the largest font size at which a title fits into an area (in pixels), and the title's lines.

    Words are divided only if they do not fit otherwise.
    """
    words = title.split()
    for size in _TITLE_SIZES:
        font = load(size)
        lines = _break_lines(words, font, width)
        if len(lines) <= _max_lines(size, height) and all(font.getlength(line) <= width for line in lines):
            return size, lines
    for size in _HYPHENATED_TITLE_SIZES:
        font = load(size)
        pieces = [piece for word in words for piece in _hyphenate(word, font, width)]
        lines = _break_lines(pieces, font, width)
        if len(lines) <= _max_lines(size, height):
            return size, lines
    fitting = lines[: _max_lines(size, height)]
    return size, [*fitting[:-1], truncate(f"{fitting[-1]} {lines[len(fitting)]}", font, width, always=True)]


def truncate(text: str, font: ImageFont.FreeTypeFont, width: float, always: bool = False) -> str:
    """Return a text truncated to a width, with an ellipsis. A text that fits is truncated only if `always` is set."""
    if not text or (not always and font.getlength(text) <= width):
        return text
    return text[: _fitting_characters(text, font, width - font.getlength("…"))].rstrip(" -–,.") + "…"


def _max_lines(size: int, height: int) -> int:
    return min(_MAX_TITLE_LINES, int(height / (size * LINE_HEIGHT)))


def _break_lines(words: Sequence[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break a text into as few lines as possible, and make them as even as possible, so that no word is left alone on a line."""
    lengths = [font.getlength(word) for word in words]
    space = font.getlength(" ")
    best = _break_greedily(lengths, space, width)
    narrower = width
    while len(best) > 1 and narrower > width / 2:
        narrower -= 16
        lines = _break_greedily(lengths, space, narrower)
        if len(lines) > len(best) or max(lengths) > narrower:
            break
        best = lines
    return [" ".join(words[line.start : line.stop]) for line in best]


def _break_greedily(lengths: Sequence[float], space: float, width: float) -> list[range]:
    """Fill each line with as many words as fit. Return the words of each line as indexes into `lengths`."""
    lines: list[range] = []
    start, used = 0, 0.0
    for number, length in enumerate(lengths):
        if number > start and used + space + length > width:
            lines.append(range(start, number))
            start, used = number, 0.0
        used += length + (space if number > start else 0)
    return [*lines, range(start, len(lengths))]


def _hyphenate(word: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """Yield a word in hyphenated pieces that each fill a line, or in one piece if it fits."""
    while font.getlength(word) > width:
        end = _fitting_characters(word, font, width - font.getlength("-"))
        # Prefer to break after a hyphen that is part of the word.
        hyphen = word.rfind("-", 1, end)
        end = end if hyphen > 0 else _division(word, end)
        yield word[: hyphen + 1] if hyphen > 0 else f"{word[:end]}-"
        word = word[hyphen + 1 if hyphen > 0 else end :]
    if word:
        yield word


def _division(word: str, end: int) -> int:
    """Return the index at which to divide a word, at most `end`: before a consonant followed by a vowel, if there is one nearby."""
    vowels = "aeiouyæøåéü"
    candidates = range(min(end, len(word) - 3), max(end - 8, 2), -1)
    return next((n for n in candidates if word[n].lower() not in vowels and word[n + 1].lower() in vowels), end)


def _fitting_characters(text: str, font: ImageFont.FreeTypeFont, width: float) -> int:
    """Return the number of characters that fit, but at least one, using binary search."""
    low, high = 1, min(len(text), 400)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(text[:middle]) <= width else (low, middle - 1)
    return low
