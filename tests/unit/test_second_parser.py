"""Another parser of Markdown, by other hands, reads a page as ours does: if one of the two changes, this test tells.

Only what both know is compared: CommonMark, tables and text that is struck through.
"""

from __future__ import annotations

import re

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kanalstrategi.markdown.nodes import Element, Node
from kanalstrategi.markdown.parser import parse
from tests.support.trees import tree_from

SECOND_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = st.sampled_from([
    "a", "b c", "A", "æ", "*a*", "**b**", "_c_", "*", "**", "_", "`c`", "`", "``", "~~x~~", "[d](e.md)", "[d](<e f.md>)", '[d](e.md "t")', "[r]",
    "\n\n[r]: e.md\n\n", "![p](q.png)", "<https://example.org>", "<br>", "<b>b</b>", "\\", "\\*", "&amp;", "&lt;", " (", ") ", "[", "]", "!", "  \n",
    "\n", "\n", "\n\n", "\n\n", "\n    ", "\n  ", "\n- ", "\n* ", "\n+ ", "\n1. A", "\n2. B", "\n3) C", "\n> ", "\n# ", "\n## ", "\n```\n", "\n~~~\n",
    "\n---\n", "\n===\n", "\n***\n", "\n\n| a | b |\n|---|--:|\n| c | d |\n", "- ", "> ",
])  # fmt: skip # laid out by hand, as a table
UNLIKE = re.compile(r"(?:[-*+>]|[0-9][.)])[ \t]*$|^#.*#[ \t]*$|[0-9][.)][ \t]+[a-zæøå]", re.MULTILINE)
"""Matches an empty item or quote, whose end markdown-it (4.3) sees elsewhere, and what ours keeps as typed: a `#` at the end of a title,
and a number before a word in lower case, which may be a date."""


def shape(node: Node) -> object:
    """Return a node with what both parsers say of it, in one form: without ids, white space and empty attributes."""
    if type(node) is not Element:
        return re.sub(r"\s", "", str(node))
    attributes = {key: value for key, value in node.attributes.items() if value and key != "id"}
    if "style" in attributes:  # of a cell
        attributes["class"] = attributes.pop("style").replace("text-align:", "align-")
    children: list[object] = []
    for child in map(shape, node.children):
        if isinstance(child, str) and children and isinstance(children[-1], str):
            children[-1] += child
        elif child != "":
            children.append(child)
    return ("del" if node.tag == "s" else node.tag, attributes, children)


@settings(deadline=None, max_examples=1000)
@given(st.lists(PIECES, min_size=1, max_size=10).map("".join))
def test_both_parsers_read_a_page_alike(text: str) -> None:
    parsed = parse(text)
    event("reported" if parsed.diagnostics else "compared")
    assume(not parsed.diagnostics and not UNLIKE.search(text))
    assert shape(parsed.root) == shape(tree_from(SECOND_PARSER.render(text)))
