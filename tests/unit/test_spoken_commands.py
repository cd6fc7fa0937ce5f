"""Where a site has no scripts beside it, what is printed names the commands of the installed program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kanalstrategi.__main__ import COMMANDS, main
from kanalstrategi.cli import code_owners, new_site, published_urls
from kanalstrategi.cli.spoken_commands import as_installed
from tests.support.project import ROOT


@pytest.mark.parametrize("script", sorted(file.stem for file in (ROOT / "scripts").glob("*.py")))
def test_each_script_that_is_a_command_is_called_by_it(script: str) -> None:
    command = script.replace("_", "-")
    typed = f"python3 scripts/{script}.py --x"
    assert as_installed(f"kør {typed}") == (f"kør kanalstrategi {command} --x" if command in COMMANDS else f"kør {typed}")


def test_a_path_that_only_ends_like_a_script_is_said_as_it_is() -> None:
    told = "/srv/scripts/build.py, mine-scripts/check.py og docs/scripts/new.py"
    assert as_installed(told) == told


def test_a_site_of_its_own_is_told_of_commands_that_it_has(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    for word in ("structure", "edition"):
        process = subprocess.run([sys.executable, "-m", "kanalstrategi", word], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        assert f"kanalstrategi {word} " in process.stderr and "scripts/" not in process.stderr


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("chek", "kommandoen chek findes ikke – mente du check?\n"),
        ("xyzzy", "kommandoen xyzzy findes ikke – vælg en af: addresses, "),
        ("", "Skriv: kanalstrategi KOMMANDO"),
    ],
)
def test_a_command_that_is_not_there_is_named_with_the_nearest_one(
    word: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kanalstrategi", *filter(None, [word])])
    assert main() == 2 and capsys.readouterr().err.startswith(told)


def test_a_file_that_is_not_there_is_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--from", "--strategy"):
        assert new_site.main(["Byen", str(tmp_path / "by"), "--yes", option, str(tmp_path / "x.docx")]) == 1
        assert capsys.readouterr().err.count("x.docx") == 1


def test_what_is_up_to_date_is_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_site.main(["Byen", str(tmp_path / "by"), "--yes"]) == 0
    capsys.readouterr()
    assert code_owners.main(tmp_path / "by", []) == 0
    assert "CODEOWNERS passer" in capsys.readouterr().out
    for told in ("er skrevet til", "har alle adresser"):
        assert published_urls.main(tmp_path / "by", []) == 0 and told in capsys.readouterr().out
