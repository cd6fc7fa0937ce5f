"""Defines the records for a print page that is ready for wkhtmltopdf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

# Temporary URLs for links, and for marks at their targets, in the input of wkhtmltopdf. It changes the URL of an internal link
# (`#place` becomes `file:///tmp/…#place`) and writes no targets at all, but it does write each link with its position
# on the page. So each link is passed as a number, and each target as the number of an invisible link, called its mark.
LINK_BASE = "https://link.invalid/"
MARK_BASE = "https://mark.invalid/"


@dataclass(frozen=True)
class PdfLink:
    """A link of the document."""

    target: str
    """The target: a URL, or a place in the document if it begins with `#`."""
    text: str
    """The description of the link."""


@dataclass(frozen=True)
class PdfHeading:
    """A heading that becomes a bookmark."""

    level: int
    """The level: 1 for a chapter, 2 for a section."""
    title: str
    """Its text."""
    id: str
    """Its id in the document."""
    is_draft: bool
    """Whether it is the heading of a chapter that is a draft."""


@dataclass(frozen=True)
class SanitizedPage:
    """A print page without anything that wkhtmltopdf could fetch or run."""

    title: str
    """The title of the document."""
    author: str
    """The organisation that publishes it."""
    description: str
    """The description of its content."""
    language: str
    """Its language code."""
    created: date
    """The date on which it was made."""
    cover: HtmlElement | None
    """The front page, if there is one."""
    body: HtmlElement
    """All other content."""
    headings: tuple[PdfHeading, ...]
    """The headings that become bookmarks, in order."""
    links: tuple[PdfLink, ...]
    """All links. The index of a link is its number."""
    targets: tuple[str, ...]
    """The ids of all targets. The index of an id is the number of its mark."""


@dataclass(frozen=True)
class Position:
    """A position in the document, in points from the lower left corner of a page."""

    page: int
    """The page number, counted from 1 and including the cover."""
    left: float
    """The distance from the left edge."""
    top: float
    """The distance from the bottom edge."""
