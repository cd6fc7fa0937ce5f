"""The parts of the theme that we use and replace are unchanged.

If a fingerprint fails, the theme's file has changed: compare it with ours, carry over what is new, and put the new fingerprint
here.
"""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

import pytest

from kanalstrategi.design.assets import ASSET_SOURCES, read_assets, screen_style, theme_style, without_comments
from tests.support.project import ROOT

OVERRIDES = ROOT / "overrides" / "theme"

# Of mkdocs-material 9.8.1.
FINGERPRINTS = {
    "base.html": "8536d352b0093623",  # the frame that main.html replaces
    "main.html": "9948b55a7bc979c3",
    "404.html": "80c93494b5432b1b",
    "partials/footer.html": "50c2a75f013b7b03",
    "partials/header.html": "8cf3fb15bcf969ff",
}


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_the_file_we_replace_is_unchanged(name: str) -> None:
    theirs = files("material").joinpath("templates", *name.split("/")).read_bytes()
    assert hashlib.sha256(theirs).hexdigest()[:16] == FINGERPRINTS[name]


def test_nothing_else_is_replaced() -> None:
    templates = {file.relative_to(OVERRIDES).as_posix() for file in OVERRIDES.rglob("*.html")}
    replaced = {name for name in templates if files("material").joinpath("templates", *name.split("/")).is_file()}
    assert replaced == set(FINGERPRINTS) - {"base.html"}


def test_the_themes_style_is_unchanged() -> None:
    """kanalstrategi/design/stylesheet.py leaves out the unused rules, and our styles set its variables."""
    assert hashlib.sha256(theme_style().encode()).hexdigest()[:16] == "57a0d79d880c51fe"


def test_only_the_used_rules_of_the_themes_style_are_published() -> None:
    style = read_assets().contents["site.css"].decode()
    assert ".md-typeset .admonition" in style and ".md-typeset hr" in style and ".md-button" in style
    assert not [name for name in (".md-nav", ".md-search", ".md-tabs", ".mermaid", ".md-consent", "rtl]") if name in style]
    assert len(style) - len(screen_style()) < 25_000  # what the theme adds; that of all is in test_page_weight.py


def test_a_script_is_sent_without_its_comments_and_otherwise_whole() -> None:
    script = b"// About.\n\n/** Returns. */\nconst url = `https://x.dk/${1}`; // stays\n\n  /*\n   * Two\n   */\n  let a = 2;\n"
    assert without_comments(script) == b"\nconst url = `https://x.dk/${1}`; // stays\n\n  let a = 2;\n"
    for file in ASSET_SOURCES.rglob("*.js"):
        source, sent, place = file.read_bytes(), without_comments(file.read_bytes()), 0
        for line in sent.splitlines(keepends=True):
            place = source.index(line, place) + len(line)  # in the same order
        for comment in re.finditer(rb"^[ \t]*/[/*]", source, re.MULTILINE):  # none is a line of a text in backticks
            assert without_comments(source[: comment.start()]).count(b"`") % 2 == 0, file.name
