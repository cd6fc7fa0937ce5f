"""The MkDocs plugin: checks the content before a build, makes PDFs and open data after it, and only then replaces the old site.

The work itself is done by the modules imported here. Everything known about a build is in its `BuildSession`.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.utils import CountHandler

from kanalstrategi import limits
from kanalstrategi.build import staging
from kanalstrategi.build.cache import CACHE_FOLDER, BuildCache, program_digest
from kanalstrategi.build.change_review import ChangeReview
from kanalstrategi.build.compression import Precompressor
from kanalstrategi.build.frame import Frame
from kanalstrategi.build.image_files import set_images
from kanalstrategi.build.look_files import check_own_files, template_facts, use_logo, watch_look
from kanalstrategi.build.macros_plugin import all_macros, detach, skip_git
from kanalstrategi.build.menus import Menus
from kanalstrategi.build.messages import GENERATOR, PageLogRecorder, quieten_generator, stop
from kanalstrategi.build.output_files import (
    card_image,
    copy_documents_in_force,
    fill_in_file_facts,
    preview_pdf_facts,
    with_pdf_facts,
)
from kanalstrategi.build.page_cache import CachedPage, has_file_facts, store_page
from kanalstrategi.build.parse_cache import ParseCache
from kanalstrategi.build.pdf_jobs import PdfJobs, engine_name, preload_engine
from kanalstrategi.build.preconditions import check_content, check_markdown_extensions, check_server_files, check_settings, check_site_url
from kanalstrategi.build.preview import look_often, render_on_demand
from kanalstrategi.build.preview_door import guard, require_door
from kanalstrategi.build.preview_pdfs import PreviewPdfs
from kanalstrategi.build.program_files import add_program_pages, watch_program
from kanalstrategi.build.publication import announce, require_publishable
from kanalstrategi.build.scheduler import log_progress, plan_pages, render_in_workers, skip_planned
from kanalstrategi.build.search_files import begin_search_index, fill_in_search, finish_search_index
from kanalstrategi.build.session import BuildSession, MkDocsContext, public_url
from kanalstrategi.build.shown_site import ShownSite
from kanalstrategi.build.site_assets import prepare_assets, site_assets
from kanalstrategi.build.site_defaults import set_defaults
from kanalstrategi.build.site_files import write_site_files
from kanalstrategi.build.staged_files import StagedFiles
from kanalstrategi.build.template_cache import TemplateCache
from kanalstrategi.build.tree_page import set_pages
from kanalstrategi.build.word_files import write_word_files
from kanalstrategi.build.word_reading import WordReading
from kanalstrategi.content.conventions import DATA_PAGE, EVIDENCE_PAGE, NEWS_PAGE, SEARCH_PAGE, STATEMENT_PAGE
from kanalstrategi.content.edition_paths import EDITION_LIST, is_in_force
from kanalstrategi.content.navigation import expand_menu
from kanalstrategi.content.project import read_project
from kanalstrategi.content.redirects import all_redirects
from kanalstrategi.design.assets import site_style
from kanalstrategi.design.theme import has_own_theme, program_folders
from kanalstrategi.editor.door_page import door_site
from kanalstrategi.editor.site import editing_of, editor_policy
from kanalstrategi.file_system import explain
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.publishing.csp import page_policy, script_hashes, with_policy
from kanalstrategi.publishing.servers.headers import header_rules
from kanalstrategi.publishing.servers.server_config import write_server_files
from kanalstrategi.publishing.sharing.alternates import alternates
from kanalstrategi.publishing.sharing.metadata import SiteFacts, head_html, social_card_of
from kanalstrategi.publishing.sharing.social_card import write_card_image
from kanalstrategi.publishing.statement_door import statement_redirect
from kanalstrategi.rendering.components import contact_line
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.search.audiences import searches_as_staff

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

AFTER_MACROS = -50
"""Event priority of what must run after mkdocs-macros, whatever the order of the two plugins in `mkdocs.yml`."""
LAST = -100
"""Event priority of what must run after all other plugins."""
GARBAGE_THRESHOLD = 50_000
"""Objects allocated before garbage is collected. A build keeps most objects, and collecting after every 700 takes a twentieth of its time."""


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs' base class is untyped
    """Empty, because the plugin has no settings: everything about the municipality is under `extra` in `mkdocs.yml`."""


class KanalstrategiPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]  # likewise
    """The plugin. Each MkDocs process has one instance, which lives through all builds of a preview."""

    session: BuildSession
    """The current build, or the last one: between builds, the preview renders its remaining pages on demand."""
    registry: MacroRegistry | None = None
    """The site's own macros, if `mkdocs.yml` lists mkdocs-macros, which has loaded them then."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Set up logging and garbage collection, once before the first build."""
        self._is_preview = command == "serve"
        self._is_building = False
        self._shown: BuildSession | None = None
        self._preview_pdfs: PreviewPdfs | None = None
        self._parse_cache = ParseCache(keeps_pages=self._is_preview)
        skip_git()
        gc.set_threshold(GARBAGE_THRESHOLD)
        quieten_generator(self._is_preview)

    @event_priority(AFTER_MACROS)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the project, and start the session."""
        started = time.monotonic()
        if self._is_preview:
            require_door(config)
        root = Path(config.config_file_path).parent
        set_defaults(config, root)
        registry = all_macros(self.registry, root)
        detach(config.plugins)
        check_own_files(root)
        cache = BuildCache(root / CACHE_FOLDER, program_digest(program_folders(root)))
        style = partial(site_style, root) if has_own_theme(root) else site_style
        parser_for = partial(self._parse_cache.cached_parser, cache, partial(prepare_assets, cache, root, style))
        project = read_project(root, os.environ, Path(config.config_file_path).name, parser_for)
        site = Path(config.site_dir).resolve()  # if it is a symbolic link, its target is replaced
        staged = StagedFiles(staging.staging_folder(site), site)
        self.session = session = BuildSession(
            started=started,
            site=site,
            is_preview=self._is_preview,
            project=project,
            registry=registry,
            assets=site_assets(cache, project, style),
            cache=cache,
            staged=staged,
            precompressor=Precompressor(cache, staged),
            pdf_jobs=PdfJobs(),
            warnings=CountHandler(),
            page_log=PageLogRecorder(config),
            previous=self._shown,
        )
        self._is_building = True
        session.warnings.setLevel(logging.WARNING)
        logger = logging.getLogger(GENERATOR)
        logger.addHandler(session.warnings)
        logger.addHandler(session.page_log)
        if config.strict and logger.level > logging.WARNING:
            logger.setLevel(logging.WARNING)  # otherwise `--quiet` would keep warnings from being counted
        config.nav = expand_menu(config.nav, project.parsed_pages)
        use_logo(project.look, config)
        if not self._is_preview:
            config.site_dir = str(staging.begin(site))
            # On an error, mkdocs-macros ends the process without triggering MkDocs' error event.
            atexit.register(staging.abandon, site)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check everything that can be checked before pages are rendered."""
        check_markdown_extensions(config.markdown_extensions, config.mdx_configs)
        check_content(self.session, Path(config.docs_dir))
        check_settings(config.user_configs)
        check_site_url(public_url(config))
        if not self._is_preview:
            check_server_files(self.session.site)
            require_publishable(self.session.content, public_url(config), os.environ)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Leave the theme's own files out of the site, since `read_assets` has already read what is used of them; set our own pages and images."""
        for file in list(files):
            if file.src_dir in config.theme.dirs:
                files.remove(file)
        add_program_pages(files, config, self.session.project.program, self.session.content.folders)
        set_images(files)
        set_pages(files, config, self.session)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Plan where each page is rendered."""
        session = self.session
        session.mkdocs = MkDocsContext(config, files, nav)
        session.page_count = len(files.documentation_pages())
        session.menu_sections = {page.file.src_uri: page.parent.title for page in nav.pages if page.parent}
        plan_pages(session)
        anything_is_new = session.rendered.keys() != session.page_keys.keys()
        if anything_is_new and session.content.documents and not self._is_preview:
            preload_engine(config)

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Skip the page if that is planned."""
        skip_planned(self.session, page)
        return page

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Log the progress."""
        if page.file.src_uri not in self.session.skipped:
            log_progress(self.session, page.file.src_uri)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Render the pages that MkDocs has skipped, now that all pages have been read."""
        session, content = self.session, self.session.content
        # For all templates, including the one for the 404 page.
        front = content.pages.get("index.md")
        contact = Markup(write_html(contact_line(front.owner))) if front else ""  # noqa: S704 - the HTML is already escaped
        env.globals.update(
            menus=Menus(),
            Frame=Frame,
            assets=session.assets.folder,
            **template_facts(session.project.look, config),
            organisation=content.organisation,
            contact=contact,
            data_page=content.pages.get(DATA_PAGE),
            sequences=content.folders.sequences,
            statement_page=content.pages.get(STATEMENT_PAGE),
            evidence_page=content.pages.get(EVIDENCE_PAGE),
            about_editions=[page for path in (NEWS_PAGE, EDITION_LIST) if (page := content.pages.get(path))],
            search_path=SEARCH_PAGE,
            search_url=content.pages[SEARCH_PAGE].url,
            searches_as_staff=partial(searches_as_staff, folders=content.folders),
        )
        env.auto_reload = False  # templates do not change during a build
        env.bytecode_cache = TemplateCache(session.cache)
        render_in_workers(session, env)
        if SEARCH_PAGE not in session.skipped:
            fill_in_search(session)
        if not self._is_preview:
            begin_search_index(session, Path(config.site_dir))

    def on_pre_template(self, template: Any, *, template_name: str, config: MkDocsConfig) -> None:
        """Start the PDFs: MkDocs has copied the images, and is about to write the pages."""
        if not self._is_preview:
            self.session.pdf_jobs.begin(self.session, Path(config.site_dir), public_url(config))

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> None:
        """Leave the pages that search engines should not show out of the sitemap."""
        if template_name == "sitemap.xml":
            content = self.session.content
            context["pages"] = [file for file in context["pages"] if is_in_force(file.src_uri, content)]
            found = {path: alternates(content, page, public_url(config)) for path, page in content.pages.items()}
            context["alternates"] = found  # type: ignore[typeddict-unknown-key]  # a variable of our own template

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Give the template the metadata that is used when the page is shared."""
        if not public_url(config):
            page.canonical_url = None  # otherwise the theme would link to a page on the reader's own machine
        session, path, content = self.session, page.file.src_uri, self.session.content
        facts = SiteFacts(config.site_name, public_url(config), SEARCH_PAGE, session.menu_sections)
        if path in session.written_by_workers:
            return
        image_url = ""
        if facts.url and not self._is_preview:  # the image needs an absolute URL
            image = card_image(social_card_of(content, content.published_pages[path], facts), session.project.look, session.cache)
            write_card_image(image, Path(config.site_dir))
            image_url = image.url
        if path not in session.skipped:
            sharing = head_html(content, content.published_pages[path], facts, image_url)
            context["sharing"] = sharing  # type: ignore[typeddict-unknown-key]  # a variable of our own templates

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Add the Content-Security-Policy to the page, and store the page in the cache."""
        session, path = self.session, page.file.src_uri
        file = Path(page.file.abs_dest_path)
        changes_later = has_file_facts(output)
        if changes_later and not self._is_preview and path not in session.written_by_workers:
            session.files_with_file_facts.append(file)
        if path in session.skipped:
            session.script_hashes |= session.rendered[path].script_hashes if path in session.rendered else frozenset()
            if path in session.written_by_workers:
                return ""
            if self._is_preview or changes_later:
                return output
            file.parent.mkdir(parents=True, exist_ok=True)
            session.staged.write(file, output.encode())
            return ""
        output, hashes = self._with_policy(output)
        if self._is_preview:
            output = with_pdf_facts(output, preview_pdf_facts(session.content))
        if path not in session.page_log.pages:
            session.rendered[path] = CachedPage(session.bodies[path], output, hashes)
            store_page(session.cache, session.page_keys[path], session.rendered[path])
        return output

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add the Content-Security-Policy to the 404 page."""
        return self._with_policy(output_content)[0] if template_name.endswith(".html") else output_content

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write everything that is not a page, and replace the old site with the new one."""
        session, content = self.session, self.session.content
        site, site_url = Path(config.site_dir), public_url(config)
        write_site_files(session, site)
        if self._is_preview:
            if not self._shown:  # only the first build is worth saving: an edited page is soon edited again
                session.cache.commit()
            self._end_session()
            session.previous = None  # otherwise each save would keep all former builds in memory
            self._shown = session
            return
        session.pdf_jobs.begin(session, site, site_url)
        finish_search_index(session, site)
        word_sizes = write_word_files(session, site)
        pdfs = session.pdf_jobs.finish(session, site)
        copy_documents_in_force(content, site)
        fill_in_file_facts(pdfs, word_sizes, session.files_with_file_facts, engine_name(config))
        editing = editing_of(content)
        rules = header_rules(session.script_hashes, editor_policy(editing) if editing else "")
        write_server_files(site, rules, all_redirects(content), site_url, statement_redirect(content, site_url))
        session.precompressor.compress_site(site)
        if config.strict and (counts := session.warnings.get_counts()):
            # MkDocs checks this too, but only after this event, when the old site would already be gone.
            stop([f"Der er advarsler ovenfor ({sum(count for _, count in counts)}) – ret dem, og byg igen"])
        try:
            staging.swap(site, session.site)
        except OSError as error:  # for example because it is a mount, which cannot be renamed
            hint = "byg til en anden mappe med `--site-dir`, og kopiér den på plads"
            stop([f"{session.site} kan ikke skiftes ud: {explain(error)}", f"Sker det igen: {hint}"])
        config.site_dir = str(session.site)
        try:
            staging.remove_old_site(session.site)
        except (OSError, MemoryError) as error:
            raise Abort(f"Hjemmesiden er bygget, men ikke alle skjulte filer fra den forrige er flyttet med: {explain(error)}. Byg igen") from error
        session.cache.commit()
        self._end_session()
        announce(session, len(pdfs), site_url)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        """Put the door in front of the preview, and let it render pages on demand."""

        def latest() -> BuildSession:
            assert self._shown is not None, "MkDocs serves what it has built"
            return self._shown

        watch_program(server, Path(config.config_file_path).parent)
        site = ShownSite(server, latest)
        self._preview_pdfs = PreviewPdfs(site)
        render_on_demand(server, site, self._preview_pdfs)
        watch_look(server, config)
        look_often(server, len(latest().files))
        file = Path(config.config_file_path)
        review = ChangeReview(file.parent, file.name, latest().registry, latest().assets.folder)
        guard(server, file.parent, review, WordReading(file.parent, file.name), lambda: door_site(latest().content, config.site_name, server.mount_path))

    def on_shutdown(self) -> None:
        """End the processes that make PDFs. A Ctrl-C may have ended the build before it did so."""
        if self._is_building:
            self.session.pdf_jobs.cancel()
        if self._preview_pdfs:
            self._preview_pdfs.end()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the previous site as it was, and report the page if it took too long, or what the operating system refused."""
        limits.stop_timer()
        if self._is_building:  # otherwise no build had started
            self._give_up(error)
        if reason := explain(error):
            stop([reason])

    def _give_up(self, error: Exception) -> None:
        """End a build that has failed."""
        session = self.session
        if session.search_task:
            session.search_task.succeeded()  # wait for it: ended while it sends its result, it would have the build wait for the rest for ever
        session.pdf_jobs.cancel()
        if not self._is_preview:
            staging.abandon(session.site)
        self._end_session()
        if session.current_path and isinstance(error, limits.TooSlowError | RecursionError):
            parsed = session.project.parsed_pages.get(session.current_path)
            stop([str(limits.too_slow(session.current_path, parsed.body if parsed else ""))])

    def _with_policy(self, page: str) -> tuple[str, frozenset[str]]:
        """Return a page with its Content-Security-Policy, and the hashes of its inline scripts."""
        if self._is_preview:
            return page, frozenset()  # MkDocs adds its own script, which reloads the page when it has changed
        hashes = script_hashes(page)
        self.session.script_hashes |= hashes
        return with_policy(page, page_policy(hashes)), hashes

    def _end_session(self) -> None:
        self._is_building = False
        self.session.cache.close()
        logging.getLogger(GENERATOR).removeHandler(self.session.warnings)
        logging.getLogger(GENERATOR).removeHandler(self.session.page_log)
