"""Gets another version of the program and lays it beside the one that runs, so that a site can be built by both."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kanalstrategi.cli.installed_program import installed_release
from kanalstrategi.content.pins import LOCK_FILE, PROGRAM
from kanalstrategi.content.steps import StepError
from kanalstrategi.upgrading.versions import parse_version

MAX_BYTES = 5_000_000
"""The largest text that is read from a wheel."""
_HINT = "bag en proxy eller fra et spejl af pakker skal pip have det at vide (HTTPS_PROXY, PIP_INDEX_URL, PIP_CERT)"
_DIGEST = re.compile(r"(?:sha256[:=])?([0-9a-f]{64})")
_MAX_SHOWN = 80
_MAX_OUTPUT = 15
"""How many lines of what pip says are shown."""


@dataclass(frozen=True)
class Wheel:
    """A version of the program, as a file."""

    file: Path
    version: str
    digest: str
    """SHA-256 in hexadecimal."""
    lock: str
    """The lock of what it needs."""


@dataclass(frozen=True)
class NewProgram:
    """Another version of the program that can be run."""

    python: str
    """The interpreter."""
    variables: dict[str, str] = field(default_factory=dict)
    """The environment variables by which it finds the program."""

    def run(self, root: Path, *arguments: str) -> int:
        """Run a command of it in a folder, and return the exit code."""
        command = [self.python, "-P", "-m", PROGRAM, *arguments]
        return subprocess.run(command, cwd=root, env={**os.environ, **self.variables}, check=False).returncode


def fetch(version: str, digest: str, folder: Path) -> Wheel:
    """Download the wheel of a version into a folder. Raises StepError if it has not the digest that somebody has read where it was published.

    Whoever runs the index, or is on the way to it, could send something else. Nothing of a wheel runs before its digest is known.
    """
    if parse_version(version) is None:
        raise StepError(f"{version} er ikke en udgave – skriv den som 1.2.0")
    if not digest:
        hint = f"skriv den, der står på udgavens side hos dem, der udgiver programmet: --to {version} --hash sha256:…"
        raise StepError(f"udgave {version} kan ikke hentes uden den hash, som dens wheel-fil skal have – {hint}")
    _digest(digest)
    print(f"Henter udgave {version} …", file=sys.stderr, flush=True)
    _pip(sys.executable, "download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder), f"{PROGRAM}=={version}")
    return verified(read_wheel(next(folder.glob("*.whl"))), digest)


def verified(wheel: Wheel, digest: str) -> Wheel:
    """Return a wheel that has a digest, as typed; any if nothing was typed. Raises StepError."""
    if digest and wheel.digest != _digest(digest):
        hint = "brug den ikke: læs hashen på udgavens side igen, og spørg dem, der udgiver programmet, hvis den er rigtig"
        raise StepError(f"filen {wheel.file.name} har en anden hash, sha256:{wheel.digest} – {hint}")
    return wheel


def _digest(typed: str) -> str:
    """Return a SHA-256 in hexadecimal, as pip, a lock or a page may write it. Raises StepError if it is none."""
    found = _DIGEST.fullmatch(typed.strip().lower())
    if found is None:
        raise StepError(f"{typed[:_MAX_SHOWN]} er ikke en hash – skriv den som sha256: og 64 tegn, der er tal og bogstaverne a–f")
    return found[1]


def read_wheel(file: Path) -> Wheel:
    """Return what a wheel of the program says about itself. Raises StepError."""
    try:
        with zipfile.ZipFile(file) as archive:
            (metadata,) = [name for name in archive.namelist() if re.fullmatch(rf"{PROGRAM}-[^/]+\.dist-info/METADATA", name)]
            head, lock = (_text(archive, name) for name in (metadata, f"{PROGRAM}/{LOCK_FILE}"))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError) as error:  # RuntimeError: encrypted, or a method that is not known
        raise StepError(f"{file} er ikke programmet som wheel-fil – brug den, der hedder {PROGRAM}-….whl") from error
    found = re.search(r"^Version: (\S+)$", head, re.MULTILINE)
    if found is None or parse_version(found[1]) is None:
        raise StepError(f"{file} siger ikke, hvilken udgave den er – hent den igen")
    return Wheel(file.resolve(), found[1], sha256(file.read_bytes()).hexdigest(), lock)


def install(wheel: Wheel, folder: Path) -> NewProgram:
    """Install a version into a folder of its own. Raises StepError.

    If it needs just what this one does, only the program itself is laid there, and the packages of this one are used.
    """
    if wheel.lock == installed_release().lock:
        library = folder / "library"
        _pip(sys.executable, "install", "--no-deps", "--no-index", "--target", str(library), str(wheel.file))
        return NewProgram(sys.executable, {"PYTHONPATH": str(library)})
    environment = folder / "venv"
    message = "der kan ikke laves et miljø til det nye program – på Debian og Ubuntu: apt-get install python3-venv"
    _run([sys.executable, "-P", "-m", "venv", str(environment)], message)
    python = str(environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    lock = folder / LOCK_FILE
    lock.write_text(wheel.lock, encoding="utf-8", newline="\n")
    _pip(python, "install", "--require-hashes", "-r", str(lock))
    _pip(python, "install", "--no-deps", "--no-index", str(wheel.file))
    return NewProgram(python)


def _text(archive: zipfile.ZipFile, name: str) -> str:
    """Return a text from a wheel. Raises ValueError if it is too large or none."""
    if archive.getinfo(name).file_size > MAX_BYTES:
        raise ValueError(name)
    return archive.read(name).decode()


def _pip(python: str, *arguments: str) -> None:
    _run([python, "-P", "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments], f"programmet kan ikke hentes – {_HINT}")


def _run(command: list[str], message: str) -> None:
    process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if process.returncode:
        output = process.stdout.decode("utf-8", "replace").strip().splitlines()[-_MAX_OUTPUT:]
        raise StepError("\n".join([message, *output]))
