"""What a site looks like: its colors, its fonts and its logo. Without a `brand.yml`, it is the look of the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from kanalstrategi.design.brand_fonts import FontFamily
from kanalstrategi.design.contrast import channels
from kanalstrategi.design.tokens import dark_tokens, tokens


@dataclass(frozen=True)
class Logo:
    """The logo of a municipality, as `brand.yml` names it."""

    path: str
    """Its path in `docs/`, which is its URL, too."""
    width: int
    height: int
    """Its size in pixels, for its proportions."""
    has_plate: bool = False
    """Whether it needs a light plate behind it, because it could not be seen on the main color."""
    needs_ground: bool = False
    """Whether it needs the main color behind it where that is not the ground, because it could not be seen on white paper."""
    drawing: bytes = b""
    """It as a PNG, for what cannot show drawings."""


@dataclass(frozen=True)
class Look:
    """The look of a site. Plain data, which is part of every document."""

    tokens: dict[str, str] = field(default_factory=dict, hash=False)
    """The value of each design token, keyed by its name (`--k-link`)."""
    dark: dict[str, str] = field(default_factory=dict, hash=False)
    """The tokens that differ in dark mode."""
    text: FontFamily | None = None
    """The font of the text; None if it is that of the program."""
    headings: FontFamily | None = None
    """The font of headings; None if it is that of the text."""
    logo: Logo | None = None
    """None if it is only named in `mkdocs.yml`, or not at all."""
    digest: str = ""
    """Digest of the files that say all this; empty if there are none."""

    @property
    def is_branded(self) -> bool:
        """Whether the site has a look of its own."""
        return bool(self.digest)

    @property
    def families(self) -> dict[str, FontFamily]:
        """The fonts of the municipality, keyed by the names of their purposes."""
        return {name: family for name, family in (("text", self.text), ("headings", self.headings)) if family}

    def rgb(self, name: str) -> tuple[int, int, int]:
        """Return a color as red, green and blue, each from 0 to 255."""
        return channels(self.tokens[name])


@cache
def default_look() -> Look:
    """Return the look of the program."""
    return Look(dict(tokens()), dict(dark_tokens()))
