"""Compressed pixels of PNG files without what follows the last pixel, in the compressed data or behind it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_PIECE_BYTES = 1 << 20
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many numbers a pixel has, by the type of color."""
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The first column and row of each pass of an interlaced image, and the steps between its columns and rows."""


def only_pixels(compressed: bytes, header: bytes) -> bytes:
    """Return compressed pixels as they are, or compressed anew if more follows them. `header` is the content of the image's IHDR."""
    expected = _pixel_bytes(header)
    reader = zlib.decompressobj()
    try:
        length = sum(map(len, _pieces(reader, compressed, expected + 1)))
    except zlib.error:
        return compressed  # no program shows more of it than it can read
    if length <= expected and not reader.unused_data:
        return compressed
    writer = zlib.compressobj()
    return b"".join(map(writer.compress, _pieces(zlib.decompressobj(), compressed, expected))) + writer.flush()


def _pixel_bytes(header: bytes) -> int:
    width, height = struct.unpack_from(">II", header)
    bits = header[8] * _CHANNELS.get(header[9], 4)
    passes = _PASSES if header[12] else ((0, 0, 1, 1),)
    sizes = ((-(-(width - left) // across), -(-(height - top) // down)) for left, top, across, down in passes)
    return sum((1 + -(-columns * bits // 8)) * rows for columns, rows in sizes if columns > 0 and rows > 0)


def _pieces(reader: zlib._Decompress, compressed: bytes, most: int) -> Iterator[bytes]:
    """Yield what is compressed, but not more bytes than `most`."""
    rest = compressed
    while most > 0 and not reader.eof:
        piece = reader.decompress(rest, min(most, _PIECE_BYTES))
        rest = reader.unconsumed_tail
        if not piece and not rest:
            return
        most -= len(piece)
        yield piece
