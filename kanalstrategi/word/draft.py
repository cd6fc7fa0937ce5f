"""Puts the text of a file into a department's guideline, each part below the rules and decisions of its channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kanalstrategi.content.model import Channel
from kanalstrategi.danish.words import STOP_WORDS, stem, words
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse
from kanalstrategi.word.channels import ChannelFinder
from kanalstrategi.word.document import Block, Heading, Remark, RemarkKind, Text, WordDocument, plain_text
from kanalstrategi.word.markdown_writer import write_blocks, write_note
from kanalstrategi.word.report import Placement

HEADING = "Fra jeres vejledning"
NO_PLACE_HEADING = "Fra jeres vejledning: uden plads"
_NO_PLACE_TEXT = (
    "Teksten her stod i jeres fil, men ikke under en overskrift, som svarer til en kanal. "
    "Flyt det, I vil bruge, op under den kanal, det handler om. Slet resten."
)
_MAX_WORDS_INSIDE = 2
"""The maximum number of words in a heading that leads away from the channel of the heading above it."""


@dataclass(frozen=True)
class Draft:
    """A guideline with the text of a file in it."""

    text: str
    added: str
    """What was put into it, in Markdown."""
    placements: tuple[Placement, ...]
    remarks: tuple[Remark, ...]
    """What is said about the title of the file."""
    dropped: tuple[str, ...]
    """The headings that only say the title of their channel, which the guideline has already."""


class _Place(NamedTuple):
    """Where in a guideline the text about a channel goes."""

    line: int
    """The line of the guideline above which it goes, counted from 0."""
    level: int
    """The level of the heading above it."""


@dataclass
class _Parts:
    """The blocks of a file, sorted."""

    blocks: dict[str, list[Block]] = field(default_factory=dict)
    """Keyed by the id of the channel that they are about; an empty id is for those about none."""
    placements: list[Placement] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def fill_draft(page: str, document: WordDocument, groups: Sequence[Channel]) -> Draft:
    """Return a guideline's text with the text of a file in it. Its own lines stay as they are."""
    newline = "\r\n" if "\r\n" in page else "\n"
    lines = page.replace("\r\n", "\n").rstrip("\n").split("\n")
    places = dict(_places(groups, parse("\n".join(lines)), len(lines)))
    parts = _sorted_blocks(document.blocks, ChannelFinder(groups), places)
    added: list[str] = []
    insertions: list[tuple[_Place, list[str]]] = []
    for id, blocks in parts.blocks.items():
        place = places[id] if id else _Place(len(lines), 2)
        if text := write_blocks(blocks, place.level + 1):
            added.append(text)
            above = [f"{'#' * place.level} {HEADING}"] if id else [f"## {NO_PLACE_HEADING}", "", _NO_PLACE_TEXT]
            insertions.append((place, ["", *above, "", *text.split("\n")]))
    for place, inserted in sorted(insertions, key=lambda one: (one[0].line, -one[0].level), reverse=True):  # in one place, sub-channels come first
        end = place.line
        while end > 0 and not lines[end - 1].strip():
            end -= 1
        lines[end:end] = inserted
    notes = [write_note(name, blocks) for name, blocks in document.notes.items()]
    for note in notes:
        lines += ["", *note.split("\n")]
    return Draft(newline.join([*lines, ""]), "\n\n".join([*added, *notes]), tuple(parts.placements), tuple(parts.remarks), tuple(parts.dropped))


def _places(groups: Sequence[Channel], parsed: ParsedPage, line_count: int) -> Iterator[tuple[str, _Place]]:
    """Yield the id of each channel that a guideline has a section for, and where the text about it goes: at the end of the section."""
    headings = [block for block in parsed.blocks if block.kind == "heading"]
    sections = {heading.id: heading for heading in headings if heading.level == 2}
    for call in parsed.calls:
        above = [heading for heading in headings if heading.line < call.line]
        if call.name == "rules" and call.arguments and above:
            sections.setdefault(call.arguments[0], above[-1])
    for channel in (channel for group in groups for channel in (group, *group.subchannels) if channel.id in sections):
        section = sections[channel.id]
        ends = (heading.line - 1 for heading in headings if heading.line > section.line and heading.level <= section.level)
        yield channel.id, _Place(next(ends, line_count), section.level + 1)


def _sorted_blocks(blocks: Sequence[Block], finder: ChannelFinder, places: Mapping[str, _Place]) -> _Parts:
    """Sort blocks by the channel that the headings above them are about."""
    parts = _Parts()
    around: list[tuple[int, str]] = []
    """The level of each heading around a block, and the id of the channel that the text below it belongs to."""
    for block in blocks:
        if isinstance(block, Heading):
            while around and around[-1][0] >= block.level:
                around.pop()
            id = _sort_heading(block, around[-1][1] if around else "", finder, places, parts)
            around.append((block.level, id))
        else:
            id = around[-1][1] if around else ""
            if not id and not parts.placements and plain_text([block]):
                parts.placements.append(Placement("", ()))
            parts.blocks.setdefault(id, []).append(block)
    return parts


def _sort_heading(heading: Heading, outer: str, finder: ChannelFinder, places: Mapping[str, _Place], parts: _Parts) -> str:
    """Sort a heading within the text about a channel, and return the id of the channel that the text below it belongs to."""
    text = plain_text([heading])
    found = [channel for channel in finder.find(text) if channel.id in places]
    if outer and len(_content_stems(text)) > _MAX_WORDS_INSIDE:
        found = []
    id = found[0].id if len(found) == 1 else outer
    if heading.level == 0:
        parts.remarks.append(Remark(RemarkKind.TITLE, text))
        return id
    if len(found) == 1 or not outer:
        parts.placements.append(Placement(text, tuple(channel.title for channel in found)))
    is_title = len(found) == 1 and _content_stems(text) == _content_stems(found[0].title)
    if is_title and all(isinstance(inline, Text) for inline in heading.inlines):
        parts.dropped.append(text)
    else:
        parts.blocks.setdefault(id, []).append(heading)
    return id


def _content_stems(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOP_WORDS and not word.isdecimal()}
