"""What is known of the build that is going on, and of the preview that it belongs to."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn
from urllib.parse import urlsplit

import msgspec
from mkdocs.exceptions import Abort
from mkdocs.utils import CountHandler

from macros import Current
from macros.library import SEARCH
from macros.records import Problem
from overrides.assets import Assets
from overrides.kept import Kept
from overrides.made import Made
from overrides.search.danish import dictionary
from overrides.search.keyword_index import Entry, entries_of
from overrides.search.pages import searched_page
from overrides.search.sections import SearchedPage
from overrides.serving.compress import Packing
from overrides.sharing.picture import Picture
from overrides.side_by_side import Beside

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from overrides.pdf.documents import Documents

log = logging.getLogger("mkdocs.hooks.kanalstrategi")  # below `mkdocs`, whose handler prints it


_SEARCHED = msgspec.msgpack.Decoder(SearchedPage)


class MkDocs(NamedTuple):
    """What MkDocs makes pages with."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Any = None
    """Of the templates; known when the pages have been read."""


@dataclass
class Build:
    """What is known of the build that is going on."""

    started: float
    site: Path
    """Where the site shall be in the end."""
    warnings: CountHandler
    told: Told
    assets: Assets
    kept: Kept
    packing: Packing
    documents: Documents
    keys: dict[str, bytes] = field(default_factory=dict)
    """What each page is kept by, by path."""
    made: dict[str, Made] = field(default_factory=dict)
    """The pages that are made, by an earlier build, another process or this one, by path."""
    skipped: dict[str, Page] = field(default_factory=dict)
    """Those that MkDocs has passed over, by path."""
    content_digest: bytes = b""
    """Of all that the pages say to each other."""
    checked_with: bytes = b""
    """Digest of all that the check of a page asks of the others."""
    sources: dict[str, bytes] = field(default_factory=dict)
    """Digest of each page's text, by path."""
    unchanged: set[str] = field(default_factory=set)
    """In the preview, what a save has left as it was, and is made when somebody asks for it: paths."""
    to_skip: set[str] = field(default_factory=set)
    """Paths of pages that MkDocs shall pass over: they are made, or will be."""
    html: dict[str, str] = field(default_factory=dict)
    """The rendered Markdown of each page, by path."""
    with_pdf_facts: list[Path] = field(default_factory=list)
    """Files of the built site that name a PDF's size and length."""
    page_count: int = 0
    menu: dict[str, str] = field(default_factory=dict)
    """What the menu calls the part that a page lies in, by path."""
    pictures: dict[str, Picture] = field(default_factory=dict)
    """Of the pages, for where they are shared, by path."""
    script_hashes: frozenset[str] = frozenset()
    """Of the inline scripts of all pages."""
    problems: list[Problem] = field(default_factory=list)
    """What shows only when a page has been rendered."""
    written: set[str] = field(default_factory=set)
    """Paths of pages whose file another process has written."""
    search: Beside | None = None
    """The search's index, where another process makes it."""
    mkdocs: MkDocs = field(init=False)
    rendering: str = ""
    """Path of the page that is being rendered, if one is."""

    def searched(self, path: str) -> SearchedPage:
        """A page that has been rendered, as the search sees it."""

        def make() -> bytes:
            content = Current.reading.content
            return msgspec.msgpack.encode(searched_page(content.pages[path], self.html[path], self.menu.get(path, ""), content))

        return _SEARCHED.decode(self.kept.once(make, "searched", self.keys[path]))

    @cached_property
    def searched_pages(self) -> list[SearchedPage]:
        """All but the search's own, as the menu has them. To be asked for when all have been rendered."""
        return [self.searched(path) for path in Current.reading.content.pages if path != SEARCH]

    @cached_property
    def terms(self) -> dict[str, list[Entry]]:
        """The index of terms, by letter."""
        return entries_of(self.searched_pages, dictionary())


class Told(logging.Handler):
    """Notes which pages something was told of while MkDocs (1.6.1) was at them."""

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__(logging.INFO)
        self.pages: set[str] = set()
        self._config = config

    def emit(self, record: logging.LogRecord) -> None:
        is_theirs = record.name.startswith("mkdocs.structure") or record.levelno >= logging.WARNING
        if is_theirs and (page := self._config._current_page):
            self.pages.add(page.file.src_uri)


class State:
    is_preview = False
    build: Build | None = None
    shown: Build | None = None
    """What the preview shows: the last build that succeeded."""
    kept: Kept
    lock = threading.Lock()
    """Held by who makes pages in the preview: a build, or a request for a page."""


def this_build() -> Build:
    assert State.build is not None, "MkDocs calls on_config before every other event of a build"
    return State.build


def public_address(config: MkDocsConfig) -> str:
    """Where the site will be published, or an empty string when that has not been said."""
    host = urlsplit(config.site_url or "").hostname
    return "" if host in (None, "localhost", "127.0.0.1") else str(config.site_url)


def stop(lines: list[str]) -> NoReturn:
    raise Abort("\n".join([*lines, "", "Hjemmesiden er ikke bygget. En tidligere udgave er uændret."]))
