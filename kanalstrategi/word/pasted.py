"""Reads text that has been copied out of a word processor, in which the marks of lists, tables and headings are characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kanalstrategi.incoming_text import ANY_LENGTH, read_bytes
from kanalstrategi.word.characters import usable
from kanalstrategi.word.document import Block, Cell, Heading, ListItem, Paragraph, Remark, RemarkKind, Table, Text, WordDocument

_BULLETS = {"•": 0, "·": 0, "●": 0, "-": 0, "–": 0, "*": 0, "o": 1, "○": 1, "▪": 2, "§": 2, "\uf0b7": 0, "\uf0a7": 2}
"""The characters that Word and others write in front of points, each with its usual level."""
_BULLET = re.compile(r"([\t ]*)([•·●○▪\uf0b7\uf0a7]|[-–*](?=[\t ])|[o§](?=\t))[\t ]*(?=\S)")
_NUMBER = re.compile(r"([\t ]*)(?:([0-9]{1,4})[.)]|([0-9]{1,3}(?:\.[0-9]{1,3}){1,4})\.?|([a-zA-Z]|[ivxIVX]{2,5})[.)])(\t[\t ]*| +)(?=\S)")
_HEADING_SIGNS = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_MAX_HEADING_CHARACTERS = 60
_ENDS_OF_SENTENCES = (".", ",", ";", "!")
_SPACES_IN_LEVEL = 4


@dataclass(frozen=True)
class _Line:
    """A line that is not empty."""

    text: str
    is_after_gap: bool
    """Whether the line above is empty, or there is none."""


def read_pasted(data: bytes) -> WordDocument:
    """Return what is in a file of text, in UTF-8, UTF-16 or Windows-1252."""
    result = WordDocument()
    lines: list[_Line] = []
    is_after_gap = True
    for typed in read_bytes(data, ANY_LENGTH).text.split("\n"):
        if typed.strip():
            text, has_lost = usable(typed.rstrip())
            if has_lost:
                lost = " ".join(word for word in typed.split() if usable(word)[1])
                result.remarks.append(Remark(RemarkKind.SYMBOL, lost))
            lines.append(_Line(text, is_after_gap))
        is_after_gap = not typed.strip()
    result.blocks = list(_blocks(lines, result))
    return result


def text_of_pasted(data: bytes) -> str:
    """Return all text of such a file."""
    return read_bytes(data, ANY_LENGTH).text


def _blocks(lines: Sequence[_Line], result: WordDocument) -> Iterator[Block]:
    position = 0
    while position < len(lines):
        line = lines[position]
        if rows := _table_rows(lines[position:]):
            yield Table(tuple(tuple(Cell((Paragraph(_inline(cell)),)) for cell in row) for row in rows))
            position += len(rows)
            continue
        position += 1
        if match := _HEADING_SIGNS.match(line.text):
            yield Heading(len(match[1]), _inline(line.text[match.end() :]))
        elif match := _BULLET.match(line.text):
            result.marks.append(match[2])
            yield ListItem(_level(match[1]) or _BULLETS[match[2]], None, _inline(line.text[match.end() :]))
        elif (match := _NUMBER.match(line.text)) and _is_numbered_item(match, lines, position - 1):
            text = line.text[match.end() :]
            result.marks.append(match[0])
            if match[3] or match[4]:
                result.remarks.append(Remark(RemarkKind.NUMBERING, text))
            number = int(match[2] or (match[3] or "").rpartition(".")[2] or _letter_number(match[4]))
            yield ListItem(_level(match[1]) or (match[3] or "").count("."), number, _inline(text))
        elif _is_heading(lines, position - 1):
            result.remarks.append(Remark(RemarkKind.HEADING, line.text.strip()))
            match = _NUMBER.match(line.text)
            yield Heading(1 + (match[3].count(".") if match and match[3] else 0), _inline(line.text.strip()))
        else:
            yield Paragraph(_inline(line.text.strip()))


def _inline(text: str) -> tuple[Text, ...]:
    return (Text(text.replace("\t", " ")),)


def _level(indent: str) -> int:
    return min(len(indent.expandtabs(_SPACES_IN_LEVEL)) // _SPACES_IN_LEVEL, 8)


def _letter_number(letters: str) -> int:
    return ord(letters[0].lower()) - ord("a") + 1 if len(letters) == 1 else 1


def _is_mark(text: str) -> bool:
    return bool(_BULLET.match(text) or (_NUMBER.match(text) and "\t" in text))


def _is_numbered_item(match: re.Match[str], lines: Sequence[_Line], position: int) -> bool:
    """Whether a line with a number in front is an item of a list, and not a heading or a sentence: with a tab, or beside another such line."""
    number = int(match[2]) if match[2] else None
    beside = [_NUMBER.match(lines[near].text) for near in (position - 1, position + 1) if 0 <= near < len(lines)]
    has_neighbour = any(one and number is not None and one[2] and abs(int(one[2]) - number) == 1 for one in beside)
    is_like_heading = _is_heading(lines, position) and not has_neighbour
    return has_neighbour or ("\t" in match[5] and not is_like_heading)


def _is_heading(lines: Sequence[_Line], position: int) -> bool:
    """Whether a line looks like a heading: short, without a full stop, and above a line that does not."""
    line = lines[position]
    if not _looks_like_heading(line.text) or position + 1 == len(lines):
        return False
    below = lines[position + 1]
    return not (below.is_after_gap is False and _looks_like_heading(below.text) and not line.is_after_gap)


def _looks_like_heading(text: str) -> bool:
    bare = text.strip()
    return (
        len(bare) <= _MAX_HEADING_CHARACTERS
        and not bare.endswith(_ENDS_OF_SENTENCES)
        and bare[:1].isalnum()
        and not bare[:1].islower()
        and not _BULLET.match(text)
        and not re.match(r"[ \t]*[a-zA-Z][.)]", text)
    )


def _table_rows(lines: Sequence[_Line]) -> list[list[str]]:
    """Return the cells of the rows at the beginning of some lines, which have as many tabs each, or nothing if there are not two."""
    tabs = lines[0].text.strip(" ").count("\t")
    if not tabs or _is_mark(lines[0].text):
        return []
    rows = [line.text.strip(" ").split("\t") for line in takewhile(lambda line: line.text.strip(" ").count("\t") == tabs and not _is_mark(line.text), lines)]
    return rows if len(rows) > 1 and any(cell.strip() for cell in rows[0]) else []
