"""The cache returns what was stored for the same source, survives broken files, and does not grow without bound.

That it changes no byte of the site is tested in tests/site/test_reproducible.py.
"""

from __future__ import annotations

import filecmp
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.build.cache import CACHE_FOLDER, BuildCache, program_digest
from tests.support.project import copied
from tests.support.project import files_in as files


def same(one: Path, other: Path) -> bool:
    _, different, failed = filecmp.cmpfiles(one, other, files(one), shallow=False)
    return files(one) == files(other) and (different, failed) == ([], [])


def test_a_change_of_the_program_invalidates_the_cache(tmp_path: Path) -> None:
    project = copied(tmp_path)
    program = [project.root / folder for folder in ("kanalstrategi", "overrides", "macros")]
    before = program_digest(program)
    cache = BuildCache(tmp_path / CACHE_FOLDER, before)
    cache.put(b"made", "pdf", b"source")
    cache.commit()
    assert BuildCache(tmp_path / CACHE_FOLDER, program_digest(program)).get("pdf", b"source") == b"made"
    project.replace("overrides/theme/tokens.css", "--k-warm: #f4b860;", "--k-warm: #f4b861;")
    assert program_digest(program) != before
    assert BuildCache(tmp_path / CACHE_FOLDER, program_digest(program)).get("pdf", b"source") is None


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_only_the_same_source_has_the_same_key(tmp_path_factory: pytest.TempPathFactory, one: list[bytes], other: list[bytes]) -> None:
    cache = BuildCache(tmp_path_factory.getbasetemp(), b"program")
    cache.put(b"made", "kind", *one)
    assert (cache.get("kind", *other) == b"made") == (one == other)


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + bytes(80)])
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache.sqlite").write_bytes(content)
    for _ in range(2):
        cache = BuildCache(tmp_path, b"")
        cache.get("kind", b"source")
        cache.put(b"made", "kind", b"source")
        cache.commit()
    assert BuildCache(tmp_path, b"").get("kind", b"source") == b"made"


def test_without_a_writable_folder_nothing_is_stored(tmp_path: Path) -> None:
    (tmp_path / CACHE_FOLDER).write_text("a file where the folder should be")
    cache = BuildCache(tmp_path / CACHE_FOLDER, b"")
    cache.put(b"made", "kind")
    assert cache.get("kind") == b"made"
    cache.commit()


def test_the_cache_does_not_grow_without_bound(tmp_path: Path) -> None:
    for number in range(30):
        cache = BuildCache(tmp_path, b"")
        assert number == 0 or cache.get("same") == b"made"
        cache.put(b"made", "same")
        cache.put(bytes(100_000), "page", bytes([number]))
        cache.commit()
    assert (tmp_path / "cache.sqlite").stat().st_size < 1_000_000
    cache = BuildCache(tmp_path, b"")
    assert cache.get("page", bytes([29])) and not cache.get("page", bytes([0]))


def test_entries_that_no_build_uses_expire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()

    def build(day: int, *uses: str, makes: str = "") -> None:
        monkeypatch.setattr(time, "time", lambda: now + 86_400 * day)
        cache = BuildCache(tmp_path, b"")
        assert all(cache.get(name) for name in uses)
        if makes:
            cache.put(b"made", makes)
        cache.commit()

    build(0, makes="often")
    build(0, makes="once")
    build(10, "often")
    build(20, "often")
    cache = BuildCache(tmp_path, b"")
    assert (cache.get("often"), cache.get("once")) == (b"made", None)
