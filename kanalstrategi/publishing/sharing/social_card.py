"""The picture that stands for a page where its address is shared: 1200 × 630, as Open Graph wants it. From words to PNG.

It is drawn as two layers of coverage, pale and warm, which never lie over each other. So sixteen colours are enough, and they
are known beforehand: nothing has to be quantised, and a picture takes milliseconds and a few kilobytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw

from kanalstrategi.design.tokens import rgb
from kanalstrategi.publishing.sharing.icon_raster import rasterize_icon
from kanalstrategi.publishing.sharing.text_layout import LINE_HEIGHT, TITLE_AREA, drawable_text, fit_title, load_font, truncate

CARD_FOLDER = "deling"
"""Where the pictures lie, below the site's root."""

WIDTH, HEIGHT = 1200, 630

DRAFT_LABEL = "Udkast"

_GROUND, _PALE, _WARM = (rgb(f"--k-{name}") for name in ("brand", "on-brand", "warm"))

_PALES, _WARMS = 10, 5
"""Steps from the ground to each colour. With the ground they are sixteen, of which two go into a byte."""

_SOFT, _FAINT, _RING = 208, 28, 2
"""Of 255, how far something pale is from the ground: small text, the rings; and how thick a ring is."""

_LEFT, _RIGHT = 80, 1120

_TOP, _BOTTOM = 92, 546
"""Baselines of the lines above and below the title."""

_CENTRE, _RADIUS, _ICON = (978, 315), 132, 148

_SMALL = 30

_OVERSIZE = 4
"""How much larger an icon is drawn than shown: Pillow's polygons have hard edges."""


@dataclass(frozen=True)
class SocialCard:
    """What the picture says."""

    title: str
    site: str
    below: str = ""
    """The section, or whose site it is."""
    is_draft: bool = False
    icon: str = ""
    """As SVG."""


@dataclass(frozen=True)
class CardImage:
    url: str
    """Relative to the site's root. It is made of what is drawn, so it may be kept for ever, and pages that look the same share it."""
    png: bytes


@cache
def draw_card(card: SocialCard) -> CardImage:
    image = _draw(card)
    file = io.BytesIO()
    image.save(file, "PNG", bits=4, compress_level=6)
    return CardImage(f"{CARD_FOLDER}/{sha256(image.tobytes() + bytes(_palette())).hexdigest()[:12]}.png", file.getvalue())


def write_card_images(pictures: Iterable[CardImage], site: Path) -> None:
    """Put the pictures where the pages say they are."""
    for made in pictures:
        file = site / made.url
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(made.png)


def _draw(card: SocialCard) -> Image.Image:
    pale, warm = Image.new("L", (WIDTH, HEIGHT)), Image.new("L", (WIDTH, HEIGHT))
    on_pale, on_warm = ImageDraw.Draw(pale), ImageDraw.Draw(warm)
    _draw_rings(on_pale)
    right = _RIGHT
    if card.icon:
        right = _CENTRE[0] - _RADIUS - 48
        pale.paste(*_icon_disc(card.icon))
    small = load_font(_SMALL, 500)
    on_pale.text((_LEFT, _TOP), truncate(drawable_text(card.site), small, right - _LEFT), _SOFT, small, "ls")
    on_warm.rectangle((_LEFT, _TOP + 24, _LEFT + 72, _TOP + 29), 255)
    _draw_title(on_pale, drawable_text(card.title) or drawable_text(card.site), right - _LEFT)
    x = _LEFT
    if card.is_draft:
        x += _draw_mark(on_warm, x) + 24
    below = truncate(drawable_text(card.below), small, right - x)
    on_warm.text((x, _BOTTOM), below, 255, small, "ls")
    return _colorize(pale, warm)


def _draw_rings(draw: ImageDraw.ImageDraw) -> None:
    for radius in (230, 330):
        draw.circle(_CENTRE, radius, outline=_FAINT, width=_RING)


def _draw_mark(draw: ImageDraw.ImageDraw, x: int) -> int:
    """The word for a draft, dark on warm. Gives its width."""
    font = load_font(_SMALL, 600)
    width = round(font.getlength(DRAFT_LABEL)) + 40
    draw.rounded_rectangle((x, _BOTTOM - 36, x + width, _BOTTOM + 14), 25, 255)
    draw.text((x + 20, _BOTTOM), DRAFT_LABEL, 0, font, "ls")
    return width


def _draw_title(draw: ImageDraw.ImageDraw, title: str, width: int) -> None:
    size, lines = fit_title(title, width)
    top, bottom = TITLE_AREA
    step = round(size * LINE_HEIGHT)
    # The middle of small letters, not of the box of the type, lies in the middle.
    baseline = (top + bottom - step * (len(lines) - 1)) / 2 + size * 0.34
    for number, line in enumerate(lines):
        draw.text((_LEFT, round(baseline) + number * step), line, 255, load_font(size, 600), "ls")


def _colorize(pale: Image.Image, warm: Image.Image) -> Image.Image:
    image = pale.point(_color_steps(0, _PALES))
    image.paste(warm.point(_color_steps(_PALES, _WARMS)), mask=warm.point(lambda level: 255 if level * _WARMS >= 128 else 0))
    # As it is inside the mark: the word on it is the ground, which `paste` leaves.
    image.putpalette(_palette())
    return image


def _color_steps(first: int, number: int) -> list[int]:
    """The colour of each level of coverage; nothing is the ground."""
    near = [round(level * number / 255) for level in range(256)]
    return [first + step if step else 0 for step in near]


def _palette() -> list[int]:
    mixed = [_GROUND]
    for colour, number in ((_PALE, _PALES), (_WARM, _WARMS)):
        for step in range(1, number + 1):
            mixed.append(tuple(round(a + (b - a) * step / number) for a, b in zip(_GROUND, colour, strict=True)))
    return [part for colour in mixed for part in colour]


# The icon.


@cache
def _icon_disc(svg: str) -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """A pale circle with the icon in it, where it stands, and its shape."""
    side = 2 * _RADIUS
    large = Image.new("L", (side * _OVERSIZE, side * _OVERSIZE))
    ImageDraw.Draw(large).ellipse((0, 0, side * _OVERSIZE - 1, side * _OVERSIZE - 1), 255)
    shape = large.reduce(_OVERSIZE)
    drawing = rasterize_icon(svg, _ICON * _OVERSIZE)
    place = (side - _ICON) * _OVERSIZE // 2
    large.paste(0, (place, place), drawing)
    return large.reduce(_OVERSIZE), (_CENTRE[0] - _RADIUS, _CENTRE[1] - _RADIUS), shape
