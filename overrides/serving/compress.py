"""Compress once, when the site is built, what a server would otherwise compress for every reader."""

from __future__ import annotations

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from overrides.kept import Kept
from overrides.serving.files import TYPES

KINDS = frozenset(f".{kind}" for kind in TYPES)
INDEX = "index.json"
"""What every search loads first."""
LEAST = 500
"""Bytes. What is smaller fits in the packet that the headers come in."""
LARGE = 1_000_000
"""Bytes. Only the editor's own program is larger, and few load it: the best compression takes it ten seconds."""


def quality(name: str, size: int) -> int:
    """Of Brotli: the best is 11.

    What grows with the pages, themselves and the records of the search and of open data, is packed with 8, which makes it 4 to
    9 % larger than the best (0.4 KB of a page) and takes a thirtieth of the time: it was half of all that a first build computed.
    """
    if size > LARGE:
        return 9
    return 8 if name.endswith((".html", ".json")) and name != INDEX else 11


def compressed(name: str, content: bytes) -> dict[str, bytes]:
    """By suffix, what is smaller than the content itself; the same bytes for the same content."""
    if len(content) < LEAST:
        return {}
    made = {
        ".gz": gzip.compress(content, 9, mtime=0),
        ".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality(name, len(content))),
    }
    return {suffix: packed for suffix, packed in made.items() if len(packed) < len(content)}


class Packing:
    """Packs the files of a site; what an earlier build has packed is not packed again."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self.done: set[Path] = set()
        """What needs no packing any more, because another process has done it."""

    def finish(self, site: Path) -> None:
        """Put `.gz` and `.br` beside every file of the site that gains by it."""
        files = [file for file in site.rglob("*") if file.suffix in KINDS and file not in self.done and file.is_file()]
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # both packers let other threads run meanwhile
            for _ in pool.map(self.pack, files):
                pass

    def pack(self, file: Path) -> None:
        for suffix, packed in self._compressed(file.name, file.read_bytes()).items():
            file.with_name(file.name + suffix).write_bytes(packed)

    def _compressed(self, name: str, content: bytes) -> dict[str, bytes]:
        """By suffix."""

        def pack() -> bytes:
            made = compressed(name, content)
            gz = made.get(".gz", b"")
            return len(gz).to_bytes(4, "big") + gz + made.get(".br", b"")

        packed = self._kept.once(pack, "packed", bytes([quality(name, len(content))]), content)
        end = 4 + int.from_bytes(packed[:4], "big")
        return {suffix: part for suffix, part in ((".gz", packed[4:end]), (".br", packed[end:])) if part}
