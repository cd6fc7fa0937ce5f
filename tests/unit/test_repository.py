"""What the repository promises about itself: nothing in it depends on one municipality, one machine or one registry."""

from __future__ import annotations

import ast
import re
import subprocess
from importlib.metadata import metadata

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from tests.support.project import ROOT

CODE = ("bench/", "kanalstrategi/", "macros/", "overrides/", "scripts/")
"""The folders that hold code."""


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts(*folders: str) -> dict[str, str]:
    names = [name for name in tracked() if name.startswith(tuple(folders)) or not folders]
    found = {}
    for name in names:
        try:
            found[name] = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # an image
    return found


def test_code_names_no_municipality() -> None:
    place = yaml.safe_load(re.sub(r"!ENV", "", (ROOT / "mkdocs.yml").read_text()))["extra"]["organisation"].split()[0]
    code = texts(*CODE)
    assert len(code) > 150
    assert [name for name, text in code.items() if place.casefold() in text.casefold()] == []


def test_no_registry_and_no_path_of_a_machine() -> None:
    of_a_site = r"(?! (?:program\b|\{WHEEL_FOLDER\}))"  # where a site keeps the wheel that it was made with
    forbidden = re.compile(rf"(pypi|npmjs|pythonhosted)\.org|registry\.npm|index-url|find-links{of_a_site}|/" + r"root/|/" + r"work/")
    found = {name for name, text in texts().items() if name != "tests/unit/test_repository.py" and forbidden.search(text)}
    assert found == {"CONTRIBUTING.md"} & found  # which says how to leave such lines out


def test_every_requirement_is_pinned_and_hashed() -> None:
    for name, least in (("requirements.txt", 41), ("requirements-test.txt", 41), ("requirements-node.txt", 1)):
        entries = re.findall(r"^(\S+==\S+) \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", (ROOT / name).read_text(), re.MULTILINE)
        names = re.findall(r"^[A-Za-z0-9_.-]+(?:\[.*?\])?==", (ROOT / name).read_text(), re.MULTILINE)
        assert len(entries) == len(names) >= least


def test_every_requirement_runs_on_the_oldest_python_that_we_promise() -> None:
    debian_12 = "3.11.2"
    for name in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[.*?\])?==", (ROOT / "requirements-test.txt").read_text(), re.MULTILINE):
        required = str(metadata(name).json.get("requires_python", ""))
        assert SpecifierSet(required).contains(debian_12), f"{name} wants {required}"


def test_no_font_and_no_bundled_code() -> None:
    assert [name for name in tracked() if re.search(r"\.(ttf|otf|woff2?|min\.js|min\.css|whl)$", name)] == []


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE", "CONTRIBUTING.md", ".ci/run"])
def test_the_files_for_newcomers_exist(name: str) -> None:
    assert (ROOT / name).stat().st_size > 50


def test_no_exception_is_caught_blindly() -> None:
    code = texts(*CODE)
    assert [name for name, text in code.items() if re.search(r"except( Base| )?Exception|except:", text)] == []


def test_environment_py_runs_on_any_python() -> None:
    """It has to run on Python 3.8 to say that this is too old; 3.8 lacks `list[str]`."""
    code = (ROOT / "scripts" / "environment.py").read_text(encoding="utf-8")
    tree = ast.parse(code, feature_version=(3, 8))
    subscripted = {node.value.id for node in ast.walk(tree) if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)}
    assert not subscripted & {"list", "tuple", "dict", "set"} and "collections.abc" not in code
