"""Decides which pages MkDocs renders itself, which come from the cache, and which are rendered on all cores or on demand."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import _build_page, _populate_page  # how MkDocs (1.6.1) renders and writes a single page; tested in test_page_cache.py

from kanalstrategi.build.digests import context_digest, page_keys
from kanalstrategi.build.messages import GENERATOR, log
from kanalstrategi.build.page_cache import CachedPage, has_file_facts, load_page
from kanalstrategi.build.search_files import fill_in_search
from kanalstrategi.build.session import BuildSession
from kanalstrategi.build.tree_page import TreePage
from kanalstrategi.build.workers import can_fork, map_in_workers
from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.design.theme import THEME

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.structure.pages import Page


def plan_pages(session: BuildSession) -> None:
    """Look every page up in the cache, and decide which pages MkDocs should skip."""
    config, files, _, _ = session.mkdocs
    settings = (str(session.is_preview), os.environ.get("LOCAL_EDITING", ""), session.assets.folder, session.project.look.digest)
    context = context_digest(config, files, session.content_digest, *settings)
    session.page_keys = page_keys(context, session.page_digests)
    if session.previous:
        before = session.previous.page_digests
        session.on_demand = {path for path, digest in session.page_digests.items() if before.get(path) == digest} | {SEARCH_PAGE}
        keys = session.previous.page_keys
        unchanged = {path for path in session.on_demand if session.page_keys.get(path) == keys.get(path)}
        session.bodies = {path: body for path, body in session.previous.bodies.items() if path in unchanged}
    to_render = [path for path in session.page_keys if path not in session.on_demand and not _load_cached(session, path)]
    session.to_skip = session.on_demand | session.rendered.keys()
    if can_fork(len(to_render)):
        session.to_skip |= {*to_render} - {SEARCH_PAGE}  # the search page shows the content of all other pages


def skip_planned(session: BuildSession, page: Page) -> None:
    """Make MkDocs skip a page if that is planned."""
    path = page.file.src_uri
    if path in session.to_skip:
        assert isinstance(page, TreePage), "set when the files were read"
        page.is_skipped = True
        session.skipped[path] = page
        if path in session.rendered:
            _apply_cached(session, path)


def render_in_workers(session: BuildSession, env: Environment) -> None:
    """Render skipped pages on all cores, except those that the cache had and those that wait to be opened.

    A page that fails in a worker process is rendered again in this one, which reports the error.
    """
    session.mkdocs = session.mkdocs._replace(env=env)
    paths = [path for path in session.skipped if path not in session.rendered and path not in session.on_demand]
    if not paths:
        return
    for template in THEME.rglob("*.html"):
        env.get_template(template.relative_to(THEME).as_posix())  # compile it once here, rather than in each process
    map_in_workers(lambda path: _render_in_worker(session, path), paths, session.cache, lambda: _mute_logging(session))
    for path in paths:
        if cached := _load_cached(session, path):
            session.written_by_workers.add(path)
            if has_file_facts(cached.output):
                session.files_with_file_facts.append(Path(session.skipped[path].file.abs_dest_path))
            else:
                session.precompressor.done.add(Path(session.skipped[path].file.abs_dest_path))
            session.rendered[path] = replace(cached, output="")  # the file is written
            _apply_cached(session, path)
        else:
            _populate(session, path)


def render_page(session: BuildSession, path: str) -> None:
    """Make MkDocs render a page that it has skipped, and write its file."""
    page = _populate(session, path)
    if path == SEARCH_PAGE:
        fill_in_search(session)
    config, _, nav, env = session.mkdocs
    assert env is not None, "pages are written when the templates are there"
    _build_page(page, config, [], nav, env, excluded=page.file.inclusion.is_excluded())  # type: ignore[no-untyped-call]  # the function is untyped


def log_progress(session: BuildSession, path: str) -> None:
    """Log how many pages have been rendered."""
    if not session.is_preview:
        log.info("Side %d af %d: %s", len(session.bodies), session.page_count, path)


def _load_cached(session: BuildSession, path: str) -> CachedPage | None:
    if cached := load_page(session.cache, session.page_keys[path]):
        session.rendered[path] = cached
    return cached


def _apply_cached(session: BuildSession, path: str) -> None:
    cached = session.rendered[path]
    session.skipped[path].restore(cached)
    session.bodies[path] = cached.body
    log_progress(session, path)


def _render_in_worker(session: BuildSession, path: str) -> None:
    """Do all the work for a page: write its file and the compressed versions, and cache what the main process needs to know."""
    page = session.skipped[path]
    render_page(session, path)
    if path in session.rendered and not session.is_preview:
        session.weighed(path)
        if not has_file_facts(session.rendered[path].output):
            session.precompressor.compress_file(Path(page.file.abs_dest_path))
    # The main process gets all of it from the cache; here it would only fill the memory.
    for results in (session.rendered, session.bodies):
        results.pop(path, None)
    page.content = ""


def _mute_logging(session: BuildSession) -> None:
    logger = logging.getLogger(GENERATOR)
    logger.handlers, logger.propagate = [session.page_log], False


def _populate(session: BuildSession, path: str) -> TreePage:
    """Make MkDocs read and render a skipped page."""
    session.to_skip.discard(path)
    page = session.skipped.pop(path)
    page.is_skipped, page.content = False, None
    _populate_page(page, session.mkdocs.config, session.mkdocs.files)
    return page
