"""The menu of `mkdocs.yml`, with its wildcards expanded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kanalstrategi.danish.alphabet import danish_order


def expand_menu(nav: Any, pages: Iterable[str]) -> Any:
    """A `nav` with the pages that its wildcards stand for.

    `- folder/*` stands for the pages of that folder that the menu does not name itself, without its
    `index.md`: a page that is made in a browser comes in without anyone editing `mkdocs.yml`.
    """
    named = set(page_paths(nav))
    pages = sorted(pages, key=_menu_order)

    def those_of(entry: str) -> list[str]:
        folder = entry.removesuffix("/*")
        found = [path for path in pages if path.rpartition("/")[0] == folder and path not in named]
        found = [path for path in found if not path.endswith("/index.md")]
        named.update(found)
        return found

    def expanded(entry: Any) -> list[Any]:
        """What one entry becomes."""
        if isinstance(entry, dict):
            return [{title: within(value) for title, value in entry.items()}]
        return those_of(entry) if is_wildcard(entry) else [entry]

    def within(value: Any) -> Any:
        if isinstance(value, list):
            return [found for entry in value for found in expanded(entry)]
        return those_of(value) if is_wildcard(value) else value

    return within(nav)


def is_wildcard(entry: Any) -> bool:
    return isinstance(entry, str) and entry.endswith("/*")


def _menu_order(path: str) -> tuple[str, str]:
    """File names write å as aa, ø as oe and æ as ae; in the alphabet the three stand last, in the order æ, ø, å."""
    letters = path.casefold()
    for transcribed, letter in (("ae", "æ"), ("oe", "ø"), ("aa", "å")):
        letters = letters.replace(transcribed, letter)
    return danish_order(letters), path


def page_paths(nav: Any) -> Iterator[str]:
    """The pages of a `nav`, in its order."""
    return (text for text in nav_entries(nav) if text.endswith(".md"))


def nav_entries(nav: Any) -> Iterator[str]:
    """What a `nav` leads to, in its order: pages, wildcards and addresses elsewhere."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from nav_entries(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from nav_entries(value)
