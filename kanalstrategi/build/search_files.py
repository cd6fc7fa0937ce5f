"""Writes the search index and completes the search page, once all pages have been rendered."""

from __future__ import annotations

import json
from pathlib import Path

from kanalstrategi.build.session import BuildSession
from kanalstrategi.build.workers import BackgroundTask, can_fork, map_in_workers
from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.components import search_place
from kanalstrategi.rendering.macros import Call
from kanalstrategi.search.index import build_index
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


def begin_search_index(session: BuildSession) -> None:
    """Start computing the index in another process, while MkDocs writes the pages."""

    def compute(_: None) -> None:
        _index_files(session)

    if can_fork(len(session.bodies)):
        session.search_task = BackgroundTask(compute, None, session.cache)


def finish_search_index(session: BuildSession, site: Path) -> None:
    """Write the files of the index and their compressed versions, on all cores if there are many."""
    if session.search_task:
        session.search_task.succeeded()  # if it did not, the index is computed here
    files = _index_files(session)

    def write_and_compress(name: str) -> None:
        _write(site / name, files[name])
        session.precompressor.compress_file(site / name)

    if can_fork(len(files)):
        map_in_workers(write_and_compress, list(files), session.cache)
    # A process that failed has left files out.
    for name in files:
        if (site / name).exists():
            session.precompressor.done.add(site / name)
        else:
            _write(site / name, files[name])


def write_search_index(session: BuildSession, site: Path) -> None:
    """Write the search index that the browser reads. All pages must have been rendered."""
    for name, text in _index_files(session).items():
        _write(site / name, text)


def _index_files(session: BuildSession) -> dict[str, str]:
    """Return the files of the index, keyed by their path in the site, from the cache or newly computed."""

    def compute() -> bytes:
        return json.dumps(build_index(session.indexed_pages, danish_dictionary()), ensure_ascii=False).encode()

    files: dict[str, str] = json.loads(session.cache.get_or_compute(compute, "search", session.page_keys[SEARCH_PAGE]))
    return files


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
