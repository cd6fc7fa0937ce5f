"""Knows which colors of the design stand on which, and computes whether each pair can be seen (WCAG 2.1: 1.4.3 and 1.4.11). No I/O.

This is the only list of the pairs. tests/unit/test_brand_colors.py finds those that a style declares, and tests/browser/test_brands.py
those that real pages have, and both fail if the list lacks one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TEXT, LARGE = 4.5, 3.0
"""The least contrast of text, and of large text, borders and signs."""


@dataclass(frozen=True)
class Pair:
    """A color of the design and one that it stands on, both as the names of tokens without `--k-`."""

    ink: str
    ground: str
    least: float
    is_dark_too: bool = True
    """Whether the pair occurs in dark mode, too, and not only on paper."""


GROUNDS = ("page", "soft", "warm-soft", "forbidden")
"""What text may stand on: the page and its boxes."""
PAIRS = (
    *(Pair(ink, ground, TEXT) for ink in ("text", "muted", "link", "overdue") for ground in GROUNDS),
    *(Pair("text", ground, TEXT) for ground in ("mark", "some")),
    Pair("link", "mark", TEXT),  # the title of a page that the search has found
    Pair("on-warm", "warm", TEXT),
    *(Pair("on-brand", ground, TEXT) for ground in ("brand", "brand-strong")),
    *(Pair("warm", ground, LARGE) for ground in ("brand", "brand-strong")),  # the focus and the current section in the header; years on covers
    *(Pair("edge", ground, LARGE) for ground in GROUNDS),
    *(Pair("brand", ground, TEXT, is_dark_too=False) for ground in ("page", "soft")),  # headings on paper and in Word
)
NAMES = {
    "page": "siden",
    "soft": "de neutrale bokse",
    "warm-soft": "de lyse bokse om udkast",
    "forbidden": "bokse med forbud",
    "mark": "det, søgningen har fundet",
    "some": "felter i oversigter",
    "warm": "mærker i accentfarven",
    "brand": "sidens top og forsiden af PDF’er",
    "brand-strong": "sidens fod og valgte felter i toppen",
    "text": "teksten",
    "muted": "den dæmpede tekst",
    "link": "links",
    "overdue": "det, der er overskredet",
    "on-warm": "teksten i mærker",
    "on-brand": "teksten i sidens top",
    "edge": "kanterne",
}
"""What each color is on a page, in Danish."""


def luminance(color: str) -> float:
    """Return the relative luminance of a color such as `#0c4a60`, as WCAG defines it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (level / 255 for level in channels(color)))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def channels(color: str) -> tuple[int, int, int]:
    """Return the red, green and blue of a color such as `#0c4a60` or `#fff`, each from 0 to 255."""
    digits = color.removeprefix("#")
    red, green, blue = (digit * 2 for digit in digits) if len(digits) == 3 else (digits[:2], digits[2:4], digits[4:])
    return int(red, 16), int(green, 16), int(blue, 16)


def too_faint(tokens: Mapping[str, str], *, is_dark: bool = False) -> Iterator[tuple[Pair, float]]:
    """Yield the pairs that cannot be seen well enough, each with its contrast. `tokens` are keyed by name, `--k-` included."""
    for pair in PAIRS:
        if pair.is_dark_too or not is_dark:
            found = contrast(tokens[f"--k-{pair.ink}"], tokens[f"--k-{pair.ground}"])
            if found < pair.least:
                yield pair, found
