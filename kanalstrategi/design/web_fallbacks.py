"""Makes the fonts of the characters that the pages' usual font lacks, for the sites that have such characters.

The stylesheet says which characters each has, so that a browser only fetches a font for a page that needs it. Letters come by whole
scripts, so that a font stays the same while texts change; signs and emoji one by one, since their fonts are large.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kanalstrategi.design.fallback_fonts import FALLBACK_FONTS, FallbackFont, code_points
from kanalstrategi.design.fonts import FONT, font_bytes, supported_code_points
from kanalstrategi.design.web_font import CODE_POINTS, WEIGHTS, unicode_range

FAMILY, STATIC_FAMILY = "Kanal Skrift", "Kanal Arabisk"
"""The families of the fonts with all weights, and of those with a file for each. They stand behind the usual one in base.css."""
_OTHER = re.compile(r"[^\x00-\xff]")
_SCRIPTS: tuple[tuple[int, ...], ...] = (
    tuple(range(0x100, 0x250)),  # Latin of other languages than those of Western Europe
    tuple(range(0x1E00, 0x1F00)),  # that of Vietnamese and others
    tuple(range(0x370, 0x400)),  # Greek
    tuple(range(0x400, 0x530)),  # Cyrillic
    (*range(0x600, 0x700), *range(0x750, 0x780), 0x200C, 0x200D, 0x200E, 0x200F),  # Arabic
    tuple(range(0x590, 0x600)),  # Hebrew
    tuple(range(0x1200, 0x13A0)),  # Ethiopic
    tuple(range(0xB80, 0xC00)),  # Tamil
    tuple(range(0xE00, 0xE80)),  # Thai
    tuple(range(0x900, 0x980)),  # Devanagari
    tuple(range(0x10A0, 0x1100)),  # Georgian
    tuple(range(0x530, 0x590)),  # Armenian
)
"""The scripts that are fetched whole."""


@dataclass(frozen=True)
class WebFace:
    """A font file of the pages."""

    name: str
    """The name of the file."""
    font: FallbackFont | None
    """The font that it is made from; None for the usual one."""
    source: str
    """The file that it is made from."""
    weight: int
    """Its weight; 0 if it has all."""
    characters: tuple[int, ...]

    @property
    def family(self) -> str:
        """What the stylesheet calls it. Browsers only look for a character among the fonts of a family with the weight that fits best."""
        return STATIC_FAMILY if self.weight else FAMILY

    @property
    def css(self) -> str:
        """The rule of the stylesheet that names it."""
        weight = str(self.weight) if self.weight else f"{WEIGHTS[0]} {WEIGHTS[1]}"
        source = f'src: url("{self.name}") format("woff2")'
        return f'@font-face {{ font-family: "{self.family}"; {source}; font-weight: {weight}; font-display: swap; {unicode_range(self.characters)} }}\n'


def other_characters(texts: Iterable[str]) -> frozenset[int]:
    """Return the code points in some texts that the usual font of the pages lacks."""
    found: set[str] = set()
    for text in texts:
        if not text.isascii():
            found.update(_OTHER.findall(text))
    return frozenset(map(ord, found)) - CODE_POINTS


def web_faces(characters: Iterable[int]) -> list[WebFace]:
    """Return the fonts for some characters, which a page fetches as it needs them."""
    wanted = set(characters)
    faces: list[WebFace] = []
    for number, script in enumerate(_SCRIPTS):
        if not wanted.isdisjoint(script):
            faces += _faces(f"skrift-{number}", frozenset(script) - CODE_POINTS)
            wanted -= set(script)
    return faces + _faces("tegn", frozenset(wanted))


def _faces(name: str, characters: frozenset[int]) -> list[WebFace]:
    """Return the files that have some characters between them, from as many fonts as it takes."""
    faces = []
    if own := characters & supported_code_points():
        faces.append(WebFace(f"{name}.woff2", None, FONT, 0, tuple(sorted(own))))
        characters -= own
    for number, font in enumerate(FALLBACK_FONTS):
        if found := characters & code_points(font):
            weights = [(weight, file) for weight, file in font.weights if weight in (0, *WEIGHTS)] if len(font.weights) > 1 else [(0, font.weights[0][1])]
            faces += [WebFace(f"{name}-{number}-{weight or 'alle'}.woff2", font, file, weight, tuple(sorted(found))) for weight, file in weights]
            characters -= found
    return faces


def face_bytes(face: WebFace) -> bytes:
    """Return a font file as WOFF2. The same packages always give the same bytes."""
    from fontTools import subset  # imported here, because it takes longer than a build in which nothing has changed
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    content = face.font.file(face.source).read_bytes() if face.font else font_bytes(face.source)
    font = TTFont(io.BytesIO(content), recalcTimestamp=False, lazy=True)
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=[0, 13, 14], glyph_names=False)
    options.drop_tables += ["STAT", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*face.characters, 0x20])
    subsetter.subset(font)
    if "fvar" in font:
        axes = {axis.axisTag for axis in font["fvar"].axes}
        instancer.instantiateVariableFont(font, {"wght": WEIGHTS} | ({"wdth": 100} if "wdth" in axes else {}), inplace=True)
        font["fvar"].instances = []
    for number, text in {1: face.family, 4: face.family, 6: face.family.replace(" ", "")}.items():  # the license keeps the reserved names for the whole fonts
        font["name"].setName(text, number, 3, 1, 0x409)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
