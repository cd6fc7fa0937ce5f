"""What an earlier build has made is not made again, and the site is the same as if it had been: byte for byte."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.build.cache import CACHE_FOLDER, BuildCache, program_digest
from tests.support.project import EPOCH, PUBLISHED, Project, copied
from tests.support.project import files_in as files

PAGE = "docs/strategi/formaal.md"
OTHERWISE = """
import os, runpy, sys
class Folder:
    def __init__(self, entries): self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    close = __exit__
listdir, scandir = os.listdir, os.scandir
os.listdir = lambda *path: sorted(listdir(*path), reverse=True)
os.scandir = lambda *path: Folder(scandir(*path))
os.cpu_count = lambda: 1
sys.argv = ["mkdocs", "build", "--strict"]
runpy.run_module("mkdocs", run_name="__main__")
"""
"""A build that meets the files in another order, and makes one thing at a time."""


def same(one: Path, other: Path) -> bool:
    _, different, failed = filecmp.cmpfiles(one, other, files(one), shallow=False)
    return files(one) == files(other) and (different, failed) == ([], [])


def change(project: Project) -> None:
    project.replace(PAGE, "## Strategiens sigte", "## Strategiens højskolesigte")


def test_what_is_kept_changes_no_byte(project: Project, tmp_path: Path) -> None:
    first = project.build(site_url=PUBLISHED)
    assert first.returncode == 0, first.stdout + first.stderr
    kept = tmp_path / "first"
    project.site.rename(kept)
    again = project.build(site_url=PUBLISHED)
    told = [line for line in again.stderr.splitlines() if "PDF" in line and " af " in line]
    assert told and all("uændret" in line for line in told)
    assert same(kept, project.site)

    change(project)
    assert project.build(site_url=PUBLISHED).returncode == 0
    assert not same(kept, project.site)
    clean = copied(tmp_path / "clean")
    for part in ("docs", "mkdocs.yml"):
        subprocess.run(["cp", "-r", str(project.root / part), str(clean.root)], check=True)
    assert not (clean.root / CACHE_FOLDER).exists()
    assert clean.build(site_url=PUBLISHED).returncode == 0
    assert same(clean.site, project.site)


def test_the_order_of_files_and_how_many_things_are_made_at_once_change_no_byte(site: Path, whole_project: Project) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
    done = subprocess.run([sys.executable, "-c", OTHERWISE], cwd=whole_project.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert same(site, whole_project.site)


def test_a_change_of_the_program_lets_nothing_be_kept(tmp_path: Path) -> None:
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
def test_only_the_same_source_has_the_same_name(tmp_path_factory: pytest.TempPathFactory, one: list[bytes], other: list[bytes]) -> None:
    kept = BuildCache(tmp_path_factory.getbasetemp(), b"program")
    kept.put(b"made", "kind", *one)
    assert (kept.get("kind", *other) == b"made") == (one == other)


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + bytes(80)])
def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache.sqlite").write_bytes(content)
    for _ in range(2):
        kept = BuildCache(tmp_path, b"")
        kept.get("kind", b"source")
        kept.put(b"made", "kind", b"source")
        kept.commit()
    assert BuildCache(tmp_path, b"").get("kind", b"source") == b"made"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / CACHE_FOLDER).write_text("a file where the folder should be")
    kept = BuildCache(tmp_path / CACHE_FOLDER, b"")
    kept.put(b"made", "kind")
    assert kept.get("kind") == b"made"
    kept.commit()


def test_what_builds_have_made_of_other_content_takes_no_more_room_without_end(tmp_path: Path) -> None:
    for number in range(30):
        kept = BuildCache(tmp_path, b"")
        assert number == 0 or kept.get("same") == b"made"
        kept.put(b"made", "same")
        kept.put(bytes(100_000), "page", bytes([number]))
        kept.commit()
    assert (tmp_path / "cache.sqlite").stat().st_size < 1_000_000
    kept = BuildCache(tmp_path, b"")
    assert kept.get("page", bytes([29])) and not kept.get("page", bytes([0]))


def test_what_no_build_has_used_for_long_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
