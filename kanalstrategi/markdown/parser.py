"""Parses a Markdown file: its front matter and the blocks that carry meaning, each with its line.

Python-Markdown, which renders the pages, has no line numbers, but markdown-it does. Both find the same headings, lists, links and
images in what editors write. The build compares ids with the rendered page, so that any difference is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kanalstrategi.danish.slugs import slug
from kanalstrategi.markdown.dialect import is_indented_fence, parenthesis_lists, run_on_lists, shallow_lists, unclosed_fences
from kanalstrategi.markdown.front_matter import body_without_front_matter, parse_front_matter
from kanalstrategi.markdown.macro_calls import parse_macros
from kanalstrategi.markdown.nodes import Block, Link, ParsedPage, TextRun

MAX_NESTING_LEVELS = 18
"""Maximum depth of lists and quotes; a list counts as two levels. Python-Markdown recurses once for each, and markdown-it stops at 20."""
MAX_URL_CHARACTERS = 2000
"""Maximum length of the URL and title of a link reference."""

ATTRIBUTE_LIST = r"\{:?[ ]*([^{}\n]*?)[ ]*\}"
"""A Python-Markdown attribute list: `{: #id .class }`."""
ATTRIBUTE_LINE = re.compile(rf"\n[ ]*{ATTRIBUTE_LIST}[ ]*\Z")
HEADING_ATTRIBUTES = re.compile(rf"[ ]+{ATTRIBUTE_LIST}[ ]*\Z")
ANY_ATTRIBUTES = re.compile(r"\{:[ ]*([^{}\n]*?)[ ]*\}")
BOX = re.compile(r"(?P<indent>[ ]*)!!![ ]?(?P<kind>[\w-]+)(?P<title>.*)")
"""The first line of a box (Python-Markdown's `admonition`)."""
CODE_SPAN = re.compile(r"(`+)(?!`)[\s\S]+?(?<!`)\1(?!`)")
LINK_WITH_SPACES = re.compile(r"(!?)\[([^\]]*)\]\(([^()\n\"]*[ ][^()\n\"]*)\)")
"""A link or an image with spaces in its URL, which is running text to CommonMark but not to Python-Markdown."""
ID = re.compile(r"(?:^|\s)#([^\s#.}]+)")

_CODE_TOKENS = ("fence", "code_block")
_COMMONMARK = MarkdownIt("commonmark").enable("table")
# By default, markdown-it ignores `javascript:` and `file:` links, which Python-Markdown renders, and encodes URLs, which diagnostics quote.
_COMMONMARK.validateLink = lambda url: True  # type: ignore[method-assign] # replaced on this instance on purpose
_COMMONMARK.normalizeLink = lambda url: url  # type: ignore[method-assign] # likewise


def parse(text: str) -> ParsedPage:
    """Return the parsed page, given the text of its file with `\\n` as line endings."""
    body = body_without_front_matter(text)
    references: dict[str, Any] = {}
    box_titles: list[TextRun] = []
    macro_text = parse_macros(body)
    markdown = macro_text.markdown
    commonmark = _unindent_boxes(markdown, box_titles) if "!!!" in markdown else markdown
    tokens = _COMMONMARK.parse(commonmark, references)
    texts = (*box_titles, *_text_runs(tokens))
    text_without_code = "\n\n".join(CODE_SPAN.sub("", text.written) for text in texts)
    lines = markdown.split("\n")
    explicit_ids = {id for attributes in ANY_ATTRIBUTES.findall(text_without_code) for id in ID.findall(attributes)}
    blocks = _with_heading_ids(_blocks(tokens, bool(references)), explicit_ids)
    return ParsedPage(
        front=parse_front_matter(text),
        body=body,
        markdown=markdown,
        blocks=tuple(blocks),
        links=tuple(_links(tokens)),
        macro_text=macro_text,
        parenthesis_lists=tuple(parenthesis_lists(tokens)),
        shallow_lists=tuple(shallow_lists(tokens, commonmark.split("\n"))),
        run_on_lists=tuple(run_on_lists(tokens)),
        ids=frozenset(explicit_ids | {block.id for block in blocks if block.id}),
        code=frozenset(line + 1 for token in tokens if token.type in _CODE_TOKENS and token.map for line in range(*token.map)),
        too_deep=next((token.map[0] + 1 for token in tokens if token.level >= MAX_NESTING_LEVELS and token.map), 0),
        long_urls=tuple(
            reference["map"][0] + 1
            for reference in references.get("references", {}).values()
            if len(reference["href"]) + len(reference["title"] or "") > MAX_URL_CHARACTERS
        ),
        texts=texts,
        unclosed_fences=tuple(unclosed_fences(tokens, lines)),
        indented_fences=tuple(token.map[0] + 1 for token in tokens if token.type == "fence" and token.map and is_indented_fence(token, lines)),
    )


def _blocks(tokens: list[Token], has_references: bool) -> list[Block]:
    """Return the headings, paragraphs and list items."""
    blocks = []
    open_lists, list_count = [0], 0
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            list_count += 1
            open_lists.append(list_count)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            open_lists.pop()
        if token.type != "inline" or token.map is None:
            continue
        opening, before = tokens[index - 1], tokens[index - 2] if index > 1 else None
        line = token.map[0] + 1
        if opening.type == "heading_open":
            text, id = _split_attributes(token, HEADING_ATTRIBUTES, has_references)
            blocks.append(Block("heading", text, token.content, id, line, level=int(opening.tag[1])))
        elif opening.type == "paragraph_open":
            text, id = _split_attributes(token, ATTRIBUTE_LINE, has_references)
            if before is not None and before.type == "list_item_open":
                block = Block("item", text, token.content, id, line, list=open_lists[-1], is_loose=not opening.hidden)
                blocks.append(block)
            else:
                blocks.append(Block("paragraph", text, token.content, id, line))
    return blocks


def _unindent_boxes(markdown: str, titles: list[TextRun]) -> str:
    """Return the text with the content of boxes moved to the left, line for line, and add the boxes' titles to `titles`.

    markdown-it does not know boxes, and treats their content as code.
    """
    lines = markdown.split("\n")
    fenced = {
        line
        for token in _COMMONMARK.parse(markdown)
        if token.type == "fence" and token.map and not is_indented_fence(token, lines)
        for line in range(*token.map)
    }
    for number, line in enumerate(lines):
        box = BOX.fullmatch(line) if number not in fenced else None
        if box is None:
            continue
        titles.append(TextRun(box.group("title"), number + 1))
        lines[number] = ""
        indent = box.group("indent") + "    "
        for below in range(number + 1, len(lines)):
            if lines[below].startswith(indent):
                lines[below] = lines[below][4:]
            elif lines[below].strip():
                break
    return "\n".join(lines)


def _text_runs(tokens: list[Token]) -> Iterator[TextRun]:
    """Yield all text and HTML, as well as code inside lists and quotes, which may be running text to Python-Markdown."""
    for index, token in enumerate(tokens):
        if token.map is not None and token.type == "inline":
            container = tokens[index - 1].type
            yield TextRun(token.content, token.map[0] + 1, is_heading=container == "heading_open", is_cell=container in ("td_open", "th_open"))
        elif token.map is not None and (token.type == "html_block" or (token.type in _CODE_TOKENS and token.level)):
            yield TextRun(token.content, token.map[0] + 1, is_html=token.type == "html_block")


def _split_attributes(token: Token, attributes: re.Pattern[str], has_references: bool) -> tuple[str, str]:
    """Return the text without markup, and the id from its attribute list (or an empty string)."""
    match = attributes.search(token.content)
    if not match and not has_references:  # with link references, the text has to be parsed on its own, without them
        return _text_of_tokens(token.children or []), ""
    found = ID.search(match.group(1)) if match else None
    return _plain_text(token.content[: match.start()] if match else token.content), found.group(1) if found else ""


def _plain_text(markdown: str) -> str:
    """Return inline Markdown as readers see it, without markup."""
    return _text_of_tokens(_COMMONMARK.parseInline(markdown)[0].children or [])


def _text_of_tokens(tokens: list[Token]) -> str:
    """Return inline tokens as readers see them, without markup."""
    line_breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(line_breaks.get(token.type, token.content) for token in tokens if token.type != "html_inline").strip()


def _with_heading_ids(blocks: list[Block], explicit_ids: set[str]) -> list[Block]:
    """Return the blocks, giving each heading without an id the one that Python-Markdown's `toc` extension would give it."""
    used = set(explicit_ids)
    result = []
    for block in blocks:
        if block.kind == "heading" and not block.id:
            base = candidate = slug(block.text)
            number = 0
            while candidate in used or not candidate:
                number += 1
                candidate = f"{base}_{number}"
            used.add(candidate)
            result.append(replace(block, id=candidate))
        else:
            result.append(block)
    return result


def _links(tokens: list[Token]) -> list[Link]:
    """Return the links and images."""
    links = []
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        line = token.map[0] + 1
        children = token.children or []
        for index, child in enumerate(children):
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "text":
                for exclamation_mark, text, target in LINK_WITH_SPACES.findall(child.content):
                    links.append(Link(target.strip(), text, line, bool(exclamation_mark)))
            elif child.type == "image":
                links.append(Link(str(child.attrs.get("src", "")), child.content, line, True))
            elif child.type == "link_open":
                links.append(Link(str(child.attrs.get("href", "")), _link_text(children[index + 1 :]), line, False))
    return links


def _link_text(following: list[Token]) -> str:
    """Return the text of a link, given the tokens after the one that opens it."""
    end = next((index for index, token in enumerate(following) if token.type == "link_close"), len(following))
    return _text_of_tokens(following[:end])
