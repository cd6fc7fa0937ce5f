"""The search knows every page by each word of its title, as its index says: what can be tried without a browser."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.danish.words import STOP_WORDS, normalize, stem, words
from kanalstrategi.search.index import EDITIONS_ENTRY_FILE, ENTRY_FILE
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import BUILD_AGAIN, Finding, NothingToTryError


class _Index:
    """An index of the search, read from its files. Raises OSError, KeyError, IndexError, TypeError, RecursionError or ValueError if it is damaged."""

    def __init__(self, folder: Path, entry_file: str) -> None:
        self._entry: dict[str, Any] = msgspec.json.decode((folder / entry_file).read_bytes())
        self._folder = folder / "search" / self._entry["version"]
        pages = self._read("pages", self._entry["pageFiles"])
        self._weights = self._read("words", self._entry["wordFiles"])
        self.numbers: dict[str, int] = {page["url"]: number for number, page in enumerate(pages)}
        """The number of each page, keyed by URL."""
        self.titles: dict[str, str] = {page["url"]: page["title"] for page in pages}
        self._terms = {stem(terms.partition("/")[0]): number for number, terms in enumerate(self._entry["words"].split(" "))}
        self._ends = list(accumulate(self._entry["sections"]))
        """The number of the first section after each page."""

    def has(self, word: str, url: str) -> bool:
        """Whether a word leads to a page; also where a word is on so many pages that the index does not list them all."""
        number = self._terms.get(stem(word))
        if number is None:
            return False
        listed, *total = self._weights[number]
        return bool(total) or self.numbers[url] in {bisect_right(self._ends, section) for section in accumulate(listed[::2])}

    def _read(self, name: str, firsts: list[int]) -> list[Any]:
        return [line for number in range(len(firsts)) for line in msgspec.json.decode((self._folder / f"{name}-{number}.json").read_bytes())]


def index_knows_every_title(site: BuiltSite) -> Iterator[Finding]:
    """Yield the pages that the search's index does not have, or not by a word of their title."""
    if SEARCH_PAGE not in site.content.pages:
        raise NothingToTryError("hjemmesiden har ingen søgeside")
    try:
        indexes = [_Index(site.folder, name) for name in (ENTRY_FILE, EDITIONS_ENTRY_FILE) if name == ENTRY_FILE or (site.folder / name).is_file()]
        for page in site.content.published_pages.values():
            if page.path == SEARCH_PAGE:
                continue
            index = next((index for index in indexes if page.url in index.numbers), None)
            if not index:
                yield Finding(f"/{page.url}", f"søgningen kender ikke siden »{page.title}«", BUILD_AGAIN)
                continue
            asked = [word for word in words(normalize(index.titles[page.url])) if word not in STOP_WORDS]
            for word in dict.fromkeys(asked):
                if not index.has(word, page.url):
                    yield Finding(f"/{page.url}", f"søgningen finder ikke siden ved ordet »{word}« i dens titel", BUILD_AGAIN)
    except (OSError, KeyError, IndexError, TypeError, ValueError, RecursionError) as error:  # msgspec.DecodeError is a ValueError
        yield Finding(f"/{ENTRY_FILE}", f"søgningens indeks kan ikke læses ({type(error).__name__})", BUILD_AGAIN)
