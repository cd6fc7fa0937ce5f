"""Reads the logo that `brand.yml` names: its proportions, whether it can be seen on the main color, and how it looks as an image."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from kanalstrategi.design.contrast import LARGE, contrast
from kanalstrategi.design.fonts import FONT_FOLDER
from kanalstrategi.design.look import Logo
from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.sanitizing.images import RASTER_FORMATS
from kanalstrategi.sanitizing.svg import check_svg

DRAWING_HEIGHT = 240
"""The height in pixels of a logo as an image: enough for a social card."""
MAX_PROPORTION = 12
"""How many times wider than high a logo may be, or higher than wide."""
_Problem = tuple[str, str]
_OPAQUE = 128


def read_logo(docs: Path, path: str, ground: str) -> tuple[Logo | None, _Problem | None]:
    """Return the logo at a path in `docs/`, or what is wrong with it. `ground` is the main color, on which it stands."""
    file = docs / path
    if path.startswith("/") or ".." in path.split("/") or not file.is_file() or file.is_symlink():
        return None, (f"logoet docs/{path[:80]} findes ikke", "skriv stien fra docs/, for eksempel billeder/logo.svg")
    if file.suffix != ".svg" and file.suffix not in RASTER_FORMATS:
        return None, (f"logoet {path[:80]} er ikke et billede", "gem det som SVG eller PNG")
    if file.stat().st_size > MAX_BYTES[file.suffix] or (file.suffix == ".svg" and any(check_svg(file.read_bytes()))):
        return None, (f"logoet docs/{path} kan ikke bruges", "ret først det, der er galt med filen")
    drawn = _drawing(file.read_bytes(), is_svg=file.suffix == ".svg")
    if drawn is None:
        return None, (f"logoet docs/{path} kan ikke tegnes", "gem det igen som almindelig SVG (tekst som kurver) eller som PNG")
    with Image.open(io.BytesIO(drawn)) as image:
        width, height = image.size
        if max(width, height) > MAX_PROPORTION * min(width, height):
            return None, (f"logoet docs/{path} er over {MAX_PROPORTION} gange så bredt, som det er højt, eller omvendt", "skær det til")
        return Logo(path, width, height, _is_lost_on(image.convert("RGBA"), ground), drawn), None


@lru_cache(4)
def _drawing(data: bytes, *, is_svg: bool) -> bytes | None:
    """Return an image as a PNG of the height above, without what is empty around a drawing; None if it cannot be drawn."""
    try:
        with Image.open(io.BytesIO(_rasterized(data) if is_svg else data)) as image:
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, RuntimeError, Image.DecompressionBombError):
        return None
    if not drawn.getchannel("A").getbbox():
        return None
    width = max(round(drawn.width * DRAWING_HEIGHT / drawn.height), 1)
    file = io.BytesIO()
    drawn.resize((width, DRAWING_HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _rasterized(svg: bytes) -> bytes:
    """Return a drawing as a PNG. Raises RuntimeError (a TypstError) if it cannot be drawn."""
    import typst  # imported here, because only sites with a logo of their own need it

    source = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image(bytes(sys.inputs.svg), format: "svg", height: 120pt)'
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])
    return bytes(typst.compile(source, format="png", ppi=DRAWING_HEIGHT / 120 * 72, sys_inputs={"svg": svg.decode("utf-8")}, font_paths=fonts))


def _is_lost_on(image: Image.Image, ground: str) -> bool:
    """Whether a tenth or more of what an image shows could not be seen on a color."""
    small = image.resize((64, max(64 * image.height // image.width, 1)), Image.Resampling.BOX)
    levels = iter(small.tobytes())
    pixels = [pixel for pixel in zip(levels, levels, levels, levels, strict=True) if pixel[3] >= _OPAQUE]
    lost = sum(contrast(f"#{red:02x}{green:02x}{blue:02x}", ground) < LARGE for red, green, blue, _ in pixels)
    return lost * 10 >= len(pixels)
