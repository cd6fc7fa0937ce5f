"""Which pages MkDocs makes in its own turn, which are there already, and which are made on all cores or when somebody asks."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import _build_page, _populate_page  # what MkDocs (1.6.1) does of each page; test_made.py

from macros import Current
from macros.library import SEARCH, SEARCH_PLACE
from macros.markup import Call
from overrides.assets import THEME
from overrides.build import Build, MkDocs, State, log, this_build
from overrides.made import Made, find, keys, restore, skip, surroundings, tells_of_pdfs, unskip
from overrides.search.danish import dictionary
from overrides.search.index import ENTRY as INDEX
from overrides.search.index import build_index
from overrides.search.page import search_page
from overrides.side_by_side import Beside, is_possible, side_by_side

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


def choose(config: MkDocsConfig, files: Files, nav: Navigation) -> None:
    """Which pages MkDocs shall pass over; those that an earlier build has made are found."""
    build = this_build()
    build.mkdocs = MkDocs(config, files, nav)
    around = surroundings(config, files, build.content_digest, str(State.is_preview), os.environ.get("LOCAL_EDITING", ""), build.assets.folder)
    build.keys = keys(around, build.sources)
    if State.shown:
        build.unchanged = {path for path, source in build.sources.items() if State.shown.sources.get(path) == source} | {SEARCH}
    to_make = [path for path in build.keys if path not in build.unchanged and not _find(build, path)]
    build.to_skip = build.unchanged | build.made.keys()
    if is_possible(len(to_make)):
        build.to_skip |= {*to_make} - {SEARCH}  # which shows what all the others hold


def pass_over(page: Page) -> None:
    """Have MkDocs pass over a page, if it shall."""
    build, path = this_build(), page.file.src_uri
    if path in build.to_skip:
        skip(page, Current.reading.content.pages[path], Current.reading.sources[path])
        build.skipped[path] = page
        if path in build.made:
            _put_back(build, path)


def make_others(env: Any) -> None:
    """Make on all cores what MkDocs has passed over and is not there. What another process fails at, this one makes again,
    and tells why as ever."""
    build = this_build()
    build.mkdocs = build.mkdocs._replace(env=env)
    paths = [path for path in build.skipped if path not in build.made and path not in build.unchanged]
    if not paths:
        return
    for template in THEME.rglob("*.html"):
        env.get_template(template.relative_to(THEME).as_posix())  # compiled once, and not by each process
    side_by_side(_make_for_another, paths, build.kept, _be_silent)
    for path in paths:
        if _find(build, path):
            _put_back(build, path)
            build.written.add(path)
            if not tells_of_pdfs(build.made[path].output):
                build.packing.done.add(Path(build.skipped[path].file.abs_dest_path))
        else:
            _populate(path)


def make_page(path: str) -> None:
    """Have MkDocs make a page that it has passed over."""
    page = _populate(path)
    if path == SEARCH:
        fill_in_search()
    config, _, nav, env = this_build().mkdocs
    _build_page(page, config, [], nav, env, excluded=page.file.inclusion.is_excluded())


def fill_in_search() -> None:
    """Put what the search needs of all pages into its own."""
    build, content = this_build(), Current.reading.content
    page = build.mkdocs.files.src_uris[SEARCH].page
    assert page is not None and page.content is not None, "it has been rendered"
    call = Call(content, content.pages[SEARCH])
    made = search_page(call.page.url, build.terms, call.link, f"{build.assets.folder}/search/page.js")
    page.content = page.content.replace(SEARCH_PLACE, made)


def begin_search_index(site: Path) -> None:
    """Have another process write what the search reads, while MkDocs writes the pages."""
    build = this_build()
    if is_possible(len(build.html)):
        build.search = Beside(_write_and_pack_search_index, site, build.kept)


def finish_search_index(site: Path) -> None:
    build = this_build()
    if build.search and build.search.is_made():
        build.packing.done.update((site / INDEX).parent.rglob("*"))
    else:
        write_search_index(site)


def _write_and_pack_search_index(site: Path) -> None:
    write_search_index(site)
    for file in (site / INDEX).parent.rglob("*.json"):
        this_build().packing.pack(file)


def write_search_index(site: Path) -> None:
    """What the browser's search reads, once all pages have been rendered."""
    build = this_build()

    def make() -> bytes:
        return json.dumps(build_index(build.searched_pages, dictionary()), ensure_ascii=False).encode()

    for name, text in json.loads(build.kept.once(make, "search", build.keys[SEARCH])).items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def tell_progress(path: str) -> None:
    if not State.is_preview:
        log.info("Side %d af %d: %s", len(this_build().html), this_build().page_count, path)


def _find(build: Build, path: str) -> Made | None:
    if made := find(build.kept, build.keys[path]):
        build.made[path] = made
    return made


def _put_back(build: Build, path: str) -> None:
    made = build.made[path]
    restore(build.skipped[path], build.mkdocs.files, made)
    build.html[path] = made.html
    tell_progress(path)


def _make_for_another(path: str) -> None:
    """Make all of a page: its file, that packed, and what the process that asked will want to know of it."""
    build, file = this_build(), this_build().skipped[path].file
    make_page(path)
    if path in build.made and not State.is_preview:
        build.searched(path)
        if not tells_of_pdfs(build.made[path].output):
            build.packing.pack(Path(file.abs_dest_path))


def _be_silent() -> None:
    logger = logging.getLogger("mkdocs")
    logger.handlers, logger.propagate = [this_build().told], False


def _populate(path: str) -> Page:
    build = this_build()
    build.to_skip.discard(path)
    page = build.skipped.pop(path)
    unskip(page)
    _populate_page(page, build.mkdocs.config, build.mkdocs.files)
    return page
