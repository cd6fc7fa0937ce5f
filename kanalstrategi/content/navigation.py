"""Reads the menu of `mkdocs.yml`, and expands its wildcards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kanalstrategi.danish.alphabet import danish_order


def expand_menu(nav: Any, pages: Iterable[str]) -> Any:
    """Return a `nav` with each wildcard replaced by the pages that it matches.

    `- folder/*` matches the pages of that folder that the menu does not name itself, except its `index.md`. This includes pages that
    are created in a browser, without anyone having to edit `mkdocs.yml`. A title with nothing but wildcards that match no page is left out
    until one does.
    """
    named = set(page_paths(nav))
    pages = sorted(pages, key=_menu_order)

    def expand_wildcard(entry: str) -> list[str]:
        folder = entry.removesuffix("/*")
        found = [path for path in pages if path.rpartition("/")[0] == folder and path not in named]
        found = [path for path in found if not path.endswith("/index.md")]
        named.update(found)
        return found

    def expand_entry(entry: Any) -> list[Any]:
        if isinstance(entry, dict):
            expanded = {title: expand_value(value) for title, value in entry.items()}
            kept = {title: value for title, value in expanded.items() if value != [] or entry[title] == []}
            return [kept] if kept or not entry else []
        return expand_wildcard(entry) if is_wildcard(entry) else [entry]

    def expand_value(value: Any) -> Any:
        """Return a menu, or the value of one of its titles, with its wildcards expanded."""
        if isinstance(value, list):
            return [expanded for entry in value for expanded in expand_entry(entry)]
        return expand_wildcard(value) if is_wildcard(value) else value

    return expand_value(nav)


def is_wildcard(entry: Any) -> bool:
    """Whether an entry of a `nav` is a wildcard for the pages of a folder."""
    return isinstance(entry, str) and entry.endswith("/*")


def page_paths(nav: Any) -> Iterator[str]:
    """Return the paths of the pages in a `nav`, in order."""
    return (text for text in nav_entries(nav) if text.endswith(".md"))


def page_titles(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the path of each page to which a `nav` gives a title, with that title."""
    if isinstance(nav, list):
        for entry in nav:
            yield from page_titles(entry)
    elif isinstance(nav, dict):
        for title, value in nav.items():
            if isinstance(value, str):
                yield value, title
            else:
                yield from page_titles(value)


def nav_entries(nav: Any) -> Iterator[str]:
    """Yield the entries of a `nav` in order: pages, wildcards and external URLs."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from nav_entries(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from nav_entries(value)


def _menu_order(path: str) -> tuple[str, str]:
    """Return a sort key. File names spell å as aa, ø as oe and æ as ae, but sort like those letters, at the end of the alphabet."""
    letters = path.casefold()
    for transcribed, letter in (("ae", "æ"), ("oe", "ø"), ("aa", "å")):
        letters = letters.replace(transcribed, letter)
    return danish_order(letters), path
