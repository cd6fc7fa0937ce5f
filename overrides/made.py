"""What a build makes of a page, kept whole: by the page's own text, and by all that a page may show of the rest.

A page that shows a change elsewhere (a title in the menu, a rule, who owns what) cannot be told from one that does not, so
any of that makes every page anew; a changed paragraph makes its own page.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from macros.content import Reading
from macros.library import MADE_IDS, SEARCH
from macros.records import Content, Status
from macros.records import Page as ContentPage
from macros.source import Source
from overrides.kept import Kept
from overrides.pictures import size_of_file

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

TEMPLATE = "made.html"
"""The theme's template of a page that is there already."""


@dataclass(frozen=True)
class Made:
    """A page that has been made, and what MkDocs asks of it afterwards."""

    html: str
    """Its rendered Markdown, as documents and the search read it."""
    output: str
    """The file."""
    title: str
    """As its first heading has it; empty where the menu names it."""
    anchors: frozenset[str]
    links: dict[str, dict[str, str]]
    """To anchors, by the path of the page that they lead to."""
    script_hashes: frozenset[str]


_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Made)


def keep(kept: Kept, key: bytes, made: Made) -> None:
    kept.put(_ENCODER.encode(made), "page", key)


def find(kept: Kept, key: bytes) -> Made | None:
    """What `keep` has kept."""
    encoded = kept.get("page", key)
    return None if encoded is None else _DECODER.decode(encoded)


def made_of(page: Page, html: str, output: str, script_hashes: frozenset[str]) -> Made:
    """What to keep of a page that MkDocs has made."""
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    return Made(html, output, page._title_from_render or "", frozenset(page.present_anchor_ids or ()), links, script_hashes)


def tells_of_pdfs(output: str) -> bool:
    """Whether a page's file changes when the PDFs have been made."""
    return "data-pdf=" in output


def keys(around: bytes, sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """What each page is kept by, from the digests of their texts. The page with the search shows all the others."""
    made = {path: sha256(around + source).digest() for path, source in sources.items()}
    made[SEARCH] = sha256(b"".join(made[path] for path in sorted(made))).digest()
    return made


def digest(path: str, source: Source) -> bytes:
    """Of a page's own text."""
    return sha256(repr((path, source.front.values, source.body)).encode()).digest()


def checked_with(content: bytes, reading: Reading) -> bytes:
    """A digest of all that the check of one page asks of the others."""
    ids = [(path, sorted(source.ids), sorted({call.name for call in source.parsed.calls} & MADE_IDS.keys())) for path, source in reading.sources.items()]
    return sha256(content + json.dumps([ids, reading.files]).encode()).digest()


def surroundings(config: MkDocsConfig, files: Files, content: bytes, *more: str) -> bytes:
    """A digest of all that a page may show, beside its own text and the program."""
    with open(config.config_file_path, "rb") as file:
        configuration = file.read()
    settings = {name: value for name, value in config.items() if name not in ("site_dir", "plugins", "hooks")}
    plugins = {name: getattr(plugin, "config", None) for name, plugin in config.plugins.items()}
    known = sorted((file.src_uri, file.dest_uri, file.inclusion.name) for file in files)
    pictures = sorted((file.src_uri, size_of_file(Path(file.abs_src_path))) for file in files if not file.is_documentation_page() and file.abs_src_path)
    return sha256(content + configuration + json.dumps(_told((settings, plugins, known, pictures, more), {})).encode()).digest()


def skip(page: Page, content: ContentPage, source: Source) -> None:
    """Have MkDocs (1.6.1) pass over a page when it reads and renders all. In menus it looks as if it had not."""
    page.read_source = lambda config: None  # type: ignore[method-assign]
    page.render = lambda config, files: None  # type: ignore[method-assign]
    page.markdown, page.content = "", ""
    page._title_from_render = escape(content.title)
    page.meta = {**meta_of(source.front.values, content), "template": TEMPLATE}


def unskip(page: Page) -> None:
    """Let MkDocs read and render a page after all."""
    del page.read_source, page.render
    page.markdown = page.content = page._title_from_render = None
    page.meta = {}


def restore(page: Page, files: Files, made: Made) -> None:
    """Give a page that is skipped what it was made into."""
    page.content = made.output
    page._title_from_render = made.title
    page.present_anchor_ids = set(made.anchors)
    page.links_to_anchors = {files.src_uris[path]: anchors for path, anchors in made.links.items()}


def meta_of(values: Mapping[str, Any], content: ContentPage) -> dict[str, Any]:
    """A page's facts as the theme shall see them."""
    meta = dict(values)
    # Material marks every page that has a `status` in the menu; only a draft is worth it.
    if meta.get("status") == Status.ADOPTED.value:
        del meta["status"]
    # Its templates (9.8.1) put the description into an attribute as it stands.
    meta["description"] = escape(content.description)
    return meta


def told(content: Content) -> bytes:
    """A digest of all that pages say to each other."""
    seen: dict[int, int] = {}
    pages = [[_told(getattr(page, field.name), seen) for field in dataclasses.fields(page) if field.name != "line"] for page in content.pages.values()]
    others = [_told(getattr(content, field.name), seen) for field in dataclasses.fields(content) if field.name != "pages"]
    return sha256(json.dumps([pages, others]).encode()).digest()


def _told(value: Any, seen: dict[int, int]) -> Any:
    """A value as JSON can have it: a page by its path, a record that has been told before by its number, and no record's line,
    since nothing shows it."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, ContentPage):
        return value.path
    if isinstance(value, Mapping):
        return [[key, _told(inner, seen)] for key, inner in value.items()]
    if isinstance(value, list | tuple):
        return [_told(inner, seen) for inner in value]
    if dataclasses.is_dataclass(value):
        if id(value) in seen:
            return {"as": seen[id(value)]}
        seen[id(value)] = len(seen)
        return {"is": [_told(getattr(value, field.name), seen) for field in dataclasses.fields(value) if field.name != "line"]}
    if isinstance(value, date | Enum | bytes):
        return repr(value)
    return type(value).__name__
