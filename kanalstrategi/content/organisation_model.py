"""Defines the records of the municipality's facts in `mkdocs.yml`: its owners and documents. Plain data: no MkDocs, no I/O.

URLs are relative to the site's root, paths to `docs/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from kanalstrategi.content.conventions import NOBODY
from kanalstrategi.content.editing_model import Editing
from kanalstrategi.content.edition_model import Consultation
from kanalstrategi.content.settings_model import Settings


@dataclass(frozen=True)
class Owner:
    """The unit that keeps a page up to date, and how to reach it."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    account: str = ""
    """The account on GitHub or GitLab: `@organisation/team`, or the e-mail address of a person there."""
    deputy: str = ""
    """Id of the owner who is told when something of this one has been overdue for long; empty if there is none."""


@dataclass(frozen=True)
class Document:
    """A PDF that is made from pages."""

    id: str
    name: str
    """The name as written after "Download", in the definite form."""
    opening: str
    """Path of the page whose title, image and introduction open the document."""
    pages: tuple[str, ...]
    """Paths of the pages, in order."""
    title: str = ""
    """The title on the cover; empty if it is the title of the opening page."""
    is_of_one_page: bool = False
    """Whether the document holds one page: it opens with the title of that page, and only takes the cover image from the opening page."""
    is_sheet: bool = False
    """Whether it is one sheet of paper: its only page without a cover or a table of contents, set tighter."""
    folder: str = ""
    """The folder of the edition that the document is of; empty for the one in force."""

    @property
    def url(self) -> str:
        """The URL of the PDF."""
        return f"{self.folder}pdf/{self.id}.pdf"


@dataclass(frozen=True)
class Licence:
    """What others may do with the open data."""

    name: str
    """Its short name, or its URL if it has none."""
    url: str


@dataclass(frozen=True)
class Organisation:
    """The facts about the municipality in `mkdocs.yml`."""

    name: str = ""
    owners: dict[str, Owner] = field(default_factory=dict)
    """Keyed by id."""
    documents: dict[str, Document] = field(default_factory=dict)
    """Keyed by id."""
    other_documents: tuple[str, ...] = ()
    """For an edition that is not in force, the ids of the site's documents that it does not have."""
    order: tuple[str, ...] = ()
    """Paths of the pages, in menu order."""
    site_owner: str = ""
    """Id of the owner of the pages that come with the program; empty if there are no owners."""
    maintainers: str = ""
    """The account of the people who maintain everything except the pages."""
    editing: Editing | None = None
    """None if pages are not edited in the browser."""
    accessibility_statement: str = ""
    """URL of the accessibility statement; empty if there is none yet."""
    consultation: Consultation | None = None
    """Where answers to a hearing go; None if nothing is said about it."""
    data_licence: Licence | None = None
    """The licence of the open data; None if none has been decided."""
    settings: Settings = field(default_factory=Settings)
    """What the site calls things, what announces rules, and its limits."""
    is_read: bool = True
    """Whether `mkdocs.yml` could be read. If not, no name on a page is known, and none is reported as unknown."""

    @property
    def first_owner(self) -> str:
        """The id of the owner that a new page begins with: nobody, where the site has such an owner, or else the site's."""
        return NOBODY if NOBODY in self.owners else self.site_owner

    @cached_property
    def printed(self) -> frozenset[str]:
        """The paths of the pages that are part of a document."""
        return frozenset(path for document in self.documents.values() for path in (document.opening, *document.pages))
