"""The menus, rendered once for all pages that have them alike: those of one folder, in the same part of the menu."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from mkdocs.utils import normalize_url

_MARKER = "\0"
"""Stands around the address of each page in a menu, where it will be told that this is the page that is read."""


@dataclass
class Menus:
    """What the templates ask for their menus. One for each build."""

    _made: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def once(self, kind: str, page: Any, caller: Callable[[], str]) -> str:
        """A menu, rendered where none of its kind is yet for pages like this; `page` is empty for the 404 page."""
        if not page:
            return _resolve_markers(caller(), None)
        key = (kind, _folder_of(page.url), *map(id, page.ancestors))
        if key not in self._made:
            self._made[key] = caller()
        return _resolve_markers(self._made[key], page.url)

    def link(self, url: str, page: Any, base: str) -> str:
        """An address as any page of this one's folder writes it; the 404 page, which may stand anywhere, from `base`."""
        if not page:
            return str(normalize_url(url, None, base))
        folder = _folder_of(page.url)
        sibling = "" if folder is None else f"{folder}_/"
        return str(normalize_url(url, SimpleNamespace(url=sibling)))

    def mark(self, item: Any) -> str:
        """Where a page of the menu may turn out to be the one that is read."""
        return f"{_MARKER}{item.url}{_MARKER}" if item.is_page else ""


def _folder_of(url: str) -> str | None:
    """Of a page, with a slash at the end unless it is the root. The front page has its own, since it is no deeper than the root."""
    if not url.strip("./"):
        return None
    above, slash, _ = url.rstrip("/").rpartition("/")
    return above + slash


def _resolve_markers(menu: str, url: str | None) -> str:
    if url is not None:
        menu = menu.replace(f"{_MARKER}{url}{_MARKER}", ' aria-current="page"')
    return re.sub(f"{_MARKER}[^{_MARKER}]*{_MARKER}", "", menu)
