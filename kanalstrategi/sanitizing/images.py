"""Check that an image file is what its extension says, is not too large, and does not hold the place where it was taken."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.limits import TooSlowError, time_limit

RASTER_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}
"""The formats of image files, as Pillow names them, by extension."""

MAX_PIXELS = 25_000_000
"""Width times height of an image."""

_GPS = 0x8825
"""The tag of the place where an image was taken (EXIF 2.3)."""

_SAME_FORMAT = {"MPO": "JPEG"}
"""Pillow's name for a JPEG with a second image in it, which phones write."""


def check_image(file: Path, place: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with an image file. `place` is its path for the diagnostics."""
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
                image.load()  # finds a file that was cut short, whose beginning is right
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
