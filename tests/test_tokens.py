"""Every colour of the design can be read on what it stands on, in light and in the dark (WCAG 2.2: 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from overrides.assets import THEME

TEXT, SHAPE = 4.5, 3.0
PAPERS = ("page", "soft", "warm-soft")
PAIRS = [
    *((ink, paper, TEXT) for ink in ("text", "muted", "link", "overdue") for paper in PAPERS),
    ("text", "mark", TEXT),
    *(("on-brand", paper, TEXT) for paper in ("brand", "brand-strong", "brand-soft")),
    *(("warm", paper, SHAPE) for paper in ("brand", "brand-strong")),  # focus and the current part in the top
    *(("edge", paper, SHAPE) for paper in PAPERS),
]


def tokens(*names: str) -> dict[str, str]:
    """The colours of style files, the later before the earlier."""
    text = "".join((THEME / name).read_text(encoding="utf-8") for name in names)
    return dict(re.findall(r"--k-([\w-]+):\s*#([0-9a-f]{3,6});", text))


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, as WCAG defines it."""
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("files", [("tokens.css",), ("tokens.css", "tokens-dark.css")], ids=["light", "dark"])
def test_every_pair_has_its_contrast(files: tuple[str, ...]) -> None:
    colours = tokens(*files)
    found = {f"{ink} on {paper}": contrast(colours[ink], colours[paper]) for ink, paper, _ in PAIRS}
    low = {pair: round(found[pair], 2) for (ink, paper, least) in PAIRS if found[pair := f"{ink} on {paper}"] < least}
    assert low == {}


def test_the_dark_changes_only_what_there_is() -> None:
    assert set(tokens("tokens-dark.css")) <= set(tokens("tokens.css"))


def test_colours_stand_in_the_tokens_and_nowhere_else() -> None:
    style = (THEME / "assets/screen.css").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", style)) <= {"#0004", "#0006", "#fff", "#f5503d26", "#0bd57026"}  # shadows, paper, ins and del
