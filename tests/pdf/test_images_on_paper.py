"""Images look on paper as in the browser, whatever their kind."""

from __future__ import annotations

import struct
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat
from playwright.sync_api import Browser

from tests.support.paper import on_paper

WIDTH, HEIGHT = 320, 200
PIXELS_PER_INCH = 96
"""As many as CSS has, so that a page of paper has as many pixels as on the screen."""
MAX_DIFFERENCE = 4.0
"""Between shades of 0 to 255. Those that are shown right differ by up to 2.7, because of how their edges are smoothed."""


def drawing(mode: str) -> Image.Image:
    """Return shades and blocks, whose colors differ from side to side."""
    image = Image.linear_gradient("L").resize((WIDTH, HEIGHT)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for number, color in enumerate(("#125a73", "#b5121b", "#f2c200", "#ffffff", "#000000")):
        draw.rectangle((10 + 60 * number, 30, 55 + 60 * number, 120), color)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def grey_of_16_bits() -> bytes:
    shades = b"".join(struct.pack("<H", 257 * shade) for shade in drawing("L").tobytes())
    return saved(Image.frombytes("I;16", (WIDTH, HEIGHT), shades), "PNG")


def see_through() -> bytes:
    image = drawing("RGBA")
    image.putalpha(Image.linear_gradient("L").rotate(90).resize((WIDTH, HEIGHT)))
    return saved(image, "PNG")


IMAGES = {
    "16-bit grey.png": grey_of_16_bits(),
    "grey.png": saved(drawing("L"), "PNG"),
    "black and white.png": saved(drawing("1"), "PNG"),
    "grey and see-through.png": saved(drawing("LA"), "PNG"),
    "palette.png": saved(drawing("P"), "PNG"),
    "see-through.png": see_through(),
    "grey.jpg": saved(drawing("L"), "JPEG", quality=95),
    "color.jpg": saved(drawing("RGB"), "JPEG", quality=95),
    "progressive.jpg": saved(drawing("RGB"), "JPEG", quality=95, progressive=True),
    "cmyk.jpg": saved(drawing("CMYK"), "JPEG", quality=95),
    "profile.jpg": saved(drawing("RGB"), "JPEG", quality=95, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
    "color.webp": saved(drawing("RGB"), "WEBP", lossless=True),
    "color.gif": saved(drawing("P"), "GIF"),
}


def on_screen(browser: Browser, content: bytes, kind: str, folder: Path) -> Image.Image:
    file = folder / f"image.{kind}"
    file.write_bytes(content)
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    (folder / "page.html").write_text(f'<body style="margin:0;background:#fff"><img src="{file.name}" width="{WIDTH}" height="{HEIGHT}">')
    page.goto((folder / "page.html").as_uri())
    shown = Image.open(BytesIO(page.screenshot()))
    page.close()
    return shown.convert("RGB")


def printed(content: bytes, kind: str, folder: Path) -> Image.Image:
    """Return the page of paper with the image, as Poppler shows it."""
    name = f"billeder/image.{kind}"
    pdf = on_paper(f'# Side\n\n![Prøve](../{name}){{: width="{WIDTH}" }}\n', folder, {name: content})
    subprocess.run(["pdftoppm", "-r", str(PIXELS_PER_INCH), "-f", "2", "-l", "2", "-singlefile", "-png", str(pdf), str(folder / "paper")], check=True)
    return Image.open(folder / "paper.png").convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how much two images differ on average, from 0 to 255. Edges may be a pixel away."""
    small = [image.resize((WIDTH // 8, HEIGHT // 8), Image.Resampling.BOX) for image in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / 3


def difference_on(page: Image.Image, like: Image.Image) -> float:
    """Return how much the place of a page that is most like an image differs from it."""
    left = round(40 / 25.4 * PIXELS_PER_INCH)
    return min(difference(like, page.crop((left, top, left + WIDTH, top + HEIGHT))) for top in range(page.height - HEIGHT))


@pytest.mark.parametrize("name", IMAGES)
def test_looks_as_in_the_browser(browser: Browser, tmp_path: Path, name: str) -> None:
    kind = name.rpartition(".")[2]
    screen, page = on_screen(browser, IMAGES[name], kind, tmp_path), printed(IMAGES[name], kind, tmp_path)
    assert difference_on(page, screen) < MAX_DIFFERENCE


def test_a_color_profile_that_archives_refuse_is_left_out(tmp_path: Path) -> None:
    """It is for other colors than those of the image; Chromium shows blue for black with it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    page = printed(saved(drawing("RGB"), "PNG", icc_profile=profile), "png", tmp_path)
    assert difference_on(page, drawing("RGB")) < MAX_DIFFERENCE
