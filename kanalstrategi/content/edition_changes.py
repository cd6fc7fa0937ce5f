"""Tells what has changed between two editions: which of their blocks are new, changed, moved or gone. No I/O."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from kanalstrategi.content.edition_matching import governing_headings, match_blocks
from kanalstrategi.content.text_block import HEADING, TextBlock

HEADING_WEIGHT = 3
"""How many blocks may rather count as moved than the one heading that they have passed."""


class ChangeKind(Enum):
    """What has happened to a block. The value is the word used in open data."""

    NEW = "new"
    CHANGED = "changed"
    """It stands where it stood, in other words."""
    MOVED = "moved"
    """It stands elsewhere, perhaps in other words."""
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One block that is not as it was."""

    kind: ChangeKind
    old: TextBlock | None
    """None if it is new."""
    new: TextBlock | None
    """None if it is gone."""
    old_position: int | None
    """Its number among the blocks of the old edition, from 0."""
    new_position: int | None
    """Its number among the blocks of the new edition, from 0."""

    @property
    def block(self) -> TextBlock:
        """The block in the newest edition that has it."""
        block = self.new or self.old
        assert block is not None, "a change has a block"
        return block

    @property
    def anchor(self) -> str:
        """The id of the change on the page that shows what has changed. Another change may have the same; the page then numbers them."""
        return f"{'aendring' if self.new else 'udgaaet'}-{self.block.reference}"

    @property
    def is_reworded(self) -> bool:
        """Whether it has been in both editions, in other words."""
        return self.old is not None and self.new is not None and self.old.text != self.new.text


def compare(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> tuple[Change, ...]:
    """Return what has changed between two editions, in the order of the text.

    A block has moved if it is on another page, in another section or, as a rule, in another channel, or if it has passed others: as few of
    them as possible count as moved. What stands elsewhere only because something above it is new or gone has not moved.
    """
    pairs = match_blocks(old, new)
    moved = _moved(old, new, pairs)
    changes: list[tuple[tuple[int, int], Change]] = []
    after = -1  # the place in the new edition of the last old block that has stayed
    for position, block in enumerate(old):
        place = pairs.get(position)
        if place is None:
            changes.append(((after, position), Change(ChangeKind.GONE, block, None, position, None)))
        elif position in moved:
            changes.append(((place, -1), Change(ChangeKind.MOVED, block, new[place], position, place)))
        else:
            after = place
            if block != new[place]:
                changes.append(((place, -1), Change(ChangeKind.CHANGED, block, new[place], position, place)))
    matched = {*pairs.values()}
    changes += [((place, -1), Change(ChangeKind.NEW, None, block, None, place)) for place, block in enumerate(new) if place not in matched]
    return tuple(change for _, change in sorted(changes, key=lambda found: found[0]))


def _moved(old: Sequence[TextBlock], new: Sequence[TextBlock], pairs: dict[int, int]) -> set[int]:
    """Return the positions of the old blocks that have moved. `pairs` is the result of `match_blocks`."""
    old_headings, new_headings = governing_headings(old), governing_headings(new)
    matched = {*pairs.values()}

    def is_elsewhere(position: int, place: int) -> bool:
        one, other = old[position], new[place]
        if (one.page, one.channel) != (other.page, other.channel):
            return True
        before, after = old_headings[position], new_headings[place]
        if one.kind == HEADING or before is None or after is None:
            return False
        # A heading that is new or gone moves nobody to another section.
        return before in pairs and after in matched and pairs[before] != after

    elsewhere = {position for position, place in pairs.items() if is_elsewhere(position, place)}
    others = [(position, place) for position, place in sorted(pairs.items()) if position not in elsewhere]
    weights = [HEADING_WEIGHT if old[position].kind == HEADING else 1 for position, _ in others]
    kept = heaviest_increasing([place for _, place in others], weights)
    return elsewhere | {position for number, (position, _) in enumerate(others) if number not in kept}


def heaviest_increasing(numbers: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Return the indexes of the increasing subsequence with the greatest sum of weights. The numbers differ from each other."""
    ranks = sorted(numbers)
    # A Fenwick tree: `best[rank]` is the heaviest subsequence that ends with a number in a range of ranks, as its weight and its last index.
    best: list[tuple[int, int]] = [(0, -1)] * (len(numbers) + 1)
    before = [-1] * len(numbers)
    heaviest, last = 0, -1
    for index, (number, weight) in enumerate(zip(numbers, weights, strict=True)):
        place = bisect_left(ranks, number)
        found = (0, -1)
        rank = place
        while rank > 0:
            found = max(found, best[rank])
            rank &= rank - 1
        before[index] = found[1]
        total = found[0] + weight
        if total > heaviest:
            heaviest, last = total, index
        rank = place + 1
        while rank <= len(numbers):
            best[rank] = max(best[rank], (total, index))
            rank += rank & -rank
    kept = set()
    while last >= 0:
        kept.add(last)
        last = before[last]
    return kept
