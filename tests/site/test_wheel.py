"""The wheel is whole: installed without a clone, it builds the same site, byte for byte."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.installed import installed, run
from tests.support.made_up_site import FIELDS, made_up_site
from tests.support.project import ROOT, Project, are_same, run_mkdocs

OF_MACROS = re.compile(r"^  - macros:.*\n(?:    .*\n)*", re.MULTILINE)
"""The plugin that a site without macros of its own does not need, in mkdocs.yml."""
OWN_MACROS = """
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.macros import Call, MacroRegistry, macro


@macro
def fjord(call: Call) -> Element:
    return element("p.fjordby", "Vandet er varmt")


MACROS = MacroRegistry([fjord])
"""
def test_the_wheel_holds_the_program_and_the_theme(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry_points,) = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        declared = ConfigParser()
        declared.read_string(archive.read(entry_points).decode())
    folders = {"kanalstrategi": ROOT / "kanalstrategi", **{f"kanalstrategi/{name}": ROOT / name for name in ("macros", "overrides", "pages")}}
    sources = {
        f"{name}/{file.relative_to(folder).as_posix()}"
        for name, folder in folders.items()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    } | {"kanalstrategi/requirements-node.txt", "kanalstrategi/requirements.txt"}
    assert {f"kanalstrategi/{path}" for path in ("overrides/theme/main.html", "macros/board.py", "pages/redaktoer/index.md")} < sources
    assert {name for name in names if ".dist-info/" not in name} == sources
    assert declared["mkdocs.plugins"]["kanalstrategi"] == "kanalstrategi.build.plugin:KanalstrategiPlugin"
    assert declared["console_scripts"]["kanalstrategi"] == "kanalstrategi.__main__:main"


@pytest.mark.slow
def test_an_installed_wheel_builds_the_same_site_from_its_settings_and_pages_alone(library: Path, whole_project: Project, tmp_path: Path) -> None:
    whole_project.remove_documents()
    settings = (whole_project.root / "mkdocs.yml").read_text(encoding="utf-8")
    whole_project.write("mkdocs.yml", OF_MACROS.sub("", settings))
    process = run_mkdocs(whole_project.root)
    assert process.returncode == 0, process.stdout + process.stderr

    alone = Project(tmp_path / "alone")
    alone.root.mkdir()
    shutil.copytree(whole_project.root / "docs", alone.root / "docs")
    shutil.copy(whole_project.root / "mkdocs.yml", alone.root)
    environment = installed(library)
    where = run(sys.executable, "-c", "import kanalstrategi; print(kanalstrategi.__file__)", cwd=alone.root, **environment)
    assert Path(where.strip()).is_relative_to(library)  # and not in the clone that the environment has installed
    command = str(library / "bin" / "kanalstrategi")
    assert run(command, "check", cwd=alone.root, **environment) == "Alt er i orden.\n"
    run(command, "build", cwd=alone.root, **environment)
    assert are_same(whole_project.site, alone.site)


def test_a_made_up_municipality_builds_from_the_wheel_with_a_macro_and_a_template_of_its_own(library: Path, tmp_path: Path) -> None:
    project = made_up_site(tmp_path / "site")
    command = str(library / "bin" / "kanalstrategi")
    assert run(command, "check", cwd=project.root, **installed(library)) == "Alt er i orden.\n"
    project.write("macros/__init__.py", OWN_MACROS)
    project.write("overrides/theme/partials/footer.html", "<footer>Lavet i Fjordby</footer>\n")
    project.write("overrides/theme/assets/styles/eget.css", ".fjordby { color: var(--kanal-text, black) }\n")
    project.replace("docs/index.md", "Fjordby taler", "{{ fjord() }}\n\nFjordby taler")
    project.write("docs/soeg.md", FIELDS + "# Find det i Fjordby\n\n{{ search() }}\n")
    run(command, "build", cwd=project.root, **installed(library))
    front = (project.site / "index.html").read_text(encoding="utf-8")
    assert "Vandet er varmt" in front and "Lavet i Fjordby" in front
    assert "Find det i Fjordby" in (project.site / "soeg/index.html").read_text(encoding="utf-8")  # and not the program's page
    (style,) = project.site.glob("assets/*/site.css")
    assert ".fjordby" in style.read_text(encoding="utf-8")
    guide = (project.site / "redaktoer/makroer/index.html").read_text(encoding="utf-8")
    assert "skrive ned, hvad vi har aftalt i telefonen" in guide  # the examples are shown on any site
    assert "procesplan" not in {file.name for file in project.site.iterdir()}


def test_the_command_tells_what_it_can_do(library: Path, tmp_path: Path) -> None:
    command = str(library / "bin" / "kanalstrategi")
    assert set(re.findall(r"^  ([a-z-]+) +[a-zæøå]", run(command, "--help", cwd=tmp_path), re.MULTILINE)) >= {"build", "serve", "check", "progress", "new"}
    assert re.fullmatch(r"kanalstrategi [0-9.]+\n", run(command, "--version", cwd=tmp_path))
    for name in ("build", "check", "serve"):
        process = subprocess.run([command, name], cwd=tmp_path, env={**os.environ, **installed(library)}, capture_output=True, text=True)
        assert (process.returncode, process.stdout) == (2, "") and process.stderr.startswith("Der er ingen mkdocs.yml i denne mappe")


def test_a_folder_that_is_gone_or_has_no_name_in_utf_8_is_reported(library: Path, tmp_path: Path) -> None:
    command = shlex.quote(str(library / "bin" / "kanalstrategi"))
    (tmp_path / "gone").mkdir()
    odd = os.fsencode(tmp_path) + b"/\xe6"
    os.mkdir(odd)
    environment = {**os.environ, **installed(library)}
    for folder, words in ((b"gone && rmdir ../gone", "findes ikke længere"), (odd, "tegn i sin sti, som ikke kan bruges")):
        process = subprocess.run([b"sh", b"-c", b"cd " + folder + b" && " + command.encode() + b" check"], cwd=tmp_path, env=environment, capture_output=True)
        message = process.stderr.decode()
        assert process.returncode == 2 and message.startswith("Mappen") and words in message and message.count("\n") == 1, message
