"""Finds Markdown that Python-Markdown, which renders the pages, reads differently from markdown-it, which parses them for the checks.

Lines are counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

_CODE_INFO = re.compile(r"[ ]*[\w#.+-]*[ ]*")
"""What may follow the characters that begin a block of code: the language."""


def is_indented_fence(fence: Token, lines: list[str]) -> bool:
    """Whether fenced code is indented, or inside a list, a quote or a box."""
    assert fence.map is not None, "a fence has lines"
    return fence.level > 0 or lines[fence.map[0]].startswith(" ")


def unclosed_fences(tokens: list[Token], lines: list[str]) -> Iterator[int]:
    """Yield the lines of fenced code that Python-Markdown treats as running text, because it does not see where the code begins or ends."""
    for token in tokens:
        if token.type == "fence" and token.map and not is_indented_fence(token, lines):
            last = lines[token.map[1] - 1].rstrip() if token.map[1] - token.map[0] > 1 else ""
            if last != token.markup or not _CODE_INFO.fullmatch(token.info):
                yield token.map[0] + 1


def parenthesis_lists(tokens: list[Token]) -> Iterator[int]:
    """Yield the lines of list items that begin with `1)`, which Python-Markdown treats as running text."""
    for token in tokens:
        if token.type == "list_item_open" and token.markup == ")" and token.map:
            yield token.map[0] + 1


def shallow_lists(tokens: list[Token], lines: list[str]) -> Iterator[int]:
    """Yield the lines of nested lists that Python-Markdown does not nest, because it wants four spaces for each level."""
    depth = quotes = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
            if depth > 1 and not quotes and token.map:
                line = lines[token.map[0]].expandtabs(4)
                if len(line) - len(line.lstrip()) < 4 * (depth - 1):
                    yield token.map[0] + 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += 1 if token.type == "blockquote_open" else -1


def run_on_lists(tokens: list[Token]) -> list[int]:
    """Return the lines of lists without an empty line above, which Python-Markdown treats as part of the paragraph or table above."""
    lines = []
    end_of_paragraph = None
    for token in tokens:
        if token.level > 0 or token.map is None:
            continue
        if token.type in ("paragraph_open", "table_open"):
            end_of_paragraph = token.map[1]
        elif token.type in ("bullet_list_open", "ordered_list_open") and token.map[0] == end_of_paragraph:
            lines.append(token.map[0] + 1)
    return lines
