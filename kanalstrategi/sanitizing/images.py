"""Checks that an image file is of the type that its extension says, is not too large, and does not reveal where it was taken."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.limits import TooSlowError, time_limit

RASTER_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}
"""Pillow's names for the formats of image files, keyed by extension."""

MAX_PIXELS = 25_000_000
"""The maximum of an image's width times its height."""

_GPS = 0x8825
"""The tag for the place where an image was taken (EXIF 2.3)."""

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
                has_location = _GPS in image.getexif()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        yield Diagnostic(place, 1, "billedet har for mange punkter", hint + " i mindre størrelse")
        return
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TooSlowError):
        yield Diagnostic(place, 1, "filen er ikke et billede, der kan vises", hint)
        return
    if has_location:
        yield Diagnostic(place, 1, "billedet fortæller, hvor det er taget (GPS)", "fjern stedet i et billedprogram, og gem billedet igen")
    if _SAME_FORMAT.get(kind, kind) != RASTER_FORMATS[file.suffix]:
        yield Diagnostic(place, 1, f"filen hedder {file.suffix}, men er et billede af typen {kind}", "giv den den rigtige endelse")
