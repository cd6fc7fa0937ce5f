"""Reads the logo that `brand.yml` names: its proportions, whether it can be seen on the main color, and how it looks as an image."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from kanalstrategi.design.contrast import LARGE, contrast
from kanalstrategi.design.fonts import FONT_FOLDER
from kanalstrategi.design.look import Logo
from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.sanitizing.images import MAX_PIXELS, RASTER_FORMATS
from kanalstrategi.sanitizing.svg import check_svg

DRAWING_HEIGHT = 240
"""The height in pixels of a logo as an image: enough for a social card."""
MAX_PROPORTION = 12
"""How many times wider than high a logo may be, or higher than wide."""
_Problem = tuple[str, str]
_CANNOT_BE_DRAWN = "kan ikke tegnes", "gem det igen som almindelig SVG (tekst som kurver) eller som PNG"
_OUT_OF_PROPORTION = f"er over {MAX_PROPORTION} gange så bredt, som det er højt, eller omvendt", "skær det til"
_OPAQUE = 128
_DRAWING = f"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let drawing = image.with(bytes(sys.inputs.svg), format: "svg")
#context {{
  let size = measure(drawing())
  if size.width > {MAX_PROPORTION + 1} * size.height {{ drawing(width: 120pt * {MAX_PROPORTION + 1}) }} else {{ drawing(height: 120pt) }}
}}""".encode()
"""The document that a drawing is made an image by."""


def read_logo(docs: Path, path: str, ground: str) -> tuple[Logo | None, _Problem | None]:
    """Return the logo at a path in `docs/`, or what is wrong with it. `ground` is the main color, on which it stands."""
    file = docs / path
    if path.startswith("/") or "\\" in path or ".." in path.split("/") or not is_plain_file(file):
        return None, (f"logoet docs/{path[:80]} findes ikke", "skriv stien fra docs/, for eksempel billeder/logo.svg")
    if file.suffix != ".svg" and file.suffix not in RASTER_FORMATS:
        return None, (f"logoet {path[:80]} er ikke et billede", "gem det som SVG eller PNG")
    if file.stat().st_size > MAX_BYTES[file.suffix] or (file.suffix == ".svg" and any(check_svg(file.read_bytes()))):
        return None, (f"logoet docs/{path} kan ikke bruges", "ret først det, der er galt med filen")
    drawn = _drawing(file.read_bytes(), is_svg=file.suffix == ".svg")
    if isinstance(drawn, tuple):
        return None, (f"logoet docs/{path} {drawn[0]}", drawn[1])
    with Image.open(io.BytesIO(drawn)) as image:
        shown = image.convert("RGBA")
        has_plate = _is_lost_on(shown, ground)
        return Logo(path, *image.size, has_plate, not has_plate and _is_lost_on(shown, "#ffffff"), drawn), None


def is_plain_file(file: Path) -> bool:
    """Whether there is a file at a path, and no link, which may lead anywhere."""
    try:
        return file.is_file() and not file.is_symlink()
    except OSError:  # for example because the name is longer than names can be
        return False


@lru_cache(4)
def _drawing(data: bytes, *, is_svg: bool) -> bytes | _Problem:
    """Return an image as a PNG of the height above, or what is wrong with it.

    Its size is looked at before it is drawn: one that is a thousand times as wide as high would fill the memory.
    """
    try:
        with Image.open(io.BytesIO(_rasterized(data) if is_svg else data), formats=sorted(set(RASTER_FORMATS.values()))) as image:
            if max(image.size) > MAX_PROPORTION * min(image.size):
                return _OUT_OF_PROPORTION
            if image.width * image.height > MAX_PIXELS:
                return _CANNOT_BE_DRAWN
            drawn = ImageOps.exif_transpose(image).convert("RGBA")  # the way up that browsers show it
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, RuntimeError, Image.DecompressionBombError):
        return _CANNOT_BE_DRAWN
    if not drawn.getchannel("A").getbbox():
        return _CANNOT_BE_DRAWN
    width = max(round(drawn.width * DRAWING_HEIGHT / drawn.height), 1)
    file = io.BytesIO()
    drawn.resize((width, DRAWING_HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _rasterized(svg: bytes) -> bytes:
    """Return a drawing as a PNG, no wider than one that is just out of proportion. Raises RuntimeError (a TypstError) if it cannot be drawn."""
    import typst  # imported here, because only sites with a logo of their own need it

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])
    return bytes(typst.compile(_DRAWING, format="png", ppi=DRAWING_HEIGHT / 120 * 72, sys_inputs={"svg": svg.decode("utf-8")}, font_paths=fonts))


def _is_lost_on(image: Image.Image, ground: str) -> bool:
    """Whether a tenth or more of what an image shows could not be seen on a color."""
    small = image.resize((64, max(64 * image.height // image.width, 1)), Image.Resampling.BOX)
    levels = iter(small.tobytes())
    pixels = [pixel for pixel in zip(levels, levels, levels, levels, strict=True) if pixel[3] >= _OPAQUE]
    lost = sum(contrast(f"#{red:02x}{green:02x}{blue:02x}", ground) < LARGE for red, green, blue, _ in pixels)
    return lost * 10 >= len(pixels)
