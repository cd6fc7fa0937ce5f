"""Compress once, when the site is built, what a server would otherwise compress for every reader."""

from __future__ import annotations

import gzip

import brotli

from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES

EXTENSIONS = frozenset(f".{kind}" for kind in CONTENT_TYPES)

INDEX = "index.json"
"""What every search loads first."""

MIN_BYTES = 500
"""Bytes. What is smaller fits in the packet that the headers come in."""

LARGE_BYTES = 1_000_000
"""Bytes. Only the editor's own program is larger, and few load it: the best compression takes it ten seconds."""


def brotli_quality(name: str, size: int) -> int:
    """Of Brotli: the best is 11.

    What grows with the pages, themselves and the records of the search and of open data, is packed with 8, which makes it 4 to
    9 % larger than the best (0.4 KB of a page) and takes a thirtieth of the time: it was half of all that a first build computed.
    """
    if size > LARGE_BYTES:
        return 9
    return 8 if name.endswith((".html", ".json")) and name != INDEX else 11


def compress(name: str, content: bytes) -> dict[str, bytes]:
    """By suffix, what is smaller than the content itself; the same bytes for the same content."""
    if len(content) < MIN_BYTES:
        return {}
    made = {
        ".gz": gzip.compress(content, 9, mtime=0),
        ".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=brotli_quality(name, len(content))),
    }
    return {suffix: packed for suffix, packed in made.items() if len(packed) < len(content)}
