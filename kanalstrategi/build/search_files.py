"""Writes the search index and completes the search page, once all pages have been rendered."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kanalstrategi.build.session import BuildSession
from kanalstrategi.build.workers import BackgroundTask, can_fork
from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.operating_system import release_memory
from kanalstrategi.rendering.components import search_place
from kanalstrategi.rendering.macros import Call
from kanalstrategi.search.index import EDITIONS_ENTRY_FILE, build_index
from kanalstrategi.search.views import search_page_nodes

_DECODER = msgspec.msgpack.Decoder(dict[str, bytes])

RESULTS_SCRIPT = "search/results-page.js"
"""The script of the search page, relative to the assets folder."""


def fill_in_search(session: BuildSession) -> None:
    """Put the search field and the index of terms into the search page."""
    page = session.mkdocs.files.src_uris[SEARCH_PAGE].page
    assert page is not None and page.content is not None, "it has been rendered"
    call = Call(session.content, session.content.pages[SEARCH_PAGE])
    script, has_editions = f"{session.assets.folder}/{RESULTS_SCRIPT}", bool(session.paths_set_apart)
    content = search_page_nodes(call.page.url, session.terms, call.link, script, has_editions=has_editions)
    page.content = page.content.replace(write_html([search_place()]), write_html(content))
    release_memory()


def begin_search_index(session: BuildSession, site: Path) -> None:
    """Start writing the index in another process, while MkDocs writes the pages."""

    def write(_: None) -> None:
        for name, content in _index_files(session).items():
            _write(session, site / name, content)
            session.precompressor.compress_file(site / name)

    if can_fork(len(session.bodies)):
        session.search_task = BackgroundTask(write, None, session.cache)


def finish_search_index(session: BuildSession, site: Path) -> None:
    """Wait until the index is written, or write it here if the other process failed."""
    if session.search_task and session.search_task.succeeded():
        session.precompressor.done |= {site / name for name in _index_files(session)}
    else:
        write_search_index(session, site)


def write_search_index(session: BuildSession, site: Path) -> None:
    """Write the search index that the browser reads. All pages must have been rendered."""
    for name, content in _index_files(session).items():
        _write(session, site / name, content)


def _index_files(session: BuildSession) -> dict[str, bytes]:
    """Return the files of the index and of that of other editions, keyed by their path in the site, from the cache or newly computed."""

    def compute() -> bytes:
        paths, dictionary = session.searched_paths, danish_dictionary()
        files = build_index(map(session.indexed, paths), map(session.weighed, paths), dictionary)
        if paths := session.paths_set_apart:
            files |= build_index(map(session.indexed, paths), map(session.weighed, paths), dictionary, EDITIONS_ENTRY_FILE)
        return msgspec.msgpack.encode(files)

    return _DECODER.decode(session.cache.get_or_compute(compute, "search", session.page_keys[SEARCH_PAGE]))


def _write(session: BuildSession, file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if session.is_preview:
        file.write_bytes(content)
    else:
        session.staged.write(file, content)
