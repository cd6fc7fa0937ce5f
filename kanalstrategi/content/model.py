"""The records that the content is read into. Plain data: no MkDocs, no I/O.

URLs are relative to the site's root, paths to `docs/`; lines are counted from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property


class Status(Enum):
    """How far a page has come. The value is the word that front matter and open data use."""

    ADOPTED = "adopted"
    DRAFT = "draft"


@dataclass(frozen=True)
class Owner:
    """The unit that keeps a page current, and how to reach it."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    account: str = ""
    """On GitHub or GitLab: `@organisation/team`, or the e-mail address of a person there."""


@dataclass(frozen=True)
class Document:
    """A PDF that is made from pages."""

    id: str
    name: str
    """As it is written after "Download": in the definite form."""
    opening: str
    """Path of the page whose title, image and introduction open the document."""
    pages: tuple[str, ...]
    """Paths, in order."""
    title: str = ""
    """The title on the cover; empty for the title of the opening page."""
    is_of_one_page: bool = False
    """Whether it opens with its page's own title instead, and takes nothing but the image from the opening page."""

    @property
    def url(self) -> str:
        """The URL of the PDF."""
        return f"pdf/{self.id}.pdf"


@dataclass(frozen=True)
class Editing:
    """Where changes go that editors make in the browser."""

    backend: str
    """`github`, `gitlab`, or `proxy` for a preview that writes to the project's own folder."""
    repository: str = ""
    """Its name on GitHub or GitLab: `organisation/project`."""
    branch: str = ""
    """The branch that the site is built from."""
    sign_in: str = ""
    """URL of the service that signs editors in: the municipality's own OAuth helper for GitHub, or GitLab itself."""
    app_id: str = ""
    """Id of the application that GitLab knows the site by."""
    api_root: str = ""
    """URL of the API of GitHub or GitLab, without a slash at the end."""
    proxy: str = ""
    """URL of decap-server."""

    @property
    def is_local(self) -> bool:
        """Whether changes are written to the project's own folder."""
        return self.backend == "proxy"


@dataclass(frozen=True)
class Organisation:
    """What `mkdocs.yml` says about the municipality."""

    name: str = ""
    owners: dict[str, Owner] = field(default_factory=dict)
    """By id."""
    documents: dict[str, Document] = field(default_factory=dict)
    """By id."""
    order: tuple[str, ...] = ()
    """Paths of the pages in the order of the menu."""
    maintainers: str = ""
    """The account of those who maintain everything but the pages."""
    editing: Editing | None = None
    """None if pages are not edited in the browser."""
    accessibility_statement: str = ""
    """URL of the accessibility statement; empty if there is none yet."""

    @cached_property
    def printed(self) -> frozenset[str]:
        """The paths of the pages that are part of a document."""
        return frozenset(path for document in self.documents.values() for path in (document.opening, *document.pages))


@dataclass(frozen=True)
class Strategy:
    """The facts about the strategy as a whole, from the front page's front matter."""

    adopted: date
    adopted_by: str
    """Who adopted it, as running text."""
    evaluate_by: date
    """The last day for the evaluation."""
    evaluated: date | None = None
    """The day it was evaluated, or None if it has not been."""


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: str
    url: str
    title: str
    description: str
    owner: Owner
    status: Status
    reviewed: date
    """The day of the last review."""
    review_by: date
    """The last day for the next review."""
    icon: str = ""
    """Name of an icon, such as `material/phone-outline`; may be empty."""
    keywords: tuple[str, ...] = ()
    """Other words that readers may use for what the page is about."""
    redirects: tuple[str, ...] = ()
    """Former URLs, which lead here; only valid ones."""
    line: int = 1
    """Line of the title."""

    @property
    def id(self) -> str:
        """The path without its extension."""
        return self.path.removesuffix(".md")

    @property
    def section(self) -> str:
        """The folder of the page; empty at the root."""
        return self.path.rpartition("/")[0]

    @property
    def is_index(self) -> bool:
        """Whether this is its folder's own page."""
        return self.path.rpartition("/")[2] == "index.md"


@dataclass(frozen=True)
class Passage:
    """A paragraph with an id, so that macros can quote it."""

    id: str
    text: str
    page: Page
    section: str
    """Title of the section that it is in, or of the page if it is in none."""

    @property
    def url(self) -> str:
        """The URL of the paragraph."""
        return f"{self.page.url}#{self.id}"


@dataclass(frozen=True)
class Rule:
    """One item of a "Det betyder, at" list."""

    id: str
    text: str
    """Word for word as on the channel's page, without markup."""
    heading: str
    """The heading above its list: "Det betyder, at"."""
    line: int
    """Line in the page's file."""
    channel: str
    """Id of the sub-channel that it is under, or of the group if it is under none."""
    group: str
    """Id of the channel group."""
    page: Page

    @property
    def url(self) -> str:
        """The URL of the rule."""
        return f"{self.page.url}#{self.id}"


@dataclass(frozen=True)
class Channel:
    """A channel group (one page) or, inside it, a sub-channel (one section)."""

    id: str
    title: str
    url: str
    page: Page
    rules: tuple[Rule, ...] = ()
    """Those of a group include those of its sub-channels."""
    subchannels: tuple[Channel, ...] = ()
    """Always empty for a sub-channel."""


@dataclass(frozen=True)
class Decision:
    """Something that the strategy leaves to the department: an item of a task list."""

    text: str
    is_open: bool
    line: int


class Coverage(Enum):
    """How far a department has come with a channel group. The value is the word that open data uses."""

    MISSING = "missing"
    DRAFT = "draft"
    ADOPTED = "adopted"


@dataclass(frozen=True)
class GuidelineSection:
    """What a department has for one channel group."""

    group: Channel
    url: str
    """URL of the section, or of the page if the section is missing."""
    coverage: Coverage
    decisions: tuple[Decision, ...]

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """The decisions that have not been taken yet."""
        return tuple(decision for decision in self.decisions if decision.is_open)


@dataclass(frozen=True)
class Guideline:
    """A department's page."""

    id: str
    """Id of the department, which is the file's name without its extension."""
    department: str
    """Name of the department."""
    page: Page
    sections: tuple[GuidelineSection, ...]
    """One for each channel group, in the order of the groups."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions of all sections."""
        return tuple(decision for section in self.sections for decision in section.decisions)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """The decisions that have not been taken yet."""
        return tuple(decision for decision in self.decisions if decision.is_open)


@dataclass(frozen=True)
class Answer:
    """One answer to a question of the channel chooser."""

    text: str
    to: str
    """Id of the step that it leads to."""
    line: int


@dataclass(frozen=True)
class Step:
    """A question of the channel chooser, or an outcome if it has no answers."""

    id: str
    title: str
    line: int
    answers: tuple[Answer, ...] = ()
    channels: tuple[str, ...] = ()
    """Ids of the channels that an outcome names."""
    sources: tuple[str, ...] = ()
    """Ids of the rules and passages that it cites."""

    @property
    def is_outcome(self) -> bool:
        """Whether the step ends the chooser."""
        return not self.answers


@dataclass(frozen=True)
class Chooser:
    """The questions that lead staff to a channel, beginning with the first step."""

    page: Page
    steps: tuple[Step, ...]
    paths: tuple[tuple[Answer, ...], ...] = ()
    """Every path from the first question to an outcome, as the answers given; empty if the chooser has diagnostics."""

    @cached_property
    def by_id(self) -> dict[str, Step]:
        """The steps by id."""
        return {step.id: step for step in self.steps}


@dataclass(frozen=True)
class Content:
    """Everything that `docs/` and `mkdocs.yml` say, read once."""

    organisation: Organisation
    today: date
    """The build date, which decides which pages are overdue or old."""
    strategy: Strategy | None
    """None if there is no front page."""
    pages: dict[str, Page]
    """By path, in the order of the menu."""
    groups: tuple[Channel, ...]
    """In the order of the menu."""
    passages: dict[str, Passage]
    """By id."""
    guidelines: tuple[Guideline, ...] = ()
    """In the order of the menu."""
    chooser: Chooser | None = None
    """None if there is no page with a chooser."""
    quotes: dict[str, tuple[Page, ...]] = field(default_factory=dict)
    """The pages that show a rule by macro, by the rule's id."""

    def guideline_of(self, page: Page) -> Guideline | None:
        """Return the guideline that a page holds, or None."""
        return self._by_path.get(page.path)

    @cached_property
    def _by_path(self) -> dict[str, Guideline]:
        return {guideline.page.path: guideline for guideline in self.guidelines}

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """The groups and sub-channels by id."""
        return {channel.id: channel for group in self.groups for channel in (group, *group.subchannels)}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for group in self.groups for rule in group.rules}
