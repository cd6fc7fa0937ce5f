"""Defines what has changed from one edition to the next, with what is needed to show it. Plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kanalstrategi.content.edition_changes import Change, ChangeKind
from kanalstrategi.content.edition_model import Edition
from kanalstrategi.content.text_block import TextBlock


@dataclass(frozen=True)
class Comparison:
    """Two editions that follow each other, and what differs between their texts."""

    old: Edition
    new: Edition
    changes: tuple[Change, ...]
    """In the order of the text."""
    unchanged: tuple[TextBlock, ...]
    """The blocks of the new edition that stand as they stood."""
    page_titles: dict[str, str]
    """The titles of the pages, keyed by path relative to the edition's folder: those of the new edition in menu order, then those that are gone."""
    channel_titles: dict[str, str]
    """The titles of the channels, keyed by id, in the same order."""

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many changes there are of each kind."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ChangeKind}

    @property
    def new_references(self) -> frozenset[str]:
        """What the blocks of the new edition are called."""
        return frozenset(block.reference for block in (*self.unchanged, *(change.new for change in self.changes if change.new)))

    @property
    def references(self) -> frozenset[str]:
        """What notes may call blocks: those of the new edition, and those of the old one that are gone."""
        return self.new_references | {change.block.reference for change in self.changes if change.kind is ChangeKind.GONE}
