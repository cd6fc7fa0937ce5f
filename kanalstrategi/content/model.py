"""The records that the content is read into. Plain data: no MkDocs, no I/O.

Addresses (`url`) are relative to the site's root; paths (`path`) to `docs/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property


class Status(Enum):
    """Where a page stands; the value is what front matter and open data say."""

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
    """On GitHub or GitLab: `@organisation/team`, or the address of a person there."""


@dataclass(frozen=True)
class Document:
    """A PDF that is made of several pages."""

    id: str
    name: str
    """As it stands after "Download": in the definite form."""
    opening: str
    """Path of the page whose title, picture and introduction open the document."""
    pages: tuple[str, ...]
    """Paths, in order."""
    title: str = ""
    """As it stands on the cover; empty for the title of the opening page."""
    is_of_one_page: bool = False
    """Whether it opens with the page's own title instead, and holds nothing of the opening page but its picture."""

    @property
    def url(self) -> str:
        return f"pdf/{self.id}.pdf"


@dataclass(frozen=True)
class Editing:
    """Where the changes go that editors make in the browser."""

    backend: str
    """`github` or `gitlab`; or `proxy`, of a preview that writes to the project's own folder."""
    repository: str = ""
    branch: str = ""
    sign_in: str = ""
    """Address of what signs editors in: an own OAuth helper for GitHub, the GitLab itself."""
    app_id: str = ""
    """Of the application that GitLab knows the site by."""
    api_root: str = ""
    proxy: str = ""
    """Address of decap-server."""

    @property
    def is_local(self) -> bool:
        return self.backend == "proxy"


@dataclass(frozen=True)
class Organisation:
    """What `mkdocs.yml` says of the municipality."""

    name: str = ""
    owners: dict[str, Owner] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    """Paths of the pages in the order of the menu."""
    maintainers: str = ""
    """The account of who keeps everything but the pages."""
    editing: Editing | None = None
    accessibility_statement: str = ""
    """Its address, empty where there is none yet."""

    @cached_property
    def printed(self) -> frozenset[str]:
        """Paths of the pages that stand in a document."""
        return frozenset(path for document in self.documents.values() for path in (document.opening, *document.pages))


@dataclass(frozen=True)
class Strategy:
    """The facts about the strategy as a whole, from the front page's front matter."""

    adopted: date
    adopted_by: str
    evaluate_by: date
    evaluated: date | None = None


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
    review_by: date
    icon: str = ""
    keywords: tuple[str, ...] = ()
    """What readers may call what the page is about, beside its own words."""
    redirects: tuple[str, ...] = ()
    """Former addresses, which lead here. Only such as are formed as an address is."""
    line: int = 1
    """Where its title stands."""

    @property
    def id(self) -> str:
        return self.path.removesuffix(".md")

    @property
    def section(self) -> str:
        """The folder that the page lies in, empty at the root."""
        return self.path.rpartition("/")[0]

    @property
    def is_index(self) -> bool:
        return self.path.rpartition("/")[2] == "index.md"


@dataclass(frozen=True)
class Passage:
    """A paragraph with an id, which macros can quote."""

    id: str
    text: str
    page: Page
    section: str
    """Title of the section it stands in, or of the page where it stands in none."""

    @property
    def url(self) -> str:
        return f"{self.page.url}#{self.id}"


@dataclass(frozen=True)
class Rule:
    """One item of a "Det betyder, at" list."""

    id: str
    text: str
    """Word for word as the channel page has it, without markup."""
    heading: str
    """Of the list it stands in: "Det betyder, at"."""
    line: int
    """Of the channel page's file, where it stands."""
    channel: str
    """Id of the sub-channel it stands under, or of the group where there is none."""
    group: str
    page: Page

    @property
    def url(self) -> str:
        return f"{self.page.url}#{self.id}"


@dataclass(frozen=True)
class Channel:
    """A channel group (one page) or, inside it, a sub-channel (one section)."""

    id: str
    title: str
    url: str
    page: Page
    rules: tuple[Rule, ...] = ()
    """A group has those of its sub-channels too."""
    subchannels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Decision:
    """Something that the strategy leaves to the department: an item of a task list."""

    text: str
    is_open: bool
    line: int


class Coverage(Enum):
    """How far a department has come with a channel group; the value is what open data says."""

    MISSING = "missing"
    DRAFT = "draft"
    ADOPTED = "adopted"


@dataclass(frozen=True)
class GuidelineSection:
    """What a department has for one channel group."""

    group: Channel
    url: str
    coverage: Coverage
    decisions: tuple[Decision, ...]

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        return tuple(decision for decision in self.decisions if decision.is_open)


@dataclass(frozen=True)
class Guideline:
    """A department's page."""

    id: str
    """The department's, which is the file's name."""
    department: str
    """The department's name."""
    page: Page
    sections: tuple[GuidelineSection, ...]
    """One for each channel group, in the order of those."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return tuple(decision for section in self.sections for decision in section.decisions)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        return tuple(decision for decision in self.decisions if decision.is_open)


@dataclass(frozen=True)
class Answer:
    """A way on from a question of the channel chooser."""

    text: str
    to: str
    """Id of the step that it leads to."""
    line: int


@dataclass(frozen=True)
class Step:
    """A question of the channel chooser, or, where it has no answers, an outcome."""

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
        return not self.answers


@dataclass(frozen=True)
class Chooser:
    """The questions that lead staff to a channel. The first step is where they begin."""

    page: Page
    steps: tuple[Step, ...]
    paths: tuple[tuple[Answer, ...], ...] = ()
    """Every way from the first question to an outcome, as the answers given; none while it has faults."""

    @cached_property
    def by_id(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}


@dataclass(frozen=True)
class Content:
    """Everything that `docs/` and `mkdocs.yml` say, read once."""

    organisation: Organisation
    today: date
    """The build date, which overdue and old pages are judged by."""
    strategy: Strategy | None
    pages: dict[str, Page]
    """By path, in the order of the menu."""
    groups: tuple[Channel, ...]
    passages: dict[str, Passage]
    guidelines: tuple[Guideline, ...] = ()
    """In the order of the menu."""
    chooser: Chooser | None = None
    quotes: dict[str, tuple[Page, ...]] = field(default_factory=dict)
    """The pages that show a rule by macro, by the rule's id."""

    def guideline_of(self, page: Page) -> Guideline | None:
        return self._by_path.get(page.path)

    @cached_property
    def _by_path(self) -> dict[str, Guideline]:
        return {guideline.page.path: guideline for guideline in self.guidelines}

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """Groups and sub-channels by id."""
        return {
            channel.id: channel for group in self.groups for channel in (group, *group.subchannels)
        }

    @cached_property
    def rules(self) -> dict[str, Rule]:
        return {rule.id: rule for group in self.groups for rule in group.rules}
