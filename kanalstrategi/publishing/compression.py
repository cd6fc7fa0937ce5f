"""Compresses files when the site is built, instead of each time a reader requests them."""

from __future__ import annotations

import gzip
import zlib

import brotli

from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES

EXTENSIONS = frozenset(f".{extension}" for extension in CONTENT_TYPES)
"""The extensions of files worth compressing."""
MIN_BYTES = 500
"""Smaller files are not compressed, since they fit in the same packet as the headers."""
LARGE_BYTES = 1_000_000
"""Larger files are compressed less. Only the browser editor is larger: few people load it, and the best compression would take ten
seconds."""
SEARCH_ENTRY_FILE = "index.json"
"""The name of the file that every search loads first."""
_SYSTEM = 9
"""Where the header of gzip (RFC 1952) names the system that the file comes from; 255 is an unknown one."""


def brotli_quality(name: str, size: int) -> int:
    """Return the Brotli quality for a file of `size` bytes. The best quality is 11.

    Pages and the data files of the search and of open data get 5, since their number grows with the site. Compared with 11, they become
    7 to 10 % larger (0.4 KB for a page) but take a fiftieth of the time. With 11, they took half the computing time of a first build.
    """
    if size > LARGE_BYTES:
        return 9
    return 5 if name.endswith((".html", ".json")) and name != SEARCH_ENTRY_FILE else 11


def compress(name: str, content: bytes) -> dict[str, bytes]:
    """Return the compressed versions of a file that are smaller, keyed by suffix. The same content always gives the same bytes."""
    if len(content) < MIN_BYTES:
        return {}
    forms = {
        ".gz": _gzipped(content),
        ".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=brotli_quality(name, len(content))),
    }
    return {suffix: compressed for suffix, compressed in forms.items() if len(compressed) < len(content)}


def unpacks_to(suffix: str, compressed: bytes, content: bytes) -> bool:
    """Whether a compressed version, `.br` or `.gz`, is that of a file and nothing more. No more is unpacked than it takes to know."""
    limit = len(content) + 1
    try:
        if suffix == ".br":
            unpacker = brotli.Decompressor()
            unpacked = unpacker.process(compressed, output_buffer_limit=limit)  # fails if anything follows
            return bool(unpacker.is_finished()) and unpacked == content
        unzipper = zlib.decompressobj(wbits=31)  # gzip, of which a server sends all members
        return unzipper.decompress(compressed, limit) == content and unzipper.eof and not unzipper.unused_data
    except (brotli.error, zlib.error):
        return False


def _gzipped(content: bytes) -> bytes:
    """Return compressed content with the same bytes everywhere: Python says in the header which system it runs on, and 3.13 that it does not say."""
    packed = gzip.compress(content, 9, mtime=0)
    return packed[:_SYSTEM] + b"\xff" + packed[_SYSTEM + 1 :]
