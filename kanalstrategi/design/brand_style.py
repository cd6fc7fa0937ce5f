"""Builds the style and the font files of a site with a look of its own."""

from __future__ import annotations

import io

from kanalstrategi.design.brand_fonts import BOLD, REGULAR, FontFace, FontFamily, as_woff2
from kanalstrategi.design.look import Look
from kanalstrategi.design.web_font import FALLBACKS, SAMPLE, face_rule, font_faces

_LOGO_ON_WHITE = """@media print, (forced-colors: active) {
  .site-name img { background: var(--k-brand); outline: 0.15rem solid var(--k-brand); forced-color-adjust: none; print-color-adjust: exact; }
}
"""
"""A logo for the main color has that color behind it where the header has not: it may be white."""
_WIDE_LOGO = """@media (max-width: 23.5em) {
  .site-name { font-size: 0.66rem; gap: 0.3rem; }
}
"""
"""On a small phone, a wide logo leaves little room for the name."""
_NAMES = {"text": "Brand Text", "headings": "Brand Headings"}
"""What the fonts are called in the stylesheet."""


def font_files(look: Look) -> dict[str, bytes]:
    """Return the municipality's font files as browsers get them, keyed by their names in the site."""
    return {_file_name(purpose, number): as_woff2(face.data) for purpose, family in look.families.items() for number, face in enumerate(family.faces)}


def preloaded_fonts(look: Look) -> tuple[str, ...]:
    """Return the names of the files that every page needs at once: the upright ones of the text and of headings."""
    needed = [(purpose, family, family.upright(REGULAR if purpose == "text" else BOLD)) for purpose, family in look.families.items()]
    return tuple(_file_name(purpose, family.faces.index(face)) for purpose, family, face in needed)


def font_rules(look: Look) -> str:
    """Return the `@font-face` rules of all fonts of the site, and which elements have them. Goes in front of the rest of the style."""
    rules = [_face(purpose, number, face) for purpose, family in look.families.items() for number, face in enumerate(family.faces)]
    if not look.text:
        rules.append(font_faces())
    else:
        rules += _fallbacks(look.text)
    return "".join(rules)


def brand_rules(look: Look) -> str:
    """Return the rules that come after the rest of the style."""
    rules = _LOGO_ON_WHITE if look.logo and not look.logo.has_plate else ""
    rules += _WIDE_LOGO if look.logo and look.logo.width > 1.5 * look.logo.height else ""
    if look.text:
        rules += f':root {{ --md-text-font: "{_NAMES["text"]}", {", ".join(f"{chr(34)}{name}{chr(34)}" for name in FALLBACKS)}, system-ui; }}\n'
    if look.headings:
        rules += f':is(h1, h2, h3, h4, h5, h6, .site-name) {{ font-family: "{_NAMES["headings"]}", var(--md-text-font); }}\n'
    return rules


def _file_name(purpose: str, number: int) -> str:
    return f"{purpose}-{number + 1}.woff2"


def _face(purpose: str, number: int, face: FontFace) -> str:
    weights = f"{face.lightest} {face.heaviest}" if face.heaviest > face.lightest else str(face.lightest)
    style = "italic" if face.is_italic else "normal"
    source = f'url("{_file_name(purpose, number)}") format("woff2")'
    return face_rule(_NAMES[purpose], source, f"font-weight: {weights}", f"font-style: {style}", "font-display: swap")


def _fallbacks(family: FontFamily) -> list[str]:
    """Return the rules of the fonts that stand in until the text's own has arrived: in its size and with its lines, so that nothing moves then."""
    from fontTools.ttLib import TTFont  # imported here, because it takes longer than a build in which nothing has changed

    rules = []
    for name, fallbacks in FALLBACKS.items():
        for fallback in fallbacks:
            font = TTFont(io.BytesIO(family.upright(fallback.weight).data), lazy=True)
            size, characters, lines, metrics = font["head"].unitsPerEm, font.getBestCmap(), font["hhea"], font["hmtx"]
            scale = sum(metrics[characters[ord(character)]][0] for character in SAMPLE) / size / fallback.sample_width
            rules.append(
                face_rule(
                    name,
                    ", ".join(f'local("{local}")' for local in fallback.names),
                    f"font-weight: {fallback.weight}",
                    f"size-adjust: {scale:.2%}",
                    f"ascent-override: {lines.ascent / size / scale:.2%}",
                    f"descent-override: {-lines.descent / size / scale:.2%}",
                    f"line-gap-override: {lines.lineGap / size / scale:.0%}",
                )
            )
    return rules
