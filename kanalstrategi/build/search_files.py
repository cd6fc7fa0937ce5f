"""Writes the search index and completes the search page, once all pages have been rendered."""

from __future__ import annotations

import json
from pathlib import Path

from kanalstrategi.build.session import BuildSession
from kanalstrategi.build.workers import BackgroundTask, can_fork
from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.components import search_place
from kanalstrategi.rendering.macros import Call
from kanalstrategi.search.index import ENTRY_FILE, build_index
from kanalstrategi.search.views import search_page_nodes

RESULTS_SCRIPT = "search/results-page.js"
"""The script of the search page, relative to the assets folder."""


def fill_in_search(session: BuildSession) -> None:
    """Put the search field and the index of terms into the search page."""
    page = session.mkdocs.files.src_uris[SEARCH_PAGE].page
    assert page is not None and page.content is not None, "it has been rendered"
    call = Call(session.content, session.content.pages[SEARCH_PAGE])
    content = search_page_nodes(call.page.url, session.terms, call.link, f"{session.assets.folder}/{RESULTS_SCRIPT}")
    page.content = page.content.replace(write_html([search_place()]), write_html(content))


def begin_search_index(session: BuildSession, site: Path) -> None:
    """Start writing the index in another process, while MkDocs writes the pages."""

    def write_and_compress(site: Path) -> None:
        write_search_index(session, site)
        for file in (site / ENTRY_FILE).parent.rglob("*.json"):
            session.precompressor.compress_file(file)

    if can_fork(len(session.bodies)):
        session.search_task = BackgroundTask(write_and_compress, site, session.cache)


def finish_search_index(session: BuildSession, site: Path) -> None:
    """Wait for the other process, or write the index here if there was none or it failed."""
    if session.search_task and session.search_task.succeeded():
        session.precompressor.done.update((site / ENTRY_FILE).parent.rglob("*"))
    else:
        write_search_index(session, site)


def write_search_index(session: BuildSession, site: Path) -> None:
    """Write the search index that the browser reads. All pages must have been rendered."""

    def compute() -> bytes:
        return json.dumps(build_index(session.indexed_pages, danish_dictionary()), ensure_ascii=False).encode()

    files = json.loads(session.cache.get_or_compute(compute, "search", session.page_keys[SEARCH_PAGE]))
    for name, text in files.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
