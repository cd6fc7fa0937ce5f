"""Room for pictures before they have come, so that the text does not move, and none that a reader may never scroll to."""

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
"""Orientations (Exif) in which a camera writes a picture turned by a quarter."""

_PIXELS = re.compile(r"([0-9.]+)(?:px)?")


def with_sizes(html: str, size_of: Callable[[str], Size | None]) -> str:
    """The page with `width` and `height` on pictures whose author gave neither; all but the first load when they come into sight.

    `size_of` knows a picture by its address, as it stands in the page.
    """
    count = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        attributes, source = found[1], _SOURCE.search(found[1])
        if source and not re.search(r"\s(?:width|height)=", attributes) and (size := size_of(source[1])):
            attributes += f' width="{size[0]}" height="{size[1]}"'
        lazy = ' loading="lazy"' if count > 1 else ""
        return f"<img{attributes}{lazy}>"

    return _IMAGE.sub(mend, html)


def image_size(file: Path) -> Size | None:
    """How large a picture is shown that nobody gives a size; None for what is none. The file has passed `macros.safe_files`."""
    if file.suffix == ".svg":
        return _svg_size(etree.parse(file).getroot())
    if file.suffix not in RASTER_FORMATS:
        return None
    with Image.open(file, formats=sorted(set(RASTER_FORMATS.values()))) as picture:
        width, height = picture.size
        return (height, width) if picture.getexif().get(ExifTags.Base.Orientation) in _ROTATED else (width, height)


def _svg_size(root: etree._Element) -> Size | None:
    said = [_PIXELS.fullmatch(root.get(name, "").strip()) for name in ("width", "height")]
    box = root.get("viewBox", "").replace(",", " ").split()
    numbers = [float(match[1]) for match in said if match] if all(said) else [float(number) for number in box[2:4]]
    return (round(numbers[0]), round(numbers[1])) if len(numbers) == 2 and min(numbers) >= 1 else None
