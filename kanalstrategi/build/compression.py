"""Compresses the files of a site on all cores, and each file only once."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kanalstrategi.build.cache import BuildCache
from kanalstrategi.build.staged_files import StagedFiles
from kanalstrategi.publishing.compression import EXTENSIONS, brotli_quality, compress


class Precompressor:
    """Writes `.gz` and `.br` files next to the files of a site, reusing those that an earlier build has compressed."""

    def __init__(self, cache: BuildCache, staged: StagedFiles) -> None:
        self._cache = cache
        self._staged = staged
        self.done: set[Path] = set()
        """Files that another process has already compressed."""

    def compress_site(self, site: Path) -> None:
        """Compress every file of a site that is worth compressing and not done yet."""
        files = [file for file in site.rglob("*") if file.suffix in EXTENSIONS and file not in self.done and file.is_file()]
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # both libraries let other threads run while they compress
            for _ in pool.map(self.compress_file, files):
                pass

    def compress_file(self, file: Path) -> None:
        """Write the compressed versions of a file next to it."""
        for suffix, compressed in self._compressed(file.name, file.read_bytes()).items():
            self._staged.write(file.with_name(file.name + suffix), compressed)

    def _compressed(self, name: str, content: bytes) -> dict[str, bytes]:
        """Return the compressed versions, keyed by suffix."""

        def compute() -> bytes:
            by_suffix = compress(name, content)
            gz = by_suffix.get(".gz", b"")
            return len(gz).to_bytes(4, "big") + gz + by_suffix.get(".br", b"")

        both = self._cache.get_or_compute(compute, "packed", bytes([brotli_quality(name, len(content))]), content)
        end = 4 + int.from_bytes(both[:4], "big")
        return {suffix: part for suffix, part in ((".gz", both[4:end]), (".br", both[end:])) if part}
