"""Defines the records of the accessibility statement. Plain data: no MkDocs, no I/O. Source: BEK 904/2019 and the model statement in EU 2018/1523."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanalstrategi.content.model import Page


class Compliance(Enum):
    """How far the site conforms to the standard. The value is the word used in front matter and open data."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Method(Enum):
    """How it was found out. The value is the word used in front matter; the three are those of the national tool."""

    SELF = "self"
    """By the municipality itself."""
    EXTERNAL = "external"
    """By somebody else."""
    OTHER = "other"


class FaultReason(Enum):
    """Why a fault is not mended, as the law knows it."""

    NON_COMPLIANCE = "non-compliance"
    """It is a fault, which will be mended."""
    DISPROPORTIONATE = "disproportionate-burden"
    EXEMPT = "exempt"
    """The law does not cover it."""


@dataclass(frozen=True)
class KnownFault:
    """One thing on the site that is not accessible."""

    title: str
    id: str
    """Id of the section that describes it."""
    criterion: str
    """Number of the WCAG criterion: `1.1.1`."""
    reason: FaultReason
    text: str
    """What it is, why, and what readers can do instead."""
    mended_by: date | None
    line: int


@dataclass(frozen=True)
class Statement:
    """The accessibility statement of the site, on a page of its own."""

    page: Page
    compliance: Compliance | None
    """None if the municipality has not decided it."""
    faults: tuple[KnownFault, ...] = ()
    tested: date | None = None
    """The day that the site was last tested for it."""
    method: Method | None = None
    """None if nobody has said how it was tested."""
    url: str = ""
    """URL of the statement in the national tool, from `mkdocs.yml`; empty if there is none yet."""

    def faults_of(self, reason: FaultReason) -> tuple[KnownFault, ...]:
        """Return the faults that are not mended for a reason."""
        return tuple(fault for fault in self.faults if fault.reason is reason)
