"""Break the title of a social card into lines."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import as_file

from fontTools.ttLib import TTFont
from PIL import ImageFont

from kanalstrategi.design.fonts import FONT, FONT_FOLDER

TITLE_AREA = (152, 468)
"""What the title has from top to bottom."""

LINE_HEIGHT = 1.16

_FONT_SIZES = range(92, 51, -4)
"""Of the title, while no word is divided."""

_HYPHENATED_SIZES = range(60, 31, -4)


# Words.


def drawable_text(text: str) -> str:
    """What of a text the font can show, on one line. A picture with empty boxes says nothing to anybody."""
    signs = (sign if ord(sign) in _drawable_code_points() else " " for sign in unicodedata.normalize("NFC", text))
    # Marks and direction signs stand beside where they belong: what sets the text is the same simple one on every machine.
    return " ".join("".join(sign for sign in signs if unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Cc")).split())


def fit_title(title: str, width: int) -> tuple[int, list[str]]:
    """Size and lines of a title, as large as it may be. Words are divided only where they have to be."""
    words = title.split()
    for size in _FONT_SIZES:
        lines = _break_lines(words, load_font(size, 600), width)
        if len(lines) <= _max_lines(size) and all(load_font(size, 600).getlength(line) <= width for line in lines):
            return size, lines
    for size in _HYPHENATED_SIZES:
        font = load_font(size, 600)
        pieces = [piece for word in words for piece in _hyphenate(word, font, width)]
        lines = _break_lines(pieces, font, width)
        if len(lines) <= _max_lines(size):
            return size, lines
    kept = lines[: _max_lines(size)]
    return size, [*kept[:-1], truncate(f"{kept[-1]} {lines[len(kept)]}", font, width, always=True)]


def _max_lines(size: int) -> int:
    """Lines that there is room for. More than five nobody reads."""
    return min(5, int((TITLE_AREA[1] - TITLE_AREA[0]) / (size * LINE_HEIGHT)))


def _break_lines(words: Sequence[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """As few lines as there can be, and those as even as they can be, so that no word stands alone."""
    lengths = [font.getlength(word) for word in words]
    space = font.getlength(" ")
    best = _break_greedily(lengths, space, width)
    narrow = width
    while len(best) > 1 and narrow > width / 2:
        narrow -= 16
        tried = _break_greedily(lengths, space, narrow)
        if len(tried) > len(best) or max(lengths) > narrow:
            break
        best = tried
    return [" ".join(words[line.start : line.stop]) for line in best]


def _break_greedily(lengths: Sequence[float], space: float, width: float) -> list[range]:
    lines: list[range] = []
    start, used = 0, 0.0
    for number, length in enumerate(lengths):
        if number > start and used + space + length > width:
            lines.append(range(start, number))
            start, used = number, 0.0
        used += length + (space if number > start else 0)
    return [*lines, range(start, len(lengths))]


def _hyphenate(word: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """A word in pieces that each fill a line, with hyphens; whole, if there is room for it."""
    while font.getlength(word) > width:
        end = _fitting_characters(word, font, width - font.getlength("-"))
        # After a hyphen, if the piece has one.
        hyphen = word.rfind("-", 1, end)
        end = end if hyphen > 0 else _syllable(word, end)
        yield word[: hyphen + 1] if hyphen > 0 else f"{word[:end]}-"
        word = word[hyphen + 1 if hyphen > 0 else end :]
    if word:
        yield word


def _syllable(word: str, end: int) -> int:
    """Where a word is divided at the latest: before a consonant that a vowel follows, if there is one near."""
    vowels = "aeiouyæøåéü"
    near = range(min(end, len(word) - 3), max(end - 8, 2), -1)
    return next((n for n in near if word[n].lower() not in vowels and word[n + 1].lower() in vowels), end)


def _fitting_characters(text: str, font: ImageFont.FreeTypeFont, width: float) -> int:
    """How many signs have room; one at least."""
    few, many = 1, min(len(text), 400)
    while few < many:
        middle = (few + many + 1) // 2
        few, many = (middle, many) if font.getlength(text[:middle]) <= width else (few, middle - 1)
    return few


def truncate(text: str, font: ImageFont.FreeTypeFont, width: float, always: bool = False) -> str:
    if not text or (not always and font.getlength(text) <= width):
        return text
    return text[: _fitting_characters(text, font, width - font.getlength("…"))].rstrip(" -–,.") + "…"


@cache
def load_font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    with as_file(FONT_FOLDER.joinpath(FONT)) as file:
        # Raqm, which would set pairs closer, is there on some machines and not on others.
        font = ImageFont.truetype(io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, 100])
    return font


@cache
def _drawable_code_points() -> frozenset[int]:
    with as_file(FONT_FOLDER.joinpath(FONT)) as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())
