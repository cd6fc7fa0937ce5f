"""Lists the links that lead away from the site: on pages, in their fields and in `mkdocs.yml`. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kanalstrategi.content.config_file import ConfigFile
from kanalstrategi.content.consultation import REFERENCE
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.model import Content, Page
from kanalstrategi.markdown.allow_list import is_misleading, url_scheme
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.tree_builder import MAX_URL_CHARACTERS

FRONT_PAGE = "index.md"
"""The page whose owner mends the links in `mkdocs.yml`, which stand on every page."""


@dataclass(frozen=True)
class OutwardLink:
    """One place that links to another website."""

    url: str
    """The URL as typed, without what stands after `#`, which no server is asked for."""
    file: str
    """Path relative to the project's root: `docs/strategi/formaal.md`, `mkdocs.yml`."""
    line: int
    page: Page
    """The page that the link is on, or the front page."""


def outward_links(content: Content, parsed_pages: Mapping[str, ParsedPage], config: ConfigFile) -> tuple[OutwardLink, ...]:
    """Return the links of all pages that somebody may change, in menu order, each URL once for each line.

    URLs that a reader cannot follow as they stand are left out: the check of the pages reports them.
    """
    found: dict[tuple[str, str, int], OutwardLink] = {}
    for edition in (content, *filter(is_open, content.editions)):
        for path, page in edition.pages.items():
            for target, line in _targets(parsed_pages[path]):
                _add(found, target, f"docs/{path}", line, page)
    if front := content.pages.get(FRONT_PAGE):
        for target in _settings(content):
            _add(found, target, config.name, _line_with(config.text, target), front)
    return tuple(found.values())


def _targets(parsed: ParsedPage) -> Iterator[tuple[str, int]]:
    for key, value in parsed.front.values.items():
        for text in value if isinstance(value, list) else [value or ""]:
            yield text.strip(), parsed.front.lines.get(key, 1)
    for link in parsed.links:
        if not link.is_image:
            yield link.target, link.line


def _settings(content: Content) -> Iterator[str]:
    yield content.organisation.accessibility_statement
    if content.organisation.consultation:
        yield content.organisation.consultation.url


def _add(found: dict[tuple[str, str, int], OutwardLink], target: str, file: str, line: int, page: Page) -> None:
    if url_scheme(target) not in ("http", "https") or len(target) > MAX_URL_CHARACTERS:
        return
    url = target.replace(REFERENCE, "")
    if not is_misleading(url):
        url = url.partition("#")[0]
        found.setdefault((url, file, line), OutwardLink(url, file, line, page))


def _line_with(text: str, target: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), 1) if target in line and not line.lstrip().startswith("#")), 1)
