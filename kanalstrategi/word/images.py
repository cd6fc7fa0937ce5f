"""Makes images from a document ready for the web: smaller, without what was cut off, and without what else the file says."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.sanitizing.image_containers import ImageContainerError, without_metadata
from kanalstrategi.sanitizing.images import MAX_PIXELS, RASTER_FORMATS
from kanalstrategi.word.inlines import Crop

MAX_SIDE = 1600
"""The maximum width and height: twice the width of the text on a page, for screens with twice as many dots."""
_LARGE_BYTES = 500_000
"""The size from which an image is written anew although it is not too wide."""
_QUALITY = 85
_OTHER_FORMATS = ("BMP", "TIFF")
"""Formats that are shown nowhere on the web, and are written anew as PNG."""
_EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}


def publishable(data: bytes, crop: Crop) -> tuple[str, bytes] | None:
    """Return the extension and the content of an image file as it can be published, or None if it is no image that can be shown."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=(*sorted(set(RASTER_FORMATS.values())), *_OTHER_FORMATS)) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                image.load()
                kind = "JPEG" if image.format == "MPO" else str(image.format)
                if kind in _EXTENSIONS and not any(crop) and max(image.size) <= MAX_SIDE and len(data) <= _LARGE_BYTES:
                    return _EXTENSIONS[kind], without_metadata(data, kind)
                return _written_anew(image, kind, crop)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, UnidentifiedImageError, ImageContainerError, OSError, SyntaxError, ValueError):
        return None


def _written_anew(image: Image.Image, kind: str, crop: Crop) -> tuple[str, bytes] | None:
    upright = ImageOps.exif_transpose(image)
    width, height = upright.size
    box = (round(width * crop.left), round(height * crop.top), round(width * (1 - crop.right)), round(height * (1 - crop.bottom)))
    if box[0] >= box[2] or box[1] >= box[3]:
        return None
    shown = upright.crop(box)
    is_clear = shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info
    shown = shown.convert("RGBA" if is_clear else "RGB")
    shown.thumbnail((MAX_SIDE, MAX_SIDE))
    if kind != "JPEG":
        png = _saved(shown, "PNG")
        if len(png) <= _LARGE_BYTES or is_clear:
            return (".png", png) if len(png) <= MAX_BYTES[".png"] else None
    jpeg = _saved(shown.convert("RGB"), "JPEG")
    return (".jpg", jpeg) if len(jpeg) <= MAX_BYTES[".jpg"] else None


def _saved(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    image.info.clear()
    image.save(file, kind, **({"quality": _QUALITY} if kind == "JPEG" else {"optimize": True}))
    return without_metadata(file.getvalue(), kind)
