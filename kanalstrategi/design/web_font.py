"""Makes the font of the pages from the font of the PDFs: the letters and weights that pages use, compressed for browsers.

The license (OFL 1.1) lets nobody else call a changed font by the reserved name "Plex". So the subset has a name of its own; it carries
the copyright and the license inside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import NamedTuple

from kanalstrategi.design.fonts import FONT, font_bytes, license_text

WEB_FONT_FILE = "sans.woff2"
"""The name of the font's file, which is in the same folder as the stylesheet."""
FAMILY = "Kanal Sans"
"""The font's name, inside it and in the stylesheet."""
WEIGHTS = (400, 700)
"""The lightest and the heaviest weight. All between them are in the same file."""
CODE_POINTS = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’‚“”„•…‹›€−×≤≥←↑→↓↩✓◊✗")])
"""The characters of the subset: those of Western Europe, and the signs that pages have. A browser takes any other from another font."""
LAYOUT_FEATURES = ("ccmp", "kern", "liga", "locl", "mark", "mkmk")
"""The OpenType features that stay: those that browsers use without being asked."""
FIRST_OWN_NAME = 256
"""From this number on, a font's names are of things of its own."""

SAMPLE = (
    "Kommunen vil være let at komme i kontakt med. Strategien fortæller, hvilke kanaler vi bruger, når vi kommunikerer "
    "med borgerne, og hvad du kan forvente af os på telefon, på skrift og ved personligt fremmøde."
)
"""A text in which each letter is about as frequent as it is in Danish."""


class Fallback(NamedTuple):
    """A font that a device has, and that shows a page until ours has arrived."""

    names: tuple[str, ...]
    """What it and those of the same widths are called."""
    weight: int
    """The weight of ours that it stands in for."""
    sample_width: float
    """How wide SAMPLE is in it, at a size of 1."""


FALLBACKS = {
    "Kanal Arial": (
        Fallback(("Arial", "ArialMT", "Helvetica", "Liberation Sans", "Arimo"), 400, 92.6),
        Fallback(("Arial Bold", "Arial-BoldMT", "Helvetica Bold", "Liberation Sans Bold", "Arimo Bold"), 700, 99.69),
    ),
    "Kanal Roboto": (
        Fallback(("Roboto", "Roboto-Regular"), 400, 92.27),
        Fallback(("Roboto Bold", "Roboto-Bold"), 700, 94.14),
    ),
}
"""The fonts of Windows, macOS and most Linux, and the font of Android, keyed by the name in the stylesheet of the family they become."""


def web_font() -> bytes:
    """Return the font as WOFF2. The same package always gives the same bytes."""
    # Imported here, because it takes longer than a build in which nothing has changed.
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(font_bytes(FONT)), recalcTimestamp=False, lazy=True)
    options = subset.Options(layout_features=list(LAYOUT_FEATURES), hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14], glyph_names=False)
    options.drop_tables += ["STAT", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CODE_POINTS)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wdth": 100, "wght": WEIGHTS}, inplace=True)
    for number, text in {0: license_text().split("\n", 1)[0], 1: FAMILY, 4: FAMILY, 6: FAMILY.replace(" ", "")}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["fvar"].instances = []  # whose names would be those of the font that it was
    axis_names = {axis.axisNameID for axis in font["fvar"].axes}
    font["name"].names = [record for record in font["name"].names if record.nameID < FIRST_OWN_NAME or record.nameID in axis_names]
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def font_faces() -> str:
    """Return the `@font-face` rules of our font, and of the fallbacks in its size and with its lines, so that nothing moves when it arrives."""
    from fontTools.ttLib import TTFont  # imported here, as above

    font = TTFont(io.BytesIO(font_bytes(FONT)), lazy=True)
    size, characters, lines = font["head"].unitsPerEm, font.getBestCmap(), font["hhea"]
    weights = f"font-weight: {WEIGHTS[0]} {WEIGHTS[1]}"
    rules = [face_rule(FAMILY, f'url("{WEB_FONT_FILE}") format("woff2")', weights, "font-display: swap", unicode_range(CODE_POINTS))]
    for family, fallbacks in FALLBACKS.items():
        for fallback in fallbacks:
            glyphs = font.getGlyphSet(location={"wght": fallback.weight})
            scale = sum(glyphs[characters[ord(character)]].width for character in SAMPLE) / size / fallback.sample_width
            rules.append(
                face_rule(
                    family,
                    ", ".join(f'local("{name}")' for name in fallback.names),
                    f"font-weight: {fallback.weight}",
                    f"size-adjust: {scale:.2%}",
                    f"ascent-override: {lines.ascent / size / scale:.2%}",
                    f"descent-override: {-lines.descent / size / scale:.2%}",
                    f"line-gap-override: {lines.lineGap / size / scale:.0%}",
                )
            )
    return "".join(rules)


def face_rule(family: str, source: str, *declarations: str) -> str:
    """Return a `@font-face` rule."""
    return f'@font-face {{ font-family: "{family}"; src: {source}; {"; ".join(declarations)} }}\n'


def unicode_range(code_points: Iterable[int]) -> str:
    """Return code points as the descriptor of a `@font-face` rule, so that no page of other letters loads the font in vain."""
    points = sorted(code_points)
    known = frozenset(points)
    starts = [point for point in points if point - 1 not in known]
    ends = [point for point in points if point + 1 not in known]
    return "unicode-range: " + ", ".join(f"U+{start:X}" if start == end else f"U+{start:X}-{end:X}" for start, end in zip(starts, ends, strict=True))
