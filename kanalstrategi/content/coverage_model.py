"""Defines how far a department is with what it has to say of a channel. Plain data: no MkDocs, no I/O."""

from __future__ import annotations

from enum import Enum


class Coverage(Enum):
    """A department's progress with a channel group. The value is the word used in open data."""

    MISSING = "missing"
    DRAFT = "draft"
    ADOPTED = "adopted"
    NOT_USED = "not_used"
    """The department has decided that it does not use the channel."""
    INHERITED = "inherited"
    """What the department says that the unit is a part of holds for the unit, too."""
    NOT_APPLICABLE = "not_applicable"
    """The channel is only for other departments."""


WRITTEN = (Coverage.MISSING, Coverage.DRAFT, Coverage.ADOPTED)
"""The states of the sections that a department itself has to write."""
