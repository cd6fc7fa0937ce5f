"""Takes boxes (`!!! note "Husk"` and what is indented below it) out of a text, and leaves a placeholder for each."""

from __future__ import annotations

import re
from dataclasses import dataclass

BOX_PLACEHOLDER = re.compile("{\x03([0-9]+)}")
"""The placeholder of a box. Splitting a text by it gives the number of each box between the texts around it."""

_PLACEHOLDER_AND_NEWLINES = re.compile("{\x03([0-9]+)}(\n*)")
_BOX = re.compile(r'[ \t]*!!![ ]?(?P<kind>[\w-]+)[ ]*+(?:"(?P<title>[^"\n]*)")?[ ]*')
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})")
_MARKER = re.compile(r"[ \t]*(?:[-*+:]|[0-9]{1,9}[.)]|>|\[\^[^\]\n]+\]:)[ \t]+")
ADDED_LINE = " \t  \t   \t \n"
"""An empty line that was added to a text, and does not count as one of its lines."""
_INDENT = 4
"""Spaces before the content of a box, in addition to those before the box."""


@dataclass(frozen=True)
class Box:
    """A box as typed."""

    kind: str
    title: str
    """The title in Markdown; empty if there is none."""
    content: str
    """The lines below the first, without their indentation."""
    line_offset: int
    """How many lines it is below the first line of the text."""
    typed: str
    """The whole box, without the indentation of its first line."""


def extract_boxes(text: str) -> tuple[str, dict[int, Box]]:
    """Return the text, line for line, with a placeholder in the place of each box, and the boxes by the number in their placeholder.

    Code between fences is left alone.
    """
    text = text.replace("\x03", "\ufffd")
    if "!!!" not in text:
        return text, {}
    lines = text.split("\n")
    boxes: dict[int, Box] = {}
    fence = ""
    number = 0
    while number < len(lines):
        line = lines[number]
        if found := _FENCE.match(line):
            is_end = fence and found[1].startswith(fence) and not line[found.end() :].strip()
            fence = "" if is_end else fence or found[1]
        elif not fence and (match := _BOX.fullmatch(line)):
            end = _end_of_box(lines, number)
            indent = line[: len(line) - len(line.lstrip())]
            depth = len(indent.expandtabs(4)) + _INDENT
            content = "\n".join(below.expandtabs(4)[depth:] for below in lines[number + 1 : end])
            boxes[len(boxes)] = Box(match["kind"], match["title"] or "", content, number, _without_indent(lines[number:end]))
            before = ADDED_LINE if _ends_above(lines, number, len(indent.expandtabs(4))) else ""
            lines[number:end] = [f"{before}{indent}{{\x03{len(boxes) - 1}}}", *[""] * (end - number - 1)]
            number = end - 1
        number += 1
    return "\n".join(lines), boxes


def restore_boxes(text: str, boxes: dict[int, Box]) -> str:
    """Return a text with each box as typed, in the place of its placeholder and the empty lines below: it turned out to be code or HTML."""

    def typed(match: re.Match[str]) -> str:
        box = boxes[int(match[1])].typed
        newlines = len(match[2])
        return box + "\n" * max(newlines - box.count("\n"), min(newlines, 1))

    return _PLACEHOLDER_AND_NEWLINES.sub(typed, text.replace(ADDED_LINE, "")) if "\x03" in text else text


def _ends_above(lines: list[str], number: int, column: int) -> bool:
    """Whether what is right above a box ends there: to the parser, a line of text would go on with a list, a quotation or a table.

    Right below a tag, a box is no box, but part of the HTML.
    """
    first = ""
    for line in map(lines.__getitem__, range(number - 1, -1, -1)):
        if not line.strip() or "\x03" in line:
            break
        if found := _MARKER.match(line):
            return _width(found[0]) > column
        first = line
    return bool(first) and not first.lstrip().startswith("<") and (column == 0 or _width(first[: len(first) - len(first.lstrip())]) > column)


def _width(text: str) -> int:
    return len(text.expandtabs(4))


def _without_indent(lines: list[str]) -> str:
    depth = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[depth:] if not line[:depth].strip() else line for line in lines)


def _end_of_box(lines: list[str], first: int) -> int:
    """Return the index of the line after a box. Empty lines at its end do not belong to it."""
    before = lines[first].expandtabs(4)
    depth = len(before) - len(before.lstrip()) + _INDENT
    end = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number].expandtabs(4)
        if line.strip():
            if len(line) - len(line.lstrip()) < depth:
                break
            end = number + 1
    return end
