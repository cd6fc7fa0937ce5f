"""A second reader of pages: markdown-it-py, a parser by other hands, gives the tree builder what it finds.

It reads one page at a time, for comparison with `kanalstrategi.markdown.parser`. Boxes and attribute lists are written down again here, as
extensions of markdown-it; so is what becomes of a table's empty head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from kanalstrategi.markdown.abbreviations import explain_abbreviations
from kanalstrategi.markdown.attribute_lists import INLINE_LIST, LIST_AT_END, LIST_LINE, is_list
from kanalstrategi.markdown.blocks import name_headings
from kanalstrategi.markdown.footnotes import Footnotes
from kanalstrategi.markdown.macro_calls import parse_macros
from kanalstrategi.markdown.nodes import Element
from kanalstrategi.markdown.paragraphs import has_block, split_paragraph
from kanalstrategi.markdown.placeholders import Placeholders
from kanalstrategi.markdown.task_lists import mark_tasks
from kanalstrategi.markdown.tree_builder import TreeBuilder

_BOX = re.compile(r'!!![ ]?(?P<kind>[\w-]+)[ ]*(?:"(?P<title>[^"\n]*)")?[ ]*')
_INLINE_TAGS = {"em": "em", "strong": "strong", "s": "del"}


def read_tree(text: str) -> Element:
    """Return the tree of a page without front matter."""
    placeholders = Placeholders(parse_macros(text))
    builder = TreeBuilder(placeholders)
    _Reader(builder).read(_PARSER.parse(placeholders.text))
    list(explain_abbreviations(builder.root))
    name_headings(builder.root, builder.explicit_ids)
    mark_tasks(builder.root)
    return builder.root


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `!!! note "Husk"` and what is indented below it."""
    begin = state.bMarks[start] + state.tShift[start]
    match = _BOX.fullmatch(state.src[begin : state.eMarks[start]])
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    indent, after = state.sCount[start] + 4, start + 1
    last = after
    while after < end and (state.isEmpty(after) or state.sCount[after] >= indent):
        after += 1
        last = after if not state.isEmpty(after - 1) else last
    token = state.push("box_open", "div", 1)
    token.map, token.info = [start, last], match["kind"]
    state.push("box_title_open", "p", 1).map = [start, start + 1]
    title = state.push("inline", "", 0)
    title.map, title.content, title.children = [start, start + 1], match["title"] or "", []
    state.push("box_title_close", "p", -1)
    before = state.lineMax, state.blkIndent, state.parentType
    state.lineMax, state.blkIndent, state.parentType = last, indent, "root"
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax, state.blkIndent, state.parentType = before
    state.push("box_close", "div", -1)
    state.line = last
    return True


def _lists_of_blocks(state: StateCore) -> None:
    """Take the attribute list off the end of a heading or a cell, or off the last line of other text, before the text is read."""
    for opening, token in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type != "inline" or "}" not in token.content:
            continue
        if opening.tag in ("th", "td") or opening.type == "heading_open":
            match, text = LIST_AT_END.search(token.content), ""
            text = token.content[: match.start()] if match else ""
        else:
            text, _, line = token.content.rpartition("\n")
            match = LIST_LINE.match(line) if text else None
        if match and is_list(match):
            opening.meta["list"], token.content = match[2], text


def _inline_list(state: StateInline, silent: bool) -> bool:
    """Read an attribute list right behind something."""
    match = INLINE_LIST.match(state.src, state.pos)
    if match is None or not is_list(match) or not state.pos or state.src[state.pos - 1] not in ")]*_`~>":
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content, token.info = match[0], match[2]
    state.pos = match.end()
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin, inline=False).use(deflist_plugin)
    parser.block.ruler.before("fence", "box", _box, {"alt": ["paragraph", "reference", "blockquote", "list", "table"]})
    parser.core.ruler.after("block", "lists_of_blocks", _lists_of_blocks)
    parser.inline.ruler.before("escape", "inline_list", _inline_list)
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # the builder judges them
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign] # as typed
    return parser


_PARSER = _parser()


class _Reader:
    """Gives the tokens of a page to a builder."""

    def __init__(self, builder: TreeBuilder) -> None:
        self._builder = builder
        self._footnotes = Footnotes(builder)
        self._holders: list[Element] = []
        """The elements around the paragraphs that have no tag, innermost last."""

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            line = token.map[0] + 1 if token.map else 0
            if token.type == "inline":
                self._inline(token, line)
            elif token.type == "footnote_open":
                self._footnotes.begin_definition(token.meta["label"], line)
            elif token.type == "footnote_close":
                self._footnotes.end_definition()
            elif token.type.startswith("footnote"):
                continue  # its section, and the way back
            elif token.nesting == 1:
                self._begin(token, line)
            elif token.nesting == -1:
                self._end(token)
            elif token.type in ("fence", "code_block"):
                self._builder.code_block(token.content, token.info, line, line)
            elif token.type == "html_block":
                self._builder.html(token.content, line, is_block=True)
            elif token.type == "hr":
                self._builder.add(Element("hr", line))
        self._builder.end_inside(self._builder.root)
        self._footnotes.add_section()

    def _begin(self, token: Token, line: int) -> None:
        builder, parent = self._builder, self._builder.open[-1]
        if token.type == "paragraph_open" and token.hidden:
            self._holders.append(parent)
            target = parent
        else:
            target = builder.begin(token.tag, line)
            if token.type == "box_open":
                target.attributes["class"] = f"admonition {token.info}"
            elif token.type == "box_title_open":
                target.attributes["class"] = "admonition-title"
            elif token.type == "ordered_list_open" and token.attrs.get("start", 1) != 1:
                target.attributes["start"] = str(token.attrs["start"])
            elif side := str(token.attrs.get("style", "")).removeprefix("text-align:"):
                target.attributes["class"] = f"align-{side}"
            if target.tag == "p" and parent.tag == "li" and len(parent.children) == 1:
                target = parent  # the list below the first text of an item belongs to the item
        if "list" in token.meta:
            builder.give_attributes(target, token.meta["list"], line)

    def _end(self, token: Token) -> None:
        builder = self._builder
        if token.type == "paragraph_close" and token.hidden:
            builder.end_inside(self._holders.pop())
            return
        ended = builder.end()
        if ended.tag == "th" and not ended.children:
            ended.tag = "td"
        if ended.tag == "p" and has_block(ended):
            builder.open[-1].children[-1:] = split_paragraph(ended)

    def _inline(self, token: Token, line: int) -> None:
        builder, holder = self._builder, self._builder.open[-1]
        for child in token.children or ():
            kind = child.type
            if kind == "text" and child.content:
                builder.text(child.content, line)
            elif kind in ("softbreak", "hardbreak"):
                if kind == "hardbreak":
                    builder.add(Element("br", line))
                builder.text("\n")
                line += 1
            elif kind == "code_inline":
                builder.code_span(child.content, line)
            elif kind == "html_inline":
                builder.html(child.content, line)
            elif kind == "image":
                builder.image(str(child.attrs["src"]), str(child.attrs.get("title", "")), _text(child.children or ()), line)
            elif kind == "link_open":
                builder.begin_link(str(child.attrs["href"]), str(child.attrs.get("title", "")), line)
            elif kind == "footnote_ref":
                self._footnotes.reference(child.meta["label"], line)
            elif kind == "attributes":
                children = builder.open[-1].children
                if children and type(children[-1]) is Element:
                    builder.give_attributes_to_last(child.info, line)
                else:
                    builder.text(child.content, line)
            elif child.nesting == 1:
                builder.begin(_INLINE_TAGS[child.tag], line)
            elif child.nesting == -1:
                builder.end()
        builder.end_inside(holder)


def _text(tokens: Sequence[Token]) -> str:
    """Return the text alternative of an image."""
    return "".join(" " if token.type in ("softbreak", "hardbreak") else _text(token.children or ()) or token.content for token in tokens)
