"""Images that say where they were taken, in every way that a format has for it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SECRET = b"Skovvej-7-54.7650N-11.8660E"
"""What stands in each of the images and must not be published."""
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + SECRET + b"</exif:GPSLatitude></x:xmpmeta>"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
"""A color profile. It is published."""
TURNED = 6
"""The orientation of an image to be turned by 90 degrees."""


def drawing(color: str = "#125a73", mode: str = "RGB") -> Image.Image:
    """Return a small image that looks different from every side."""
    image = Image.new("RGB", (48, 32), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 20, 10), color)
    draw.line((0, 31, 47, 5), "#b5121b", 2)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return an image as a file."""
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def exif(orientation: int = TURNED) -> bytes:
    """Return an Exif block with a place, a note of the camera's maker, a description and an orientation."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010E] = SECRET.decode()
    block[0x8825] = {1: "N", 2: (54.0, 45.0, 54.0), 3: "E", 4: (11.0, 51.0, 57.0), 27: SECRET}
    block[0x8769] = {0x927C: SECRET, 0x9286: b"ASCII\0\0\0" + SECRET}
    return block.tobytes()


def with_segments(jpeg: bytes, *segments: tuple[int, bytes]) -> bytes:
    """Return a JPEG with more segments at its beginning, each given as its marker and content."""
    return jpeg[:2] + b"".join(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content for marker, content in segments) + jpeg[2:]


def with_chunks(png: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG with more chunks after its header, each given as its name and content."""
    more = b"".join(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)
    return png[:33] + more + png[33:]


def with_riff_chunk(webp: bytes, name: bytes, content: bytes) -> bytes:
    """Return a WebP with one more chunk at its end."""
    body = webp[8:] + name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return webp[:4] + struct.pack("<I", len(body)) + body


def gif_extension(label: int, *blocks: bytes) -> bytes:
    """Return an extension of a GIF."""
    return bytes([0x21, label]) + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"


def with_extension(gif: bytes, extension: bytes) -> bytes:
    """Return a GIF with one more extension after its color table."""
    start = 13 + (3 << (gif[10] & 7) + 1 if gif[10] & 0x80 else 0)
    return gif[:start] + extension + gif[start:]


def _jpegs() -> dict[str, bytes]:
    plain = saved(drawing(), "JPEG", quality=90)
    thumbnail = exif() + with_segments(plain, (0xFE, SECRET))
    return {
        "exif": saved(drawing(), "JPEG", exif=exif()),
        "exif-upright": saved(drawing(), "JPEG", exif=exif(1)),
        "exif-thumbnail": saved(drawing(), "JPEG", exif=thumbnail),
        "exif-twice": with_segments(plain, (0xE1, exif()), (0xE1, exif(3))),
        "exif-broken": with_segments(plain, (0xE1, b"Exif\0\0MM\0*\0\0\xff\xff" + SECRET)),
        "xmp": with_segments(plain, (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
        "xmp-extended": with_segments(plain, (0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + XMP)),
        "iptc": with_segments(plain, (0xED, b"Photoshop 3.0\0008BIM\x04\x04\0\0\0\0\0\x21\x1c\x02\x5a\0" + bytes([len(SECRET)]) + SECRET)),
        "comment": with_segments(plain, (0xFE, SECRET)),
        "c2pa": with_segments(plain, (0xEB, b"JP" + SECRET)),
        "other-profile": with_segments(plain, (0xE2, b"FPXR\0" + SECRET)),
        "between-segments": plain[:20] + SECRET + b"\xff\xff" + plain[20:],
        "unknown": with_segments(plain, *((marker, SECRET) for marker in range(0xE0, 0xF0))),
        "jfif-thumbnail": plain[:2] + b"\xff\xe0" + struct.pack(">H", 16 + 27) + b"JFIF\0\1\2\0\0\1\0\1\3\3" + SECRET + plain[20:],
        "jfxx": with_segments(plain, (0xE0, b"JFXX\0\x10" + SECRET)),
        "adobe": with_segments(saved(drawing(mode="CMYK"), "JPEG"), (0xEE, b"Adobe\0\x64\0\0\0\0\0" + SECRET)),
        "after-the-end": plain + SECRET,
        "second-image": saved(drawing(), "MPO", save_all=True, append_images=[drawing("#000")], exif=exif()) + SECRET,
        "progressive": saved(drawing(), "JPEG", progressive=True, exif=exif(8), comment=SECRET, icc_profile=PROFILE * 200),
        "between-scans": _between_scans(saved(drawing(), "JPEG", progressive=True)),
        "grey": saved(drawing(mode="L"), "JPEG", exif=exif(3), restart_marker_blocks=1),
    }


def _between_scans(jpeg: bytes) -> bytes:
    second = jpeg.index(b"\xff\xda", jpeg.index(b"\xff\xda") + 2)
    start = jpeg.rindex(b"\xff\xc4", 0, second) if b"\xff\xc4" in jpeg[second - 200 : second] else second
    return jpeg[:start] + struct.pack(">BBH", 0xFF, 0xFE, len(SECRET) + 2) + SECRET + jpeg[start:]


def _pngs() -> dict[str, bytes]:
    plain = saved(drawing(), "PNG")
    text = PngImagePlugin.PngInfo()
    text.add_text("Location", SECRET.decode())
    text.add_text("Comment", SECRET.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=False)
    text.add_itxt("Description", SECRET.decode(), zip=True)
    frames = [drawing("#125a73"), drawing("#f4b860")]
    return {
        "exif": saved(drawing(), "PNG", exif=exif()),
        "text": saved(drawing(), "PNG", pnginfo=text),
        "time-and-others": with_chunks(plain, (b"tIME", b"\x07\xe7\2\x1c\x0a\0\0"), (b"plAc", SECRET), (b"sPLT", b"a\0\x08" + SECRET), (b"caBX", SECRET)),
        "profile-name": with_chunks(plain, (b"iCCP", SECRET + b"\0\0" + zlib.compress(PROFILE))),
        "after-the-end": plain + SECRET,
        "palette": saved(drawing(mode="P"), "PNG", transparency=0, exif=exif(1), pnginfo=text),
        "deep": saved(Image.linear_gradient("L").convert("I;16"), "PNG", pnginfo=text),
        "transparent": saved(drawing(mode="RGBA"), "PNG", pnginfo=text, icc_profile=PROFILE),
        "gamma": with_chunks(plain, (b"gAMA", struct.pack(">I", 100000)), (b"tEXt", b"a\0" + SECRET)),
        "animated": saved(frames[0], "PNG", save_all=True, append_images=frames[1:], duration=70, loop=2, pnginfo=text),
    }


def _webps() -> dict[str, bytes]:
    frames = [drawing("#125a73"), drawing("#f4b860")]
    options: dict[str, Any] = {"exif": exif(), "xmp": XMP, "icc_profile": PROFILE}
    return {
        "lossy": saved(drawing(), "WEBP", **options),
        "lossless": saved(drawing(mode="RGBA"), "WEBP", lossless=True, **options),
        "upright": saved(drawing(), "WEBP", exif=exif(1)),
        "unknown": with_riff_chunk(saved(drawing(), "WEBP", xmp=XMP), b"plac", SECRET),
        "plain": with_riff_chunk(saved(drawing(), "WEBP"), b"XMP ", XMP),
        "after-the-end": saved(drawing(), "WEBP") + SECRET,
        "animated": saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=70, loop=3, **options),
    }


def _gifs() -> dict[str, bytes]:
    plain = saved(drawing(mode="P"), "GIF")
    frames = [drawing("#125a73"), drawing("#f4b860")]
    animated = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=70, loop=4, comment=SECRET)
    xmp = gif_extension(0xFF, b"XMP DataXMP")[:-1] + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    return {
        "comment": saved(drawing(mode="P"), "GIF", comment=SECRET),
        "xmp": with_extension(plain, xmp),
        "application": with_extension(plain, gif_extension(0xFF, b"ABCDEFGH123", SECRET)),
        "plain-text": with_extension(plain, gif_extension(0xF9, b"\5\1\0\1") + gif_extension(0x01, bytes(12), SECRET)),
        "after-the-end": plain + SECRET,
        "animated": with_extension(animated, gif_extension(0xFE, SECRET, SECRET)),
    }


def images() -> dict[str, bytes]:
    """Return the images, keyed by file name. Each of them holds SECRET, as it is or compressed."""
    kinds = {"jpg": _jpegs(), "png": _pngs(), "webp": _webps(), "gif": _gifs()}
    return {f"{name}.{extension}": data for extension, of_kind in kinds.items() for name, data in of_kind.items()}
