"""A fresh clone, without an environment and a cache: one command builds the site, and the second run installs nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.project import ROOT


def outside_environment() -> dict[str, str]:
    """Return the environment variables of a newcomer's shell, in which this virtual environment is not active."""
    venv = str(ROOT / ".venv")
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if not part.startswith(venv))
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    return kept | {"PATH": path, "PIP_COMPILE": "0"}  # Python compiles what it imports, which is less than half of what is installed


@pytest.mark.slow
def test_build_from_a_fresh_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    environment = outside_environment()
    python = shutil.which("python3", path=environment["PATH"])
    assert python

    def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([python, f"scripts/{script}", *arguments], cwd=clone, env=environment, capture_output=True, text=True)

    first = run("build.py")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Installerer requirements.txt" in first.stderr
    assert (clone / "site" / "index.html").is_file()
    assert (clone / "site" / "pdf" / "kanalstrategi.pdf").is_file()
    assert not (clone / "site" / "macros").exists()

    check = run("check.py")
    assert (check.returncode, check.stdout) == (0, "Alt er i orden.\n")

    page = clone / "docs" / "strategi" / "formaal.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before + '\n{{ rules("telefn") }}\n', encoding="utf-8")
    line = before.count("\n") + 2
    broken = run("check.py")
    reported = f"docs/strategi/formaal.md:{line}: kanalen telefn findes ikke – mente du telefon?"
    assert (broken.returncode, broken.stdout) == (1, f"{reported}\n\n1 problem skal rettes.\n")
    assert "advarsel: siden skulle være gennemgået" in broken.stderr
    annotated = run("check.py", "--format", "github")
    assert annotated.returncode == 1
    assert f"::error file=docs/strategi/formaal.md,line={line}::kanalen telefn findes ikke – mente du telefon?\n" in annotated.stdout
    records = json.loads(run("check.py", "--format", "json").stdout)
    assert [record["line"] for record in records if record["severity"] == "error"] == [line]
    assert run("check.py", "--formatt").stderr == "Skriv: python3 scripts/check.py [--overdue] [--format text|github|json]\n"
    page.write_text(before, encoding="utf-8")

    new = run("new.py", "department", "Sundhedsplejen")
    assert new.returncode == 0, new.stdout + new.stderr
    assert run("check.py").stdout == "Alt er i orden.\n"
    second = run("build.py", "--site-dir", "andetsteds")
    assert second.returncode == 0, second.stdout + second.stderr
    output = second.stdout + second.stderr
    assert "Installerer" not in output and "WARNING" not in output and "Warning" not in output
    sources = {file.relative_to(ROOT / folder) for folder in ("docs", "pages") for file in (ROOT / folder).rglob("*.md")}
    pages = len([file for file in sources if {"skabeloner", "eksempel"}.isdisjoint(file.parts)]) + 1
    pages += len(json.loads((clone / "andetsteds/data/rules.json").read_text("utf-8")))  # each rule has a page
    assert f"Færdig: {pages} sider og 11 PDF’er på " in output
    assert f"Side {pages} af {pages}: " in output and "PDF 11 af 11: pdf/" in output
    overview = (clone / "andetsteds" / "retningslinjer" / "index.html").read_text(encoding="utf-8")
    assert 'href="sundhedsplejen/#personligt-fremmoede"' in overview
    assert (clone / "andetsteds" / "pdf" / "retningslinjer-sundhedsplejen.pdf").is_file()
