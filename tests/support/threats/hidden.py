"""Images that are more than pixels: other files in them, words behind the pixels, and more pixels than they say."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageCms

HIDDEN = b"hemmeligt-i-billedet <script>__canary()</script> <?php ?> PK\x03\x04"
"""What no published image may hold."""


def _saved(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image = Image.effect_noise((40, 40), 50)
    (image if kind == "GIF" else image.convert("RGB")).save(file, kind, **options)
    return file.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(*, before: bytes = b"", after_pixels: bytes = b"", more_pixels: bytes = b"", size: tuple[int, int] = (8, 8)) -> bytes:
    pixels = zlib.compress((b"\0" + b"\x7f" * size[0] * 3) * size[1] + more_pixels) + after_pixels
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + before + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _palette_png() -> bytes:
    header = struct.pack(">IIBBBBB", 8, 8, 8, 3, 0, 0, 0)
    palette = bytes(6) + HIDDEN.ljust(63, b" ")[:63]
    pixels = zlib.compress((b"\0" + bytes(8)) * 8)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"PLTE", palette) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _jpeg(*, segment: bytes = b"", before_end: bytes = b"", marker: int = 0xEF) -> bytes:
    jpeg = _saved("JPEG")
    if segment:
        jpeg = jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]
    return jpeg[:-2] + before_end + jpeg[-2:]


def _gif(*, after_pixels: bytes = b"", extension: bytes = b"") -> bytes:
    gif = _saved("GIF")
    if after_pixels:
        gif = gif[:-2] + bytes([len(after_pixels)]) + after_pixels + gif[-2:]
    if extension:
        gif = gif[:-1] + extension + gif[-1:]
    return gif


def _webp(*, chunk: bytes = b"", in_pixels: bytes = b"") -> bytes:
    webp = _saved("WEBP", lossless=True)
    name, length = webp[12:16], struct.unpack("<I", webp[16:20])[0]
    pixels = webp[20 : 20 + length] + in_pixels
    pixels += b"\0" * (len(pixels) % 2)
    body = b"WEBP" + name + struct.pack("<I", len(pixels)) + pixels + chunk
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _profile() -> bytes:
    """Return a color profile whose words and unused room are another's."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile += HIDDEN
    profile[:4] = struct.pack(">I", len(profile))
    return bytes(profile)


IMAGES: dict[str, tuple[str, bytes]] = {
    "text": ("png", _png(before=_chunk(b"tEXt", b"Comment\0" + HIDDEN))),
    "compressed text": ("png", _png(before=_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(HIDDEN)))),
    "text that is a bomb": ("png", _png(before=_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000), 9)))),
    "profile that is a bomb": ("png", _png(before=_chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(50_000_000), 9)))),
    "chunk that nobody knows": ("png", _png(before=_chunk(b"prVt", HIDDEN))),
    "words after the compressed pixels": ("png", _png(after_pixels=HIDDEN)),
    "words after the pixels": ("png", _png(more_pixels=HIDDEN)),
    "pixels that are a bomb": ("png", _png(more_pixels=bytes(50_000_000))),
    "words in colors that no pixel has": ("png", _palette_png()),
    "words after the end of a PNG": ("png", _png() + HIDDEN),
    "profile with words in a PNG": ("png", _saved("PNG", icc_profile=_profile())),
    "script in a JPEG": ("jpg", _jpeg(segment=b"*/=__canary()/*" + HIDDEN)),
    "comment in a JPEG": ("jpg", _jpeg(segment=HIDDEN, marker=0xFE)),
    "words before the end of a JPEG": ("jpg", _jpeg(before_end=HIDDEN)),
    "words after a marker of a JPEG": ("jpg", _jpeg(before_end=b"\xff\xd0" + HIDDEN)),
    "archive after the end of a JPEG": ("jpg", _jpeg() + HIDDEN),
    "profile with words in a JPEG": ("jpg", _saved("JPEG", icc_profile=_profile())),
    "words after the pixels of a GIF": ("gif", _gif(after_pixels=HIDDEN)),
    "text in a GIF": ("gif", _gif(extension=b"\x21\x01\x0c" + bytes(12) + bytes([len(HIDDEN)]) + HIDDEN + b"\0")),
    "application in a GIF": ("gif", _gif(extension=b"\x21\xff\x0bHEMMELIGT11" + bytes([len(HIDDEN)]) + HIDDEN + b"\0")),
    "archive after the end of a GIF": ("gif", _gif() + HIDDEN),
    "chunk in a WebP": ("webp", _webp(chunk=b"PRVT" + struct.pack("<I", len(HIDDEN) + len(HIDDEN) % 2) + HIDDEN + b"\0" * (len(HIDDEN) % 2))),
    "words after the pixels of a WebP": ("webp", _webp(in_pixels=HIDDEN)),
    "words after the end of a WebP": ("webp", _webp() + HIDDEN),
    "HTML as an image": ("png", b"<html><script>__canary()</script>"),
    "HTML behind the beginning of an image": ("gif", b"GIF89a/*<html>*/=__canary()//"),
    "drawing as an image": ("png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="__canary()"/>'),
    "PDF as an image": ("jpg", b"%PDF-1.7 <script>__canary()</script>"),
    "image of billions of pixels": ("png", _png(size=(8, 8)).replace(struct.pack(">II", 8, 8), struct.pack(">II", 60_000, 60_000))),
    "image of no pixels": ("png", _png(size=(8, 8)).replace(struct.pack(">II", 8, 8), struct.pack(">II", 0, 8))),
    "image in a form that only Pillow knows": ("png", _saved("BMP")),
    "image in PostScript": ("jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(SECRET_PATH) run\n"),
}
"""Images with the extension that they are given."""

STAYS = frozenset((
    "words in colors that no pixel has", "words before the end of a JPEG", "words after a marker of a JPEG", "words after the pixels of a GIF",
    "words after the pixels of a WebP",
))  # fmt: skip # laid out by hand, as a table
"""What is published: bytes among the compressed pixels that no decoder shows, which SECURITY.md names."""
