"""What a clone of the program's repository had is known up to the last commit of that form, so that none of it is taken for the municipality's own."""

from __future__ import annotations

import io
import subprocess
import tarfile

import pytest

from kanalstrategi.upgrading.clone_files import changed_rules, is_unchanged
from tests.support.project import ROOT

LAST = "9e1bd5c04950266fbcc64b9826753edadf434da3"
"""The last commit of `main` before the program could be installed."""


def test_nothing_of_the_last_clone_is_taken_for_the_municipality_s_own() -> None:
    if subprocess.run(["git", "cat-file", "-e", LAST], cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("the history of the repository is not here")
    archive = subprocess.run(["git", "archive", "--format=tar", LAST], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        files = {member.name: source.read() for member in tar if member.isfile() and (source := tar.extractfile(member))}
    assert len(files) > 1000 and [path for path, content in files.items() if not is_unchanged(path, content)] == []
    styles = [path for path in files if path.startswith("overrides/theme/") and path.endswith(".css")]
    assert [path for path in styles if "assets/styles/" in path and changed_rules(path, files[path].decode())] == []
