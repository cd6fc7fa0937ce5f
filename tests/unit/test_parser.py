"""Parsing a page never fails, and its line numbers are those of the file."""

from __future__ import annotations

from unittest import mock

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.danish.slugs import slug
from kanalstrategi.markdown import front_matter
from kanalstrategi.markdown.parser import parse

PAGE = """---
owner: a
reviewed: 2023-02-28
---

# Titel

Et afsnit
over to linjer.
{: #afsnit .lead }

## Telefon {: #telefon }

### Det betyder, at

- vi skal **ringe**, [når](om.md#a) det
  er bedst
    {: #telefon-ring }
- uden id

### Det betyder, at

![Et kort](kort.png) og
[et link](x.md)
"""


def test_blocks_have_text_id_and_line() -> None:
    blocks = [(b.kind, b.text, b.id, b.line, b.level) for b in parse(PAGE).blocks]
    assert blocks == [
        ("heading", "Titel", "titel", 6, 1),
        ("paragraph", "Et afsnit over to linjer.", "afsnit", 8, 0),
        ("heading", "Telefon", "telefon", 12, 2),
        ("heading", "Det betyder, at", "det-betyder-at", 14, 3),
        ("item", "vi skal ringe, når det er bedst", "telefon-ring", 16, 0),
        ("item", "uden id", "", 19, 0),
        ("heading", "Det betyder, at", "det-betyder-at_1", 21, 3),
        ("paragraph", "Et kort og et link", "", 23, 0),
    ]


def test_links_and_images_have_their_own_lines() -> None:
    links = [(link.target, link.text, link.line, link.is_image) for link in parse(PAGE).links]
    assert links == [
        ("om.md#a", "når", 16, False),
        ("kort.png", "Et kort", 23, True),
        ("x.md", "et link", 24, False),
    ]


def test_front_matter_has_values_and_lines() -> None:
    front = parse(PAGE).front
    assert front.values["owner"] == "a" and front.lines == {"owner": 2, "reviewed": 3}


@pytest.mark.parametrize(
    ("heading", "id"),
    [
        ("Hvem henvender strategien sig til?", "hvem-henvender-strategien-sig-til"),
        ("Målgruppe på ærøskøbingsk", "maalgruppe-paa-aeroeskoebingsk"),
        ("Håndtering af mails via fællespostkasser:", "haandtering-af-mails-via-faellespostkasser"),
    ],
)
def test_ids_are_ascii_danish(heading: str, id: str) -> None:
    assert slug(heading) == id


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from([
            "---", "- a", "    - b", "  {: #x }", "# {: #", "| a | b |", "|---|---|", "{{ rule(", "```", "> c", "owner: [", "<div markdown>", "![](",
            "[a]: b", "\t- [ ] d", "1. e", "{: .x #y }", "&#0;", "\ufeff", "<!x", "Se <![her](formaal.md) nu.", '!!! note "Husk"', "    {{ rule(",
        ]),
    ),
    max_size=12,
)  # fmt: skip # laid out by hand, as a table


@given(LINES)
def test_reading_never_fails(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\r", "\n")
    parsed = parse(text)
    count = text.count("\n") + 1
    assert all(1 <= block.line <= count for block in parsed.blocks)
    assert all(1 <= link.line <= count for link in parsed.links)
    assert all(1 <= line <= count for line in (error.line for error in parsed.front.errors))


@given(st.text(max_size=60))
def test_front_matter_never_fails(text: str) -> None:
    parse(f"---\nowner: {text}\n---\n")


FRONT_MATTER_PARTS = st.sampled_from([
    "description", "owner: politik", ": ", ":", "\n", "\n  ", "\n- ", "\n  - ", "å", '"', "'", "[", "]", "{", "}", ", ", "#", " #", "&a ", "*a", "!x ",
    "|\n  ", ">\n ", "? ", "%", "@", "2025-01-31", "2025-02-30", "1:1:1", "true", "~", "1e3", "\t", "  ", "\\", "\0", "\ufeff", "\u2028", "\x85", "–", "😀",
    "---", "...", "\n--- ", "<<", "\nkeywords:\n  - et",
])  # fmt: skip # laid out by hand, as a table


@settings(deadline=None, max_examples=500)
@given(st.lists(FRONT_MATTER_PARTS, max_size=9))
def test_both_yaml_loaders_read_front_matter_alike(parts: list[str]) -> None:
    """Both of PyYAML's loaders read front matter alike. Uses `_front_matter`, since random text may end a page's front matter early."""
    text = "".join(parts)
    with mock.patch.object(front_matter, "_LIBYAML", yaml.SafeLoader):
        expected = front_matter._front_matter(text)
    assert repr(front_matter._front_matter(text)) == repr(expected)
