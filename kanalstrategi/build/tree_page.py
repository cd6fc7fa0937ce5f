"""MkDocs' page, made from the tree that we have already parsed.

MkDocs (1.6) and ProperDocs keep a page of another class that they find on a file (`File.page`). Python-Markdown and the Markdown
extensions in `mkdocs.yml` are therefore never used. Tested in tests/site/test_tree_page.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from kanalstrategi import limits
from kanalstrategi.build.page_cache import CACHED_TEMPLATE, CachedPage, template_meta
from kanalstrategi.build.session import BuildSession, public_url
from kanalstrategi.content.edition_paths import edition_folder, edition_pages, is_former_guideline, path_in_force, permanent_folder
from kanalstrategi.content.edition_words import edition_phrase
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.model import Content
from kanalstrategi.content.model import Page as PageRecord
from kanalstrategi.content.navigation import page_titles
from kanalstrategi.content.program_pages import source_of
from kanalstrategi.editor.change_link import change_link, offer_form
from kanalstrategi.editor.site import editing_of
from kanalstrategi.markdown.nodes import encode_tree
from kanalstrategi.rendering.headings import TocEntry
from kanalstrategi.rendering.images import Size, image_size
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.page import page_html, render_page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


class TreePage(Page):
    """A page that knows its title and its front matter from the beginning, and renders itself from its tree."""

    def __init__(self, file: File, config: MkDocsConfig, session: BuildSession, title: str, record: PageRecord) -> None:
        super().__init__(None, file, config)
        self._session = session
        self.present_anchor_ids = set()  # our own checks follow links to anchors
        self.links_to_anchors = {}
        self.is_skipped = False
        """Whether MkDocs should read and render nothing: the page is rendered already, or will be rendered elsewhere."""
        self.title = title
        self.language = record.language
        """The tag of the language that its text is in."""
        self.is_shipped_overview = record.is_index and record.told_status is None
        """Whether it opens a folder and comes with the program, so that it says nothing of how far the folder's pages have come."""
        self.edition = ""
        """Which edition of the strategy the page is of, and how far that has come, in words; empty if it is in force."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Give MkDocs the front matter. There is no Markdown for it to read."""
        path = self.file.src_uri
        self.markdown = ""
        parsed = self._session.project.parsed_pages.get(path)
        self.meta = template_meta(parsed.front.values if parsed else {}, self._session.content.published_pages[path])
        if self.is_skipped:
            self.meta["template"] = CACHED_TEMPLATE

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the page, unless it is skipped."""
        if self.is_skipped:
            self.content = self.content or ""
            return
        session, path = self._session, self.file.src_uri
        session.current_path = path
        with limits.time_limit():
            self._render(path, config)
        session.current_path = ""

    def _render(self, path: str, config: MkDocsConfig) -> None:
        session, content = self._session, self._session.content.content_of(path)
        page = content.published_pages[path]
        docs = Path(config.docs_dir)

        def file_of(url: str) -> Path | None:
            file = source_of(docs, unquote(urlsplit(urljoin(f"/{page.url}", url)).path).lstrip("/"), content.folders)
            return file if file.is_file() else None

        rendered = render_page(
            session.project.parsed_pages.get(path),
            page,
            content,
            session.registry,
            files=session.files,
            assets=session.assets.folder,
            site_url=public_url(config),
            bytes_of=lambda url: file.stat().st_size if (file := file_of(url)) else None,
        )
        session.bodies[path] = encode_tree(rendered.root)
        self.toc = _table_of_contents(rendered.toc)
        call = Call(content, page)
        # What is wrong with a rule is corrected on the page that states it, and what is filed stays as it is.
        rule = content.rule_of(page)
        has_editor = editing_of(content) is not None
        if has_editor:
            offer_form(rendered.root, call)
        link = [] if rule or not is_open(content) else change_link(call, has_editor=has_editor, edit_url=self.edit_url or "", site_url=public_url(config))

        def size_of(url: str) -> Size | None:
            return image_size(file) if (file := file_of(url)) else None

        self.content = page_html(rendered.root, call, change_link=link, size_of=size_of)

    def restore(self, cached: CachedPage) -> None:
        """Fill a skipped page with what it was rendered into."""
        self.content = cached.output


def set_pages(files: Files, config: MkDocsConfig, session: BuildSession) -> None:
    """Give every Markdown file a page of our own, with the title that the menu or its first heading gives it, and add the pages that nobody writes."""
    for path in [path for path in session.content.published_pages if path not in session.project.parsed_pages]:
        files.append(File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
    titles = dict(page_titles(config.nav))
    for file in files.documentation_pages():
        if (record := session.content.published_pages.get(file.src_uri)) is not None:
            if edition_folder(file.src_uri) or is_former_guideline(file.src_uri):
                file.inclusion = InclusionLevel.NOT_IN_NAV
            file.page = TreePage(file, config, session, titles.get(file.src_uri) or escape(record.title, quote=False), record)
            file.page.edition = edition_phrase(file.src_uri, session.content)
    for edition in session.content.editions:
        _arrange([page for path in edition.published_pages if isinstance(page := files.src_uris[path].page, TreePage)], edition)
    _arrange_about_the_one_in_force(session.content, files)


def _arrange(pages: list[TreePage], edition: Content) -> None:
    """Give the pages of an edition, which the menu does not name, a section of their own, where each leads to the previous and the next."""
    assert edition.edition is not None, "it is in a folder with its name"
    pages = _in_order(pages, edition.folders)
    section = Section(edition.edition.title, list(pages))
    for previous, page, following in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        page.parent, page.previous_page, page.next_page = section, previous, following


def _in_order(pages: list[TreePage], folders: Folders) -> list[TreePage]:
    """Return the pages of an edition in the order of its menu."""
    parts = ("index.md", *folders.of_strategy)  # what is said about the edition comes after them

    def place(page: TreePage) -> int:
        path = path_in_force(page.file.src_uri, folders)
        return next((number for number, part in enumerate(parts) if path == part or path.startswith(f"{part}/")), len(parts))

    return sorted(pages, key=place)


def _arrange_about_the_one_in_force(content: Content, files: Files) -> None:
    """Give the pages with the changes of the edition in force and with the answers to its hearing a menu with them and its own pages."""
    folder = permanent_folder(content)
    about = [
        page
        for path in content.published_pages
        if content.content_of(path) is content and folder and path.startswith(folder) and isinstance(page := files.src_uris[path].page, TreePage)
    ]
    if not about or content.edition is None:
        return
    own = [page for record in edition_pages(content) if isinstance(page := files.src_uris[record.path].page, TreePage)]
    section = Section(content.edition.title, [*_in_order(own, content.folders), *about])
    for page in about:
        page.parent = section


def _table_of_contents(entries: Iterable[TocEntry]) -> TableOfContents:
    """Return the headings as MkDocs has them: each one below the last one of a higher level."""
    top: list[AnchorLink] = []
    above: list[AnchorLink] = []
    for level, id, title in entries:
        while above and above[-1].level >= level:
            above.pop()
        link = AnchorLink(escape(title, quote=False), id, len(above))
        link.level = level
        (above[-1].children if above else top).append(link)
        above.append(link)
    return TableOfContents(top)
