"""What an earlier build has made is not made again, and the site is the same as if it had been: byte for byte."""

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
    kept = BuildCache(tmp_path / CACHE_FOLDER, before)
    kept.put(b"made", "pdf", b"source")
    kept.commit()
    assert BuildCache(tmp_path / CACHE_FOLDER, program_digest(program)).get("pdf", b"source") == b"made"
    project.replace("overrides/theme/tokens.css", "--k-warm: #f4b860;", "--k-warm: #f4b861;")
    assert program_digest(program) != before
    assert BuildCache(tmp_path / CACHE_FOLDER, program_digest(program)).get("pdf", b"source") is None


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_only_the_same_source_has_the_same_key(tmp_path_factory: pytest.TempPathFactory, one: list[bytes], other: list[bytes]) -> None:
    kept = BuildCache(tmp_path_factory.getbasetemp(), b"program")
    kept.put(b"made", "kind", *one)
    assert (kept.get("kind", *other) == b"made") == (one == other)


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + bytes(80)])
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache.sqlite").write_bytes(content)
    for _ in range(2):
        kept = BuildCache(tmp_path, b"")
        kept.get("kind", b"source")
        kept.put(b"made", "kind", b"source")
        kept.commit()
    assert BuildCache(tmp_path, b"").get("kind", b"source") == b"made"


def test_without_a_writable_folder_nothing_is_stored(tmp_path: Path) -> None:
    (tmp_path / CACHE_FOLDER).write_text("a file where the folder should be")
    kept = BuildCache(tmp_path / CACHE_FOLDER, b"")
    kept.put(b"made", "kind")
    assert kept.get("kind") == b"made"
    kept.commit()


def test_the_cache_does_not_grow_without_bound(tmp_path: Path) -> None:
    for number in range(30):
        kept = BuildCache(tmp_path, b"")
        assert number == 0 or kept.get("same") == b"made"
        kept.put(b"made", "same")
        kept.put(bytes(100_000), "page", bytes([number]))
        kept.commit()
    assert (tmp_path / "cache.sqlite").stat().st_size < 1_000_000
    kept = BuildCache(tmp_path, b"")
    assert kept.get("page", bytes([29])) and not kept.get("page", bytes([0]))


def test_entries_that_no_build_uses_expire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()

    def build(day: int, *uses: str, makes: str = "") -> None:
        monkeypatch.setattr(time, "time", lambda: now + 86_400 * day)
        kept = BuildCache(tmp_path, b"")
        assert all(kept.get(name) for name in uses)
        if makes:
            kept.put(b"made", makes)
        kept.commit()

    build(0, makes="often")
    build(0, makes="once")
    build(10, "often")
    build(20, "often")
    kept = BuildCache(tmp_path, b"")
    assert (kept.get("often"), kept.get("once")) == (b"made", None)
