"""The scripts set up their environment behind a proxy, from a mirror of packages with a certificate of its own, by pip's own variables."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.mirror import HOST, PACKAGE, VERSION, mirror, wheel
from tests.support.project import ROOT

BACKEND = """
import pathlib, zipfile

def build_editable(folder, settings=None, metadata=None):
    name, info = "kanalstrategi-1.0-py3-none-any.whl", "kanalstrategi-1.0.dist-info"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as archive:
        archive.writestr("kanalstrategi.pth", str(pathlib.Path.cwd()))
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: kanalstrategi\\nVersion: 1.0\\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(f"{info}/RECORD", "")
    return name
"""
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "kanalstrategi"\nversion = "1.0"\n'
SCRIPT = "import environment\n\nenvironment.enter('requirements.txt')\n\nimport lille\n\nprint('klar')\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with our way to set up its environment, one locked package, and nothing else that takes time."""
    root = tmp_path / "project"
    (root / "kanalstrategi/danish").mkdir(parents=True)
    (root / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/environment.py", root / "scripts")
    digest = hashlib.sha256(wheel()).hexdigest()
    files = {
        "requirements.txt": f"{PACKAGE}=={VERSION} \\\n    --hash=sha256:{digest}\n",
        "pyproject.toml": PYPROJECT,
        "backend.py": BACKEND,
        "kanalstrategi/danish/lexicon.py": "",
        "scripts/try.py": SCRIPT,
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def run(project: Path, **more: str) -> subprocess.CompletedProcess[str]:
    others = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")  # which pip prefers to PIP_CERT
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", *others)) and not name.lower().endswith("_proxy")}
    environment = {**plain, "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1", **more}
    return subprocess.run([sys.executable, "scripts/try.py"], cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.slow
def test_behind_a_proxy_and_a_mirror(project: Path, tmp_path: Path) -> None:
    with mirror(tmp_path) as servers:
        refused = run(project, PIP_INDEX_URL=servers.index)  # without the proxy, nobody knows the name
        assert refused.returncode == 1 and "Traceback" not in refused.stderr
        for words in ("HTTPS_PROXY", "PIP_INDEX_URL", "PIP_CERT", "Pakkerne kunne ikke hentes"):
            assert words in refused.stderr, refused.stderr
        assert servers.connected == []
        settings = {"PIP_INDEX_URL": servers.index, "HTTPS_PROXY": servers.proxy, "PIP_CERT": str(servers.certificate)}
        process = run(project, **settings)
        assert (process.returncode, process.stdout) == (0, "klar\n"), process.stderr
        assert set(servers.connected) == {f"{HOST}:443"}
    assert run(project).stdout == "klar\n"  # once it is installed, there is nothing to get
