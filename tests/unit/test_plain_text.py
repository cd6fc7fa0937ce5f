"""What somebody types as plain text is shown as it was typed, and is no markup, whatever characters it has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.incoming_text import read_typed
from kanalstrategi.markdown.nodes import Element, Node, decode_tree, descendants
from kanalstrategi.markdown.parser import parse
from kanalstrategi.markdown.plain_text import as_markdown

PIECES = [
    *"\\`*_{}[]()#+-.!|<>&~^=:;\"'$%@/,?•·▪–—o§0123aAxXI ", "\t", "\n", "\n\n", "  ", "    ", "ord", "Ord", "æble", "\u00a0", "\u00ad",
    "1.", "28. februar", "12) ", "{{", "}}", "{%", "%}", "{#", "#}", "{: .x }", "{ {", '{{ rules("mail") }}', "{% raw %}", '{a("',
    "[ ] ", "[x] ", "[-] ", "- [ ] ", "[^1]", "[^1]: ", "*[CPR]: ", "[CPR]: ", "](", "](x)", "![", "[TOC]", "[[a]]",
    "<b>", "</b>", "<!--", "-->", "<https://a.dk>", "&amp;", "&#8203;", "&lt;", "---", "===", "***", "```", "~~~", '!!! note "a"', "???", ":::",
    "|---|", "| a | b |", "==a==", "~~a~~", "H~2~O", "m^2^", "__a__", "**a**", "C:\\a\\", "a:", "\\\\server\\share", "a)", "b) ", "i. ", "ii. ",
]  # fmt: skip # one per line would fill pages


def is_let_through(text: str) -> bool:
    incoming = read_typed(text)
    return not incoming.diagnostics and incoming.text == text


texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=60)).filter(is_let_through)


def assert_is_shown_as_typed(text: str, written: str) -> None:
    page = parse(written)
    assert not (page.diagnostics or page.macro_diagnostics or page.calls or page.links), written
    root = decode_tree(page.tree)
    assert {element.tag for element in descendants(root)} <= {"p", "br", "wbr", "li", "ul"}, written
    assert not any(block.task for block in page.blocks)
    assert _words(_shown(root)) == _words(text), written


def _shown(node: Node) -> str:
    if isinstance(node, Element):
        shown = "".join(map(_shown, node.children))
        return f" {shown} " if node.tag in ("p", "li") else shown
    return node if isinstance(node, str) else ""


def _words(text: str) -> list[str]:
    return [word for word in text.replace("\t", " ").replace("\n", " ").split(" ") if word]


@settings(max_examples=500)
@given(texts)
def test_plain_text_is_shown_as_typed(text: str) -> None:
    assert_is_shown_as_typed(text, as_markdown(text))


@settings(max_examples=200)
@given(texts)
def test_plain_text_in_an_item_is_shown_as_typed(text: str) -> None:
    written = as_markdown(text)
    if written:
        assert_is_shown_as_typed(f"x {text}", "- x\n\n    " + written.replace("\n", "\n    "))
        assert_is_shown_as_typed(text, "- " + written.replace("\n", "\n    "))


@pytest.mark.parametrize("text", ["Vi svarer inden for 2 hverdage, kl. 8-15 (se §3 – R&D).", "Ring 12 34 56 78; mail: a@b.dk, 100 % af 5 kr./md."])
def test_ordinary_sentences_need_no_escapes(text: str) -> None:
    assert as_markdown(text) == text


def test_lines_and_paragraphs_stay() -> None:
    page = parse(as_markdown("a \n  b\n\n \n\tc"))
    assert [[child if isinstance(child, str) else child.tag for child in p.children] for p in descendants(decode_tree(page.tree)) if p.tag == "p"] == [
        ["a", "br", "\nb"],
        ["c"],
    ]
