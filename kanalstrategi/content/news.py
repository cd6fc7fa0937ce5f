"""Lists what is new: what was adopted, what has changed since, and what is in hearing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kanalstrategi.content.conventions import NEWS_FOLDER
from kanalstrategi.content.edition_model import Edition
from kanalstrategi.content.edition_paths import path_in_force
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.model import Content, Page
from kanalstrategi.danish.phrases import long_date

COMMON_FEED = "feed"
"""The name of the feed with all news, which no department can have."""
_STRATEGY = "strategi"
"""The subject of the adoption of an edition: no two are adopted on one day, and the first may get its name later."""


class NewsKind(Enum):
    """What has happened. The value is the word used in ids."""

    EDITION = "udgave"
    """An edition of the strategy was adopted."""
    GUIDELINE = "retningslinje"
    """A guideline was adopted."""
    CONSULTATION = "hoering"
    """A hearing about a proposal was opened."""
    CHANGE = "aendring"
    """An adopted page was changed."""

    @property
    def label(self) -> str:
        """The word that readers see."""
        return _LABELS[self]


_LABELS = {NewsKind.EDITION: "Vedtaget", NewsKind.GUIDELINE: "Vedtaget", NewsKind.CONSULTATION: "I høring", NewsKind.CHANGE: "Ændret"}


@dataclass(frozen=True)
class NewsItem:
    """One thing that is new."""

    kind: NewsKind
    day: date
    subject: str
    """The id of what it is about, which stays when the title is corrected or the page is filed."""
    title: str
    summary: str
    """What has happened, in whole sentences."""
    url: str
    department: str = ""
    """Id of the department that it concerns; empty if it concerns all."""
    is_over: bool = False
    """Whether it is a hearing that has ended."""
    more: tuple[tuple[str, str], ...] = ()
    """Further pages about it, each as the words of a link and a URL."""

    @property
    def label(self) -> str:
        """The word for what has happened that readers see."""
        return "Høringen er slut" if self.is_over else self.kind.label

    @property
    def id(self) -> str:
        """An id that no other news has, and that is the same in each build."""
        return f"{self.kind.value}/{self.day.isoformat()}/{self.subject}"


def news(content: Content) -> tuple[NewsItem, ...]:
    """Return what is new up to the build date, newest first."""
    found: dict[str, NewsItem] = {}
    for item in _all_news(content):
        if item.day <= content.today:
            found.setdefault(item.id, item)  # a page in force comes before the filed ones, and counts
    order = list(NewsKind)
    return tuple(sorted(found.values(), key=lambda item: (-item.day.toordinal(), order.index(item.kind), item.subject)))


def news_for(items: tuple[NewsItem, ...], department: str) -> tuple[NewsItem, ...]:
    """Return the news that concern a department, given its id: its own, and those that concern all."""
    return tuple(item for item in items if item.department in ("", department))


def feed_url(department: str = "") -> str:
    """Return the URL of a department's feed, given its id, or of the one with all news."""
    return f"{NEWS_FOLDER}/{department or COMMON_FEED}.xml"


def feed_urls(content: Content) -> dict[str, str]:
    """Return the URL of each feed, keyed by the id of its department. The first has all news, and its key is empty."""
    return {department: feed_url(department) for department in ("", *(guideline.id for guideline in content.guidelines))}


def _all_news(content: Content) -> Iterator[NewsItem]:
    contents = (content, *content.editions)
    yield from _adoptions(contents, content.say)
    for edition in (one.edition for one in contents):
        if edition and edition.consultation:
            yield _consultation(edition, *edition.consultation, content.today)
    for one in (*contents, *content.former_guidelines):
        if one.edition is None or one.edition.state.was_adopted:
            for page in one.pages.values():
                yield from _of_page(page, content.folders)


def _adoptions(contents: Iterable[Content], say: Callable[[str], str]) -> Iterator[NewsItem]:
    """Yield the adoptions of the editions, from the first to the one in force."""
    adopted = []
    for content in contents:
        edition, strategy = content.edition, content.strategy
        if edition and edition.adopted and edition.state.was_adopted:
            adopted.append((edition.adopted, edition.adopted_by, edition.title, edition.url, tuple(_related_links(content))))
        elif edition is None and strategy and strategy.adopted and (front := content.pages.get("index.md")):  # nobody has named it
            adopted.append((strategy.adopted, strategy.adopted_by, front.title, front.url, ()))
    former = ""
    for day, by, title, url, more in sorted(adopted, key=lambda one: one[0]):
        summary = f"{say('Strategien er vedtaget')}{_by(by)}." + (f" {say('Den afløser')} {former}." if former else "")
        yield NewsItem(NewsKind.EDITION, day, _STRATEGY, title, summary, url, more=more)
        former = title


def _related_links(content: Content) -> Iterator[tuple[str, str]]:
    """Yield what is published about an edition besides its text: what it changed, and the answers to its hearing."""
    if content.changes_page:
        yield "Se ændringerne", content.changes_page.url
    if content.hearing:
        yield "Se svarene fra høringen", content.hearing.url


def _consultation(edition: Edition, first: date, last: date, today: date) -> NewsItem:
    is_over = last < today
    summary = f"Høringen {'varede' if is_over else 'varer'} fra den {long_date(first)} til og med den {long_date(last)}."
    return NewsItem(NewsKind.CONSULTATION, first, edition.name, edition.title, summary, edition.url, is_over=is_over)


def _of_page(page: Page, folders: Folders) -> Iterator[NewsItem]:
    """Yield what a page tells of itself."""
    id = path_in_force(page.path, folders).removesuffix(".md")
    folder, _, name = id.rpartition("/")
    department = name if folder == folders.guidelines and name != "index" else ""
    if page.adoption:
        summary = f"Retningslinjen er vedtaget{_by(page.adoption.by)}."
        yield NewsItem(NewsKind.GUIDELINE, page.adoption.day, id, page.title, summary, page.url, department)
    for change in page.changed:
        yield NewsItem(NewsKind.CHANGE, change.day, id, page.title, change.sentence, page.url, department)


def _by(who: str) -> str:
    return f" af {who}" if who else ""
