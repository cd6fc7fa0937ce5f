"""Puts two changes of one page together, if they touch different places. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MAX_PIECES = 5000
"""Maximum number of pieces of a text: comparing two texts may take a time that grows with the square of it."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_DECISION = re.compile(r"[-*+][ \t]+\[[ xX-]\][ \t]")
_BELOW = re.compile(r"(?: {2}|\t)[ \t]*\S")


@dataclass(frozen=True)
class _Edit:
    """What takes the place of some pieces of a text."""

    start: int
    end: int
    pieces: tuple[str, ...]


def merge(base: str, theirs: str, mine: str) -> str | None:
    """Return a text with both changes of `base`; None if they touch the same place, or may depend on each other.

    Two changes may stand right beside each other only if all of it is decisions, each of which is a piece of its own with its answer.
    """
    before = _pieces(base)
    both = (_pieces(theirs), _pieces(mine))
    if max(map(len, (before, *both))) > MAX_PIECES:
        return None
    edits = sorted({edit for after in both for edit in _edits(before, after)}, key=lambda edit: (edit.start, edit.end))  # the same change counts once
    merged: list[str] = []
    place, former = 0, None
    for edit in edits:
        if former and not _are_apart(before, former, edit):
            return None
        merged += [*before[place : edit.start], *edit.pieces]
        place, former = edit.end, edit
    return "".join([*merged, *before[place:]])


def _are_apart(before: Sequence[str], first: _Edit, second: _Edit) -> bool:
    """Whether two changes neither overlap nor, unless they are decisions, stand beside each other."""
    if second.start != first.end or second.start == first.start:
        return second.start > first.end
    touched = (*before[first.start : second.end], *first.pieces, *second.pieces)
    return all(map(_DECISION.match, touched))


def _edits(before: Sequence[str], after: Sequence[str]) -> Iterator[_Edit]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after).get_opcodes():
        if kind != "equal":
            yield _Edit(start, end, tuple(after[new_start:new_end]))


def _pieces(text: str) -> list[str]:
    """Return the lines of a text; a decision is one piece with what is indented below it."""
    lines = _LINE.findall(text)
    pieces: list[str] = []
    number = 0
    while number < len(lines):
        end = number + 1
        if _DECISION.match(lines[number]):
            end = _end_of_decision(lines, end)
        pieces.append("".join(lines[number:end]))
        number = end
    return pieces


def _end_of_decision(lines: Sequence[str], number: int) -> int:
    """Return the number of the line after a decision, given that of the line after its first."""
    end = number
    for place in range(number, len(lines)):
        if _BELOW.match(lines[place]):
            end = place + 1
        elif lines[place].strip():
            break
    return end
