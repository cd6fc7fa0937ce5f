"""A new site is whole from its first day: made by one command from the wheel alone, it checks and builds, and has nothing of another municipality."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.installed import installed

COMMANDS = (("check",), ("build", "--strict"))
"""What has to succeed in the folder of a new site without a warning."""
OTHERS = re.compile("guldborgsund|politik-personale|politik & personale|54 ?73 ?10|nykøbing", re.IGNORECASE)
"""What is in the texts of the municipality whose site this repository has."""


def kanalstrategi(library: Path, folder: Path, *words: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    """Run the installed program in a folder."""
    command = [str(library / "bin" / "kanalstrategi"), *words]
    return subprocess.run(command, cwd=folder, env={**os.environ, **installed(library)}, input=answers, capture_output=True, text=True)


def holds(library: Path, site: Path) -> None:
    """Run the commands in the folder of a site. Fails with what they print if one does not succeed, or warns."""
    for words in COMMANDS:
        process = kanalstrategi(library, site, *words)
        assert process.returncode == 0, process.stdout + process.stderr
        assert not re.search("advarsel|warning", process.stdout + process.stderr, re.IGNORECASE), process.stderr


def named_others(folder: Path) -> list[str]:
    """Return the files below a folder that have something of another municipality."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix not in (".gz", ".br"))
    return [f"{file.relative_to(folder)}: {found[0]}" for file in files if (found := OTHERS.search(file.read_text(encoding="utf-8", errors="replace")))]


@pytest.mark.slow
def test_a_site_of_defaults_is_whole(library: Path, tmp_path: Path) -> None:
    made = kanalstrategi(library, tmp_path, "new", "Skovlund Kommune", "skovlund", "--yes")
    assert made.returncode == 0 and "kanalstrategi serve" in made.stdout, made.stderr
    site = tmp_path / "skovlund"
    assert [file.name for file in tmp_path.iterdir()] == ["skovlund"]
    holds(library, site)
    assert named_others(site) == []
    front = (site / "site/index.html").read_text(encoding="utf-8")
    assert "Udkast" in front and "Skovlund Kommune" in front


def test_pages_of_a_site_are_not_begun_where_there_is_none(library: Path, tmp_path: Path) -> None:
    process = kanalstrategi(library, tmp_path, "new", "department", "Skoler")
    assert process.returncode == 2 and process.stderr.startswith("Der er ingen mkdocs.yml i denne mappe")
    assert list(tmp_path.iterdir()) == []
