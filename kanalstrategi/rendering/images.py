"""Adds width and height to images, so that the page does not jump while they load, and loads all but the first lazily."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from lxml import etree
from PIL import Image

from kanalstrategi.markdown.nodes import Element, descendants
from kanalstrategi.sanitizing.image_containers import orientation_of
from kanalstrategi.sanitizing.images import RASTER_FORMATS

Size = tuple[int, int]
"""Width and height in CSS pixels."""

_ROTATED = range(5, 9)
"""The Exif orientations in which an image is turned by 90 degrees."""

_PIXELS = re.compile(r"([0-9.]+)(?:px)?")


def set_image_sizes(root: Element, size_of: Callable[[str], Size | None]) -> None:
    """Give the images of a page a `width` and `height` if they have neither, and load all but the first lazily.

    `size_of` returns the size of an image, given its URL as it is in the page.
    """
    for number, image in enumerate(element for element in descendants(root) if element.tag == "img"):
        attributes = image.attributes
        if "width" not in attributes and "height" not in attributes and (size := size_of(attributes.get("src", ""))):
            attributes["width"], attributes["height"] = map(str, size)
        if number:
            attributes["loading"] = "lazy"


def image_size(file: Path) -> Size | None:
    """Return the natural size of an image, or None for any other file. The file must have passed `kanalstrategi.sanitizing.files`."""
    if file.suffix == ".svg":
        return _svg_size(etree.parse(file).getroot())
    if file.suffix not in RASTER_FORMATS:
        return None
    with Image.open(file, formats=sorted(set(RASTER_FORMATS.values()))) as image:
        width, height = image.size
        return (height, width) if orientation_of(image.info.get("exif", b"")) in _ROTATED else (width, height)


def _svg_size(root: etree._Element) -> Size | None:
    lengths = [_PIXELS.fullmatch(root.get(name, "").strip()) for name in ("width", "height")]
    box = root.get("viewBox", "").replace(",", " ").split()
    numbers = [float(match[1]) for match in lengths if match] if all(lengths) else [float(number) for number in box[2:4]]
    return (round(numbers[0]), round(numbers[1])) if len(numbers) == 2 and min(numbers) >= 1 else None
