"""Compress once, when the site is built, what a server would otherwise compress for every reader."""

from __future__ import annotations

import gzip
import os
import re
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import brotli

from overrides.kept import Kept
from overrides.serving.files import TYPES

KINDS = frozenset(f".{kind}" for kind in TYPES)
LEAST = 500
"""Bytes. What is smaller fits in the packet that the headers come in."""
LARGE = 1_000_000
"""Bytes. Only the editor's own program is larger, and few load it: the best compression takes it ten seconds."""


def quality(name: str, size: int) -> int:
    """Of Brotli: the best is 11.

    What there is one of for every page is packed with 8, which makes it 5 to 9 % larger (0.4 KB) than the best and takes a
    thirtieth of the time: of 200 pages, that was half of all a first build computed. The search's words gain 1 % from 10 to 11,
    and a third is computed.
    """
    if size > LARGE:
        return 9
    if name.endswith(".html") or re.fullmatch(r"page-\d+\.json", name):
        return 8
    return 10 if re.fullmatch(r"words-\d+\.json", name) else 11


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
    """Packs a site: pages in other threads while the next are made, and at the end all the rest."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._pool = ThreadPoolExecutor(os.cpu_count())  # both packers let other threads run meanwhile
        self._begun: dict[Path, tuple[bytes, Future[dict[str, bytes]]]] = {}

    def begin(self, file: Path, content: bytes) -> None:
        """Pack what will be written there. Nothing is written yet, since a build may still fail."""
        self._begun[file] = sha256(content).digest(), self._pool.submit(self._compressed, file.name, content)

    def at_once(self, file: Path, content: bytes) -> None:
        """Pack it now, for what keeps it to have it: in a process that has no other threads."""
        self._compressed(file.name, content)

    def finish(self, site: Path) -> None:
        """Put `.gz` and `.br` beside every file of the site that gains by it."""
        for _ in self._pool.map(self._pack, [file for file in site.rglob("*") if file.suffix in KINDS and file.is_file()]):
            pass
        self._pool.shutdown()

    def abandon(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _pack(self, file: Path) -> None:
        content = file.read_bytes()
        digest, begun = self._begun.get(file, (b"", None))
        # What was written after all may be another, with the size of a PDF in it.
        made = begun.result() if begun and digest == sha256(content).digest() else self._compressed(file.name, content)
        for suffix, packed in made.items():
            file.with_name(file.name + suffix).write_bytes(packed)

    def _compressed(self, name: str, content: bytes) -> dict[str, bytes]:
        """By suffix; what an earlier build has packed is not packed again."""

        def pack() -> bytes:
            made = compressed(name, content)
            gz = made.get(".gz", b"")
            return len(gz).to_bytes(4, "big") + gz + made.get(".br", b"")

        packed = self._kept.once(pack, "packed", bytes([quality(name, len(content))]), content)
        end = 4 + int.from_bytes(packed[:4], "big")
        return {suffix: part for suffix, part in ((".gz", packed[4:end]), (".br", packed[end:])) if part}
