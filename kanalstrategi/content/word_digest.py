"""Digests the words of a page, so that a later change of an adopted text is noticed.

`word_digest` is what a receipt (`kvittering.json`) keeps for each page as it was adopted, and what the check of `changed` compares with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from kanalstrategi.content.block_references import NO_TEXT, WEB_ONLY
from kanalstrategi.markdown.footnotes import SECTION_CLASS
from kanalstrategi.markdown.nodes import HEADINGS, Element, ParsedPage, is_block


def word_digest(parsed: ParsedPage) -> str:
    """Return the SHA-256 of a page's words, in hexadecimal digits.

    Only words count: neither markup, how they are split into lines and paragraphs, front matter, macro calls, nor what is marked `web-only`.
    """
    return hashlib.sha256(" ".join("".join(_texts(parsed.root)).split()).encode()).hexdigest()


def _texts(parent: Element) -> Iterator[str]:
    """Yield the pieces of text inside an element in order, with spaces around those of blocks."""
    skipped_level = ""
    """The tag of the `web-only` heading whose section is being skipped."""
    for child in parent.children:
        if type(child) is str:
            yield "" if skipped_level else child
        elif type(child) is Element:
            if child.tag in HEADINGS and (not skipped_level or child.tag <= skipped_level):
                skipped_level = child.tag if child.has_class(WEB_ONLY) else ""
            elif child.has_class(SECTION_CLASS):  # the footnotes of the whole page
                skipped_level = ""
            if skipped_level or not NO_TEXT.isdisjoint(child.classes):
                continue
            space = " " if is_block(child) or child.tag == "br" else ""
            yield space
            if child.tag == "img":
                yield child.attributes.get("alt", "")
            yield from _texts(child)
            yield space
