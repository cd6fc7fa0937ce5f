"""A build holds no more of the pages at a time than it works on: with thousands of pages, all of them would fill the memory."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.workers import can_fork, map_in_workers
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.search.index import build_index
from kanalstrategi.search.sections import IndexedPage, Section, TextBlock
from kanalstrategi.search.term_index import term_entries
from kanalstrategi.search.weights import WeighedPage, weigh_page

PAGES = 60
MAX_HELD = 3
"""The one that is read, the one that is read next, and one that a loop's variable still names."""


class Results(dict[bytes, bytes]):
    """What one call of a worker returns; a dictionary itself cannot be referred to weakly."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # told apart by identity


def page(number: int) -> IndexedPage:
    blocks = [TextBlock(f"Fællespostkassen har nummer {number}, og borgeren kan ringe.")]
    return IndexedPage(f"side-{number}/", f"Side {number}", "", (Section("", "", blocks=blocks),), keywords=("notatpligt",))


class Counted:
    """Hands out pages, and counts how many of them are in memory at once."""

    def __init__(self) -> None:
        self._alive: weakref.WeakSet[IndexedPage | WeighedPage] = weakref.WeakSet()
        self.most = 0

    def hand_out(self, item: IndexedPage | WeighedPage) -> None:
        self._alive.add(item)
        self.most = max(self.most, len(self._alive))

    def pages(self) -> Iterator[IndexedPage]:
        for number in range(PAGES):
            self.hand_out(one := page(number))
            yield one
            del one

    def weighed(self) -> Iterator[WeighedPage]:
        for number in range(PAGES):
            self.hand_out(one := weigh_page(page(number), danish_dictionary()))
            yield one
            del one


@pytest.fixture(autouse=True)
def _hashable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages hold dictionaries, so that a set can only tell them apart by identity."""
    for kind in (IndexedPage, WeighedPage):
        monkeypatch.setattr(kind, "__hash__", object.__hash__)
        monkeypatch.setattr(kind, "__eq__", object.__eq__)


def test_the_search_index_is_built_page_by_page() -> None:
    pages, weighed = Counted(), Counted()
    files = build_index(pages.pages(), weighed.weighed(), danish_dictionary())
    assert files and pages.most <= MAX_HELD and weighed.most <= MAX_HELD


def test_the_index_of_terms_is_built_page_by_page() -> None:
    pages = Counted()
    assert term_entries(pages.pages(), danish_dictionary()) and pages.most <= MAX_HELD


def test_what_workers_return_is_freed_as_it_is_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not can_fork(PAGES):
        pytest.skip("no processes are forked here")
    cache = BuildCache(tmp_path, b"program")
    held: list[int] = []

    alive: weakref.WeakSet[Results] = weakref.WeakSet()
    drain, merge = BuildCache.drain, BuildCache.merge

    def merged(self: BuildCache, results: Results) -> None:
        alive.add(results)
        gc.collect()
        held.append(len(alive))
        merge(self, results)

    monkeypatch.setattr(BuildCache, "drain", lambda self: Results(drain(self)))
    monkeypatch.setattr(BuildCache, "merge", merged)
    map_in_workers(lambda number: None, range(PAGES), cache)
    assert len(held) > MAX_HELD and max(held) <= MAX_HELD
