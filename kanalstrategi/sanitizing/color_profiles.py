"""Writes a color profile (ICC.1:2022) anew with what decides colors, and without the names, dates and serial numbers that screens put into theirs."""

from __future__ import annotations

import struct

_HEADER_BYTES, _TAG_BYTES = 128, 12
_KEPT_OF_HEADER = ((8, 24), (36, 40), (64, 80))
"""Version, class and color spaces; the signature; rendering intent and illuminant."""
_TAGS = frozenset((
    b"wtpt", b"bkpt", b"chad", b"cicp", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2",
))  # fmt: skip # not one per line
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}
"""How many numbers a parametric curve has, by its function."""


def colors_of(profile: bytes) -> bytes:
    """Return a color profile with only what decides colors. It is empty if the profile is not built as the standard says."""
    try:
        (count,) = struct.unpack_from(">I", profile, _HEADER_BYTES)
        if profile[36:40] != b"acsp" or count > (len(profile) - _HEADER_BYTES) // _TAG_BYTES:
            return b""
        entries = [struct.unpack_from(">4sII", profile, _HEADER_BYTES + 4 + _TAG_BYTES * number) for number in range(count)]
        tags = {name: _element(profile[offset : offset + length]) for name, offset, length in entries if name in _TAGS}
    except struct.error:
        return b""
    places = dict[bytes, int]()
    body = b""
    begin = _HEADER_BYTES + 4 + _TAG_BYTES * len(tags)
    for content in tags.values():
        if content not in places:
            places[content] = begin + len(body)
            body += content + b"\0" * (-len(content) % 4)
    table = b"".join(struct.pack(">4sII", name, places[content], len(content)) for name, content in tags.items())
    header = bytearray(_HEADER_BYTES)
    header[:4] = struct.pack(">I", begin + len(body))
    for start, end in _KEPT_OF_HEADER:
        header[start:end] = profile[start:end]
    return bytes(header) + struct.pack(">I", len(tags)) + table + body


def _element(content: bytes) -> bytes:
    """Return the content of a tag without what follows its numbers. Raises struct.error if it is cut short."""
    kind = content[:4]
    if kind == b"XYZ ":
        return content[:20]
    if kind == b"curv":
        return content[: 12 + 2 * int(struct.unpack_from(">I", content, 8)[0])]
    if kind == b"para":
        return content[: 12 + 4 * _PARAMETERS.get(struct.unpack_from(">H", content, 8)[0], 0)]
    return content
