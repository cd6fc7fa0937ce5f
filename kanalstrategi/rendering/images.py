"""Adds width and height to images, so that the page does not jump while they load, and loads all but the first lazily."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from lxml import etree
from PIL import ExifTags, Image

from kanalstrategi.sanitizing.images import RASTER_FORMATS

Size = tuple[int, int]
"""Width and height in CSS pixels."""

_IMAGE = re.compile(r'<img((?:\s+[\w-]+="[^"]*")*)\s*/?>')

_SOURCE = re.compile(r'\ssrc="([^"]*)"')

_ROTATED = range(5, 9)
"""The Exif orientations in which an image is turned by 90 degrees."""

_PIXELS = re.compile(r"([0-9.]+)(?:px)?")


def with_sizes(html: str, size_of: Callable[[str], Size | None]) -> str:
    """Return the page with a `width` and `height` on images that have neither, and with all images but the first loaded lazily.

    `size_of` returns the size of an image, given its URL as written in the page.
    """
    count = 0

    def with_attributes(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        attributes, source = found[1], _SOURCE.search(found[1])
        if source and not re.search(r"\s(?:width|height)=", attributes) and (size := size_of(source[1])):
            attributes += f' width="{size[0]}" height="{size[1]}"'
        lazy = ' loading="lazy"' if count > 1 else ""
        return f"<img{attributes}{lazy}>"

    return _IMAGE.sub(with_attributes, html)


def image_size(file: Path) -> Size | None:
    """Return the natural size of an image, or None for any other file. The file must have passed `kanalstrategi.sanitizing.files`."""
    if file.suffix == ".svg":
        return _svg_size(etree.parse(file).getroot())
    if file.suffix not in RASTER_FORMATS:
        return None
    with Image.open(file, formats=sorted(set(RASTER_FORMATS.values()))) as image:
        width, height = image.size
        return (height, width) if image.getexif().get(ExifTags.Base.Orientation) in _ROTATED else (width, height)


def _svg_size(root: etree._Element) -> Size | None:
    lengths = [_PIXELS.fullmatch(root.get(name, "").strip()) for name in ("width", "height")]
    box = root.get("viewBox", "").replace(",", " ").split()
    numbers = [float(match[1]) for match in lengths if match] if all(lengths) else [float(number) for number in box[2:4]]
    return (round(numbers[0]), round(numbers[1])) if len(numbers) == 2 and min(numbers) >= 1 else None
