"""A municipality's colors become a whole design in which everything can be seen, light and dark, or are refused with the nearest that can."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.design.assets import screen_style
from kanalstrategi.design.colors import lch, parse_color
from kanalstrategi.design.contrast import NAMES, PAIRS, too_faint
from kanalstrategi.design.palette import TOKENS, GivenColors, palette
from kanalstrategi.design.refused_colors import refused_colors
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.design.tokens import dark_tokens, tokens

colors = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
given_colors = st.dictionaries(st.sampled_from(sorted(TOKENS)), colors)


def faint(given: GivenColors) -> list[str]:
    """Return the pairs of a design that cannot be seen."""
    light, dark = palette(given, tokens(), dark_tokens())
    return [f"{pair.ink} on {pair.ground}: {found:.2f}" for pair, found in chain(too_faint(light), too_faint({**light, **dark}, is_dark=True))]


@settings(max_examples=40, deadline=None)
@given(given_colors, given_colors)
def test_every_design_can_be_seen_or_is_refused(light: dict[str, str], dark: dict[str, str]) -> None:
    given = GivenColors(light, dark)
    refused = refused_colors(given, tokens(), dark_tokens())
    assert bool(refused) == bool(faint(given))


@settings(max_examples=25, deadline=None)
@given(given_colors)
def test_the_suggested_colors_pass_and_keep_their_hue(light: dict[str, str]) -> None:
    refused = refused_colors(GivenColors(light), tokens(), dark_tokens())
    better = {**light, **{one.key: one.better for one in refused}}
    assert "" not in better.values()
    assert faint(GivenColors(better)) == []
    for one in refused:
        (lightness, chroma, hue), (new, new_chroma, new_hue) = lch(light[one.key]), lch(one.better)
        assert lightness != new
        if min(chroma, new_chroma) > 0.04:  # of a color that is nearly gray, eight bits tell no hue
            assert min(abs(hue - new_hue), 360 - abs(hue - new_hue)) < 6


@pytest.mark.parametrize("primary", ["#6b1f7b", "#14532d", "#333333", "#000000"])
def test_given_colors_stay_as_they_are(primary: str) -> None:
    light, dark = palette(GivenColors({"primary": primary, "accent": "#f2c500"}), tokens(), dark_tokens())
    assert (light["--k-brand"], light["--k-warm"]) == (primary, "#f2c500")
    assert light.keys() == tokens().keys() and dark.keys() >= dark_tokens().keys()


def test_without_colors_nothing_changes() -> None:
    assert palette(GivenColors(), tokens(), dark_tokens()) == (dict(tokens()), dict(dark_tokens()))


def test_the_worst_pair_is_told_with_its_contrast_and_that_two_colors_have_changed_places() -> None:
    first, second = refused_colors(GivenColors({"primary": "#f2c500", "accent": "#6b1f7b"}), tokens(), dark_tokens())
    assert (first.key, first.better, first.may_swap, second.key) == ("primary", "#876c00", True, "accent")
    assert round(first.contrast, 2) == 1.48 and first.least == 4.5


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#6B1F7B", "#6b1f7b"), ("#abc", "#aabbcc"), ("rebeccapurple", "#663399"), ("rgb(107, 31, 123)", "#6b1f7b"), ("rgb(42% 12% 48%)", "#6b1f7a"),
        ("hsl(289deg 60% 30%)", "#6a1f7a"), ("hwb(289 12% 52%)", "#6a1f7a"), ("oklch(40% 0.15 320)", "#692278"), ("lab(40% 40 -30)", "#8a4290"),
        ("color(display-p3 1 0 0)", "#ff3428"),
    ],
)  # fmt: skip - one per line would fill a page
def test_a_color_in_any_notation_of_css(text: str, color: str) -> None:
    assert parse_color(text) == (color, 1.0)


@pytest.mark.parametrize("text", ["", "fodbold", "#12345", "rgb(1 2)", "currentcolor", "var(--k-link)", "url(x)", "#" + "1" * 500])
def test_what_is_no_color(text: str) -> None:
    assert parse_color(text) is None


@given(st.text(max_size=100))
def test_any_text_is_a_color_or_is_not(text: str) -> None:
    found = parse_color(text)
    assert found is None or re.fullmatch(r"#[0-9a-f]{6}", found[0])


def test_every_color_has_a_name_for_editors() -> None:
    assert {name for pair in PAIRS for name in (pair.ink, pair.ground)} <= NAMES.keys()


def test_every_pair_that_a_rule_declares_is_listed() -> None:
    listed = {(pair.ink, pair.ground) for pair in PAIRS} | {(pair.ground, pair.ink) for pair in PAIRS if pair.least >= 4.5}
    found = set()
    for rule in re.findall(r"\{([^{}]*)\}", screen_style() + (OVERRIDES / "pdf/print.css").read_text(encoding="utf-8")):
        ink = re.search(r"(?<![-\w])color: var\(--k-([\w-]+)\)", rule)
        ground = re.search(r"background(?:-color)?: var\(--k-([\w-]+)\)", rule)
        if ink and ground:
            found.add((ink[1], ground[1]))
    assert found and found - listed == set()
