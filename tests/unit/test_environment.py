"""What is installed fits the project: whatever changes it, the virtual environment is renewed."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.project import ROOT


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module scripts/environment.py, for a project in a temporary folder."""
    spec = spec_from_file_location("environment", ROOT / "scripts" / "environment.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_a_change_renews_the_environment(environment: ModuleType, tmp_path: Path, changed: str) -> None:
    """The `.venv` of an earlier version lacks, for one, the MkDocs plugin that pyproject.toml declares."""
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text("before")
    # The fingerprint is private: the only public function around it installs everything.
    before = environment._fingerprint(tmp_path / "requirements.txt")
    assert environment._fingerprint(tmp_path / "requirements.txt") == before
    (tmp_path / changed).write_text("after")
    assert environment._fingerprint(tmp_path / "requirements.txt") != before
