"""Checks that an image file is of the type that its extension says and is not too large, and returns what is published of it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.limits import TooSlowError, time_limit
from kanalstrategi.sanitizing.image_containers import without_metadata
from kanalstrategi.sanitizing.svg import plain_svg

RASTER_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}
"""Pillow's names for the formats of image files, keyed by extension."""

IMAGE_EXTENSIONS = (*RASTER_FORMATS, ".svg")

MAX_PIXELS = 25_000_000
"""The maximum of an image's width times its height."""

_SAME_FORMAT = {"MPO": "JPEG"}
"""Maps Pillow's name for a JPEG that contains a second image, as phones write them, to plain JPEG."""


def check_image(file: Path, place: str) -> Iterator[Diagnostic]:
    """Yield the diagnostics for an image file. `place` is the path to name in them."""
    hint = "gem billedet igen i et billedprogram"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=sorted(set(RASTER_FORMATS.values()))) as image, time_limit():
                kind, (width, height) = str(image.format), image.size
                if width * height > MAX_PIXELS:
                    message = f"billedet er {width} × {height} punkter, og det må højst være {MAX_PIXELS // 1_000_000} millioner i alt"
                    yield Diagnostic(place, 1, message, hint + " i mindre størrelse")
                    return
                image.load()  # detects truncated files
            without_metadata(file.read_bytes(), _SAME_FORMAT.get(kind, kind))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        yield Diagnostic(place, 1, "billedet har for mange punkter", hint + " i mindre størrelse")
        return
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TooSlowError):
        yield Diagnostic(place, 1, "filen er ikke et billede, der kan vises", hint)
        return
    if _SAME_FORMAT.get(kind, kind) != RASTER_FORMATS[file.suffix]:
        yield Diagnostic(place, 1, f"filen hedder {file.suffix}, men er et billede af typen {kind}", "giv den den rigtige endelse")


def published_image(file: Path) -> bytes:
    """Return what readers get of an image: the same pixels, orientation and colors, and nothing else that the file says.

    The file must have passed `kanalstrategi.sanitizing.files`.
    """
    data = file.read_bytes()
    return plain_svg(data) if file.suffix == ".svg" else without_metadata(data, RASTER_FORMATS[file.suffix])
