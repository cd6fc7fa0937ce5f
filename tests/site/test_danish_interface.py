"""Everything that a reader sees or hears is Danish, including the theme's own words."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import html

from tests.support.adopted_text import page_text


def strings(language: str) -> dict[str, str]:
    """Return the theme's words in a language, by key."""
    file = files("material").joinpath("templates", "partials", "languages", f"{language}.html")
    return dict(re.findall(r'^ *"([^"]+)": "([^"]*)"', file.read_text(encoding="utf-8"), re.MULTILINE))


def is_visible(key: str) -> bool:
    return key not in ("language", "direction") and ".config." not in key


ENGLISH = {words for key, words in strings("en").items() if is_visible(key) and words != strings("da").get(key)} | {
    "404 - Not found",
    "Made with",
    "Permanent link",
}


def spoken(file: Path) -> str:
    """Return the text of a page, and the attributes that are shown or read aloud."""
    body = html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot()
    attributes = body.xpath("//@aria-label | //@title | //@placeholder | //@alt | //meta[@name='description']/@content")
    # The theme passes its words to its script as JSON.
    scripts = body.xpath("//script[@id='__config']/text()")
    return " | ".join([page_text(file), *attributes, *scripts])


@pytest.mark.parametrize("path", ["index.html", "kanaler/telefon-og-videomoeder/index.html", "404.html"])
def test_no_english_words_of_the_theme(site: Path, path: str) -> None:
    text = spoken(site / path)
    found = [words for words in ENGLISH if re.search(rf"(?<!\w){re.escape(words.replace('#', '').strip())}(?!\w)", text)]
    assert found == []


def test_a_page_that_is_not_there_says_so_in_danish(site: Path) -> None:
    text = page_text(site / "404.html")
    assert "Siden findes ikke" in text and "forsiden" in text


@pytest.mark.evidence("9.3.1.1", how="language")
def test_every_page_says_that_it_is_danish(site: Path) -> None:
    for file in site.rglob("*.html"):
        assert html.parse(str(file)).getroot().get("lang") == "da", file
