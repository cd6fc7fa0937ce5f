"""Compress files once, when the site is built, instead of once for every reader."""

from __future__ import annotations

import gzip

import brotli

from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES

EXTENSIONS = frozenset(f".{extension}" for extension in CONTENT_TYPES)
"""The extensions of files that are worth compressing."""
MIN_BYTES = 500
"""Smaller files fit in the packet that carries the headers."""
LARGE_BYTES = 1_000_000
"""Only the editor in the browser is larger, and few load it: the best compression takes it ten seconds."""
SEARCH_ENTRY_FILE = "index.json"
"""The file that every search loads first."""


def brotli_quality(name: str, size: int) -> int:
    """Return the Brotli quality for a file of `size` bytes, up to the best, which is 11.

    Pages and the records of the search and of open data, which are what grows with the site, get 8. They become 4 to 9 % larger
    than with 11 (0.4 KB for a page) in a thirtieth of the time; compressing them with 11 was half of all that a first build computed.
    """
    if size > LARGE_BYTES:
        return 9
    return 8 if name.endswith((".html", ".json")) and name != SEARCH_ENTRY_FILE else 11


def compress(name: str, content: bytes) -> dict[str, bytes]:
    """Return the compressed forms of a file by suffix, without those that are no smaller. The same content gives the same bytes."""
    if len(content) < MIN_BYTES:
        return {}
    forms = {
        ".gz": gzip.compress(content, 9, mtime=0),
        ".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=brotli_quality(name, len(content))),
    }
    return {suffix: compressed for suffix, compressed in forms.items() if len(compressed) < len(content)}
