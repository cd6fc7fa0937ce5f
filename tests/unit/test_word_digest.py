"""The digest of a page's words: what changes it, and what does not."""

from __future__ import annotations

import pytest

from kanalstrategi.content.word_digest import word_digest
from kanalstrategi.markdown.parser import parse

PAGE = """\
---
owner: skoler
---

# Telefon

Vi svarer *inden* en time.[^1]

- Ring først
- Skriv så

| Dag | Tid |
|---|---|
| Mandag | 9-15 |

[^1]: På hverdage.
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("owner: skoler", "owner: raadhus\nchanged: 2026-03-01"),
        ("*inden* en", "**inden**\nen"),
        ("- Ring først\n- Skriv så", "1. Ring først\n\n2. Skriv så"),
        ("- Ring først\n", "- Ring først\n    {: #ring }\n"),
        ("time.[^1]", "time.[^1]\n\n{{ status() }}"),
        ("| Dag", '<div class="web-only" markdown>\n\nHent den.\n\n</div>\n\n| Dag'),
        ("[^1]: På", "## Mere her {: .web-only }\n\nHent den her.\n\n### Også\n\nTekst.\n\n[^1]: På"),
        ("| Mandag | 9-15 |", "| Mandag | 9-15 |\n\n## Mere her {: .web-only }\n\nHent den."),
    ],
)  # fmt: skip - a case each
def test_only_words_count(old: str, new: str) -> None:
    assert old in PAGE
    assert word_digest(parse(PAGE.replace(old, new))) == word_digest(parse(PAGE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Telefon", "# Telefoner"),
        ("*inden*", "*efter*"),
        ("Ring først", "Ring først, tak"),
        ("en time", "entime"),
        ("9-15", "9-14"),
        ("På hverdage", "Hver dag"),
        ("- Ring først\n- Skriv så", "- Skriv så\n- Ring først"),
        ("| Dag", "## Mere her {: .web-only }\n\nHent den.\n\n## Nyt her\n\n| Dag"),
    ],
)
def test_every_word_counts(old: str, new: str) -> None:
    assert old in PAGE
    assert word_digest(parse(PAGE.replace(old, new))) != word_digest(parse(PAGE))


def test_two_blocks_are_not_one_word() -> None:
    assert word_digest(parse("# A\n\nbc\n\nd\n")) != word_digest(parse("# A\n\nbcd\n"))
