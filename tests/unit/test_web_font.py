"""The font of the pages: what is in it, what it is called, and that it is the same each time."""

from __future__ import annotations

import io
import re
from functools import cache

from fontTools.ttLib import TTFont

from kanalstrategi.design.assets import read_assets
from kanalstrategi.design.fonts import FONT, font_bytes
from kanalstrategi.design.web_font import CODE_POINTS, FALLBACKS, SAMPLE, WEB_FONT_FILE, font_faces, web_font
from macros.coverage import SYMBOLS
from tests.support.browser import roboto
from tests.support.project import ROOT

made = cache(web_font)
"""The font, made once for all tests."""


def opened() -> TTFont:
    return TTFont(io.BytesIO(made()))


def test_the_same_package_gives_the_same_bytes() -> None:
    assert web_font() == made()
    assert made().startswith(b"wOF2")


def test_the_budget_of_a_first_visit_has_room_for_it() -> None:
    assert len(made()) < 25_000


def test_it_has_the_letters_and_signs_of_pages_and_the_weights_of_the_style() -> None:
    characters = opened().getBestCmap()
    assert set(characters) <= CODE_POINTS
    assert set(map(ord, "abcæøåÆØÅéüß§«»–—’”…€ ")) | {ord(symbol) for symbol in SYMBOLS.values()} <= set(characters)
    (axis,) = opened()["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)


def test_it_does_not_bear_the_reserved_name_and_carries_its_license() -> None:
    """The license lets only its maker call a changed font Plex."""
    names = {record.nameID: str(record) for record in opened()["name"].names}
    assert 'Reserved Font Name "Plex"' in names[0]
    assert "SIL Open Font License" in names[13]
    assert not [name for number, name in names.items() if number != 0 and "Plex" in name]


def test_its_widths_are_those_of_the_font_on_paper() -> None:
    ours, theirs = opened(), TTFont(io.BytesIO(font_bytes(FONT)))
    for weight in (400, 600, 700):
        glyphs, originals = ours.getGlyphSet(location={"wght": weight}), theirs.getGlyphSet(location={"wght": weight})
        for character in "kommunikæøåÅ–,1":
            width = originals[theirs.getBestCmap()[ord(character)]].width
            assert abs(glyphs[ours.getBestCmap()[ord(character)]].width - width) <= 1, (weight, character)


def test_what_stands_in_for_it_has_its_lines() -> None:
    """The height of a line, above and below the base line, is the same in each fallback, so the page does not move when the font arrives."""
    fallbacks = re.findall(r"size-adjust: ([\d.]+)%; ascent-override: ([\d.]+)%; descent-override: ([\d.]+)%; line-gap-override: 0%", font_faces())
    assert len(fallbacks) == 4
    lines = opened()["hhea"]
    for scale, ascent, descent in ((float(number) / 100 for number in found) for found in fallbacks):
        assert abs(scale * ascent * 1000 - lines.ascent) < 1 and abs(scale * descent * 1000 + lines.descent) < 1


def test_the_page_preloads_it_under_the_name_that_the_style_gives_it() -> None:
    assets = read_assets(fonts={WEB_FONT_FILE: b"x"})
    assert assets.contents[WEB_FONT_FILE] == b"x" and f'url("{WEB_FONT_FILE}")'.encode() in assets.contents["site.css"]
    assert "(assets ~ '/' ~ font) | url" in (ROOT / "overrides/theme/main.html").read_text(encoding="utf-8")
    assert read_assets(fonts={WEB_FONT_FILE: b"y"}).folder != assets.folder


def test_the_font_of_android_is_as_wide_as_we_say() -> None:
    font = TTFont(io.BytesIO(roboto()))
    for fallback in FALLBACKS["Kanal Roboto"]:
        glyphs = font.getGlyphSet(location={"wght": fallback.weight})
        width = sum(glyphs[font.getBestCmap()[ord(character)]].width for character in SAMPLE) / font["head"].unitsPerEm
        assert abs(width - fallback.sample_width) < 0.01
