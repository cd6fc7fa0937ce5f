"""A site that is a clone of the repository becomes a site that is only its own, by one command, and loses nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from kanalstrategi.cli.upgrade_build import read_built
from kanalstrategi.design.theme import PAGES
from kanalstrategi.upgrading.difference import BuiltSite
from tests.support.clone import NEW_CHANNEL, OTHERS_RULE, OWN_RULE, build_with_own_program, changed_clone, files_of
from tests.support.project import Project, built_once, run_mkdocs

pytestmark = pytest.mark.slow
UPGRADE = (sys.executable, "-P", "-m", "kanalstrategi", "upgrade")
"""The command, of the program that is installed and not of the one in the folder."""
EXAMPLE = re.compile(r"\b\d+ af \d+(?= (?:intet|noget|alt) er besluttet)")


@dataclass(frozen=True)
class Upgraded:
    """The site before and after."""

    before: Project
    """The clone, built with its own program."""
    after: Project
    """The site, built with the installed one."""
    printed: str
    built: tuple[BuiltSite, BuiltSite]
    """What readers get of both."""

    def of_program(self) -> set[str]:
        """Return the URLs of the pages that come with the program now."""
        pages = (file.relative_to(PAGES).as_posix() for file in PAGES.rglob("*.md"))
        own = self.after.root / "docs"
        return {f"{path.removesuffix('.md')}/".removesuffix("index/") for path in pages if not (own / path).is_file()}


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    """The clone and what the command has made of it."""

    def build(folder: Path) -> None:
        before = changed_clone(folder / "before")
        after = Project(folder / "after")
        shutil.copytree(before.root, after.root)
        build_with_own_program(before)
        process = subprocess.run([*UPGRADE, "--yes"], cwd=after.root, capture_output=True, text=True)
        assert process.returncode == 0, process.stdout + process.stderr
        (folder / "printed.txt").write_text(process.stdout, encoding="utf-8")
        process = run_mkdocs(after.root)
        assert process.returncode == 0, process.stdout + process.stderr

    folder = built_once(tmp_path_factory, "from-clone", build)
    before, after = Project(folder / "before"), Project(folder / "after")
    return Upgraded(before, after, (folder / "printed.txt").read_text(encoding="utf-8"), (read_built(before.site), read_built(after.site)))


def without_examples(lines: Sequence[str]) -> list[str]:
    """Return a page's text without the numbers in the key above a table, which were any numbers before and are the table's own now."""
    return [EXAMPLE.sub("…", line) for line in lines]


def test_every_page_of_its_own_has_the_same_text_and_address(upgraded: Upgraded) -> None:
    before, after = upgraded.built
    assert before.pages.keys() <= after.pages.keys()
    changed = {url for url, text in before.pages.items() if without_examples(text) != without_examples(after.pages[url])}
    assert "redaktoer/tjek/" in upgraded.of_program()
    guide = [[line.replace(" Udkast", "") for line in built.pages["redaktoer/"]] for built in upgraded.built]
    assert guide[0] == guide[1]  # their own overview of the guide, whose pages are no drafts now that they are the program's
    assert changed <= {"redaktoer/", *upgraded.of_program()}
    assert before.documents == after.documents == {"pdf/status.pdf": 1}
    assert OWN_RULE in "\n".join(after.pages[f"kanaler/{NEW_CHANNEL}/"])
    assert "Vandet er varmt ved højvande" in after.pages["medarbejdere/"]
    assert "I Fjordby spørger vi Kim." in after.pages["redaktoer/word/"]


def test_nothing_of_another_municipality_comes_in(upgraded: Upgraded) -> None:
    _, after = upgraded.built
    assert {url for url in after.pages if url.startswith("retningslinjer/b")} == {"retningslinjer/biblioteker/", "retningslinjer/bosteder/"}
    assert "havnen" in (upgraded.after.site / "retningslinjer/bosteder/index.html").read_text(encoding="utf-8")  # which leads on to it
    rule = "\n".join(after.pages["regler/telefon-notatpligt/"])
    assert OWN_RULE in rule and OTHERS_RULE not in rule


def test_the_site_is_only_its_own(upgraded: Upgraded) -> None:
    files = files_of(upgraded.after.root)
    assert {path for path in files if not path.startswith(("docs/", "gammelt/", ".github/"))} == {
        ".gitattributes", ".gitignore", ".gitlab-ci.yml", ".pre-commit-config.yaml", "CODEOWNERS", "README.md", "addresses.txt",
        "macros/__init__.py", "macros/fjord.py", "macros/tides.py", "mkdocs.yml", "opgradering.md",
        "overrides/brand.yml", "overrides/theme/assets/styles/egne-farver.css", "overrides/theme/assets/styles/footer.css",
        "overrides/theme/partials/site-search.html", "records/progress.csv", "requirements.in", "requirements.txt", "scripts/vores.py", "udgiv.sh",
    }  # fmt: skip - a list of files, several a line
    assert not {"docs/soeg.md", "docs/redaktoer/tjek.md", "docs/billeder/udgaver-liste.png"} & files.keys()
    config = yaml.load(files["mkdocs.yml"].replace(b"!ENV", b""), yaml.SafeLoader)
    assert config["plugins"] == ["kanalstrategi"] and config["theme"] == {"name": "material", "logo": "billeder/logo.svg", "favicon": "billeder/logo.svg"}
    assert not {"watch", "validation", "exclude_docs"} & config.keys()
    assert b"# vores\n" in files["mkdocs.yml"]


def test_every_file_that_it_had_changed_is_still_there(upgraded: Upgraded) -> None:
    """Byte for byte, in its place or in the folder for what has none any more."""
    before, after = files_of(upgraded.before.root), files_of(upgraded.after.root)
    own = [path for path in before if path.startswith("docs/") and path in after]
    assert {path for path in own if before[path] != after[path]} == set()
    for path in ("docs/billeder/logo.svg", "addresses.txt", "records/progress.csv", "CODEOWNERS", "scripts/vores.py", "udgiv.sh", "macros/tides.py"):
        assert after[path] == before[path], path
    put_away = {path for path in after if path.startswith("gammelt/")}
    assert put_away == {
        "gammelt/kanalstrategi/checks/links.py", "gammelt/macros/__init__.py", "gammelt/overrides/pdf/print.css",
        "gammelt/overrides/theme/assets/styles/footer.css", "gammelt/overrides/theme/partials/contents.html", "gammelt/overrides/theme/tokens.css",
    }  # fmt: skip - a list of files, several a line
    assert all(after[path] == before[path.removeprefix("gammelt/")] for path in put_away)
    assert all(f"er nu {path}:" in upgraded.printed for path in put_away)


def test_its_look_is_laid_on_top(upgraded: Upgraded) -> None:
    (style,) = upgraded.after.site.glob("assets/*/site.css")
    text = style.read_text(encoding="utf-8")
    assert "#6b1f7b" in text and ".fjordby" in text
    assert text.index(".fjordby") > text.rindex("@media print")  # after all that the program says
    assert "<!-- søgning i Fjordby -->" in (upgraded.after.root / "overrides/theme/partials/site-search.html").read_text(encoding="utf-8")
    assert (upgraded.after.site / "billeder/logo.svg").read_bytes().count(b"#6b1f7b") == 1


def test_the_jobs_of_the_site_call_the_installed_program(upgraded: Upgraded) -> None:
    for path in (".gitlab-ci.yml", ".pre-commit-config.yaml", ".github/workflows/publish.yml", ".github/workflows/check.yml"):
        text = (upgraded.after.root / path).read_text(encoding="utf-8")
        assert "scripts/" not in text and yaml.safe_load(text), path
        assert "kanalstrategi check" in text or "kanalstrategi build" in text
    jobs = yaml.safe_load((upgraded.after.root / ".github/workflows/publish.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs.keys() == {"build", "deploy"} and "needs" not in jobs["build"]
    commands = [step.get("run", "") for step in jobs["build"]["steps"]]
    assert ["pip" in command for command in commands if command][:2] == [True, False]  # installed before it is called
    assert not any("pip" in step.get("run", "") for step in jobs["deploy"].get("steps", []))
    follow_up = yaml.safe_load((upgraded.after.root / ".github/workflows/follow-up.yml").read_text(encoding="utf-8"))["jobs"]
    assert {name for name, job in follow_up.items() if "require-hashes" in str(job)} == {"look", "remind"}  # and none of those that may write


def test_it_can_be_taken_back(upgraded: Upgraded, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(upgraded.after.root, root)
    process = subprocess.run([*UPGRADE, "--undo"], cwd=root, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    assert files_of(root) == files_of(upgraded.before.root)
