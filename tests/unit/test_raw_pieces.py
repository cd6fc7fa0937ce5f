"""No word that is typed between signs of any kind is lost, and no sign of markup is shown, unless something is reported.

The words are told apart from what has no text of its own (names of macros and tags, URLs, attributes), so that what readers should see is
known without reading the Markdown.
"""

from __future__ import annotations

import random
import re

import pytest

from kanalstrategi.markdown.nodes import BLOCK_ELEMENTS, Element, text_of
from kanalstrategi.markdown.parser import parse

PAGES = 15_000
SIGNS = [
    "*", "**", "_", "__", "~~", "~", "==", "`", "``", "[", "]", "(", ")", "](x.md)", "[^n]", "\n\n[^n]: ", "\n[^n]: ", "[r]", "\n[r]: x.md\n", "][r]",
    "![p](q.png)", "<b>", "</b>", "<br>", "<div>", "</div>", "\n<div>\n", "\n</div>\n", "<!-- ", "-->", "<", "</", ">", "&", "&amp;", "&lt;", "\\", "\\*",
    "{", "}", "{: .lead }", "\n{: .lead }", "{:", "{#", "#}", "{{", "}}", "{{ status() }}", "{{ status(\n) }}", "{%", "{% raw %}", "{% endraw %}", "|",
    "\n|---|",
    "\n|---|---|\n", "| ", " |", "\n| ", "\n", "\n\n", "\n\n\n", "  \n", "\n    ", "\n  ", "\n\t", "\n        ", "\n- ", "\n* ", "\n+ ", "\n> ", "\n# ",
    "\n## ", "\n#", "\n===\n", "\n---\n", "\n***\n", "\n-\n", "\n=\n", "\n```\n", "\n```", "\n~~~\n", "\n: ", "\n:", '\n!!! note "T"\n',
    '\n!!! note "T"\n\n    ', "\n??? note\n", "\n::: x\n", "\n*[", "]: ", ":", "!", "?", ".", ",", ";", "'", '"', "–", "§", "%", "/", "@", "x@y.z",
    "<https://x.z>", "[TOC]", "\n1. ", "\n2. ", "\n1) ", "\n28. ", "31. ", "\n• ", "\na) ", "\nb) ", "^", "$", "+", "=", "-", "--",
]  # fmt: skip # laid out by hand, as a table
WORDS = ["Kop", "kop", "Æble", "æble", "Ord", "ord"]
WORD = re.compile(rf"(?:{'|'.join(WORDS)})q[a-p]{{2}}")
LEFT_OUT = re.compile(r"(?<!\\)<!--.*?-->|\{#.*?#\}|\]\([^()]*\)", re.DOTALL)
"""Comments, and URLs, which are checked elsewhere."""
MARKUP = re.compile(r"\*\*|\[\^[^\]\n]{1,40}\]|\|---\||~~|\]\(|\{:|\{\{|<!--|```|[\x02-\x04]")
"""What no reader should see."""


def page(seed: int) -> tuple[str, list[str]]:
    """Return a page, and the words on it in order."""
    draw = random.Random(seed)
    pieces: list[str] = []
    words: list[str] = []
    for number in range(draw.randint(1, 12)):
        if draw.random() < 0.45:
            words.append(f"{draw.choice(WORDS)}q{2 * 'abcdefghijkl'[number]}")
            pieces += [draw.choice(["", " "]), words[-1], draw.choice(["", " "])]
        else:
            pieces.append(draw.choice(SIGNS))
    return "".join(pieces), words


def shown_outside_code(element: Element) -> str:
    """Return the text of an element without code, and with something else in the place of every other element that is not text."""
    parts = []
    for child in element.children:
        if isinstance(child, Element):
            is_text = child.tag not in ("code", "pre", "br", "img")
            parts.append(f"{shown_outside_code(child) if is_text else ' '}{' ' if child.tag in BLOCK_ELEMENTS else ''}")
        else:
            parts.append(child if isinstance(child, str) else " ")
    return "".join(parts)


@pytest.fixture(scope="module")
def published() -> list[tuple[str, list[str], Element]]:
    """The pages of which nothing is reported: the text of each, its words, and its tree."""
    parsed = ((text, words, parse(text)) for text, words in map(page, range(PAGES)))
    return [(text, words, found.root) for text, words, found in parsed if not found.diagnostics and not found.macro_diagnostics]


def test_both_outcomes_occur(published: list[tuple[str, list[str], Element]]) -> None:
    assert PAGES / 4 < len(published) < PAGES * 3 / 4


def test_no_word_is_lost_doubled_or_moved(published: list[tuple[str, list[str], Element]]) -> None:
    for text, words, root in published:
        left_out = "".join(LEFT_OUT.findall(text))
        typed = [word for word in words if word not in left_out]
        shown = WORD.findall(text_of(root))
        if "[^n]:" in text:  # notes stand at the end
            typed, shown = sorted(typed), sorted(shown)
        assert shown == typed, text


def test_no_markup_is_shown(published: list[tuple[str, list[str], Element]]) -> None:
    for text, _, root in published:
        if "\\" not in text and "{% raw %}" not in text:
            assert not MARKUP.search(shown_outside_code(root)), text
