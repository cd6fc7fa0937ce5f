"""The program as an adopter has it: installed from its wheel, and run without a clone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.support.project import EPOCH, ROOT, Project, built_once, copied

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Run a command and return its standard output. Fails with all that it has printed."""
    process = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def build_wheel(folder: Path, change: Callable[[Project], None] = lambda project: None) -> None:
    """Build a wheel into a folder, from a copy of the sources that may be changed first, and without a network."""
    project = copied(folder / "project")
    project.own_program()
    for name in ("README.md", "LICENSE", "requirements-node.txt", "requirements.txt"):
        shutil.copy(ROOT / name, project.root)
    change(project)
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), ".", cwd=project.root)


def install_wheel(wheel: Path, folder: Path) -> None:
    """Install a wheel into a folder, which Python does not look in by itself."""
    run(*PIP, "install", "--no-deps", "--no-index", "--target", str(folder), str(wheel), cwd=folder)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the project."""
    (wheel,) = built_once(tmp_path_factory, "wheel", build_wheel).glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def library(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel is installed in."""
    return built_once(tmp_path_factory, "library", partial(install_wheel, wheel))


def installed(library: Path) -> dict[str, str]:
    """The environment in which Python finds the program of a wheel before that of the clone."""
    return {"PYTHONPATH": str(library), "SOURCE_DATE_EPOCH": str(EPOCH)}
