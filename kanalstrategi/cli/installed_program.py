"""Finds out which program this is: its version, the lock of what it needs, and the wheel that it was installed from, if that is still there."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from kanalstrategi.content.config_values import mapping
from kanalstrategi.content.pins import LOCK_FILE, PROGRAM, Release
from kanalstrategi.design.theme import PACKAGE

_MAX_WHEEL_BYTES = 20_000_000
"""The maximum size of a wheel that a site takes along: ten times that of the present one."""


def installed_release(wheel: Path | None = None) -> Release:
    """Return what is known about the program that runs. `wheel` is the file that it was installed from, if somebody says so.

    pip notes where it had a wheel from, unless that was an index (PEP 610).
    """
    lock = next((file for file in (PACKAGE / LOCK_FILE, PACKAGE.parent / LOCK_FILE) if file.is_file()), None)
    try:
        found = distribution(PROGRAM)
        version, text = found.version, found.read_text("direct_url.json")
    except PackageNotFoundError:
        version, text = "", None
    note: dict[str, Any] = {}
    with suppress(ValueError, RecursionError):
        note = mapping(json.loads(text or "{}"))
    archive = mapping(note.get("archive_info"))
    digest = str(mapping(archive.get("hashes")).get("sha256") or str(archive.get("hash") or "").removeprefix("sha256="))
    if wheel is not None:
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    url = wheel.resolve().as_uri() if wheel else str(note.get("url") or "")
    name, data = (_wheel(url, digest) if digest else None) or ("", b"")
    return Release(version, digest, lock.read_text(encoding="utf-8") if lock else "", name, data)


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
