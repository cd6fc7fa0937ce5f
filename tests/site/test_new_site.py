"""A new site is whole from its first day: made by one command from the wheel alone, it checks and builds, and has nothing of another municipality."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from kanalstrategi.__main__ import COMMANDS as COMMANDS_OF_PROGRAM
from tests.support.installed import PIP, installed, run
from tests.support.project import DATA, built_once
from tests.support.strategy_in_word import strategy_in_word

COMMANDS = (("check",), ("build", "--strict"), ("verify",))
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


@pytest.fixture(scope="module")
def fjordby(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of Fjordby, made from a file of answers and the municipality's own text in Word. No test may change it."""

    def make(folder: Path) -> None:
        shutil.copytree(DATA / "starter", folder / "answers")
        (folder / "answers/politik.docx").write_bytes(strategy_in_word())
        words = ("--from", "answers/fjordby.yml", "--strategy", "answers/politik.docx")
        made = kanalstrategi(library, folder, "new", "Fjordby Kommune", "fjordby", *words)
        assert made.returncode == 0 and "- »Telefon«: 3 regler" in made.stdout, made.stderr
        holds(library, folder / "fjordby")

    return built_once(tmp_path_factory, "fjordby", make) / "fjordby"


@pytest.mark.slow
def test_fjordby_is_whole_by_its_answers_and_its_own_text(fjordby: Path) -> None:
    assert named_others(fjordby) == []
    pages = {file.relative_to(fjordby / "site").parent.as_posix() for file in (fjordby / "site").rglob("index.html")}
    assert {"kanaler/chat-og-sms", "retningslinjer/havneskolen", "strategi/syv-principper", "regler/telefon-ringe-samme-dag", "redaktoer"} <= pages
    page = (fjordby / "site/kanaler/telefon/index.html").read_text(encoding="utf-8")
    assert "besvare ni ud af ti opkald" in page and "Fjordby Kommunes kommunikationspolitik" in page and "billeder/logo.svg" in page
    assert ".word/" in (fjordby / ".gitignore").read_text(encoding="utf-8") and (fjordby / ".word/strategi.txt").is_file()


@pytest.mark.slow
def test_a_small_site_of_defaults_is_whole(library: Path, tmp_path: Path) -> None:
    (tmp_path / "svar.yml").write_text("channels: [Telefon, Bogbus, Opslagstavle]\ndepartments: [Havnen]\n", encoding="utf-8")
    assert kanalstrategi(library, tmp_path, "new", "Lillø", "lilloe", "--from", "svar.yml").returncode == 0
    holds(library, tmp_path / "lilloe")
    assert named_others(tmp_path / "lilloe") == []


@pytest.mark.slow
def test_a_site_of_nothing_but_defaults_is_whole(library: Path, tmp_path: Path) -> None:
    made = kanalstrategi(library, tmp_path, "new", "Skovlund Kommune", "skovlund", "--yes")
    assert made.returncode == 0 and "kanalstrategi serve" in made.stdout, made.stderr
    site = tmp_path / "skovlund"
    assert [file.name for file in tmp_path.iterdir()] == ["skovlund"]
    holds(library, site)
    assert named_others(site) == []
    front = (site / "site/index.html").read_text(encoding="utf-8")
    assert "Udkast" in front and "Skovlund Kommune" in front
    for page in [*(site / "docs/strategi").glob("*.md"), *(site / "docs/kanaler").glob("*.md")]:
        assert "er endnu ikke skrevet" in page.read_text(encoding="utf-8"), page


def test_the_lock_has_the_program_with_its_hash_and_pip_takes_it_from_the_site(fjordby: Path, wheel: Path, tmp_path: Path) -> None:
    lock = (fjordby / "requirements.txt").read_text(encoding="utf-8")
    assert (fjordby / "program" / wheel.name).read_bytes() == wheel.read_bytes()
    assert "typst==" in lock and lock.index("kanalstrategi==") < lock.index("typst==")
    shutil.copytree(fjordby / "program", tmp_path / "program")
    of_program = lock[: lock.index("--only-binary")]
    for name, text in (("right.txt", of_program), ("wrong.txt", of_program.replace("sha256:", "sha256:0")[:-2])):
        (tmp_path / name).write_text(text, encoding="utf-8")
    install = (*PIP, "install", "--no-deps", "--no-index", "--require-hashes", "--target", str(tmp_path / "library"), "-r")
    run(*install, "right.txt", cwd=tmp_path)
    assert (tmp_path / "library/kanalstrategi/requirements.txt").is_file()
    with pytest.raises(AssertionError):
        run(*install, "wrong.txt", cwd=tmp_path)


def test_the_servers_run_only_commands_that_there_are_and_actions_that_are_pinned(fjordby: Path) -> None:
    workflows = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted((fjordby / ".github/workflows").iterdir())]
    steps = [step for workflow in workflows for job in workflow["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used and all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)
    assert all(workflow["permissions"] == {"contents": "read"} for workflow in workflows)
    gitlab = yaml.safe_load((fjordby / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    scripts = "\n".join([*(step.get("run", "") for step in steps), *gitlab["check"]["script"], *gitlab["pages"]["script"]])
    readme = (fjordby / "README.md").read_text(encoding="utf-8")
    assert {*re.findall(r"\.venv/bin/kanalstrategi (\w+)", scripts + readme)} <= {*COMMANDS_OF_PROGRAM}
    assert all(text.count("--require-hashes -r requirements.txt") for text in (scripts, readme, gitlab["default"]["before_script"][1]))


def test_pages_of_a_site_are_not_begun_where_there_is_none(library: Path, tmp_path: Path) -> None:
    process = kanalstrategi(library, tmp_path, "new", "department", "Skoler")
    assert process.returncode == 2 and process.stderr.startswith("Der er ingen mkdocs.yml i denne mappe")
    assert list(tmp_path.iterdir()) == []
