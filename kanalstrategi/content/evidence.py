"""Reads what was tested for accessibility from the file that the tests have left, and says whether they tested the sources of this build."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kanalstrategi.content.en_301_549 import CLAUSE_PATTERN
from kanalstrategi.content.evidence_model import Evidence, TestResult
from kanalstrategi.design.theme import MACROS, OVERRIDES, PACKAGE, PAGES
from kanalstrategi.diagnostics import Diagnostic

EVIDENCE_FILE = ".evidence.json"
"""The file in the project's root. It is not under version control: it belongs to the machine that ran the tests."""
COMMAND = "python3 scripts/test.py -m evidence"
"""The command that writes it."""
MAX_EVIDENCE_BYTES = 1_000_000

_SOURCES = ("docs", "macros", "mkdocs.yml", "requirements.txt")
"""What a site is made from besides the program and the theme, in the project's root."""
_Count = Annotated[int, Meta(ge=0, le=1_000_000)]
_Word = Annotated[str, Meta(max_length=60, pattern=r"\A[a-zA-Z][a-zA-Z0-9 ./+-]*\Z")]
_Version = Annotated[str, Meta(max_length=60, pattern=r"\A[a-zA-Z0-9 ./+:~-]*\Z")]


@dataclass(frozen=True)
class EvidenceTest:
    """One test in the file."""

    name: Annotated[str, Meta(max_length=200)]
    how: Annotated[str, Meta(max_length=40, pattern=r"\A[a-z-]+\Z")]
    clauses: Annotated[tuple[Annotated[str, Meta(pattern=rf"\A{CLAUSE_PATTERN.pattern}\Z")], ...], Meta(max_length=60)]
    passed: _Count
    failed: _Count
    not_run: _Count


@dataclass(frozen=True)
class EvidenceFile:
    """The file as it is written and read."""

    day: date
    commit: Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{7,64})?\Z")]
    digest: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    """Of the sources that were tested."""
    tools: Annotated[dict[_Word, _Version], Meta(max_length=20)]
    tests: Annotated[tuple[EvidenceTest, ...], Meta(max_length=2000)]


_DECODER = msgspec.json.Decoder(EvidenceFile)


def read_evidence(root: Path, diagnostics: list[Diagnostic]) -> Evidence | None:
    """Return what was tested, or None if the project's folder has no results. A file that cannot be read is reported: it shows nothing."""
    file = root / EVIDENCE_FILE
    if not file.is_file():
        return None
    hint = f"slet den, og kør {COMMAND}"
    if file.stat().st_size > MAX_EVIDENCE_BYTES:
        diagnostics.append(Diagnostic(EVIDENCE_FILE, 1, "filen med prøvernes resultater er for stor", hint))
        return None
    try:
        found = _DECODER.decode(file.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        diagnostics.append(Diagnostic(EVIDENCE_FILE, 1, "filen med prøvernes resultater kan ikke læses", hint))
        return None
    tests = tuple(TestResult(test.name, test.how, test.clauses, test.passed, test.failed, test.not_run) for test in found.tests)
    return Evidence(found.day.isoformat(), found.commit, tuple(found.tools.items()), tests, found.digest == sources_digest(root))


def sources_digest(root: Path) -> str:
    """Return the digest of everything that the site of a project is made from: its pages, its macros, the program and the theme."""
    digest = sha256()
    for name, path in [*((name, root / name) for name in _SOURCES), ("program", PACKAGE), ("theme", OVERRIDES), ("pages", PAGES), ("shared", MACROS)]:
        for relative, file in _files(path):
            content = file.read_bytes()
            digest.update(f"{name}/{relative} {len(content)}\n".encode(errors="surrogateescape") + content)
    return digest.hexdigest()


def _files(path: Path) -> list[tuple[str, Path]]:
    """Return the files below a folder, or the file itself, with their relative paths, in one order on every machine."""
    if path.is_file():
        return [("", path)]
    found = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found += [Path(folder, name) for name in names if not Path(folder, name).is_symlink() and Path(folder, name).is_file()]
    return sorted((file.relative_to(path).as_posix(), file) for file in found)
