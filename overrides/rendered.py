"""What Markdown makes of a page, kept by its text and what that may link to."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from mkdocs.structure.toc import AnchorLink, TableOfContents

from overrides.kept import Kept

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def surroundings(config: MkDocsConfig, files: Files) -> bytes:
    """All that what becomes of a page depends on, beside its own text and the program: the configuration, and which files there are."""
    with open(config.config_file_path, "rb") as file:
        configuration = file.read()
    known = sorted((file.src_uri, file.dest_uri, file.inclusion.name) for file in files)
    return configuration + json.dumps([config.site_url, known]).encode()


def render_kept(page: Page, config: MkDocsConfig, files: Files, kept: Kept, around: bytes) -> None:
    """What `Page.render` of MkDocs (1.6.1) does, by which `page` gets its content, contents, title and anchors.

    A page that it warns of is not kept, since the warning has to come again.
    """
    source = (around, page.file.src_uri.encode(), (page.markdown or "").encode(errors="surrogatepass"))
    if before := kept.get("rendered", *source):
        _restore(page, files, json.loads(before))
        return
    warned = _Warned()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warned)
    try:
        type(page).render(page, config, files)
    finally:
        logger.removeHandler(warned)
    if not warned.count:
        kept.put(json.dumps(_facts(page)).encode(), "rendered", *source)


class _Warned(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


def _facts(page: Page) -> dict[str, Any]:
    links = page.links_to_anchors
    return {
        "content": page.content,
        "title": page._title_from_render,
        "contents": [_entry(entry) for entry in page.toc],
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": None if links is None else [[file.src_uri, anchors] for file, anchors in links.items()],
    }


def _restore(page: Page, files: Files, facts: dict[str, Any]) -> None:
    page.content = facts["content"]
    page._title_from_render = facts["title"]
    page.toc = TableOfContents([_link(*entry) for entry in facts["contents"]])
    page.present_anchor_ids = set(facts["anchors"])
    links = facts["links"]
    page.links_to_anchors = None if links is None else {files.src_uris[path]: anchors for path, anchors in links}


def _entry(entry: AnchorLink) -> list[Any]:
    return [entry.title, entry.id, entry.level, [_entry(child) for child in entry.children]]


def _link(title: str, id: str, level: int, children: list[list[Any]]) -> AnchorLink:
    made = AnchorLink(title, id, level)
    made.children = [_link(*child) for child in children]
    return made
