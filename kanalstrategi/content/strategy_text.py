"""Defines the text of a strategy that a new site begins with. Plain data: no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class StrategyText:
    """A strategy's own text, as Markdown that begins with headings of the second level, and what goes with it."""

    title: str
    """Of the whole; empty if the file says none."""
    chapters: tuple[tuple[str, str], ...]
    """The title and the text of each chapter, in order."""
    channels: dict[str, str]
    """The text about each channel that there is one about, keyed by the channel's title, in order."""
    about_channels: str
    """What stands above the channels, about all of them; may be empty."""
    rule_leads: tuple[str, ...]
    """What announces rules in it."""
    channels_with_rules: frozenset[str] = frozenset()
    """The titles of the channels whose text states a rule."""
    images: dict[str, bytes] = field(default_factory=dict)
    """Keyed by the names of their files."""
