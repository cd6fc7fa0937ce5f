"""Estimates how long parts of a document are on paper. No I/O."""

from __future__ import annotations

from kanalstrategi.markdown.nodes import HEADINGS, Element, descendants, is_block, text_of
from kanalstrategi.pdf.print_document import Chapter

CHARACTERS_PER_LINE = 70
LINES_OF_IMAGE = 8
MAX_LINES_OF_SHORT_CHAPTER = 26
"""The length of a chapter that goes on below the one before it, so that its page is not left half empty."""


def estimated_lines(root: Element) -> int:
    """Return about how many lines an element takes."""
    parts = [part for part in (root, *descendants(root)) if part.tag in ("p", "li", "td", "dt", "dd", "pre", *HEADINGS)]
    texts = [part for part in parts if not any(map(is_block, part.children))]
    lines = sum(1 + len(text_of(part)) // CHARACTERS_PER_LINE + (part.tag in HEADINGS) for part in texts)
    return lines + LINES_OF_IMAGE * sum(part.tag == "img" and not part.has_class("icon") for part in descendants(root))


def is_short(chapter: Chapter) -> bool:
    """Whether a chapter goes on below the one before it."""
    return chapter.is_closing or estimated_lines(chapter.root) <= MAX_LINES_OF_SHORT_CHAPTER
