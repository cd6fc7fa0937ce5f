"""Every color is readable on its background, light and dark (WCAG 2.2: 1.4.3 and 1.4.11); screen and print share their tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kanalstrategi.design.assets import STYLES, screen_style
from kanalstrategi.design.theme import THEME
from kanalstrategi.design.tokens import print_style, rgb, with_values
from kanalstrategi.design.tokens import tokens as declared

PDF = THEME.parent / "pdf"
PRINT_STYLES = sorted(PDF.glob("*.css"))
SCREEN_STYLES = sorted((THEME / "assets" / "styles").iterdir())

TEXT, SHAPE = 4.5, 3.0
BACKGROUNDS = ("page", "soft", "warm-soft", "forbidden")
PAIRS = [
    *((ink, background, TEXT) for ink in ("text", "muted", "link", "overdue") for background in BACKGROUNDS),
    *(("text", background, TEXT) for background in ("mark", "some")),
    ("on-warm", "warm", TEXT),
    *(("on-brand", background, TEXT) for background in ("brand", "brand-strong")),
    *(("warm", background, SHAPE) for background in ("brand", "brand-strong")),  # the focus and the current section in the header
    *(("edge", background, SHAPE) for background in BACKGROUNDS),
]


def tokens(*names: str) -> dict[str, str]:
    """Return the colors that style files declare; later files override earlier ones."""
    text = "".join((THEME / name).read_text(encoding="utf-8") for name in names)
    return dict(re.findall(r"--k-([\w-]+):\s*#([0-9a-f]{3,6});", text))


def luminance(color: str) -> float:
    """Return the relative luminance of an sRGB color, as WCAG defines it."""
    digits = color if len(color) == 6 else "".join(digit * 2 for digit in color)
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.evidence("9.1.4.3", "9.1.4.11", how="contrast")
@pytest.mark.parametrize("files", [("tokens.css",), ("tokens.css", "tokens-dark.css")], ids=["light", "dark"])
def test_every_pair_has_its_contrast(files: tuple[str, ...]) -> None:
    colors = tokens(*files)
    found = {f"{ink} on {background}": contrast(colors[ink], colors[background]) for ink, background, _ in PAIRS}
    low = {pair: round(found[pair], 2) for (ink, background, least) in PAIRS if found[pair := f"{ink} on {background}"] < least}
    assert low == {}


def test_the_dark_changes_only_what_there_is() -> None:
    assert set(tokens("tokens-dark.css")) <= set(tokens("tokens.css"))


def test_every_style_file_is_part_of_the_stylesheet() -> None:
    assert sorted(STYLES) == [file.name for file in SCREEN_STYLES]


COLOR = r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|lab|lch|oklab|oklch|hwb|color)a?\("


def test_colors_stand_in_the_tokens_and_nowhere_else() -> None:
    assert set(re.findall(COLOR, screen_style())) <= {"#0004", "#0006", "#fff", "#f5503d26", "#0bd57026"}  # shadows, the print background, ins and del


@pytest.mark.parametrize("file", PRINT_STYLES, ids=lambda file: file.name)
def test_nor_in_the_style_of_the_pdfs(file: Path) -> None:
    assert re.findall(COLOR, file.read_text(encoding="utf-8")) == []


def read_tokens(*files: Path) -> set[str]:
    """Return the names of the tokens that style files use."""
    return {name for file in files for name in re.findall(r"var\((--k-[\w-]+)", file.read_text(encoding="utf-8"))}


def test_every_token_is_read_and_every_one_that_is_read_is_there() -> None:
    assert read_tokens(*SCREEN_STYLES, *PRINT_STYLES) == set(declared())


def test_screen_and_print_use_the_same_tokens() -> None:
    shared = read_tokens(*SCREEN_STYLES) & read_tokens(*PRINT_STYLES)
    assert {"--k-brand", "--k-link", "--k-text", "--k-muted", "--k-line", "--k-soft", "--k-warm"} <= shared


def test_the_style_of_a_pdf_has_values_for_all_of_them() -> None:
    """wkhtmltopdf silently drops every declaration with a variable."""
    assert "var(" not in print_style() and declared()["--k-brand"] in print_style()


def test_a_token_becomes_its_value_wherever_it_stands() -> None:
    style = "@page { @top-left { color: var(--k-a) } } p { border: 1mm solid var( --k-a ); width: calc(2 * var(--k-b)) }"
    assert with_values(style, {"--k-a": "#123", "--k-b": "1em"}) == ("@page { @top-left { color: #123 } } p { border: 1mm solid #123; width: calc(2 * 1em) }")


def test_a_color_as_numbers() -> None:
    assert rgb("--k-on-brand") == (255, 255, 255)
    assert "#{:02x}{:02x}{:02x}".format(*rgb("--k-warm")) == declared()["--k-warm"]
