"""Draws the image that social media show for a page when its URL is shared: a PNG of 1200 × 630 pixels, as Open Graph recommends.

The image is drawn as two layers of coverage, pale and warm, which never overlap. So sixteen colors are enough, and they are known
in advance: nothing has to be quantized, and an image takes milliseconds and a few kilobytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw

from kanalstrategi.design.tokens import rgb
from kanalstrategi.publishing.sharing.icon_raster import rasterize_icon
from kanalstrategi.publishing.sharing.text_layout import LINE_HEIGHT, TITLE_WEIGHT, drawable_text, fit_title, load_font, truncate

CARD_FOLDER = "deling"
"""The folder of the images, relative to the site's root."""
WIDTH, HEIGHT = 1200, 630
DRAFT_LABEL = "Udkast"

_GROUND, _PALE, _WARM = (rgb(f"--k-{name}") for name in ("brand", "on-brand", "warm"))
_PALE_STEPS, _WARM_STEPS = 10, 5
"""The number of shades between the background and each color. Together with the background they make sixteen colors, so a byte
holds two pixels."""
_SOFT, _FAINT = 208, 28
"""The coverage of small text and of the rings, from 0 to 255."""

_LEFT, _RIGHT = 80, 1120
_SITE_BASELINE, _FOOT_BASELINE = 92, 546
"""The baselines of the lines above and below the title."""
_TITLE_TOP, _TITLE_BOTTOM = 152, 468
_SMALL_SIZE = 30
"""The font size of all text except the title."""

_ICON_CENTER, _DISC_RADIUS, _ICON_SIDE = (978, 315), 132, 148
"""The icon is on a pale disc."""
_RING_RADII, _RING_WIDTH = (230, 330), 2
"""The rings around the disc."""
_OVERSAMPLING = 4
"""The factor by which icons are drawn larger and then scaled down, since Pillow's polygons are not antialiased."""


@dataclass(frozen=True)
class SocialCard:
    """The content of an image."""

    title: str
    site: str
    below: str = ""
    """The line below the title: the section, or the organisation that owns the site."""
    is_draft: bool = False
    icon: str = ""
    """The icon as SVG, or empty."""


@dataclass(frozen=True)
class CardImage:
    """The image file of a social card."""

    url: str
    """The URL, relative to the site's root. It contains a digest of the image, so it can be cached forever, and equal images share it."""
    png: bytes


def draw_card(card: SocialCard) -> CardImage:
    """Return the image of a card."""
    image = _draw(card)
    file = io.BytesIO()
    image.save(file, "PNG", bits=4, compress_level=6)
    return CardImage(f"{CARD_FOLDER}/{sha256(image.tobytes() + bytes(_palette())).hexdigest()[:12]}.png", file.getvalue())


def write_card_image(image: CardImage, site: Path) -> None:
    """Write an image into a built site, at the path in its URL, unless another page with an equal one has had it written."""
    file = site / image.url
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(image.png)


def _draw(card: SocialCard) -> Image.Image:
    pale, warm = Image.new("L", (WIDTH, HEIGHT)), Image.new("L", (WIDTH, HEIGHT))
    on_pale, on_warm = ImageDraw.Draw(pale), ImageDraw.Draw(warm)
    _draw_rings(on_pale)
    right = _RIGHT
    if card.icon:
        right = _ICON_CENTER[0] - _DISC_RADIUS - 48
        pale.paste(*_icon_disc(card.icon))
    small = load_font(_SMALL_SIZE, 500)
    on_pale.text((_LEFT, _SITE_BASELINE), truncate(drawable_text(card.site), small, right - _LEFT), _SOFT, small, "ls")
    on_warm.rectangle((_LEFT, _SITE_BASELINE + 24, _LEFT + 72, _SITE_BASELINE + 29), 255)
    _draw_title(on_pale, drawable_text(card.title) or drawable_text(card.site), right - _LEFT)
    x = _LEFT
    if card.is_draft:
        x += _draw_draft_label(on_warm, x) + 24
    below = truncate(drawable_text(card.below), small, right - x)
    on_warm.text((x, _FOOT_BASELINE), below, 255, small, "ls")
    return _colorize(pale, warm)


def _draw_rings(draw: ImageDraw.ImageDraw) -> None:
    for radius in _RING_RADII:
        draw.circle(_ICON_CENTER, radius, outline=_FAINT, width=_RING_WIDTH)


@cache
def _icon_disc(svg: str) -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """Return a pale disc with the icon in it, the position of its upper left corner, and its shape as a mask."""
    side = 2 * _DISC_RADIUS
    large = Image.new("L", (side * _OVERSAMPLING, side * _OVERSAMPLING))
    ImageDraw.Draw(large).ellipse((0, 0, side * _OVERSAMPLING - 1, side * _OVERSAMPLING - 1), 255)
    shape = large.reduce(_OVERSAMPLING)
    icon = rasterize_icon(svg, _ICON_SIDE * _OVERSAMPLING)
    offset = (side - _ICON_SIDE) * _OVERSAMPLING // 2
    large.paste(0, (offset, offset), icon)
    return large.reduce(_OVERSAMPLING), (_ICON_CENTER[0] - _DISC_RADIUS, _ICON_CENTER[1] - _DISC_RADIUS), shape


def _draw_title(draw: ImageDraw.ImageDraw, title: str, width: int) -> None:
    size, lines = fit_title(title, width, _TITLE_BOTTOM - _TITLE_TOP)
    step = round(size * LINE_HEIGHT)
    # Centers on the middle of the lower-case letters instead of the line boxes.
    baseline = (_TITLE_TOP + _TITLE_BOTTOM - step * (len(lines) - 1)) / 2 + size * 0.34
    for number, line in enumerate(lines):
        draw.text((_LEFT, round(baseline) + number * step), line, 255, load_font(size, TITLE_WEIGHT), "ls")


def _draw_draft_label(draw: ImageDraw.ImageDraw, x: int) -> int:
    """Draw the label of a draft, dark on warm, and return its width."""
    font = load_font(_SMALL_SIZE, 600)
    width = round(font.getlength(DRAFT_LABEL)) + 40
    draw.rounded_rectangle((x, _FOOT_BASELINE - 36, x + width, _FOOT_BASELINE + 14), 25, 255)
    draw.text((x + 20, _FOOT_BASELINE), DRAFT_LABEL, 0, font, "ls")
    return width


def _colorize(pale: Image.Image, warm: Image.Image) -> Image.Image:
    """Return the two layers as one image with a palette."""
    image = pale.point(_color_indexes(0, _PALE_STEPS))
    # The mask leaves out the text on the draft label, so that the background shows through.
    mask = warm.point(lambda level: 255 if level * _WARM_STEPS >= 128 else 0)
    image.paste(warm.point(_color_indexes(_PALE_STEPS, _WARM_STEPS)), mask=mask)
    image.putpalette(_palette())
    return image


def _color_indexes(first: int, steps: int) -> list[int]:
    """Return the palette index of each level of coverage from 0, which is the background, to 255."""
    nearest = [round(level * steps / 255) for level in range(256)]
    return [first + step if step else 0 for step in nearest]


def _palette() -> list[int]:
    """Return the red, green and blue values of all colors as one list."""
    parts = [*_GROUND]
    for color, steps in ((_PALE, _PALE_STEPS), (_WARM, _WARM_STEPS)):
        for step in range(1, steps + 1):
            parts += [round(a + (b - a) * step / steps) for a, b in zip(_GROUND, color, strict=True)]
    return parts
