"""Reads the text of an edition as blocks that can be compared with those of another. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kanalstrategi.content.block_references import referenced_blocks
from kanalstrategi.content.conventions import CHANNEL_FOLDER, RULES_HEADING, STRATEGY_FOLDER
from kanalstrategi.content.model import Content, Page
from kanalstrategi.markdown.nodes import ParsedPage

HEADING, RULE = "heading", "rule"
"""Two of the kinds of blocks."""


@dataclass(frozen=True)
class TextBlock:
    """A heading, paragraph or list item of an edition. Two are equal if a reader reads the same on the same page."""

    reference: str = field(compare=False)
    """What notes and answers to a hearing call it: its id, or the name of its page with a number."""
    page: str
    """Path of its page, relative to the edition's folder: `strategi/formaal.md`."""
    section: str = field(compare=False)
    """The heading that it stands under, other than that of a list of rules; its own words if it is a heading."""
    kind: str
    """`heading`, `paragraph`, `rule` or `item`."""
    text: str
    channel: str = ""
    """For a rule, the id of its sub-channel, or of the group if it has none."""
    anchor: str = field(default="", compare=False)
    """The id on its page that a link to it leads to: its own, or that of the heading above it; empty if there is none."""
    has_id: bool = field(default=False, compare=False)
    """Whether the reference is an id that it keeps when others come before it."""


def edition_text(content: Content, parsed_pages: Mapping[str, ParsedPage]) -> tuple[TextBlock, ...]:
    """Return the text of an edition, page by page in menu order.

    What macros show is not part of it, and neither is what is for the screen alone.
    """
    folder = content.edition.folder if content.edition else ""
    return tuple(block for page in text_pages(content) for block in _blocks(page, content, parsed_pages[page.path], folder))


def text_pages(content: Content) -> tuple[Page, ...]:
    """Return the pages with the text of an edition: its front page, the strategy's chapters and its channels."""
    folder = content.edition.folder if content.edition else ""
    sections = [folder + part for part in (STRATEGY_FOLDER, CHANNEL_FOLDER)]
    return tuple(page for page in content.pages.values() if page.path == f"{folder}index.md" or page.section in sections)


def _blocks(page: Page, content: Content, parsed: ParsedPage, folder: str) -> Iterator[TextBlock]:
    path = page.path.removeprefix(folder)
    section = anchor = ""
    for block in referenced_blocks(parsed.root, path, content.channels):
        rule = content.rules.get(block.reference) if block.has_id and block.kind == "item" else None
        if block.kind == HEADING:
            anchor = block.element.id
            if block.text.strip(" :") != RULES_HEADING:
                section = block.text
        kind, channel = (RULE, rule.channel) if rule and rule.page == page else (block.kind, "")
        yield TextBlock(block.reference, path, section, kind, block.text, channel, block.element.id or anchor, block.has_id)
