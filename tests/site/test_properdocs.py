"""ProperDocs, the fork of MkDocs that is our way out, builds the same site. It loads the same plugins, and its modules replace MkDocs'."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pages import add_warning
from tests.support.project import EPOCH, PUBLISHED, Project, copied

FORMAAL = "docs/strategi/formaal.md"


def build_with_properdocs(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build a project with ProperDocs as `Project.build` does with MkDocs."""
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", *arguments]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "SITE_URL": PUBLISHED}
    return subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in a folder, by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_properdocs_writes_the_same_files(tmp_path: Path) -> None:
    with_mkdocs, with_properdocs = copied(tmp_path / "mkdocs"), copied(tmp_path / "properdocs")
    for project in (with_mkdocs, with_properdocs):
        project.remove_documents()
    done = with_mkdocs.build(site_url=PUBLISHED, is_cold=True)
    assert done.returncode == 0, done.stdout + done.stderr
    done = build_with_properdocs(with_properdocs)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Page skipped" not in done.stderr and ".site-new" not in done.stderr  # its loggers are the ones that we filter
    expected, actual = contents(with_mkdocs.site), contents(with_properdocs.site)
    assert actual.keys() == expected.keys()
    assert [path for path in expected if actual[path] != expected[path]] == []


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_a_warning_of_properdocs_stops_a_strict_build_every_time(project: Project, quiet: list[str]) -> None:
    """Its warnings are counted, and a page that it warns of is not cached."""
    project.remove_documents()
    project.warm()
    add_warning(project, FORMAAL)
    assert project.check() == []
    for _ in range(2):
        done = build_with_properdocs(project, *quiet)
        assert done.returncode == 1
        assert "Der er advarsler ovenfor (1) – ret dem, og byg igen" in done.stdout
        assert "about strategi/formaal.md" in done.stderr
