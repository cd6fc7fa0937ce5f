"""Compress once, when the site is built, what a server would otherwise compress for every reader."""

from __future__ import annotations

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from overrides.serving.files import TYPES

KINDS = frozenset(f".{kind}" for kind in TYPES)
LEAST = 500
"""Bytes. What is smaller fits in the packet that the headers come in."""
LARGE = 1_000_000
"""Bytes. Only the editor's own program is larger, and few load it: the best compression takes it ten seconds."""


def quality(name: str, size: int) -> int:
    """Of Brotli: the best is 11. For pages it is 1 % smaller than 10 and takes three times as long, which 2,000 pages feel."""
    if size > LARGE:
        return 9
    return 10 if name.endswith(".html") else 11


def compressed(name: str, content: bytes) -> dict[str, bytes]:
    """By suffix, what is smaller than the content itself; the same bytes for the same content."""
    if len(content) < LEAST:
        return {}
    made = {
        ".gz": gzip.compress(content, 9, mtime=0),
        ".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality(name, len(content))),
    }
    return {suffix: packed for suffix, packed in made.items() if len(packed) < len(content)}


def compress(site: Path) -> None:
    """Put `.gz` and `.br` beside every file of the site that gains by it."""
    files = [file for file in site.rglob("*") if file.suffix in KINDS and file.is_file()]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # both packers let other threads run meanwhile
        for _ in pool.map(_compress_file, files):
            pass


def _compress_file(file: Path) -> None:
    for suffix, packed in compressed(file.name, file.read_bytes()).items():
        file.with_name(file.name + suffix).write_bytes(packed)
