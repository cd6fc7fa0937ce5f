"""Reads colors in any notation of CSS, and moves their lightness as people see it. No I/O.

Only imported where a site has colors of its own: it takes longer than a build in which nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coloraide import Color

MAX_COLOR_CHARACTERS = 80
"""The longest notation of a color."""
_STEPS = 1000
"""How many shades of lightness are tried between black and white."""


def parse_color(text: str) -> tuple[str, float] | None:
    """Return a color as `#0c4a60`, and how opaque it is, from 0 to 1; None if it is no color. One that screens cannot show becomes the nearest."""
    if len(text) > MAX_COLOR_CHARACTERS:
        return None
    try:
        color = Color(text.strip())
        return _hex(color), color.alpha(nans=False)
    except (ValueError, OverflowError):
        return None


def on_white(text: str) -> str:
    """Return what a color that is not opaque looks like on white."""
    return _hex(Color("white").mix(Color(text.strip()).set("alpha", 1), Color(text.strip()).alpha(nans=False), space="srgb"))


def lch(color: str) -> tuple[float, float, float]:
    """Return the lightness (0–1), the chroma and the hue of a color in OKLCH. A gray has the hue 0."""
    lightness, chroma, hue = Color(color).convert("oklch").coords(nans=False)
    return lightness, chroma, hue


def from_lch(lightness: float, chroma: float, hue: float) -> str:
    """Return the color nearest to such values, with the same hue, that a screen can show."""
    return _hex(Color("oklch", [min(max(lightness, 0.0), 1.0), max(chroma, 0.0), hue]))


def nearest(color: str, is_good: Callable[[str], bool]) -> str | None:
    """Return the color of the same hue, with a lightness as near as possible, that is good; None if there is none."""
    lightness, chroma, hue = lch(color)
    if is_good(color):
        return color
    return next((found for step in _around(lightness) if is_good(found := from_lch(step, chroma, hue))), None)


def _around(lightness: float) -> Iterator[float]:
    """Yield degrees of lightness, those nearest to one first."""
    for step in range(1, _STEPS + 1):
        for near in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= near <= 1:
                yield near


def _hex(color: Color) -> str:
    return str(color.convert("srgb").fit().to_string(hex=True, alpha=False, compress=False))
