"""Defines a block of an edition's text, as editions are compared by. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

HEADING, RULE = "heading", "rule"
"""Two of the kinds of blocks."""


@dataclass(frozen=True)
class TextBlock:
    """A heading, paragraph or list item of an edition. Two are equal if a reader reads the same on the same page."""

    reference: str = field(compare=False)
    """What notes and answers to a hearing call it: its id, or the name of its page with a number."""
    page: str
    """Path of its page, relative to the edition's folder: `strategi/formaal.md`."""
    section: str = field(compare=False)
    """The heading that it stands under, other than that of a list of rules; its own words if it is a heading."""
    kind: str
    """`heading`, `paragraph`, `rule` or `item`."""
    text: str
    channel: str = ""
    """For a rule, the id of its sub-channel, or of the group if it has none."""
    anchor: str = field(default="", compare=False)
    """The id on its page that a link to it leads to."""
    has_id: bool = field(default=False, compare=False)
    """Whether the reference is an id that it keeps when others come before it."""
