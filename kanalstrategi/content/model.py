"""Defines the records that hold the content. Plain data: no MkDocs, no I/O.

URLs are relative to the site's root, paths to `docs/`; lines are counted from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from kanalstrategi.content.action_model import Action, Material
from kanalstrategi.content.chooser_model import Chooser
from kanalstrategi.content.conventions import EDITION_FOLDER, RULE_FOLDER
from kanalstrategi.content.coverage_model import WRITTEN, Coverage
from kanalstrategi.content.decision_model import Decision
from kanalstrategi.content.edition_comparison import Comparison
from kanalstrategi.content.edition_model import Adoption, Edition, EditionState, HearingAnswers, PageChange, Strategy
from kanalstrategi.content.evidence_model import Evidence
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.goal_model import Goal
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.content.organisation_model import Document, Organisation, Owner
from kanalstrategi.content.record_model import BrokenLink, DepartmentProgress
from kanalstrategi.content.rule_kinds import RuleKind
from kanalstrategi.content.rule_leads import shown_lead, stands_alone
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.content.statement_model import Statement

if TYPE_CHECKING:
    from kanalstrategi.content.answer_model import AnswerPage
    from kanalstrategi.content.changed_quotes import ChangedQuote
    from kanalstrategi.content.changed_rules import RuleChange
    from kanalstrategi.content.outdated import OutdatedReference


class Status(Enum):
    """Whether a page is adopted. The value is the word used in front matter and open data."""

    ADOPTED = "adopted"
    DRAFT = "draft"


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
    short: str = ""
    """What the page says in up to three plain sentences, which are ours and not part of an adopted text; may be empty."""
    icon: str = ""
    """Name of an icon, such as `material/phone-outline`; may be empty."""
    keywords: tuple[str, ...] = ()
    """Other words that readers may use for the subject of the page."""
    redirects: tuple[str, ...] = ()
    """Former URLs that redirect to this page; only valid ones."""
    adoption: Adoption | None = None
    """For a guideline, when it was adopted, if that is known."""
    changed: tuple[PageChange, ...] = ()
    """What has changed since it was adopted, as told by its editors."""
    kle: tuple[str, ...] = ()
    """The numbers of its subjects in KLE, the municipalities' common classification: `27.35.00`."""
    is_of_program: bool = False
    """Whether it comes with the program, which is also where it is reviewed, and not from the site's own `docs/`."""
    language: str = SITE_LANGUAGE
    """The tag of the language that it is in."""
    translation_of: str = ""
    """The path of the page that it is a translation of; empty if it is none."""
    line: int = 1
    """Line of the title."""

    @property
    def id(self) -> str:
        """The path without its extension."""
        return self.path.removesuffix(".md")

    @property
    def told_status(self) -> Status | None:
        """The status that readers are told; None for a page of the program, which holds without being adopted, unless it drafts something."""
        return None if self.is_of_program and self.status is Status.ADOPTED else self.status

    @property
    def section(self) -> str:
        """The page's folder; empty at the root."""
        return self.path.rpartition("/")[0]

    @property
    def is_index(self) -> bool:
        """Whether this is the index page of its folder."""
        return self.path.rpartition("/")[2] == "index.md"


@dataclass(frozen=True)
class Passage:
    """A paragraph with an id, which macros can quote."""

    id: str
    text: str
    page: Page
    section: str
    """Title of the section that contains it, or of the page if no section does."""

    @property
    def url(self) -> str:
        """The URL of the paragraph."""
        return f"{self.page.url}#{self.id}"


@dataclass(frozen=True)
class Rule:
    """One item of a list that is announced as rules: by "Det betyder, at", or by what the settings say."""

    id: str
    text: str
    """The text exactly as on its page, without markup, with the points below it in the same line."""
    heading: str
    """The heading above its list: "Det betyder, at"."""
    lead: str
    """What leads up to its text: a line right above the list ("På sociale medier:"), or else the heading."""
    kind: RuleKind
    line: int
    """Line in the page's file."""
    channel: str
    """Id of the rule's sub-channel, or of the group if it has none."""
    group: str
    """Id of the channel group, or of the chapter if the strategy states the rule outside its channels."""
    page: Page
    own_text: str = ""
    """The text without the points below it, if it has any."""
    points: tuple[str, ...] = ()
    """The text of each item below its own, in order, whatever their depth."""

    @property
    def url(self) -> str:
        """The URL of the rule where the strategy states it."""
        return f"{self.page.url}#{self.id}"

    @property
    def page_url(self) -> str:
        """The URL of the page that is about this rule alone."""
        return f"{RULE_FOLDER}/{self.id}/"

    @property
    def shown_lead(self) -> str:
        """The lead, unless it is a title rather than the beginning of a sentence: "Syv principper"."""
        return shown_lead(self.text, self.lead)

    @property
    def needed_lead(self) -> str:
        """The lead, if the text is not a whole sentence without it: `vi ikke må ringe`. Otherwise it is empty."""
        return "" if stands_alone(self.text, self.lead) else self.lead


@dataclass(frozen=True)
class Channel:
    """A channel group (one page) or one of its sub-channels (a section of that page)."""

    id: str
    title: str
    url: str
    page: Page
    rules: tuple[Rule, ...] = ()
    """The rules; a group's include those of its sub-channels."""
    subchannels: tuple[Channel, ...] = ()
    """Always empty for a sub-channel."""
    departments: tuple[str, ...] = ()
    """For a group that only some departments have, the ids of those; empty if all have it."""


@dataclass(frozen=True)
class GuidelineSection:
    """A department's section about one channel group."""

    group: Channel
    url: str
    """URL of the section, or of the page if the section is missing."""
    coverage: Coverage
    decisions: tuple[Decision, ...]
    confirmed: date | None = None
    """The day somebody has said that the section still holds; None if that day is not written or cannot be read."""
    to_confirm: tuple[RuleChange, ...] = ()
    """The changes of rules that it shows and that have not been confirmed yet."""
    inherited: tuple[Decision, ...] = ()
    """For a section of a unit, the decisions of the department above it that hold for the unit, too. They count there."""

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """The decisions that have not been made yet."""
        return tuple(decision for decision in self.decisions if decision.is_open)


@dataclass(frozen=True)
class Guideline:
    """A department's local guideline."""

    id: str
    """Id of the department: the file's name without its extension."""
    department: str
    """Name of the department."""
    page: Page
    sections: tuple[GuidelineSection, ...]
    """One section for each channel group, in the order of the groups."""
    former_sections: tuple[GuidelineSection, ...] = ()
    """The sections about channel groups that the strategy does not have any more. Their decisions do not count."""
    part_of: str = ""
    """For a unit, the id of the department that it is a part of; empty for a department."""

    @property
    def written_sections(self) -> tuple[GuidelineSection, ...]:
        """The sections that the department itself has to write."""
        return tuple(section for section in self.sections if section.coverage in WRITTEN)

    @property
    def to_confirm(self) -> tuple[GuidelineSection, ...]:
        """The sections that somebody has to confirm, because a rule that they show has changed."""
        return tuple(section for section in self.sections if section.to_confirm)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions of all sections."""
        return tuple(decision for section in self.sections for decision in section.decisions)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """The decisions that have not been made yet."""
        return tuple(decision for decision in self.decisions if decision.is_open)


@dataclass(frozen=True)
class Content:
    """Everything read from `docs/` and `mkdocs.yml`."""

    organisation: Organisation
    today: date
    """The build date, which decides which pages are overdue or old."""
    strategy: Strategy | None
    """None if there is no front page."""
    pages: dict[str, Page]
    """Keyed by path, in menu order."""
    groups: tuple[Channel, ...]
    """In menu order."""
    passages: dict[str, Passage]
    """Keyed by id."""
    guidelines: tuple[Guideline, ...] = ()
    """In menu order."""
    chapters: tuple[Channel, ...] = ()
    """The pages of the strategy that state rules without being channels, in menu order."""
    chooser: Chooser | None = None
    """None if no page has a chooser."""
    quotes: dict[str, tuple[Page, ...]] = field(default_factory=dict)
    """The pages that show each rule by macro, keyed by the rule's id."""
    rule_pages: dict[str, Page] = field(default_factory=dict)
    """The pages about one rule each, keyed by the path that their file would have: the program makes them."""
    answers: tuple[AnswerPage, ...] = ()
    """The pages that answer citizens' questions, in menu order."""
    named_hosts: tuple[str, ...] = ()
    """The websites that the adopted text of the strategy and its channels names, such as `borger.dk`."""
    edition: Edition | None = None
    """The edition of the strategy that this is the content of; None if nobody has named it."""
    editions: tuple[Content, ...] = ()
    """The contents of the editions that are not in force: proposals, then those that were, the latest first. Empty for such an edition itself."""
    outdated: tuple[OutdatedReference, ...] = ()
    """The places on pages that refer to what the strategy does not have any more, in menu order."""
    changed_quotes: tuple[ChangedQuote, ...] = ()
    """The places that quote what the adoption has changed, on pages that nobody has gone through since, in menu order."""
    former_guidelines: tuple[Content, ...] = ()
    """The former versions of guidelines, each as a content of its own with the channels of that time."""
    hearing: HearingAnswers | None = None
    """The answers to the edition's hearing; None if none are published."""
    replacements: dict[str, str] = field(default_factory=dict)
    """For an edition that is not in force, the URL of the page in force that stands in the place of each page, keyed by path."""
    comparison: Comparison | None = None
    """What has changed since the edition before this one; None if there is none before it."""
    changes_page: Page | None = None
    """The page that shows it: an editor has written notes there, or the program makes it."""
    gone_rules: dict[str, Rule] = field(default_factory=dict)
    """The rules that are no longer in force, as the latest edition that had them states them, keyed by id."""
    goals: tuple[Goal, ...] = ()
    """The strategy's goals, in menu order."""
    actions: tuple[Action, ...] = ()
    """The actions of the process plan, in menu order."""
    materials: tuple[Material, ...] = ()
    """The material that supports the work, in menu order."""
    statement: Statement | None = None
    """The accessibility statement; None if the site has no page of it."""
    evidence: Evidence | None = None
    """What was tested for accessibility; None if no results are stored with the project."""
    broken_links: tuple[BrokenLink, ...] = ()
    """The outward links that have failed for some days, by page and line."""
    progress: tuple[DepartmentProgress, ...] = ()
    """How far the departments had come on earlier days, oldest first."""
    translations: dict[str, tuple[Page, ...]] = field(default_factory=dict)
    """The versions of each page in other languages, keyed by its path; pages without any are left out."""
    decisions_sought: tuple[str, ...] = ()
    """What the board is asked to decide, in the words of the editor of its page; empty if nothing is written there."""

    @property
    def settings(self) -> Settings:
        """What the site calls things, what announces rules, and its limits."""
        return self.organisation.settings

    @property
    def folders(self) -> Folders:
        """What the folders of the strategy, its channels and the guidelines are called."""
        return self.settings.folders

    def say(self, text: str) -> str:
        """Return a text of the program, not yet filled in, in the site's words: `strategien` may be `politikken`."""
        return self.settings.words.say(text)

    def guideline_of(self, page: Page) -> Guideline | None:
        """Return the guideline on a page, or None if the page is not a guideline."""
        return self._by_path.get(page.path)

    def department(self, id: str) -> Guideline | None:
        """Return the guideline of a department, or None if there is none of that id."""
        return next((guideline for guideline in self.guidelines if guideline.id == id), None)

    def answer_on(self, page: Page) -> AnswerPage | None:
        """Return the answer on a page, or None if the page does not answer a question."""
        return self._answers_by_path.get(page.path)

    def answers_about(self, group: Channel) -> tuple[AnswerPage, ...]:
        """Return the answers about a channel group or its sub-channels."""
        return tuple(answer for answer in self.answers if answer.channel and answer.channel.page == group.page)

    @cached_property
    def _answers_by_path(self) -> dict[str, AnswerPage]:
        return {answer.page.path: answer for answer in self.answers}

    @cached_property
    def _by_path(self) -> dict[str, Guideline]:
        return {guideline.page.path: guideline for guideline in self.guidelines}

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """The groups and sub-channels, keyed by id."""
        return {channel.id: channel for group in self.groups for channel in (group, *group.subchannels)}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules, keyed by id."""
        return {rule.id: rule for group in (*self.groups, *self.chapters) for rule in group.rules}

    @cached_property
    def stating(self) -> dict[str, Channel]:
        """Everything that states rules, keyed by id: the channels, and the chapters that do."""
        return self.channels | {chapter.id: chapter for chapter in self.chapters if chapter.id not in self.channels}

    @cached_property
    def published_pages(self) -> dict[str, Page]:
        """All pages of the site, keyed by path: those that are written, in menu order, those that are made, and then those not in force."""
        of_editions = {path: page for content in (*self.editions, *self.former_guidelines) for path, page in content.published_pages.items()}
        return self.pages | self.rule_pages | ({self.changes_page.path: self.changes_page} if self.changes_page else {}) | of_editions

    def content_of(self, path: str) -> Content:
        """Return the content that a page belongs to: that of an edition or of a guideline's former version, or this one."""
        others = (*self.editions, *self.former_guidelines) if path.startswith(EDITION_FOLDER) else ()
        return next((content for content in others if content.edition and path.startswith(content.edition.folder)), self)

    @property
    def documents(self) -> list[tuple[Document, Content]]:
        """The documents of the site and of its other editions, each with the content that it is of."""
        return [(document, content) for content in (self, *self.editions) for document in content.organisation.documents.values()]

    @property
    def folder(self) -> str:
        """What the paths of these pages begin with: the folder of the edition, or nothing."""
        return self.edition.folder if self.edition else ""

    @property
    def former(self) -> Content | None:
        """The edition that the one in force superseded, or None if it is the first."""
        return next((content for content in self.editions if content.edition and content.edition.state is EditionState.SUPERSEDED), None)

    def rule_of(self, page: Page) -> Rule | None:
        """Return the rule that a page is made for, or None if the page is written."""
        id = page.id.removeprefix(f"{RULE_FOLDER}/")
        return (self.rules.get(id) or self.gone_rules.get(id)) if page.path in self.rule_pages else None

    def is_gone(self, path: str) -> bool:
        """Whether a page is about a rule that is no longer in force."""
        return path in self.rule_pages and path.removeprefix(f"{RULE_FOLDER}/").removesuffix(".md") in self.gone_rules
