"""No file in a site's folder is taken for a module of Python: it would run with the rights of whoever builds, and nobody had reviewed it as code."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.cli import new_site, serve, verify
from kanalstrategi.content.pins import Release
from kanalstrategi.starter.answers import Answers, NewDepartment
from kanalstrategi.starter.site_files import site_files
from tests.support.project import EPOCH, ROOT

NAMES = ("click", "jinja2", "kanalstrategi", "markdown", "mkdocs", "msgspec", "multiprocessing", "pikepdf", "selectors", "signal", "typst", "yaml")
"""Modules of ours, of Python, and of packages, some of which are first imported by a process that another has started."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site with PDFs, in which files are called as modules are."""
    answers = Answers("Fjordby", channels=("Telefon",), departments=(NewDepartment("Havnen"),))
    new_site.make_site(tmp_path / "site", site_files(answers, None, date(2026, 1, 1), Release("1.0.0", "", "")))
    for name in NAMES:
        (tmp_path / "site" / f"{name}.py").write_text(f"open({str(tmp_path / 'taken')!r}, 'a').write({name!r})\nraise SystemExit(1)\n", encoding="utf-8")
    return tmp_path / "site"


@pytest.mark.slow
def test_a_build_runs_none_of_its_files(site: Path) -> None:
    """Nor do the processes that make the PDFs. The command that pip installs does not look for modules in the folder that it is called in."""
    command = (sys.executable, "-c", "import sys; del sys.path[0]; from kanalstrategi.__main__ import main; main()", "build")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
    process = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert not (site.parent / "taken").exists(), (site.parent / "taken").read_text(encoding="utf-8")
    assert process.returncode == 0, process.stdout + process.stderr


def test_what_verifies_a_site_builds_it_so(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        started.append(" ".join(command[1:5]))
        return subprocess.CompletedProcess(command, 1, "")

    monkeypatch.setattr(subprocess, "run", run)
    assert verify.main(site, ["--only", "weight"]) == 2  # nothing was built
    assert started == ["-P -m kanalstrategi build"]


def test_a_preview_looks_for_modules_in_a_clone_alone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(serve, "run_instead", lambda command, environment: started.append(" ".join(command[1:4])))
    monkeypatch.setattr(serve, "fetch_if_wanted", lambda root: None)
    for root in (site, ROOT):
        monkeypatch.chdir(root)
        serve.main(root)
    assert started == ["-P -m mkdocs", "-m mkdocs serve"]


def test_a_preview_of_settings_that_cannot_be_read_says_so(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "mkdocs.yml").write_text(f"extra: {'[' * 3000}", encoding="utf-8")
    monkeypatch.chdir(site)
    with pytest.raises(SystemExit, match=r"mkdocs.yml:1: opsætningen kan ikke læses, for den har lister i lister"):
        serve.main(site)
