"""A site is brought to another version of the program: it is told what is new, its pages are migrated, and the difference is shown first.

The other version is built here from the sources, with another version number, a macro of another name, its migration and its notes.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from kanalstrategi.cli.upgrade_program import install, read_wheel
from tests.support.clone import files_of
from tests.support.installed import PIP, build_wheel, installed, run
from tests.support.made_up_site import FIELDS, made_up_site
from tests.support.project import Project, built_once

OLD_NAME, NEW_NAME = "pull_quote", "big_quote"
MIGRATION = f'''\
"""The macro {OLD_NAME} is called {NEW_NAME}."""

from __future__ import annotations

from collections.abc import Mapping

from kanalstrategi.upgrading.move import Move


def migrate(tree: Mapping[str, bytes]) -> Move:
    """Return what is done to a site's files."""
    old, new = b"{{{{ {OLD_NAME}(", b"{{{{ {NEW_NAME}("
    changes = {{path: text.replace(old, new) for path, text in tree.items() if path.startswith("docs/") and old in text}}
    return Move(changes, own=("docs/: makroen {OLD_NAME} hedder nu {NEW_NAME} på jeres sider",))
'''
NOTES = "**Læsere**\n\n- Statussiden siger det kortere.\n\n**Redaktører**\n\n- Et citat er nu en big_quote.\n\n**It-folk**\n\n- Intet.\n"
QUOTING = FIELDS + f'# Om telefonen\n\nÆ, ø og å.\n\n{{{{ {OLD_NAME}("telefon-tid") }}}}\n'


def make_newer(project: Project, version: str = "9.2.0") -> None:
    """Make a copy of the program another version."""
    old = next(line for line in (project.root / "pyproject.toml").read_text(encoding="utf-8").splitlines() if line.startswith("version = "))
    project.replace("pyproject.toml", old, f'version = "{version}"')
    for folder in ("macros", "pages", "kanalstrategi", "overrides"):
        for file in (*(project.root / folder).rglob("*.py"), *(project.root / folder).rglob("*.md"), *(project.root / folder).rglob("*.js")):
            text = file.read_text(encoding="utf-8")
            if OLD_NAME in text:
                file.write_text(text.replace(OLD_NAME, NEW_NAME), encoding="utf-8")
    project.write(f"kanalstrategi/upgrading/migrations/to_{version.replace('.', '_')}.py", MIGRATION)
    project.write(f"kanalstrategi/upgrading/releases/{version}.md", NOTES)
    project.replace("pages/status.md", "## Beslutninger, der søges\n", "## Beslutninger\n")


@pytest.fixture(scope="session")
def new_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of another version."""
    (wheel,) = built_once(tmp_path_factory, "newer-wheel", partial(build_wheel, change=make_newer)).glob("*.whl")
    return wheel


def small_site(root: Path, program: Path) -> Project:
    """A site that quotes a rule, pinned to a program."""
    project = made_up_site(root)
    project.replace("docs/kanaler/telefon.md", "# Telefon\n", "# Telefon\n\nVi svarer altid.\n{: #telefon-tid }\n")
    project.write("docs/om.md", QUOTING)
    project.replace("mkdocs.yml", "  - Regler: regler.md\n", "  - om.md\n  - Regler: regler.md\n")
    version = run(str(program / "bin/kanalstrategi"), "--version", cwd=root, **installed(program)).split()[1]
    project.write("requirements.in", f"kanalstrategi=={version}\n")
    return project


@pytest.mark.slow
def test_a_site_is_brought_to_another_version_and_back(library: Path, new_wheel: Path, tmp_path: Path) -> None:
    project = small_site(tmp_path / "site", library)
    before = files_of(project.root)

    def upgrade(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(library / "bin/kanalstrategi"), "upgrade", *arguments]
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **installed(library)}
        return subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True)

    kept = upgrade("--wheel", str(new_wheel), "--yes")
    assert kept.returncode == 0, kept.stdout + kept.stderr
    lines = kept.stdout.splitlines()
    assert "Nyt i udgave 9.2.0:" in lines and "  - Et citat er nu en big_quote." in lines
    assert f"  docs/: makroen {OLD_NAME} hedder nu {NEW_NAME} på jeres sider" in lines
    assert "    /status/ (2 linjer)" in lines and not any("/om/" in line for line in lines)
    after = files_of(project.root)
    assert {path for path in after if after[path] != before.get(path)} == {"docs/om.md", "requirements.in", "requirements.txt", "opgradering.md"}
    assert after["docs/om.md"].decode() == QUOTING.replace(OLD_NAME, NEW_NAME)
    digest = hashlib.sha256(new_wheel.read_bytes()).hexdigest()
    assert "kanalstrategi==9.2.0\n" in after["requirements.in"].decode() and f"--hash=sha256:{digest}" in after["requirements.txt"].decode()
    assert "    + Beslutninger" in after["opgradering.md"].decode()

    again = upgrade("--wheel", str(tmp_path / "findes-ikke.whl"))
    assert again.returncode == 1 and "findes ikke" in again.stderr and "Traceback" not in again.stderr
    back = upgrade("--undo")
    assert back.returncode == 0, back.stderr
    assert files_of(project.root) == before
    assert upgrade().returncode == 1  # to the version that it has


def test_a_version_that_needs_other_packages_gets_an_environment_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the packages that its own lock names, and from wherever pip has been told to take them."""
    source = tmp_path / "source"
    for name, version in (("kanalstrategi", "9.3.0"), ("lille", "1.0")):
        folder = source / name
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(f"VERSION = {version!r}\n")
        text = f'[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "{name}"\nversion = "{version}"\n'
        (folder / "pyproject.toml").write_text(text)
    wheels = tmp_path / "wheels"
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(wheels), str(source / "lille"), cwd=tmp_path)
    digest = hashlib.sha256(next(wheels.glob("*.whl")).read_bytes()).hexdigest()
    (source / "kanalstrategi/kanalstrategi/requirements.txt").write_text(f"lille==1.0 --hash=sha256:{digest}\n")
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(tmp_path), str(source / "kanalstrategi"), cwd=tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    (file,) = tmp_path.glob("*.whl")
    program = install(read_wheel(file), tmp_path)
    assert program.python != sys.executable and program.variables == {}
    assert run(program.python, "-c", "import kanalstrategi, lille; print(kanalstrategi.VERSION, lille.VERSION)", cwd=tmp_path) == "9.3.0 1.0\n"
