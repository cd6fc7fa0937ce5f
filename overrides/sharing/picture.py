"""The picture that stands for a page where its address is shared: 1200 × 630, as Open Graph wants it. From words to PNG.

It is drawn as two layers of coverage, pale and warm, which never lie over each other. So sixteen colours are enough, and they
are known beforehand: nothing has to be quantised, and a picture takes milliseconds and a few kilobytes.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import as_file
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import SVGPath
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image, ImageChops, ImageDraw, ImageFont

from macros.letters import FONT, FONT_FOLDER
from overrides.tokens import rgb

FOLDER = "deling"
"""Where the pictures lie, below the site's root."""
WIDTH, HEIGHT = 1200, 630
DRAFT = "Udkast"

_GROUND, _PALE, _WARM = (rgb(f"--k-{name}") for name in ("brand", "on-brand", "warm"))
_PALES, _WARMS = 10, 5
"""Steps from the ground to each colour. With the ground they are sixteen, of which two go into a byte."""
_SOFT, _FAINT, _RING = 208, 28, 2
"""Of 255, how far something pale is from the ground: small text, the rings; and how thick a ring is."""

_LEFT, _RIGHT = 80, 1120
_TOP, _BOTTOM = 92, 546
"""Baselines of the lines above and below the title."""
_ROOM = (152, 468)
"""What the title has from top to bottom."""
_CENTRE, _RADIUS, _ICON = (978, 315), 132, 148
_SMALL, _LINE = 30, 1.16
_SIZES = range(92, 51, -4)
"""Of the title, while no word is divided."""
_DIVIDED = range(60, 31, -4)
_OVERSIZE = 4
"""How much larger an icon is drawn than shown: Pillow's polygons have hard edges."""


@dataclass(frozen=True)
class Card:
    """What the picture says."""

    title: str
    site: str
    below: str = ""
    """The section, or whose site it is."""
    is_draft: bool = False
    icon: str = ""
    """As SVG."""


@dataclass(frozen=True)
class Picture:
    url: str
    """Relative to the site's root. It is made of what is drawn, so it may be kept for ever, and pages that look the same share it."""
    png: bytes


@cache
def picture(card: Card) -> Picture:
    image = _drawn(card)
    file = io.BytesIO()
    image.save(file, "PNG", bits=4, compress_level=6)
    return Picture(f"{FOLDER}/{sha256(image.tobytes() + bytes(_palette())).hexdigest()[:12]}.png", file.getvalue())


def write_pictures(pictures: Iterable[Picture], site: Path) -> None:
    """Put the pictures where the pages say they are."""
    for made in pictures:
        file = site / made.url
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(made.png)


def _drawn(card: Card) -> Image.Image:
    pale, warm = Image.new("L", (WIDTH, HEIGHT)), Image.new("L", (WIDTH, HEIGHT))
    on_pale, on_warm = ImageDraw.Draw(pale), ImageDraw.Draw(warm)
    _draw_rings(on_pale)
    right = _RIGHT
    if card.icon:
        right = _CENTRE[0] - _RADIUS - 48
        pale.paste(*_disc(card.icon))
    small = _font(_SMALL, 500)
    on_pale.text((_LEFT, _TOP), _cut(shown(card.site), small, right - _LEFT), _SOFT, small, "ls")
    on_warm.rectangle((_LEFT, _TOP + 24, _LEFT + 72, _TOP + 29), 255)
    _draw_title(on_pale, shown(card.title) or shown(card.site), right - _LEFT)
    x = _LEFT
    if card.is_draft:
        x += _draw_mark(on_warm, x) + 24
    below = _cut(shown(card.below), small, right - x)
    on_warm.text((x, _BOTTOM), below, 255, small, "ls")
    return _coloured(pale, warm)


def _draw_rings(draw: ImageDraw.ImageDraw) -> None:
    for radius in (230, 330):
        draw.circle(_CENTRE, radius, outline=_FAINT, width=_RING)


def _draw_mark(draw: ImageDraw.ImageDraw, x: int) -> int:
    """The word for a draft, dark on warm. Gives its width."""
    font = _font(_SMALL, 600)
    width = round(font.getlength(DRAFT)) + 40
    draw.rounded_rectangle((x, _BOTTOM - 36, x + width, _BOTTOM + 14), 25, 255)
    draw.text((x + 20, _BOTTOM), DRAFT, 0, font, "ls")
    return width


def _draw_title(draw: ImageDraw.ImageDraw, title: str, width: int) -> None:
    size, lines = _set(title, width)
    top, bottom = _ROOM
    step = round(size * _LINE)
    # The middle of small letters, not of the box of the type, lies in the middle.
    baseline = (top + bottom - step * (len(lines) - 1)) / 2 + size * 0.34
    for number, line in enumerate(lines):
        draw.text((_LEFT, round(baseline) + number * step), line, 255, _font(size, 600), "ls")


def _coloured(pale: Image.Image, warm: Image.Image) -> Image.Image:
    image = pale.point(_steps(0, _PALES))
    image.paste(warm.point(_steps(_PALES, _WARMS)), mask=warm.point(lambda level: 255 if level * _WARMS >= 128 else 0))
    # As it is inside the mark: the word on it is the ground, which `paste` leaves.
    image.putpalette(_palette())
    return image


def _steps(first: int, number: int) -> list[int]:
    """The colour of each level of coverage; nothing is the ground."""
    near = [round(level * number / 255) for level in range(256)]
    return [first + step if step else 0 for step in near]


def _palette() -> list[int]:
    mixed = [_GROUND]
    for colour, number in ((_PALE, _PALES), (_WARM, _WARMS)):
        for step in range(1, number + 1):
            mixed.append(tuple(round(a + (b - a) * step / number) for a, b in zip(_GROUND, colour, strict=True)))
    return [part for colour in mixed for part in colour]


# Words.


def shown(text: str) -> str:
    """What of a text the font can show, on one line. A picture with empty boxes says nothing to anybody."""
    signs = (sign if ord(sign) in _known() else " " for sign in unicodedata.normalize("NFC", text))
    # Marks and direction signs stand beside where they belong: what sets the text is the same simple one on every machine.
    return " ".join("".join(sign for sign in signs if unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Cc")).split())


def _set(title: str, width: int) -> tuple[int, list[str]]:
    """Size and lines of a title, as large as it may be. Words are divided only where they have to be."""
    words = title.split()
    for size in _SIZES:
        lines = _lines(words, _font(size, 600), width)
        if len(lines) <= _most(size) and all(_font(size, 600).getlength(line) <= width for line in lines):
            return size, lines
    for size in _DIVIDED:
        font = _font(size, 600)
        pieces = [piece for word in words for piece in _divided(word, font, width)]
        lines = _lines(pieces, font, width)
        if len(lines) <= _most(size):
            return size, lines
    kept = lines[: _most(size)]
    return size, [*kept[:-1], _cut(f"{kept[-1]} {lines[len(kept)]}", font, width, always=True)]


def _most(size: int) -> int:
    """Lines that there is room for. More than five nobody reads."""
    return min(5, int((_ROOM[1] - _ROOM[0]) / (size * _LINE)))


def _lines(words: Sequence[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """As few lines as there can be, and those as even as they can be, so that no word stands alone."""
    lengths = [font.getlength(word) for word in words]
    space = font.getlength(" ")
    best = _broken(lengths, space, width)
    narrow = width
    while len(best) > 1 and narrow > width / 2:
        narrow -= 16
        tried = _broken(lengths, space, narrow)
        if len(tried) > len(best) or max(lengths) > narrow:
            break
        best = tried
    return [" ".join(words[line.start : line.stop]) for line in best]


def _broken(lengths: Sequence[float], space: float, width: float) -> list[range]:
    lines: list[range] = []
    start, used = 0, 0.0
    for number, length in enumerate(lengths):
        if number > start and used + space + length > width:
            lines.append(range(start, number))
            start, used = number, 0.0
        used += length + (space if number > start else 0)
    return [*lines, range(start, len(lengths))]


def _divided(word: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """A word in pieces that each fill a line, with hyphens; whole, if there is room for it."""
    while font.getlength(word) > width:
        end = _fitting(word, font, width - font.getlength("-"))
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


def _fitting(text: str, font: ImageFont.FreeTypeFont, width: float) -> int:
    """How many signs have room; one at least."""
    few, many = 1, min(len(text), 400)
    while few < many:
        middle = (few + many + 1) // 2
        few, many = (middle, many) if font.getlength(text[:middle]) <= width else (few, middle - 1)
    return few


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float, always: bool = False) -> str:
    if not text or (not always and font.getlength(text) <= width):
        return text
    return text[: _fitting(text, font, width - font.getlength("…"))].rstrip(" -–,.") + "…"


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    with as_file(FONT_FOLDER.joinpath(FONT)) as file:
        # Raqm, which would set pairs closer, is there on some machines and not on others.
        font = ImageFont.truetype(io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, 100])
    return font


@cache
def _known() -> frozenset[int]:
    with as_file(FONT_FOLDER.joinpath(FONT)) as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


# The icon.


@cache
def _disc(svg: str) -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """A pale circle with the icon in it, where it stands, and its shape."""
    side = 2 * _RADIUS
    large = Image.new("L", (side * _OVERSIZE, side * _OVERSIZE))
    ImageDraw.Draw(large).ellipse((0, 0, side * _OVERSIZE - 1, side * _OVERSIZE - 1), 255)
    shape = large.reduce(_OVERSIZE)
    drawing = _icon(svg, _ICON * _OVERSIZE)
    place = (side - _ICON) * _OVERSIZE // 2
    large.paste(0, (place, place), drawing)
    return large.reduce(_OVERSIZE), (_CENTRE[0] - _RADIUS, _CENTRE[1] - _RADIUS), shape


def _icon(svg: str, side: int) -> Image.Image:
    """The drawing in a square, white where it is filled.

    A point is outside where the paths around it cancel each other (`nonzero`, as SVG fills): clockwise counts one, the other
    way takes one away.
    """
    left, top, width, height = map(float, etree.fromstring(svg).get("viewBox", "0 0 24 24").split())
    scale = side / max(width, height)
    pen = _Flat()
    shift = ((max(width, height) - width) / 2 - left, (max(width, height) - height) / 2 - top)
    SVGPath.fromstring(svg).draw(TransformPen(pen, (scale, 0, 0, scale, shift[0] * scale, shift[1] * scale)))
    turns = Image.new("L", (side, side), 128)
    for points in pen.contours:
        if len(points) > 2:
            one = Image.new("L", (side, side))
            ImageDraw.Draw(one).polygon(points, 1)
            turns = (ImageChops.add if _is_clockwise(points) else ImageChops.subtract)(turns, one)
    return turns.point([255 * (turn != 128) for turn in range(256)])


def _is_clockwise(points: list[tuple[float, float]]) -> bool:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)) > 0


class _Flat(BasePen):
    """Takes down a drawing as polygons."""

    STEPS = 8
    """Straight pieces of a curve."""

    def __init__(self) -> None:
        super().__init__()
        self.contours: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.contours.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.contours[-1].append(point)

    def _curveToOne(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:
        start = self.contours[-1][-1]
        for number in range(1, self.STEPS + 1):
            t = number / self.STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(weight * point[axis] for weight, point in zip(weights, (start, one, two, end), strict=True)) for axis in (0, 1))
            self.contours[-1].append((x, y))
