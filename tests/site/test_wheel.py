"""The wheel is whole: installed without a clone, it builds the same site, byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from kanalstrategi.build.cache import CACHE_FOLDER
from tests.support.project import EPOCH, ROOT, Project, are_same, built_once, copied, run_mkdocs

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Run a command and return its standard output. Fails with all that it has printed."""
    process = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the project, built from a copy of its sources and without a network."""

    def build(folder: Path) -> None:
        project = copied(folder / "project")
        project.own_program()
        for name in ("README.md", "LICENSE", "requirements-node.txt"):
            shutil.copy(ROOT / name, project.root)
        run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), ".", cwd=project.root)

    (wheel,) = built_once(tmp_path_factory, "wheel", build).glob("*.whl")
    return wheel


def test_the_wheel_holds_the_program_and_the_theme(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry_points,) = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        declared = ConfigParser()
        declared.read_string(archive.read(entry_points).decode())
    sources = {
        f"kanalstrategi/{file.relative_to(folder).as_posix()}"
        for folder in (ROOT / "kanalstrategi", ROOT)
        for file in (folder if folder != ROOT else ROOT / "overrides").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert "kanalstrategi/overrides/theme/main.html" in sources
    sources.add("kanalstrategi/requirements-node.txt")  # of the program that fetches the editor
    assert {name for name in names if ".dist-info/" not in name} == sources
    assert declared["mkdocs.plugins"]["kanalstrategi"] == "kanalstrategi.build.plugin:KanalstrategiPlugin"
    assert declared["console_scripts"]["kanalstrategi"] == "kanalstrategi.cli.main:main"


@pytest.mark.slow
def test_an_installed_wheel_builds_the_same_site(wheel: Path, whole_project: Project, tmp_path: Path) -> None:
    library = tmp_path / "lib"
    run(*PIP, "install", "--no-deps", "--no-index", "--target", str(library), str(wheel), cwd=tmp_path)
    whole_project.remove_documents()
    process = run_mkdocs(whole_project.root)
    assert process.returncode == 0, process.stdout + process.stderr

    site_of_clone = tmp_path / "site-of-clone"
    whole_project.site.rename(site_of_clone)
    (whole_project.root / "kanalstrategi").unlink()  # a link
    shutil.rmtree(whole_project.root / CACHE_FOLDER)
    environment = {"PYTHONPATH": str(library), "SOURCE_DATE_EPOCH": str(EPOCH)}
    where = run(sys.executable, "-c", "import kanalstrategi; print(kanalstrategi.__file__)", cwd=whole_project.root, **environment)
    assert Path(where.strip()).is_relative_to(library)  # and not in the clone that the environment has installed
    run(sys.executable, "-m", "mkdocs", "build", "--strict", cwd=whole_project.root, **environment)
    assert are_same(site_of_clone, whole_project.site)
    assert run(str(library / "bin" / "kanalstrategi"), "check", cwd=whole_project.root, **environment) == "Alt er i orden.\n"
