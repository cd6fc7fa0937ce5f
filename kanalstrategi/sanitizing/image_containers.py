"""Writes image files anew with their pixels, orientation and color profile, and without anything else that they came with.

Each format has a list of the parts that decide how an image looks. They are copied as they are, so that no pixel changes; any other
part (Exif, XMP, comments, thumbnails, a second image, whatever follows the end) is left out, and a color profile keeps its colors alone.
adr/0016 says why no library does this.
"""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Callable, Iterator
from zlib import compress, crc32, decompressobj
from zlib import error as zlib_error

from PIL import ExifTags, Image

from kanalstrategi.sanitizing.color_profiles import colors_of
from kanalstrategi.sanitizing.png_pixels import only_pixels

UPRIGHT = 1
"""The Exif orientation of an image that is shown as it is stored."""


class ImageContainerError(ValueError):
    """A file is not built as its format says."""


def without_metadata(data: bytes, kind: str) -> bytes:
    """Return an image file with only what decides how it looks. `kind` is Pillow's name of its format. Raises ImageContainerError."""
    try:
        return b"".join(_WRITERS[kind](data))
    except (IndexError, struct.error) as error:
        raise ImageContainerError("the file ends too early") from error


def orientation_of(exif: bytes) -> int:
    """Return how an image is to be turned, given its Exif block."""
    found = Image.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about other tags
            found.load(exif)
            orientation = found.get(ExifTags.Base.Orientation, UPRIGHT)
    except (OSError, SyntaxError, ValueError, LookupError, struct.error):
        return UPRIGHT
    return orientation if orientation in range(1, 9) else UPRIGHT


def _exif(orientation: int) -> bytes:
    """Return an Exif block that says how an image is to be turned and nothing else."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return exif.tobytes().removeprefix(_EXIF_MARK)


# JPEG (ISO/IEC 10918-1, ITU-T T.871)

_EXIF_MARK = b"Exif\0\0"
_ICC_MARK = b"ICC_PROFILE\0"
_ICC_NUMBER_BYTES, _ICC_PART_BYTES = 2, 65_519
"""A profile stands in segments, each with its number and how many there are in front of its part."""
_APP0, _APP1, _APP2, _APP14, _SOS, _EOI = 0xE0, 0xE1, 0xE2, 0xEE, 0xDA, 0xD9
_JPEG_SEGMENTS = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD}) - {0xC8}
"""The segments that a decoder needs: frames, scans, and the tables of both."""
_MARKER = re.compile(rb"\xff[^\x00\xff]")
"""How a segment begins. Decoders pass over whatever stands in front of it."""
_WITHOUT_CONTENT = frozenset({0x01, *range(0xD0, 0xD9)})
"""The markers that no content follows. Between segments, they say nothing."""
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends the compressed pixels of a scan: a marker, other than those that may stand among them."""
_JFIF_BYTES, _ADOBE_BYTES = 12, 12
"""The lengths of what is standard in the two segments; a thumbnail may follow in the first."""


def _jpeg(data: bytes) -> Iterator[bytes]:
    position = _after(data, 0, b"\xff\xd8")
    yield b"\xff\xd8"
    has_exif, profile = False, b""
    while True:
        found = _MARKER.search(data, position)
        if not found:
            raise ImageContainerError("the end is missing")
        marker, position = data[found.end() - 1], found.end()
        if marker == _EOI:
            break
        if marker in _WITHOUT_CONTENT:
            continue
        content = _slice(data, position + 2, int.from_bytes(_slice(data, position, 2), "big") - 2)
        position += 2 + len(content)
        if marker == _APP0 and content.startswith(b"JFIF\0"):
            yield _segment(marker, content[:_JFIF_BYTES] + b"\0\0")
        elif marker == _APP1 and content.startswith(_EXIF_MARK) and not has_exif:
            has_exif = True
            if (orientation := orientation_of(content)) != UPRIGHT:
                yield _segment(marker, _EXIF_MARK + _exif(orientation))
        elif marker == _APP14 and content.startswith(b"Adobe"):
            yield _segment(marker, content[:_ADOBE_BYTES])
        elif marker == _APP2 and content.startswith(_ICC_MARK):
            profile += content[len(_ICC_MARK) + _ICC_NUMBER_BYTES :]
        elif marker in _JPEG_SEGMENTS:
            if profile:
                yield from _profile_segments(colors_of(profile))
                profile = b""
            yield _segment(marker, content)
        if marker == _SOS:
            end = _AFTER_SCAN.search(data, position)
            yield data[position : end.start() if end else len(data)]
            if not end:
                break
            position = end.start()
    yield b"\xff\xd9"


def _profile_segments(profile: bytes) -> Iterator[bytes]:
    parts = [profile[start : start + _ICC_PART_BYTES] for start in range(0, len(profile), _ICC_PART_BYTES)]
    for number, part in enumerate(parts, 1):
        yield _segment(_APP2, _ICC_MARK + bytes([number, len(parts)]) + part)


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


# PNG, with animations (W3C, third edition)

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset((
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT", b"cHRM", b"gAMA", b"sRGB", b"sBIT", b"cICP", b"mDCV", b"cLLI",
))  # fmt: skip # not one per line

_MAX_PROFILE_BYTES = 4_000_000


def _png(data: bytes) -> Iterator[bytes]:
    position = _after(data, 0, _PNG_SIGNATURE)
    yield _PNG_SIGNATURE
    name, has_pixels, header, pixels = b"", False, b"", b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, position)
        content = _slice(data, position + 8, length)
        position += 12 + length
        has_pixels |= name == b"IDAT"
        if name == b"IHDR":
            header = content
        if name == b"IDAT":
            pixels += content
            continue
        if pixels:
            yield _png_chunk(b"IDAT", only_pixels(pixels, header))
            pixels = b""
        if name in _PNG_CHUNKS:
            yield _png_chunk(name, content)
        elif name == b"iCCP" and (profile := colors_of(_inflated_profile(content))):
            yield _png_chunk(name, b"icc\0\0" + compress(profile))
        elif name == b"eXIf" and not has_pixels and (orientation := orientation_of(content)) != UPRIGHT:
            yield _png_chunk(name, _exif(orientation))


def _inflated_profile(content: bytes) -> bytes:
    _, _, compressed = content.partition(b"\0")  # in front of it is a name that anything may be
    try:
        return decompressobj().decompress(compressed[1:], _MAX_PROFILE_BYTES)
    except zlib_error:
        return b""


def _png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc32(name + content))


# WebP (RFC 9649)

_WEBP_CHUNKS = (b"VP8 ", b"VP8L", b"ALPH", b"ANIM")
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_FRAME_BYTES = 16
"""The length of what stands in front of the chunks of a frame: its place and duration."""


def _webp(data: bytes) -> Iterator[bytes]:
    _after(data, 0, b"RIFF")
    _after(data, 8, b"WEBP")
    chunks = dict[bytes, bytes]()
    written = []
    for name, content in _riff_chunks(data[: 8 + int.from_bytes(data[4:8], "little")], 12):
        chunks.setdefault(name, content)
        if name == b"ICCP":
            written.append(_riff_chunk(name, colors_of(content)))
        elif name in _WEBP_CHUNKS:
            written.append(_riff_chunk(name, content))
        elif name == b"ANMF":
            kept = (_riff_chunk(*chunk) for chunk in _riff_chunks(content, _FRAME_BYTES) if chunk[0] in _WEBP_CHUNKS)
            written.append(_riff_chunk(name, content[:_FRAME_BYTES] + b"".join(kept)))
    if header := chunks.get(b"VP8X"):
        flags = header[0] & ~(_HAS_EXIF | _HAS_XMP)
        if header[0] & _HAS_EXIF and (orientation := orientation_of(chunks.get(b"EXIF", b""))) != UPRIGHT:
            flags |= _HAS_EXIF
            written.append(_riff_chunk(b"EXIF", _exif(orientation)))
        written.insert(0, _riff_chunk(b"VP8X", bytes([flags]) + header[1:10]))
    body = b"WEBP" + b"".join(written)
    yield b"RIFF" + struct.pack("<I", len(body)) + body


def _riff_chunks(data: bytes, position: int) -> Iterator[tuple[bytes, bytes]]:
    while position + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, position)
        yield name, _slice(data, position + 8, length)
        position += 8 + length + length % 2


def _riff_chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


# GIF (89a)

_GIF_HEADER_BYTES, _GIF_IMAGE_BYTES = 13, 10
_GIF_EXTENSION, _GIF_IMAGE, _GIF_TRAILER = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL, _APPLICATION = 0xF9, 0xFF
_REPEATS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")
"""How the extension begins that says how often an animation is repeated."""
_REPEAT_BYTES = 16
"""The length of that extension, without its end."""


def _gif(data: bytes) -> Iterator[bytes]:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        raise ImageContainerError("the signature is missing")
    position = _GIF_HEADER_BYTES + _color_table_bytes(data[10])
    yield _slice(data, 0, position)
    while position < len(data) and data[position] != _GIF_TRAILER:
        if data[position] == _GIF_IMAGE:
            start = position
            position += _GIF_IMAGE_BYTES + _color_table_bytes(data[position + 9]) + 1  # the last byte says how the pixels are coded
            position = _after_blocks(data, position)
            yield data[start:position]
            continue
        position = _after(data, position, bytes([_GIF_EXTENSION]))
        label, start = data[position], position + 1
        position = _after_blocks(data, start)
        if label == _GRAPHIC_CONTROL:
            yield bytes([_GIF_EXTENSION, label]) + data[start:position]
        elif label == _APPLICATION and data[start : start + 12] in _REPEATS and data[start + 12 : start + 14] == b"\x03\x01":
            yield bytes([_GIF_EXTENSION, label]) + _slice(data, start, _REPEAT_BYTES) + b"\0"
    yield bytes([_GIF_TRAILER])


def _color_table_bytes(flags: int) -> int:
    """Return the length of the color table that follows something with these flags."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    """Return the position after a series of blocks. An empty one ends it, or the end of the file: browsers show what there is."""
    while position < len(data) and data[position]:
        position += 1 + data[position]
    return position + 1


_WRITERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif}
"""Keyed by Pillow's name of the format."""


def _after(data: bytes, position: int, expected: bytes) -> int:
    """Return the position after something that must stand at a position."""
    if data[position : position + len(expected)] != expected:
        raise ImageContainerError(f"{expected!r} is missing")
    return position + len(expected)


def _slice(data: bytes, position: int, length: int) -> bytes:
    """Return that many bytes, which must all be there."""
    if length < 0 or position + length > len(data):
        raise ImageContainerError("the file ends too early")
    return data[position : position + length]
