"""The core of the program where Python has what it has on Windows: the checks say the same, and a build gives the same bytes. See adr/0039."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pages import small
from tests.support.project import EPOCH, ROOT, Project, are_same

CHECK = "import sys; from pathlib import Path; from kanalstrategi.cli.main import main; sys.argv[1:] = ['check']; sys.exit(main())"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project, built where this is."""
    project = small(tmp_path_factory.mktemp("here") / "project")
    process = run(project, "-m", "kanalstrategi.build.command")
    assert process.returncode == 0, process.stderr
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of it without anything that a build has left."""
    shutil.copytree(built.root, tmp_path / "project", symlinks=True, ignore=shutil.ignore_patterns("site", ".cache"))
    return Project(tmp_path / "project")


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
    return subprocess.run([sys.executable, *arguments], cwd=project.root, env=environment, capture_output=True, text=True, encoding="utf-8")


def on_windows(project: Project, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(project, str(ROOT / "tests/support/windows.py"), module, *arguments)


def test_a_build_gives_the_same_bytes(built: Project, project: Project) -> None:
    for _ in range(2):  # the second replaces a site
        process = on_windows(project, "kanalstrategi.build.command", "--clean")
        assert process.returncode == 0 and "Traceback" not in process.stdout + process.stderr, process.stdout + process.stderr
        assert are_same(project.site, built.site)
    assert list(project.root.glob(".site-*")) == []


def test_the_checks_say_the_same(built: Project, project: Project) -> None:
    project.write("check.py", CHECK)
    for text in ("", "# Uden felter – å\n"):
        if text:
            project.write("docs/strategi/ny.md", text)
        process, here = on_windows(project, "check"), run(project, "check.py")
        assert (process.returncode, process.stdout, process.stderr) == (here.returncode, here.stdout, here.stderr)
        assert here.returncode == bool(text) and "Traceback" not in here.stderr, here.stdout
