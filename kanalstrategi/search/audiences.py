"""Says who searches, and how the pages of each kind rank for them. No I/O.

`ranking` is handed to the browser in the index, so that a page there knows as little as possible: nothing about folders or kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from kanalstrategi.content.conventions import ANSWER_FOLDER, EDITOR_FOLDER, RULE_FOLDER, STAFF_SECTIONS
from kanalstrategi.content.edition_paths import is_former_guideline, is_in_edition_folder, path_in_force
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.content.model import Content, Page, Status


class Audience(Enum):
    """Who searches. The value is what the URL of the search page says in `for`."""

    CITIZEN = "borger"
    STAFF = "medarbejder"


class PageKind(IntEnum):
    """What the search ranks a page as."""

    STRATEGY = 0
    """An adopted page of the strategy or its channels."""
    ANSWER = 1
    """The answer to a citizen's question."""
    RULE = 2
    """The page of one rule, whose words stand on a channel's page too."""
    ADOPTED = 3
    """Another adopted page that is printed."""
    OTHER = 4
    """Another page that is not for staff alone, such as the front page or the list of questions."""
    DRAFT = 5
    """A draft that is not for staff alone."""
    CHOOSER = 6
    """The channel chooser, each of whose steps is a result."""
    GUIDELINE = 7
    """A department's guideline. They are much alike, so one near the top of the results is enough."""
    INTERNAL = 8
    """Another page for staff, such as the follow-up."""
    EDITING = 9
    """A page about how to edit the site."""
    TRANSLATED = 10
    """A page in another language, which a Danish query finds after those in Danish."""


@dataclass(frozen=True)
class _Rank:
    """How the pages of a kind rank for an audience."""

    share: float
    """How much their words count. 1 is a page of the strategy that a citizen looks for."""
    next_share: float = 1.0
    """The factor for each page of the kind after the first."""
    is_after: bool = False
    """Whether they come after the pages that are written for the audience."""


_RANKS: dict[Audience, dict[PageKind, _Rank]] = {
    Audience.CITIZEN: {
        PageKind.STRATEGY: _Rank(1.0),
        PageKind.ANSWER: _Rank(1.5, next_share=0.6),  # what the strategy itself says should be among the first results
        PageKind.RULE: _Rank(0.4),
        PageKind.ADOPTED: _Rank(0.85),
        PageKind.OTHER: _Rank(0.3),
        PageKind.DRAFT: _Rank(0.6, is_after=True),
        PageKind.CHOOSER: _Rank(0.4, next_share=0.6, is_after=True),
        PageKind.GUIDELINE: _Rank(0.7, next_share=0.8, is_after=True),
        PageKind.INTERNAL: _Rank(0.35, is_after=True),
        PageKind.EDITING: _Rank(0.35, is_after=True),
        PageKind.TRANSLATED: _Rank(0.25),
    },
    Audience.STAFF: {
        PageKind.STRATEGY: _Rank(0.9),
        PageKind.ANSWER: _Rank(0.8, next_share=0.6, is_after=True),
        PageKind.RULE: _Rank(1.1, next_share=0.8),
        PageKind.ADOPTED: _Rank(0.6),
        PageKind.OTHER: _Rank(0.4),
        PageKind.DRAFT: _Rank(0.5),
        PageKind.CHOOSER: _Rank(1.1, next_share=0.8),
        PageKind.GUIDELINE: _Rank(0.65, next_share=0.5),
        PageKind.INTERNAL: _Rank(0.7),
        PageKind.EDITING: _Rank(0.65),
        PageKind.TRANSLATED: _Rank(0.25),
    },
}

_WRITTEN_FOR = {
    PageKind.ANSWER: Audience.CITIZEN,
    **dict.fromkeys((PageKind.CHOOSER, PageKind.GUIDELINE, PageKind.INTERNAL, PageKind.EDITING), Audience.STAFF),
}
"""Whom the pages of a kind are written for; the others are for both."""


def searches_as_staff(path: str, folders: Folders) -> bool:
    """Whether the search at the top of a page is staff's: on pages for staff and on those of rules. `path` is relative to `docs/`."""
    return _top(path) in (*STAFF_SECTIONS, folders.guidelines, RULE_FOLDER)


def page_kind(page: Page, content: Content) -> PageKind:
    """Return what the search ranks a page as. Pages of editions are only compared with each other."""
    if is_in_edition_folder(page.path):
        return _kind_in_edition(page, content.folders)
    if page.language != SITE_LANGUAGE:
        return PageKind.TRANSLATED
    if content.answer_on(page):
        return PageKind.ANSWER
    if page.section == ANSWER_FOLDER:
        return PageKind.OTHER
    if content.chooser and content.chooser.page.path == page.path:
        return PageKind.CHOOSER
    if content.guideline_of(page):
        return PageKind.GUIDELINE
    if _top(page.path) == EDITOR_FOLDER:
        return PageKind.EDITING
    if _top(page.path) in (*STAFF_SECTIONS, content.folders.guidelines):
        return PageKind.INTERNAL
    if page.status is Status.DRAFT:
        return PageKind.DRAFT
    if page.section in content.folders.of_strategy:
        return PageKind.STRATEGY
    if content.rule_of(page):
        return PageKind.RULE
    return PageKind.ADOPTED if page.path in content.organisation.printed else PageKind.OTHER


def _kind_in_edition(page: Page, folders: Folders) -> PageKind:
    if is_former_guideline(page.path):
        return PageKind.GUIDELINE
    return PageKind.STRATEGY if _top(path_in_force(page.path, folders)) in folders.of_strategy else PageKind.OTHER


def written_for(kind: PageKind) -> str:
    """Return the value of the audience that the pages of a kind are written for, or an empty string if they are for everybody."""
    return _WRITTEN_FOR[kind].value if kind in _WRITTEN_FOR else ""


def best_share(kind: PageKind) -> float:
    """Return how much the words of pages of a kind count for those to whom they count most."""
    return max(ranks[kind].share for ranks in _RANKS.values())


def ranking() -> dict[str, list[tuple[float, float, bool]]]:
    """Return for each audience how the pages of each kind rank, in the order of the kinds."""
    return {audience.value: [(rank.share, rank.next_share, rank.is_after) for rank in (ranks[kind] for kind in PageKind)] for audience, ranks in _RANKS.items()}


def _top(path: str) -> str:
    return path.partition("/")[0].removesuffix(".md")
