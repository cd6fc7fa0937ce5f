"""Computes the colors of the design, light and dark, from the few that a municipality gives. No I/O.

The neutral colors are ours with the hue of the municipality's main color, and the tints those of its accent: as light and as colorful as
ours, so that they do the same work. A computed color that could not be seen well enough on all that it stands on is moved until it can;
a given one is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from kanalstrategi.design.colors import from_lch, lch, nearest
from kanalstrategi.design.contrast import PAIRS, TEXT, contrast

TOKENS = {"primary": "brand", "accent": "warm", "link": "link"}
"""The token of each color that can be given."""
_NEUTRAL = ("text", "muted", "soft", "some", "line", "edge")
_TINTS = ("warm-soft", "mark")
_FIXED = {"brand", "warm", "on-brand", "on-warm"}
"""The tokens that stand on others and are given, or chosen for what they stand on."""
_STRONGER, _STRONGER_CHROMA_SHARE = 0.09, 0.85
"""How much darker the strong variant of the main color is, and how colorful."""
_GRAY = 0.02
"""The chroma below which a color has no hue."""
_MIN_LIGHT_LINK, _MAX_DARK_LINK_CHROMA = 0.32, 0.11
"""The least lightness of links in light mode, so that they differ from the text, and their greatest chroma in dark mode."""



@dataclass(frozen=True)
class GivenColors:
    """The colors that a municipality gives, as `#0c4a60`, keyed by `primary`, `accent` and `link`. Those that are missing are computed."""

    light: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)


Tokens = dict[str, str]


def palette(given: GivenColors, light: Mapping[str, str], dark: Mapping[str, str]) -> tuple[Tokens, Tokens]:
    """Return all tokens of the light design, and those that differ in the dark one. `light` and `dark` are our own."""
    if not given.light and not given.dark:
        return dict(light), dict(dark)
    new_light = _light_scheme(given.light, light)
    return new_light, _dark_scheme(given, new_light, light, dark)


def _light_scheme(given: Mapping[str, str], ours: Mapping[str, str]) -> Tokens:
    """Return the light tokens."""
    tokens = dict(ours)
    primary, accent = given.get("primary", ours["--k-brand"]), given.get("accent", ours["--k-warm"])
    tokens |= {"--k-brand": primary, "--k-warm": accent}
    lightness, chroma, hue = lch(primary)
    if "primary" in given:
        tokens["--k-brand-strong"] = stronger(primary)
        tokens |= {f"--k-{name}": _with_hue(ours[f"--k-{name}"], primary, ours["--k-brand"]) for name in _NEUTRAL}
    if "accent" in given:
        tokens |= {f"--k-{name}": _with_hue(ours[f"--k-{name}"], accent, ours["--k-warm"]) for name in _TINTS}
    if "link" in given:
        tokens["--k-link"] = given["link"]
    elif "primary" in given:
        tokens["--k-link"] = from_lch(max(lightness, _MIN_LIGHT_LINK), max(chroma, lch(ours["--k-link"])[1] if chroma >= _GRAY else 0.0), hue)
    if "accent" not in given:
        _brighten_accent(tokens)
    _choose_ink_on_accent(tokens)
    _settle(tokens, {TOKENS[key] for key in given} | _FIXED, is_dark=False)
    return tokens


def _dark_scheme(given: GivenColors, new_light: Tokens, light: Mapping[str, str], dark: Mapping[str, str]) -> Tokens:
    """Return the tokens that differ in dark mode."""
    inherited = {**given.light, **given.dark}
    primary, accent = inherited.get("primary", light["--k-brand"]), inherited.get("accent", light["--k-warm"])
    tokens = dict(dark)
    if "primary" in inherited:
        tokens |= {f"--k-{name}": _with_hue(dark[f"--k-{name}"], primary, light["--k-brand"]) for name in ("page", *_NEUTRAL)}
        lightness, chroma, _ = lch(dark["--k-link"])
        own = lch(primary)
        tokens["--k-link"] = from_lch(lightness, min(max(chroma, own[1]), _MAX_DARK_LINK_CHROMA) if own[1] >= _GRAY else 0.0, own[2])
    if "accent" in inherited:
        tokens |= {f"--k-{name}": _with_hue(dark[f"--k-{name}"], accent, light["--k-warm"]) for name in _TINTS}
    if "primary" in given.dark:
        tokens |= {"--k-brand": primary, "--k-brand-strong": stronger(primary)}
    if "accent" in given.dark:
        tokens["--k-warm"] = accent
    if "link" in given.dark:
        tokens["--k-link"] = given.dark["link"]
    whole = {**new_light, **tokens}
    if given.dark:
        if "accent" not in inherited:
            _brighten_accent(whole)
        _choose_ink_on_accent(whole)
        tokens |= {name: whole[name] for name in ("--k-warm", "--k-on-warm")}
    _settle(whole, {TOKENS[key] for key in given.dark} | _FIXED, is_dark=True)
    return {name: whole[name] for name in tokens}


def _with_hue(color: str, of: str, instead_of: str) -> str:
    """Return a color with the hue of another, and with less chroma if that one has less than the one it takes the place of."""
    lightness, chroma, _ = lch(color)
    _, wanted, hue = lch(of)
    share = min(1.0, wanted / max(lch(instead_of)[1], _GRAY)) if wanted >= _GRAY else 0.0
    return from_lch(lightness, chroma * share, hue)


def _brighten_accent(tokens: Tokens) -> None:
    """Move an accent that nobody has given until it can be seen on the main color."""
    grounds = [(tokens[f"--k-{pair.ground}"], pair.least) for pair in PAIRS if pair.ink == "warm"]
    tokens["--k-warm"] = nearest(tokens["--k-warm"], partial(is_seen_on, grounds=grounds)) or tokens["--k-warm"]


def _choose_ink_on_accent(tokens: Tokens) -> None:
    """Set what stands on the accent to the strong variant of the main color if that can be read there, else to what can."""
    accent = tokens["--k-warm"]
    candidates = (tokens["--k-brand-strong"], "#000000", "#ffffff")
    tokens["--k-on-warm"] = next((color for color in candidates if contrast(color, accent) >= TEXT), max(candidates, key=lambda color: contrast(color, accent)))


def stronger(color: str) -> str:
    """Return the strong variant of the main color."""
    lightness, chroma, hue = lch(color)
    return from_lch(max(lightness - _STRONGER, 0.0), chroma * _STRONGER_CHROMA_SHARE, hue)


def _settle(tokens: Tokens, kept: set[str], *, is_dark: bool) -> None:
    """Move each computed color that stands on others until it can be seen on all of them. `kept` are the tokens that stay as they are."""
    for ink in dict.fromkeys(pair.ink for pair in PAIRS if pair.ink not in kept):
        pairs = [pair for pair in PAIRS if pair.ink == ink and (pair.is_dark_too or not is_dark)]
        grounds = [(tokens[f"--k-{pair.ground}"], pair.least) for pair in pairs]
        tokens[f"--k-{ink}"] = nearest(tokens[f"--k-{ink}"], partial(is_seen_on, grounds=grounds)) or tokens[f"--k-{ink}"]


def is_seen_on(color: str, grounds: Iterable[tuple[str, float]]) -> bool:
    """Whether a color can be seen well enough on others, each of which comes with the least contrast."""
    return all(contrast(color, ground) >= least for ground, least in grounds)
