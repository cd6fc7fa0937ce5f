"""A print page as wkhtmltopdf gets it, as plain records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

# The URLs of links and of marks at their targets while wkhtmltopdf has them. It changes the URL of an internal link
# (`#place` becomes `file:///tmp/…#place`) and writes no targets at all, but it does write each link with its position
# on the page. So a link goes through as its number, and a target as the number of an invisible link, its mark.
LINK_BASE = "https://link.invalid/"
MARK_BASE = "https://mark.invalid/"


@dataclass(frozen=True)
class PdfLink:
    """A link of the document."""

    target: str
    """A URL, or a place in the document if it begins with `#`."""
    text: str
    """The description of the link."""


@dataclass(frozen=True)
class PdfHeading:
    """A heading that becomes a bookmark."""

    level: int
    """1 for a chapter, 2 for a section."""
    title: str
    """Its text."""
    id: str
    """Its id in the document."""
    is_draft: bool
    """Whether it is that of a chapter that is a draft."""


@dataclass(frozen=True)
class SanitizedPage:
    """A print page without anything that wkhtmltopdf could fetch or run."""

    title: str
    """The title of the document."""
    author: str
    """The organisation that publishes it."""
    description: str
    """What it is about."""
    language: str
    """Its language code."""
    created: date
    """The day that it was made."""
    cover: HtmlElement | None
    """The front page, if there is one."""
    body: HtmlElement
    """Everything else."""
    headings: tuple[PdfHeading, ...]
    """The headings that become bookmarks, in order."""
    links: tuple[PdfLink, ...]
    """All links, by their numbers."""
    targets: tuple[str, ...]
    """The ids of all targets, by the numbers of their marks."""


@dataclass(frozen=True)
class Position:
    """A position in the document, in points from the lower left corner of a page."""

    page: int
    """Counted from 1, the cover included."""
    left: float
    """How far from the left edge."""
    top: float
    """How far from the bottom edge."""
