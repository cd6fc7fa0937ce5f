"""A second parser, by other hands, builds the same tree: what one of the two reads otherwise is a question of who is right.

Where they differ for good, it is listed here. The trees are compared without lines and without differences of white space alone.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from kanalstrategi.markdown.front_matter import body_without_front_matter
from kanalstrategi.markdown.nodes import Element, Node
from kanalstrategi.markdown.parser import parse
from tests.support.markdown_it_reader import read_tree
from tests.support.project import DATA, ROOT

PAGES = 40_000
PIECES = [
    "a", "b c", "A", "æ", "*a*", "**b**", "_c_", "***d***", "*", "**", "_", "`c`", "`` ` ``", "~~x~~", "[d](e.md)", "[d](<e f.md>)", '[d](e.md "t")', "[r]",
    "[t][r]", "[r][]", "\n\n[r]: e.md\n\n", "![p](q.png)", "![p *q*](r.png)", "<https://e.org>", "<a@b.dk>", "<br>", "<b>b</b>", "<div>\n\n", "\n\n</div>\n",
    "<details>\n<summary>a</summary>\n\n", "\n\n</details>\n", "\\", "\\*", "\\[", "\\`", "&amp;", "&lt;", "&copy;", " (", ") ", "[", "]", "!", "  \n", "\\\n",
    "\n", "\n\n", "\n\n", "\n    ", "\n  ", "\n   ", "\n- ", "\n* ", "\n  - ", "\n    - ", "\n1. A", "\n2. B", "\n3) C", "\n   1. D", "\n> ", "\n> > ", "\n# ",
    "\n## ", "\n```\n", "\n```yaml\n", "\n~~~\n", "\n---\n", "\n===\n", "\n***\n", "\n\n| a | b |\n|---|--:|\n| c | d |\n", "\n| e |", "|", "- ", "> ", "[^n]",
    "\n\n[^n]: N", "\n\n    ", "\n\nT\n: D", "\n\nT\n\n: D", "\n: E", '\n!!! note "T"\n    ', '\n\n!!! note "T"\n\n    ', "\n        ", "{: .lead }",
    "\n{: .lead }", "\n  {: #i }", "{{ status() }}", "\n{{ status() }}\n", "<!-- n -->", "\t", ".", " ", "\n- [ ] ",
]  # fmt: skip # laid out by hand, as a table
UNLIKE = {
    "an empty item or quotation, whose end markdown-it sees elsewhere": r"(?:[-*+>]|[0-9][.)])[ \t]*$",
    "a # at the end of a title, which is text to us": r"^#.*#[ \t]*$",
    "a number before a small letter, which may be a date": r"[0-9]+[.)][ \t]+[a-zæøå]",
    "a line break before what is no text": r"(?:\\|[ \t]{2})\n[ ]*(?:\{:|!!!)",
    "an explanation some lines below its term": r"\n[ \t]*\n[ \t]*\n[ ]*: ",
    "an explanation of a box": r"!!!(?:.|\n)*\n: ",
    "attributes of an explanation, whose paragraphs markdown-it drops": r"^[ ]*: (?:.|\n)*\{:",
    "a row without cells": r"^[ \t]*\|[ \t]*$",
    "a space and a tab at the end of a line, which break it for us": r" \t\n",
    "a tab in a quotation, whose width markdown-it counts otherwise": r"^[ ]*>.*\t",
}
"""The differences that are known, each with the pattern of the text that has it."""
KNOWN = re.compile("|".join(UNLIKE.values()), re.MULTILINE)


def shape(node: Node) -> object:
    """Return a node as what both parsers say of it."""
    if isinstance(node, str):
        return node
    if not isinstance(node, Element):
        return node.name, node.arguments
    children: list[object] = []
    for child in map(shape, node.children):
        if isinstance(child, str) and children and isinstance(children[-1], str):
            children[-1] += child
        elif node.tag == "dd" and isinstance(child, tuple) and child[:2] == ("p", {}):  # with or without empty lines: each has its own rule
            children += [" ", *child[3], " "]
        else:
            children.append(child)
    texts = [" ".join(child.split()) if isinstance(child, str) else child for child in children]
    return node.tag, node.attributes, node.is_html, [child for child in texts if child != ""]


@pytest.mark.parametrize(
    "path",
    [path for path in (*sorted((ROOT / "docs").rglob("*.md")), *sorted((DATA / "markdown").glob("*.md"))) if path.stem not in ("headings", "dates")],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_both_parsers_read_a_page_alike(path: Path) -> None:
    text = body_without_front_matter(path.read_text(encoding="utf-8"))
    parsed = parse(text)
    assert [*parsed.diagnostics, *parsed.macro_diagnostics] == []
    assert shape(parsed.root) == shape(read_tree(text))


def test_both_parsers_read_random_pages_alike() -> None:
    draw = random.Random(20261128)
    compared = 0
    for _ in range(PAGES):
        text = "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 9)))
        parsed = parse(text)
        if not parsed.diagnostics and not parsed.macro_diagnostics and not KNOWN.search(text):
            compared += 1
            assert shape(parsed.root) == shape(read_tree(text)), text
    assert compared > PAGES / 8
