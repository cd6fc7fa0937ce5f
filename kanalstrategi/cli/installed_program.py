"""Finds out which program this is: its version, the lock of what it needs, and the wheel that it was installed from, if that is still there."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from kanalstrategi.content.config_values import mapping
from kanalstrategi.design.theme import PACKAGE
from kanalstrategi.starter.program_files import LOCK_FILE, Program

_MAX_WHEEL_BYTES = 20_000_000
"""The maximum size of a wheel that a site takes along: ten times that of the present one."""


def installed_program() -> Program:
    """Return what is known about the program that runs. pip notes where it had a wheel from unless that was an index (PEP 610)."""
    found = distribution(PACKAGE.name)
    note: dict[str, Any] = {}
    with suppress(ValueError):
        note = mapping(json.loads(found.read_text("direct_url.json") or "{}"))
    archive = mapping(note.get("archive_info"))
    digest = str(mapping(archive.get("hashes")).get("sha256") or str(archive.get("hash") or "").removeprefix("sha256="))
    wheel = _wheel(str(note.get("url") or ""), digest) if digest else None
    lock = next(file for file in (PACKAGE / LOCK_FILE, PACKAGE.parent / LOCK_FILE) if file.is_file())
    return Program(found.version, digest, lock.read_text(encoding="utf-8"), *(wheel or ("", b"")))


def _wheel(url: str, digest: str) -> tuple[str, bytes] | None:
    """Return the name and the content of the wheel at a URL, if it is a file on this machine that nobody has changed."""
    parts = urlsplit(url)
    file = Path(url2pathname(parts.path))
    if parts.scheme != "file" or file.suffix != ".whl":
        return None
    with suppress(OSError), file.open("rb") as source:
        data = source.read(_MAX_WHEEL_BYTES + 1)
        if len(data) <= _MAX_WHEEL_BYTES and hashlib.sha256(data).hexdigest() == digest:
            return file.name, data
    return None
