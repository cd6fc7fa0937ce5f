"""Computes digests of everything that a page depends on; a page is rendered again when one of them changes.

It is not known which pages show something that has changed elsewhere (a title in the menu, a rule, an owner), so any such change
renders every page again. A changed paragraph only renders its own page.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.edition_comparison import Comparison
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.project import Project
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.rendering.images import image_size
from kanalstrategi.rendering.macros import MacroRegistry

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


_LEFT_OUT = ("line", "comparison")
"""The fields of records that the pages of others do not show."""


def page_keys(context: bytes, page_digests: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the cache key of each page, keyed by path. The search page shows all other pages, so its key is derived from theirs."""
    keys = {path: sha256(context + digest).digest() for path, digest in page_digests.items()}
    keys[SEARCH_PAGE] = sha256(b"".join(keys[path] for path in sorted(keys))).digest()
    return keys


def page_digest(path: str, parsed: ParsedPage) -> bytes:
    """Return the digest of a page's own text."""
    return sha256(repr((path, parsed.front.values, parsed.body)).encode()).digest()


def extra_page_digests(content: Content) -> dict[str, bytes]:
    """Return the digest of what pages show besides an editor's text and what `content_digest` covers: what has changed in an edition."""
    digests = {path: sha256(path.encode()).digest() for path in content.rule_pages}
    for edition in (content, *content.editions):
        if edition.changes_page and edition.comparison:
            digests[edition.changes_page.path] = sha256(repr((edition.changes_page.path, edition.comparison)).encode()).digest()
            for path, marks in _marks(edition, edition.comparison).items():
                digests[path] = sha256(repr(sorted(marks)).encode()).digest()
    return digests


def _marks(edition: Content, comparison: Comparison) -> dict[str, list[tuple[str, str]]]:
    """Return what the pages of a proposal say about each point that is not as it was, keyed by path."""
    marks = defaultdict[str, list[tuple[str, str]]](list)
    for change in comparison.changes if edition.folder and is_open(edition) else ():
        if change.new:
            marks[edition.folder + change.new.page].append((change.new.reference, change.kind.value))
    return marks


def check_digest(content: bytes, project: Project, registry: MacroRegistry) -> bytes:
    """Return the digest of what the check of one page reads from the others; `content` is the digest of the content."""
    with_anchors = {name for name, macro in registry.items() if macro.anchors}
    ids = [(path, sorted(parsed.ids), sorted({call.name for call in parsed.calls} & with_anchors)) for path, parsed in project.parsed_pages.items()]
    return sha256(content + json.dumps([ids, project.files]).encode()).digest()


def context_digest(config: MkDocsConfig, files: Files, content: bytes, *more: str) -> bytes:
    """Return the digest of everything that a page may show besides its own text and the program; `content` is the digest of the content."""
    with open(config.config_file_path, "rb") as file:
        configuration = file.read()
    settings = {name: value for name, value in config.items() if name not in ("site_dir", "plugins", "hooks")}
    plugins = {name: getattr(plugin, "config", None) for name, plugin in config.plugins.items()}
    known = sorted((file.src_uri, file.dest_uri, file.inclusion.name) for file in files)
    others = [(file.src_uri, Path(file.abs_src_path)) for file in files if not file.is_documentation_page() and file.abs_src_path]
    sizes = sorted((name, image_size(file), file.stat().st_size) for name, file in others)
    return sha256(content + configuration + json.dumps(_jsonable((settings, plugins, known, sizes, more), {})).encode()).digest()


def content_digest(content: Content) -> bytes:
    """Return the digest of everything that pages may show about each other."""
    seen: dict[int, int] = {}
    facts = [field.name for field in dataclasses.fields(Page) if field.name != "line"]
    pages = [[_jsonable(getattr(page, name), seen) for name in facts] for page in content.published_pages.values()]
    others = [_jsonable(getattr(content, field.name), seen) for field in dataclasses.fields(content) if field.name not in ("pages", *_LEFT_OUT)]
    return sha256(json.dumps([pages, others]).encode()).digest()


def _jsonable(value: Any, seen: dict[int, int]) -> Any:
    """Return a JSON-compatible version of a value.

    A page becomes its path. A record that occurs a second time becomes a reference to the first, by its number in `seen`. Lines are left
    out: no page shows them. So is what has changed in an edition, which only one page shows.
    """
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Page):
        return value.path
    if isinstance(value, Mapping):
        return [[key, _jsonable(inner, seen)] for key, inner in value.items()]
    if isinstance(value, list | tuple):
        return [_jsonable(inner, seen) for inner in value]
    if dataclasses.is_dataclass(value):
        if id(value) in seen:
            return {"as": seen[id(value)]}
        seen[id(value)] = len(seen)
        return {"is": [_jsonable(getattr(value, field.name), seen) for field in dataclasses.fields(value) if field.name not in _LEFT_OUT]}
    if isinstance(value, date | Enum | bytes):
        return repr(value)
    return type(value).__name__
