"""Reads the text of an edition as blocks that can be compared with those of another. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kanalstrategi.content.block_references import referenced_blocks
from kanalstrategi.content.edition_paths import edition_pages, path_in_force
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.rule_leads import means_nothing_alone
from kanalstrategi.content.text_block import HEADING, RULE, TextBlock
from kanalstrategi.markdown.nodes import ParsedPage


def edition_text(content: Content, parsed_pages: Mapping[str, ParsedPage]) -> tuple[TextBlock, ...]:
    """Return the text of an edition, page by page in menu order.

    What macros show is not part of it, and neither is what is for the screen alone.
    """
    return tuple(block for page in edition_pages(content) for block in _blocks(page, content, parsed_pages[page.path]))


def _blocks(page: Page, content: Content, parsed: ParsedPage) -> Iterator[TextBlock]:
    path = path_in_force(page.path, content.folders)
    section = ""
    for block in referenced_blocks(parsed.root, path, content.channels):
        if path == "index.md" and block.level == 1:
            continue  # the name of the edition, which is another for each
        rule = content.rules.get(block.reference) if block.has_id and block.kind == "item" else None
        if block.kind == HEADING and not means_nothing_alone(block.text, content.settings.rule_leads):
            section = block.text
        kind, channel = (RULE, rule.channel) if rule and rule.page == page else (block.kind, "")
        yield TextBlock(block.reference, path, section, kind, block.text, channel, block.anchor, block.has_id)
