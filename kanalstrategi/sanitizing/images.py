"""Check that an image file is what its name says, of a bearable size, and tells of no place."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.limits import TooSlowError, time_limit

RASTER_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}

MAX_PIXELS = 25_000_000


def check_image(file: Path, place: str) -> Iterator[Diagnostic]:
    hint = "gem billedet igen i et billedprogram"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=sorted(set(RASTER_FORMATS.values()))) as picture, time_limit():
                kind, (width, height) = picture.format, picture.size
                if width * height > MAX_PIXELS:
                    message = f"billedet er {width} × {height} punkter, og det må højst være {MAX_PIXELS // 1_000_000} millioner i alt"
                    yield Diagnostic(place, 1, message, hint + " i mindre størrelse")
                    return
                picture.load()  # of one that was cut short, the beginning is right
                tells_where = _GPS in picture.getexif()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        yield Diagnostic(place, 1, "billedet har for mange punkter", hint + " i mindre størrelse")
        return
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TooSlowError):
        yield Diagnostic(place, 1, "filen er ikke et billede, der kan vises", hint)
        return
    if tells_where:
        yield Diagnostic(place, 1, "billedet fortæller, hvor det er taget (GPS)", "fjern stedet i et billedprogram, og gem billedet igen")
    if _SAME_FORMAT.get(kind, kind) != RASTER_FORMATS[file.suffix]:
        yield Diagnostic(place, 1, f"filen hedder {file.suffix}, men er et billede af typen {kind}", "giv den den rigtige endelse")


_GPS = 0x8825
"""The place where a picture was taken (EXIF 2.3)."""

_SAME_FORMAT = {"MPO": "JPEG"}
"""What a phone calls a JPEG with a second picture in it."""
