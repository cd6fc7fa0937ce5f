"""The pages that come with the program speak in the words of a site, and keep the names of files, macros and addresses."""

from __future__ import annotations

import pytest

from kanalstrategi.content.program_words import in_words
from kanalstrategi.content.settings_model import Words
from kanalstrategi.danish.nouns import inflected
from kanalstrategi.design.theme import PAGES

WORDS = Words(inflected("politik") or Words().strategy, inflected("afdeling") or Words().department)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Status for kanalstrategien\n", "# Status for politikken\n"),
        ("---\ndescription: Et fagområde.\nkeywords: [strategi]\n---\nEt fagområde", "---\ndescription: En afdeling.\nkeywords: [strategi]\n---\nEn afdeling"),
        ("Strategien i `docs/strategi/` og [strategien](strategi/formaal.md)", "Politikken i `docs/strategi/` og [politikken](strategi/formaal.md)"),
        ('## Strategien {: #strategien }\n\n{{ rules("strategien") }}', '## Politikken {: #strategien }\n\n{{ rules("strategien") }}'),
        ("Kør:\n\n```sh\nkanalstrategi check strategien\n```\n\nStrategien", "Kør:\n\n```sh\nkanalstrategi check strategien\n```\n\nPolitikken"),
    ],
)
def test_prose_is_in_the_sites_words_and_names_are_not(text: str, said: str) -> None:
    assert in_words(text, WORDS.say) == said


@pytest.mark.parametrize("path", sorted(file.relative_to(PAGES).as_posix() for file in PAGES.rglob("*.md") if "eksempel" not in file.parts))
def test_each_page_keeps_its_lines(path: str) -> None:
    text = (PAGES / path).read_text(encoding="utf-8")
    assert in_words(text, WORDS.say).count("\n") == text.count("\n") and in_words(text, str) == text
