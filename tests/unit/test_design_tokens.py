"""Every color is readable on its background, light and dark (WCAG 2.2: 1.4.3 and 1.4.11); screen and print share their tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kanalstrategi.design.assets import STYLES, screen_style
from kanalstrategi.design.contrast import contrast, too_faint
from kanalstrategi.design.theme import THEME
from kanalstrategi.design.tokens import print_style, rgb, with_values
from kanalstrategi.design.tokens import tokens as declared

PDF = THEME.parent / "pdf"
PRINT_STYLES = sorted(PDF.glob("*.css"))
SCREEN_STYLES = sorted((THEME / "assets" / "styles").iterdir())

def tokens(*names: str) -> dict[str, str]:
    """Return the colors that style files declare; later files override earlier ones."""
    text = "".join((THEME / name).read_text(encoding="utf-8") for name in names)
    return dict(re.findall(r"--k-([\w-]+):\s*#([0-9a-f]{3,6});", text))


@pytest.mark.evidence("9.1.4.3", "9.1.4.11", how="contrast")
@pytest.mark.parametrize("files", [("tokens.css",), ("tokens.css", "tokens-dark.css")], ids=["light", "dark"])
def test_every_pair_has_its_contrast(files: tuple[str, ...]) -> None:
    colors = {f"--k-{name}": f"#{value}" for name, value in tokens(*files).items()}
    assert [(pair.ink, pair.ground, found) for pair, found in too_faint(colors, is_dark=len(files) > 1)] == []


def test_the_contrast_is_as_wcag_defines_it() -> None:
    assert contrast("#000", "#fff") == contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48 and contrast("#0c4a60", "#0c4a60") == 1


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
