"""Compares two texts word by word. No I/O."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

MAX_ISLAND_WORDS = 2
"""An unchanged run of at most this many words between two changed ones counts as changed: a text in crumbs cannot be listened to."""
MIN_SHARED_PART = 0.25
"""If less than this part of the longer text is unchanged, the one text is shown as replaced by the other."""
MAX_PAIRS = 20_000
"""Where there are more pairs of equal words than this, the one text is shown as replaced by the other: to find the best ones would take too long."""
_TOKEN = re.compile(r"\s+|\S+")


class RunKind(Enum):
    """Which of the two texts a run of words is in."""

    EQUAL = "equal"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class WordRun:
    """Words that follow each other, with the spaces between them."""

    kind: RunKind
    text: str


def word_diff(old: str, new: str) -> tuple[WordRun, ...]:
    """Return the runs of whole words that two texts share, that only the old one has, and that only the new one has.

    Punctuation belongs to its word. What is gone stands before what is new in its place. The runs that are not new give the old text when
    they are joined, and those that are not gone the new one.
    """
    if old == new:
        return (WordRun(RunKind.EQUAL, old),) if old else ()
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = next((number for number, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), min(len(before), len(after)))
    rest = min(len(before), len(after)) - start
    end = next((number for number in range(rest) if before[-1 - number] != after[-1 - number]), rest)
    parts = [
        (True, before[:start], before[:start]),
        *_compared(before[start : len(before) - end], after[start : len(after) - end]),
        (True, before[len(before) - end :], before[len(before) - end :]),
    ]
    parts = [part for part in parts if part[1] or part[2]]
    shared = sum(_word_count(tokens) for is_equal, tokens, _ in parts if is_equal)
    if shared < MIN_SHARED_PART * max(_word_count(before), _word_count(after)):
        parts = [(False, before, after)]
    return tuple(_runs(_without_islands(parts)))


_Part = tuple[bool, list[str], list[str]]
"""Whether two texts are the same here, and the tokens of each."""


def _compared(before: list[str], after: list[str]) -> Iterator[_Part]:
    counts = Counter(after)
    if sum(counts[token] for token in before if not token.isspace()) > MAX_PAIRS:
        yield False, before, after
        return
    # Spaces match only beside a word that matches: two texts do not have them in common.
    for tag, a, b, c, d in SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes():
        yield tag == "equal", before[a:b], after[c:d]


def _without_islands(parts: list[_Part]) -> Iterator[_Part]:
    """Yield the parts with short unchanged ones counted as changed, and changed ones that follow each other joined."""
    before: list[str] = []
    after: list[str] = []
    for number, (is_equal, old, new) in enumerate(parts):
        is_island = 0 < number < len(parts) - 1 and _word_count(old) <= MAX_ISLAND_WORDS
        if is_equal and not is_island:
            if before or after:
                yield False, before, after
                before, after = [], []
            yield True, old, new
        else:
            before, after = before + old, after + new
    if before or after:
        yield False, before, after


def _runs(parts: Iterable[_Part]) -> Iterator[WordRun]:
    for is_equal, old, new in parts:
        if is_equal:
            yield WordRun(RunKind.EQUAL, "".join(old))
            continue
        if old:
            yield WordRun(RunKind.GONE, "".join(old))
        if new:
            yield WordRun(RunKind.NEW, "".join(new))


def _word_count(tokens: Iterable[str]) -> int:
    return sum(not token.isspace() for token in tokens)
