"""Whatever the operating system refuses to a build, the former site stays whole, and the message says why in Danish."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from kanalstrategi.build.cache import CACHE_FOLDER
from kanalstrategi.build.workers import MIN_ITEMS
from tests.support.forked_builds import Done, ForkedBuilds, forked_builds
from tests.support.pages import FRONT, small
from tests.support.project import Project, are_same

ERRORS = ("ENOSPC", "EACCES", "EROFS", "EIO", "memory")
REASONS = {
    "ENOSPC": "der er ikke plads på disken – gør plads",
    "EACCES": "der mangler rettigheder – ret",
    "EROFS": "disken kan kun læses – brug",
    "EIO": "disken svarer med en fejl – prøv",
    "memory": "der er ikke hukommelse nok – luk",
    "worker-killed": "processen, der laver den, blev afbrudt – luk andre programmer",
}
NO_PROCESS = "der kan ikke startes flere processer – luk"
FORMER = "den forrige udgave"
MIN_WRITES, MIN_KINDS = 240, 55
"""A build of the small project writes at least so many times, in so many places of the program: otherwise the writes are not all seen."""
SHARES = 4
"""Into how many tests the kinds are shared out, so that they run beside each other."""
MIN_WORKER_KINDS = 8
"""In so many places, a build that is distributed to worker processes starts these, or writes in them."""


@dataclass(frozen=True)
class Write:
    """A write that a build did."""

    name: str
    kind: str
    """The process, the operation and the function that does it."""

    @property
    def operation(self) -> str:
        """`open`, `mkdir`, `fork`, …"""
        return self.kind.split()[1]

    @property
    def is_of_worker(self) -> bool:
        """Whether another process than the first does it."""
        return self.kind.startswith("worker")


class Laboratory:
    """A project with a former site, built again and again, with a fault each time."""

    def __init__(self, project: Project, builds: ForkedBuilds, folder: Path) -> None:
        self.project, self._builds, self._folder = project, builds, folder
        self._cache = project.root / CACHE_FOLDER
        done = builds.build()
        assert done.code == 0, done.log
        self._keep_cache()
        for name in ("former", "new"):
            (folder / name / ".git").mkdir(parents=True)
            (folder / name / ".git" / "HEAD").write_text("ref")
        shutil.copytree(project.site, folder / "new", dirs_exist_ok=True)
        (folder / "former" / "index.html").write_text(FORMER, encoding="utf-8")
        (folder / "former" / "gammel").mkdir()
        (folder / "former" / "gammel" / "index.html").write_text(FORMER, encoding="utf-8")
        self.writes = self._count()

    def _keep_cache(self) -> None:
        """Keep the cache for all builds, but without the PDF, which they make anew, and without the record of what the site was built of."""
        shutil.copytree(self._cache, self._folder / "cache", ignore=shutil.ignore_patterns("site.*"))
        with closing(sqlite3.connect(self._folder / "cache" / "cache.sqlite")) as database, database:
            removed = database.execute("DELETE FROM entries WHERE instr(CAST(substr(value, 17, 20) AS BLOB), CAST('%PDF' AS BLOB))").rowcount
        assert removed == 1

    def _count(self) -> list[Write]:
        self.reset()
        done = self.build(log=str(self._folder / "writes"))
        assert done.code == 0 and self.state == "new", done.log
        records = map(json.loads, (self._folder / "writes").read_text(encoding="utf-8").splitlines())
        return [Write(record["write"], record["kind"]) for record in records]

    def reset(self) -> None:
        """Put the former site in its place."""
        for folder in (self.project.site, self._cache, *self.leftovers):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._folder / "former", self.project.site)
        self.reset_cache()

    def reset_cache(self) -> None:
        """Put the cache in its place that all builds begin with."""
        shutil.rmtree(self._cache, ignore_errors=True)
        shutil.copytree(self._folder / "cache", self._cache)

    def build(self, *, fault: str = "", write: str = "", fired: str = "", log: str = "") -> Done:
        """Build, with a plan for a fault."""
        return self._builds.build(folders=(self.project.root, self._folder / "tmp"), fault=fault, write=write, fired=fired, log=log)

    def build_elsewhere(self, site: Path) -> Done:
        """Build to a folder outside the project, in which nothing can be written."""
        return self._builds.build("--site-dir", str(site), folders=(self.project.root,), fault="EROFS", write="*")

    def is_new(self, site: Path) -> bool:
        """Whether a folder holds what a build should write."""
        return are_same(site, self._folder / "new")

    def build_with(self, fault: str, write: Write) -> Done:
        """Build, while a write fails."""
        fired = self._folder / "fired"
        done = self.build(fault=fault, write=write.name, fired=str(fired))
        assert fired.exists(), f"{write} is not reached"
        fired.unlink()
        assert "Traceback" not in done.log, (fault, write, done.log)
        return done

    @property
    def leftovers(self) -> list[Path]:
        """The folders of builds that have not ended as they should."""
        return list(self.project.root.glob(".site-*"))

    @property
    def state(self) -> str:
        """Which site is there: `former`, `new`, or something else."""
        site = self.project.site
        return next((name for name in ("former", "new") if are_same(site, self._folder / name)), "missing" if not site.exists() else "broken")


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    folder = tmp_path_factory.mktemp("faults")
    (folder / "tmp").mkdir()
    project = small(folder / "project")
    project.write("docs/filer/tal.csv", "a;b\n1;2\n")
    with forked_builds(project, forks_pdfs=True, temporary=folder / "tmp") as builds:
        yield Laboratory(project, builds, folder)


def check(laboratory: Laboratory, done: Done, fault: str, write: Write, before: str) -> None:
    """Check what a build has left behind that a fault was meant to end; `before` is the site that was there."""
    told = (fault, write, done)
    if done.code == 0:
        assert laboratory.state == "new", told
        return
    has_no_process = (write.operation == "thread" and fault in ERRORS) or (write.operation == "fork" and fault in ERRORS[:-1])
    reason = NO_PROCESS if has_no_process else REASONS[fault]
    assert reason in done.log, told
    if "_move_hidden_files" in write.kind:  # the site has been replaced, by this build or by a killed one
        assert "Hjemmesiden er bygget, men ikke alle skjulte filer" in done.log or before == "broken", told
        return
    assert "En tidligere udgave er uændret." in done.log and laboratory.state == before and laboratory.leftovers == [], told


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_each_kind_of_write_of_a_build_may_fail(laboratory: Laboratory, share: int) -> None:
    first = {write.kind: write for write in reversed(laboratory.writes)}
    assert len(laboratory.writes) >= MIN_WRITES and len(first) >= MIN_KINDS, (len(laboratory.writes), *first)
    for number, (write, error) in enumerate(zip(first.values(), cycle(ERRORS), strict=False)):
        if number % SHARES != share:
            continue
        laboratory.reset()
        state = "former"
        if number % 8 == 0 or "staging." in write.kind:  # all would take too long
            assert laboratory.build_with("killed", write).code < 0
            state = laboratory.state
            assert state in ("former", "new", "missing") or "staging." in write.kind, (write, state)
            laboratory.reset_cache()  # the next build finds all else that the killed one has left
        done = laboratory.build_with(error, write)
        check(laboratory, done, error, write, "former" if state == "missing" else state)
        if write.is_of_worker:
            laboratory.reset()
            check(laboratory, laboratory.build_with("worker-killed", write), "worker-killed", write, "former")
    done = laboratory.build()
    assert done.code == 0 and laboratory.state == "new" and laboratory.leftovers == [], done.log
    assert sorted(file.name for file in (laboratory.project.root / CACHE_FOLDER).iterdir()) == ["cache.sqlite", "site.sha256"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, ForkedBuilds, Path]]:
    """A project with so many pages that worker processes render them, and a clean build of it on one core."""
    folder = tmp_path_factory.mktemp("workers")
    project = small(folder / "project")
    for number in range(MIN_ITEMS):
        project.write(f"docs/strategi/side-{number}.md", FRONT.format(description=f"Side {number}") + f"Tekst nummer {number}.\n")
    with forked_builds(project, forks_pdfs=True) as builds:
        done = builds.build("--site-dir", str(folder / "clean"), cores=1)
        assert done.code == 0, done.log
        yield project, builds, folder


@pytest.mark.slow
def test_one_core_and_two_build_the_same(pages: tuple[Project, ForkedBuilds, Path]) -> None:
    project, builds, folder = pages
    shutil.rmtree(project.root / CACHE_FOLDER)
    done = builds.build(folders=(project.root,), cores=2, log=str(folder / "writes"))
    assert done.code == 0 and are_same(project.site, folder / "clean"), done.log
    assert '"kind": "worker open' in (folder / "writes").read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_fails_in_a_worker_is_done_again_by_the_build(pages: tuple[Project, ForkedBuilds, Path]) -> None:
    project, builds, folder = pages
    (folder / "writes").unlink(missing_ok=True)
    shutil.rmtree(project.root / CACHE_FOLDER, ignore_errors=True)
    assert builds.build("--clean", folders=(project.root,), cores=2, log=str(folder / "writes")).code == 0
    records = [json.loads(line) for line in (folder / "writes").read_text(encoding="utf-8").splitlines()]
    # Of the processes that make PDFs, a killed one ends the build.
    first = {
        record["kind"]: record["write"]
        for record in reversed(records)
        if "/pdf/" not in record["write"] and "runner." not in record["kind"] and (record["kind"].startswith("worker") or " fork " in record["kind"])
    }
    assert len(first) >= MIN_WORKER_KINDS, [*first]
    failed = 0
    for (kind, write), next_fault in zip(first.items(), cycle(("worker-killed", "memory", "ENOSPC")), strict=False):
        for former in (project.root / CACHE_FOLDER, project.site):
            shutil.rmtree(former, ignore_errors=True)
        fault = "memory" if kind.startswith("main") else next_fault
        done = builds.build(folders=(project.root,), cores=2, fault=fault, write=write, fired=str(folder / "fired"))
        if (folder / "fired").exists():  # which process does what differs from build to build
            failed += 1
            (folder / "fired").unlink()
        assert "Traceback" not in done.log, (kind, fault, done.log)
        if kind.startswith("main"):
            assert done.code == 0 or REASONS["memory"] in done.log, (kind, done.log)
        else:
            assert done.code == 0 and are_same(project.site, folder / "clean"), (kind, fault, done.log)
    assert failed >= MIN_WORKER_KINDS


@pytest.mark.slow
def test_a_checkout_that_can_only_be_read_is_built_elsewhere(laboratory: Laboratory, tmp_path: Path) -> None:
    for _ in range(2):
        laboratory.reset()
        shutil.rmtree(laboratory.project.root / CACHE_FOLDER)
        done = laboratory.build_elsewhere(tmp_path / "www")
        assert done.code == 0 and "Traceback" not in done.log, done.log
        assert laboratory.state == "former" and not (laboratory.project.root / CACHE_FOLDER).exists()
        (tmp_path / "www" / ".git").mkdir(exist_ok=True)
        (tmp_path / "www" / ".git" / "HEAD").write_text("ref")
        assert laboratory.is_new(tmp_path / "www")
