"""Parses a Markdown file: its front matter, its tree, and the blocks that carry meaning, each with its line."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.markdown.abbreviations import explain_abbreviations
from kanalstrategi.markdown.blocks import list_blocks, list_links, name_headings
from kanalstrategi.markdown.front_matter import body_without_front_matter, parse_front_matter
from kanalstrategi.markdown.macro_calls import MacroCall, parse_macros
from kanalstrategi.markdown.nodes import Element, ParsedPage, descendants, encode_tree
from kanalstrategi.markdown.placeholders import Placeholders
from kanalstrategi.markdown.reader import read_markdown
from kanalstrategi.markdown.task_lists import mark_tasks
from kanalstrategi.markdown.tree_builder import TooDeepError, TreeBuilder


def parse(text: str) -> ParsedPage:
    """Return the parsed page, given the text of its file with `\\n` as line endings. Never raises."""
    body = body_without_front_matter(text)
    macro_text = parse_macros(body)
    placeholders = Placeholders(macro_text)
    builder = TreeBuilder(placeholders)
    try:
        read_markdown(placeholders.text, builder)
    except TooDeepError as error:
        builder.report(error.args[0], "der er for mange lister, citater eller HTML-mærker inde i hinanden", "brug færre niveauer")
        del builder.open[1:]
    builder.diagnostics += explain_abbreviations(builder.root)
    name_headings(builder.root, builder.explicit_ids)
    blocks = tuple(list_blocks(builder.root, mark_tasks(builder.root)))
    return ParsedPage(
        front=parse_front_matter(text),
        body=body,
        markdown=macro_text.markdown,
        macro_diagnostics=macro_text.diagnostics,
        tree=encode_tree(builder.root),
        blocks=blocks,
        links=tuple(list_links(builder.links)),
        calls=tuple(_calls(builder.root)),
        ids=frozenset(element.id for element in descendants(builder.root) if element.id),
        code=frozenset(builder.code_lines),
        diagnostics=tuple(map(placeholders.typed_diagnostic, builder.diagnostics)),
    )


def _calls(parent: Element) -> Iterator[MacroCall]:
    """Yield the macro calls in a tree. Those in code are not calls, but text."""
    for child in parent.children:
        if type(child) is MacroCall:
            yield child
        elif type(child) is Element:
            yield from _calls(child)
