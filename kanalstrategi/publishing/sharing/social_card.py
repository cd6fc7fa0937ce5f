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

from PIL import Image, ImageDraw, ImageFont

from kanalstrategi.design.look import Logo, Look, default_look
from kanalstrategi.publishing.sharing.icon_raster import rasterize_icon
from kanalstrategi.publishing.sharing.text_layout import LINE_HEIGHT, FontOfSize, card_fonts, drawable_text, fit_title, truncate

CARD_FOLDER = "deling"
"""The folder of the images, relative to the site's root."""
WIDTH, HEIGHT = 1200, 630
DRAFT_LABEL = "Udkast"

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
_LOGO_HEIGHT, _MAX_LOGO_WIDTH, _LOGO_GAP, _PLATE_EDGE = 42, 180, 24, 8
"""The logo in front of the site's name, the space behind it, and the edge of its plate."""
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


def draw_card(card: SocialCard, look: Look | None = None) -> CardImage:
    """Return the image of a card, in the look of a site or else in that of the program."""
    look = look or default_look()
    image = _draw(card, look)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6, **({"bits": 4} if image.mode == "P" else {}))
    return CardImage(f"{CARD_FOLDER}/{sha256(image.tobytes() + bytes(_palette(look))).hexdigest()[:12]}.png", file.getvalue())


def write_card_image(image: CardImage, site: Path) -> None:
    """Write an image into a built site, at the path in its URL, unless another page with an equal one has had it written."""
    file = site / image.url
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(image.png)


def _draw(card: SocialCard, look: Look) -> Image.Image:
    pale, warm = Image.new("L", (WIDTH, HEIGHT)), Image.new("L", (WIDTH, HEIGHT))
    on_pale, on_warm = ImageDraw.Draw(pale), ImageDraw.Draw(warm)
    _draw_rings(on_pale)
    right = _RIGHT
    if card.icon:
        right = _ICON_CENTER[0] - _DISC_RADIUS - 48
        pale.paste(*_icon_disc(card.icon))
    fonts = card_fonts(look, f"{card.site}{card.title}{card.below}{DRAFT_LABEL}…")
    small = fonts.text(_SMALL_SIZE, 500)
    logo = _logo_image(look.logo) if look.logo else None
    left = _LEFT + logo.width + _LOGO_GAP if logo else _LEFT
    on_pale.text((left, _SITE_BASELINE), truncate(drawable_text(card.site), small, right - left), _SOFT, small, "ls")
    on_warm.rectangle((_LEFT, _SITE_BASELINE + 24, _LEFT + 72, _SITE_BASELINE + 29), 255)
    _draw_title(on_pale, drawable_text(card.title) or drawable_text(card.site), right - _LEFT, fonts.title)
    x = _LEFT
    if card.is_draft:
        x += _draw_draft_label(on_warm, x, fonts.text(_SMALL_SIZE, 600)) + 24
    below = truncate(drawable_text(card.below), small, right - x)
    on_warm.text((x, _FOOT_BASELINE), below, 255, small, "ls")
    image = _colorize(pale, warm, look)
    return _with_logo(image, logo, look) if logo and look.logo else image


def _logo_image(logo: Logo) -> Image.Image:
    """Return the logo as it stands in front of the site's name, in its own proportions."""
    with Image.open(io.BytesIO(logo.drawing)) as drawing:
        scale = min(_LOGO_HEIGHT / drawing.height, _MAX_LOGO_WIDTH / drawing.width)
        size = max(round(drawing.width * scale), 1), max(round(drawing.height * scale), 1)
        return drawing.convert("RGBA").resize(size, Image.Resampling.LANCZOS)


def _with_logo(image: Image.Image, drawing: Image.Image, look: Look) -> Image.Image:
    """Return a card with the logo, which may have any colors, on a light plate if it needs one."""
    colored = image.convert("RGB")
    middle = _SITE_BASELINE - _SMALL_SIZE // 3
    left, top = _LEFT, middle - drawing.height // 2
    if look.logo and look.logo.has_plate:
        box = (left - _PLATE_EDGE, top - _PLATE_EDGE, left + drawing.width + _PLATE_EDGE, top + drawing.height + _PLATE_EDGE)
        ImageDraw.Draw(colored).rounded_rectangle(box, 8, look.rgb("--k-on-brand"))
    colored.paste(drawing, (left, top), drawing)
    return colored


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


def _draw_title(draw: ImageDraw.ImageDraw, title: str, width: int, font: FontOfSize) -> None:
    size, lines = fit_title(title, width, _TITLE_BOTTOM - _TITLE_TOP, font)
    step = round(size * LINE_HEIGHT)
    # Centers on the middle of the lower-case letters instead of the line boxes.
    baseline = (_TITLE_TOP + _TITLE_BOTTOM - step * (len(lines) - 1)) / 2 + size * 0.34
    for number, line in enumerate(lines):
        draw.text((_LEFT, round(baseline) + number * step), line, 255, font(size), "ls")


def _draw_draft_label(draw: ImageDraw.ImageDraw, x: int, font: ImageFont.FreeTypeFont) -> int:
    """Draw the label of a draft, dark on warm, and return its width."""
    width = round(font.getlength(DRAFT_LABEL)) + 40
    draw.rounded_rectangle((x, _FOOT_BASELINE - 36, x + width, _FOOT_BASELINE + 14), 25, 255)
    draw.text((x + 20, _FOOT_BASELINE), DRAFT_LABEL, 0, font, "ls")
    return width


def _colorize(pale: Image.Image, warm: Image.Image, look: Look) -> Image.Image:
    """Return the two layers as one image with a palette."""
    image = pale.point(_color_indexes(0, _PALE_STEPS))
    # The mask leaves out the text on the draft label, so that the background shows through.
    mask = warm.point(lambda level: 255 if level * _WARM_STEPS >= 128 else 0)
    image.paste(warm.point(_color_indexes(_PALE_STEPS, _WARM_STEPS)), mask=mask)
    image.putpalette(_palette(look))
    return image


def _color_indexes(first: int, steps: int) -> list[int]:
    """Return the palette index of each level of coverage from 0, which is the background, to 255."""
    nearest = [round(level * steps / 255) for level in range(256)]
    return [first + step if step else 0 for step in nearest]


def _palette(look: Look) -> list[int]:
    """Return the red, green and blue values of all colors as one list."""
    ground, pale, warm = (look.rgb(f"--k-{name}") for name in ("brand", "on-brand", "warm"))
    parts = [*ground]
    for color, steps in ((pale, _PALE_STEPS), (warm, _WARM_STEPS)):
        for step in range(1, steps + 1):
            parts += [round(a + (b - a) * step / steps) for a, b in zip(ground, color, strict=True)]
    return parts
