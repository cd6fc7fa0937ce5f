"""With SOURCE_DATE_EPOCH set, two builds are byte-identical, PDFs included, wherever they are made."""

from __future__ import annotations

import filecmp
from pathlib import Path

from tests.support.project import Project


def files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_two_builds_are_the_same(site: Path, whole_project: Project) -> None:
    assert whole_project.build().returncode == 0
    assert files(site) == files(whole_project.site)
    _, different, failed = filecmp.cmpfiles(site, whole_project.site, files(site), shallow=False)
    assert (different, failed) == ([], [])
