"""Holds everything known about the current build."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import msgspec
from mkdocs.utils import CountHandler

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.compression import Precompressor
from kanalstrategi.build.messages import PageLogRecorder
from kanalstrategi.build.page_cache import CachedPage
from kanalstrategi.build.pdf_jobs import PdfJobs
from kanalstrategi.build.staged_files import StagedFiles
from kanalstrategi.build.workers import BackgroundTask
from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.edition_paths import is_set_apart
from kanalstrategi.content.edition_words import place_phrase, state_label
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import Project
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.design.assets import Assets
from kanalstrategi.markdown.nodes import Element, decode_tree
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.search.indexed_pages import index_page
from kanalstrategi.search.sections import IndexedPage
from kanalstrategi.search.term_index import Entry, term_entries
from kanalstrategi.search.weights import WeighedPage, weigh_page

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from kanalstrategi.build.tree_page import TreePage

_INDEXED_PAGE_DECODER = msgspec.msgpack.Decoder(IndexedPage)
_WEIGHED_PAGE_DECODER = msgspec.msgpack.Decoder(WeighedPage)


class MkDocsContext(NamedTuple):
    """The objects that MkDocs renders pages with."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment | None = None
    """The environment of the templates; None until all pages have been read."""


@dataclass
class BuildSession:
    """One build. Page paths are relative to `docs/`."""

    started: float
    """When the build started, in seconds of a monotonic clock."""
    site: Path
    """The folder where the finished site belongs."""
    is_preview: bool
    project: Project
    registry: MacroRegistry
    assets: Assets
    cache: BuildCache
    staged: StagedFiles
    precompressor: Precompressor
    pdf_jobs: PdfJobs
    warnings: CountHandler
    page_log: PageLogRecorder
    previous: BuildSession | None = None
    """In the preview, the last successful build, which the preview shows."""
    mkdocs: MkDocsContext = field(init=False)
    """Set once MkDocs has built the menu."""

    content_digest: bytes = b""
    """Digest of everything that pages may show about each other."""
    check_digest: bytes = b""
    """Digest of everything that the check of a page depends on in other pages."""
    page_digests: dict[str, bytes] = field(default_factory=dict)
    """Digest of each page's text, keyed by path."""
    page_keys: dict[str, bytes] = field(default_factory=dict)
    """Cache key of each page, keyed by path."""
    rendered: dict[str, CachedPage] = field(default_factory=dict)
    """The pages that are already rendered (by an earlier build, another process or this one), keyed by path."""
    on_demand: set[str] = field(default_factory=set)
    """In the preview, paths of the pages whose own text the latest save left alone: they are rendered when someone opens them."""
    to_skip: set[str] = field(default_factory=set)
    """Paths of the pages that MkDocs should skip, because they are already rendered or will be rendered elsewhere."""
    skipped: dict[str, TreePage] = field(default_factory=dict)
    """The pages that MkDocs has skipped, keyed by path."""
    written_by_workers: set[str] = field(default_factory=set)
    """Paths of the pages whose files were written by another process."""
    current_path: str = ""
    """Path of the page that is being rendered; empty if there is none."""
    bodies: dict[str, bytes] = field(default_factory=dict)
    """The tree of each rendered page, encoded, as used by the search and the PDFs, keyed by path."""
    page_count: int = 0
    menu_sections: dict[str, str] = field(default_factory=dict)
    """Title of the menu section that each page is in, keyed by path."""
    files_with_file_facts: list[Path] = field(default_factory=list)
    """Files of the built site that state the size of a PDF or a Word file."""
    script_hashes: frozenset[str] = frozenset()
    """Hashes of the inline scripts of all pages."""
    search_task: BackgroundTask | None = None
    """The task that writes the search index, if another process does so."""

    @property
    def content(self) -> Content:
        """The content of the project."""
        return self.project.content

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files in `docs/`."""
        return frozenset(self.project.files)

    def tree(self, path: str) -> Element:
        """Return the tree of a rendered page, as new elements, which may be changed."""
        return decode_tree(self.bodies[path])

    def indexed(self, path: str) -> IndexedPage:
        """Return a rendered page as the search index needs it."""

        def compute() -> bytes:
            content, page = self.content, self.content.published_pages[path]
            place, state = self.menu_sections.get(path, ""), ""
            if is_set_apart(path, self.content):
                place, state = place_phrase(path, content), state_label(path, content)
            return msgspec.msgpack.encode(index_page(page, self.tree(path), place, content.content_of(path), state))

        return _INDEXED_PAGE_DECODER.decode(self.cache.get_or_compute(compute, "searched", self.page_keys[path]))

    def weighed(self, path: str) -> WeighedPage:
        """Return the weights of the words of a rendered page."""

        def compute() -> bytes:
            return msgspec.msgpack.encode(weigh_page(self.indexed(path), danish_dictionary()))

        return _WEIGHED_PAGE_DECODER.decode(self.cache.get_or_compute(compute, "weighed", self.page_keys[path]))

    @property
    def searched_paths(self) -> list[str]:
        """The paths of all pages that readers find without asking for other editions, except the search page: in menu order, then those of rules."""
        return [path for path in self.content.published_pages if path != SEARCH_PAGE and not is_set_apart(path, self.content)]

    @property
    def paths_set_apart(self) -> list[str]:
        """The paths of the pages that readers only find when they ask for other editions."""
        return [path for path in self.content.published_pages if is_set_apart(path, self.content)]

    @cached_property
    def terms(self) -> dict[str, list[Entry]]:
        """The index of terms, keyed by letter. Only available once all pages have been rendered."""
        return term_entries(map(self.indexed, self.searched_paths), danish_dictionary())


def public_url(config: MkDocsConfig) -> str:
    """Return the URL where the site will be published, or an empty string if it is not known."""
    host = urlsplit(config.site_url or "").hostname
    return "" if host in (None, "localhost", "127.0.0.1") else str(config.site_url)
