"""Reads what a municipality has answered to a hearing: `svar.md` in the folder of an edition. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kanalstrategi.content.block_references import REFERENCE_LEVEL, ReferencedBlock, referenced_blocks
from kanalstrategi.content.conventions import HEARING_FILE
from kanalstrategi.content.edition_model import AnsweredPoint, HearingAnswers
from kanalstrategi.content.edition_paths import edition_pages, path_in_force
from kanalstrategi.content.model import Content, Page
from kanalstrategi.markdown.nodes import ParsedPage


def read_hearing_answers(content: Content, parsed_pages: Mapping[str, ParsedPage]) -> HearingAnswers | None:
    """Return the answers to the hearing of an edition, or None if there are none."""
    path = content.edition.folder_of_name + HEARING_FILE if content.edition else ""
    page, parsed = content.pages.get(path), parsed_pages.get(path)
    if page is None or parsed is None:
        return None
    named = {block.text for block in parsed.blocks if block.kind == "heading" and block.level == REFERENCE_LEVEL}
    points = {
        block.reference: AnsweredPoint(of_page.title, block.text, block.kind, f"{of_page.url}#{block.anchor}")
        for of_page, block in _text(content, parsed_pages)
        if block.reference in named
    }
    return HearingAnswers(path, page.url, points)


def _text(content: Content, parsed_pages: Mapping[str, ParsedPage]) -> Iterator[tuple[Page, ReferencedBlock]]:
    for page in edition_pages(content):
        for block in referenced_blocks(parsed_pages[page.path].root, path_in_force(page.path, content.folders), content.channels):
            yield page, block
