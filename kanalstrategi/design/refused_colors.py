"""Says which of the colors that a municipality gives cannot be seen well enough, and which are the nearest that can. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from kanalstrategi.design.colors import nearest
from kanalstrategi.design.contrast import PAIRS, contrast
from kanalstrategi.design.palette import TOKENS, GivenColors, palette, stronger


@dataclass(frozen=True)
class Refusal:
    """A given color that cannot be seen well enough together with another."""

    key: str
    """`primary`, `accent` or `link`."""
    is_dark: bool
    """Whether it is the one of dark mode."""
    other: str
    """The token of the other color, without `--k-`."""
    contrast: float
    least: float
    better: str
    """The nearest color that can; empty if there is none of that hue."""
    may_swap: bool = False
    """Whether the main color and the accent can be used the other way round."""


def refused_colors(given: GivenColors, light: Mapping[str, str], dark: Mapping[str, str]) -> list[Refusal]:
    """Return a refusal for each given color that fails, for its worst pair. `light` and `dark` are our own tokens."""
    new_light, new_dark = palette(given, light, dark)
    found = [*_refused(given.light, new_light, is_dark=False), *_refused(given.dark, {**new_light, **new_dark}, is_dark=True)]
    if found and _passes_swapped(given, light, dark):
        found = [Refusal(one.key, one.is_dark, one.other, one.contrast, one.least, one.better, True) for one in found]
    return found


def _refused(given: Mapping[str, str], tokens: dict[str, str], *, is_dark: bool) -> list[Refusal]:
    """Return the refusals of one scheme. A color is judged by those in front of it as they should be: the main color, the accent, links."""
    found = []
    for key in (key for key in TOKENS if key in given):
        others = _others(key, tokens, is_dark=is_dark)
        worst = min(others, key=lambda other: _contrast(key, given[key], other, tokens) / others[other])
        value = _contrast(key, given[key], worst, tokens)
        if value < others[worst]:
            passes = partial(_passes, key, others, tokens)
            better = nearest(given[key], passes) or ""
            found.append(Refusal(key, is_dark, worst, value, others[worst], better))
            if key == "primary" and better:
                tokens = {**tokens, "--k-brand": better, "--k-brand-strong": stronger(better)}
    return found


def _others(key: str, tokens: Mapping[str, str], *, is_dark: bool) -> dict[str, float]:
    """Return the least contrast that a given color must have with others, keyed by their tokens."""
    token, least = TOKENS[key], dict[str, float]()
    for pair in PAIRS:
        if is_dark and not pair.is_dark_too:
            continue
        for one, other in ((pair.ink, pair.ground), (pair.ground, pair.ink)):
            # The accent yields to the main color, and what stands on it is chosen for it.
            if one.removesuffix("-strong") == token and not (key == "primary" and other == "warm") and other != "on-warm":
                least[other] = max(pair.least, least.get(other, 0.0))
    return least


def _contrast(key: str, color: str, other: str, tokens: Mapping[str, str]) -> float:
    """Return the contrast of a given color with another, the lower one if it comes in two strengths."""
    variants = (color, stronger(color)) if key == "primary" and other == "on-brand" else (color,)
    return min(contrast(variant, tokens[f"--k-{other}"]) for variant in variants)


def _passes(key: str, others: Mapping[str, float], tokens: Mapping[str, str], candidate: str) -> bool:
    return all(_contrast(key, candidate, other, tokens) >= least for other, least in others.items())


def _passes_swapped(given: GivenColors, light: Mapping[str, str], dark: Mapping[str, str]) -> bool:
    if "primary" not in given.light or "accent" not in given.light or given.dark:
        return False
    swapped = GivenColors({**given.light, "primary": given.light["accent"], "accent": given.light["primary"]})
    return not _refused(swapped.light, palette(swapped, light, dark)[0], is_dark=False)
