"""Renders each menu once for all pages that share it: those in the same folder and the same section of the menu."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from mkdocs.utils import normalize_url

from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.content.model import Status

_MARKER = "\0"
"""Surrounds the URL of each page in a shared menu. On the page itself, the marked URL is replaced by `aria-current`."""


@dataclass
class Menus:
    """Renders the menus for the templates. Each build has one instance."""

    _rendered: dict[tuple[Any, ...], str] = field(default_factory=dict)
    _are_drafts: dict[Any, bool] = field(default_factory=dict)
    """Of each section, keyed by the section itself: its `id` is that of another one once it is gone."""

    def once(self, kind: str, page: Any, caller: Callable[[], str]) -> str:
        """Return a menu, rendered by `caller` unless a page that shares it has had it rendered already.

        `page` is empty for the 404 page.
        """
        if not page:
            return _resolve_markers(caller(), None)
        key = (kind, page.language, _folder_of(page.url), *page.ancestors)
        if key not in self._rendered:
            self._rendered[key] = caller()
        return _resolve_markers(self._rendered[key], page.url)

    def link(self, url: str, page: Any, base: str) -> str:
        """Return a URL relative to a page's folder. On the 404 page, which can appear at any URL, it is relative to `base`."""
        if not page:
            return str(normalize_url(url, None, base))
        folder = _folder_of(page.url)
        sibling = "" if folder is None else f"{folder}_/"
        return str(normalize_url(url, SimpleNamespace(url=sibling)))  # type: ignore[arg-type]  # the function only reads the page's URL

    def mark(self, item: Any) -> str:
        """Return the marker of a page in a menu, which becomes `aria-current` on that page; an empty string for a section."""
        return f"{_MARKER}{item.url}{_MARKER}" if item.is_page else ""

    def language(self, item: Any) -> str:
        """Return the language of a page's title in a menu; of a section, that of its pages if they are all in one, and otherwise the site's."""
        if not item.children:
            return item.language if item.is_page else SITE_LANGUAGE
        languages = {self.language(child) for child in item.children}
        return languages.pop() if len(languages) == 1 else SITE_LANGUAGE

    def is_draft(self, item: Any) -> bool:
        """Whether a page is a draft, or all pages of a section are, apart from an overview that comes with the program."""
        if item.children:
            if item not in self._are_drafts:
                written = [child for child in item.children if not (child.is_page and child.is_shipped_overview)]
                self._are_drafts[item] = bool(written) and all(map(self.is_draft, written))
            return self._are_drafts[item]
        return bool(item.is_page and item.meta.get("status") == Status.DRAFT.value)


def _folder_of(url: str) -> str | None:
    """Return the folder of a page: empty for the root, otherwise with a trailing slash.

    It is None for the front page, whose URL is one level above those of the other pages in the root.
    """
    if not url.strip("./"):
        return None
    parent, slash, _ = url.rstrip("/").rpartition("/")
    return parent + slash


def _resolve_markers(menu: str, url: str | None) -> str:
    """Replace the markers of a page's own URL with `aria-current`, and remove all others."""
    if url is not None:
        menu = menu.replace(f"{_MARKER}{url}{_MARKER}", ' aria-current="page"')
    return re.sub(f"{_MARKER}[^{_MARKER}]*{_MARKER}", "", menu)
