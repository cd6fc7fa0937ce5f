"""A damaged cache costs time only: whatever lies in `.cache/`, a build writes what a clean build writes, and repairs the cache."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kanalstrategi.build.cache import CACHE_FOLDER, BuildCache
from kanalstrategi.build.up_to_date import RECORD
from tests.support.forked_builds import forked_builds
from tests.support.pages import small
from tests.support.project import Project, are_same

SQLITE_PAGE = 4096
"""Bytes of a page of an SQLite file."""
ENTRIES = {b"source %d" % number: b"%d" % number * (number * number * 40) for number in range(0, 60, 3)}
"""What the cache of these tests holds: values from no bytes to 260 kB."""


def flip_bit(file: Path, draw: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    file.write_bytes(content)


def flip_bit_of_the_structure(file: Path, draw: random.Random) -> None:
    """Flip a bit in the header of some page, where SQLite keeps what it finds the rest by."""
    content = bytearray(file.read_bytes())
    content[min(draw.randrange(0, len(content), SQLITE_PAGE) + draw.randrange(100), len(content) - 1)] ^= 1 << draw.randrange(8)
    file.write_bytes(content)


def clear_page(file: Path, draw: random.Random) -> None:
    content = bytearray(file.read_bytes())
    start = draw.randrange(0, len(content), SQLITE_PAGE)
    content[start : start + SQLITE_PAGE] = bytes(len(content[start : start + SQLITE_PAGE]))
    file.write_bytes(content)


def swap_pages(file: Path, draw: random.Random) -> None:
    content = file.read_bytes()
    pages = [content[start : start + SQLITE_PAGE] for start in range(0, len(content), SQLITE_PAGE)]
    draw.shuffle(pages)
    file.write_bytes(b"".join(pages))


def scatter_bytes(file: Path, draw: random.Random) -> None:
    content = bytearray(file.read_bytes())
    start = draw.randrange(len(content))
    content[start : start + 64] = draw.randbytes(len(content[start : start + 64]))
    file.write_bytes(content)


def cut_short(file: Path, draw: random.Random) -> None:
    file.write_bytes(file.read_bytes()[: draw.randrange(1, file.stat().st_size)])


def empty(file: Path, draw: random.Random) -> None:
    file.write_bytes(b"")


def lengthen(file: Path, draw: random.Random) -> None:
    file.write_bytes(file.read_bytes() + draw.randbytes(draw.randrange(1, 9000)))


def other_file(file: Path, draw: random.Random) -> None:
    file.write_bytes(draw.randbytes(draw.randrange(1, 9000)))


def other_database(file: Path, draw: random.Random) -> None:
    """Put a database in the file's place whose table has our table's name and other columns."""
    file.unlink()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(draw.choice(["CREATE TABLE entries (number)", "CREATE VIEW entries AS SELECT 1 AS key, 2 AS value, 3 AS used"]))


def shuffle_values(file: Path, draw: random.Random) -> None:
    """Leave the database whole, with every value under the key of another, or with a value that is a number or a text."""
    with closing(sqlite3.connect(file)) as database, database:
        rows = database.execute("SELECT key, value FROM entries").fetchall()
        values = [value for _, value in rows]
        draw.shuffle(values)
        new: list[object] = [draw.choice([value, value, 7, "tekst", 1.5]) for value in values]
        database.executemany("UPDATE entries SET value = ? WHERE key = ?", zip(new, (key for key, _ in rows), strict=True))


def old_journal(file: Path, draw: random.Random) -> None:
    """Leave the journal of a write that was interrupted, with pages of something else in it."""
    file.with_name(f"{file.name}-journal").write_bytes(bytes.fromhex("d9d505f920a163d7") + draw.randbytes(5000))


def folder_in_its_place(file: Path, draw: random.Random) -> None:
    file.unlink()
    (file / "mappe").mkdir(parents=True)
    (file / "mappe" / "fil").write_bytes(b"noget")


def link_to_nothing(file: Path, draw: random.Random) -> None:
    file.unlink()
    file.symlink_to("findes-ikke")


def no_rights(file: Path, draw: random.Random) -> None:
    file.chmod(0)


Damage = Callable[[Path, random.Random], None]
DAMAGES: tuple[Damage, ...] = (
    flip_bit,
    flip_bit_of_the_structure,
    clear_page,
    swap_pages,
    scatter_bytes,
    cut_short,
    empty,
    lengthen,
    other_file,
    folder_in_its_place,
    link_to_nothing,
    no_rights,
    other_database,
    shuffle_values,
    old_journal,
)  # fmt: skip - not one per line
ONLY_OF_DATABASES = (other_database, shuffle_values, old_journal)
ROUNDS = 20
"""How many times each kind is drawn: 300 damages."""


def save_all(folder: Path) -> None:
    cache = BuildCache(folder, b"")
    for source, value in ENTRIES.items():
        cache.put(value, "kind", source)
    cache.commit()


def saved(folder: Path) -> dict[bytes, bytes]:
    cache = BuildCache(folder, b"")
    found = {source: cache.get("kind", source) for source in ENTRIES}
    cache.close()
    return {source: value for source, value in found.items() if value is not None}


@pytest.mark.parametrize("damage", DAMAGES)
def test_nothing_damaged_is_read_and_the_cache_is_whole_again_after_a_build(tmp_path: Path, damage: Damage) -> None:
    save_all(tmp_path / "whole")
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "whole", folder)
        damage(folder / "cache.sqlite", random.Random(f"{damage.__name__} {number}"))
        cache = BuildCache(folder, b"")
        for source, value in ENTRIES.items():
            assert cache.get_or_compute(lambda value=value: value, "kind", source) == value  # type: ignore[misc]  # the loop's own value
        cache.commit()
        found = saved(folder)
        assert found.items() <= ENTRIES.items()
        # What was found damaged has been thrown away as a whole; the build after computes what this one had read.
        save_all(folder)
        assert saved(folder) == ENTRIES


def test_a_value_is_only_read_under_its_own_key(tmp_path: Path) -> None:
    save_all(tmp_path)
    with closing(sqlite3.connect(tmp_path / "cache.sqlite")) as database, database:
        (key, value), (other, _) = database.execute("SELECT key, value FROM entries ORDER BY LENGTH(value) DESC LIMIT 2").fetchall()
        database.execute("UPDATE entries SET value = ? WHERE key = ?", (value, other))
    assert len(saved(tmp_path)) == len(ENTRIES) - 1
    assert key != other


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Callable[[], str]]]:
    """A small project, and a function that builds it with the command and returns what that printed."""
    project = small(tmp_path_factory.mktemp("damaged") / "project")
    with forked_builds(project, forks_pdfs=True) as builds:

        def run() -> str:
            code, log = builds.build()
            assert code == 0 and "Traceback" not in log, log
            return log

        yield project, run


@pytest.mark.slow
def test_a_build_after_any_damage_is_a_clean_build(build: tuple[Project, Callable[[], str]], tmp_path: Path) -> None:
    project, run = build
    assert "PDF 1 af 1: pdf/kort.pdf\n" in run()
    cache, clean, whole = project.root / CACHE_FOLDER, tmp_path / "clean", tmp_path / "whole"
    shutil.copytree(project.site, clean)
    shutil.copytree(cache, whole)
    assert run().startswith("Uændret")
    for number, damage in enumerate([*DAMAGES, *DAMAGES[:5]]):
        draw = random.Random(number)
        shutil.rmtree(cache)
        shutil.copytree(whole, cache)
        damage(cache / "cache.sqlite", draw)
        # The record is damaged, too, so that the build is not left out: only a whole one says that the site is what it was.
        record = project.root / RECORD
        (flip_bit if damage in ONLY_OF_DATABASES or damage is no_rights else damage)(record, draw)
        for file in project.site.rglob("*.html"):
            file.write_text("ødelagt", encoding="utf-8")
        assert "Færdig: " in run(), damage
        assert are_same(project.site, clean), damage
    assert run().startswith("Uændret")


@pytest.mark.slow
def test_a_file_in_the_place_of_the_folder_costs_only_time(build: tuple[Project, Callable[[], str]], tmp_path: Path) -> None:
    project, run = build
    run()
    shutil.copytree(project.site, tmp_path / "clean")
    shutil.rmtree(project.root / CACHE_FOLDER)
    project.write(CACHE_FOLDER, "noget andet")
    for _ in range(2):
        assert "Færdig: " in run()
        assert are_same(project.site, tmp_path / "clean")
    (project.root / CACHE_FOLDER).unlink()
