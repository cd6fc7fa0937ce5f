"""Decodes the bytes of text in a PDF with the encodings of its fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pikepdf

from kanalstrategi.pdf.audit.objects import get_entry, name_of, stream_bytes


@dataclass(frozen=True)
class Font:
    """The encoding of a font."""

    bytes_per_code: int
    """The number of bytes in each code: 1 or 2."""
    characters: dict[int, str]
    """The text that each code stands for."""
    has_unicode_map: bool
    """Whether the file says what the codes stand for. If not, the codes of a simple font are read as Windows-1252."""

    def decode(self, data: bytes) -> str:
        """Return the text of some codes, with U+FFFD for codes that are not in the map."""
        if not self.has_unicode_map and self.bytes_per_code == 1:
            return data.decode("cp1252", errors="replace")
        codes = data if self.bytes_per_code == 1 else [high << 8 | low for high, low in zip(data[::2], data[1::2], strict=False)]
        return "".join([self.characters.get(code, "\ufffd") for code in codes])


NO_FONT = Font(1, {}, False)


def read_font(raw: Any) -> Font:
    """Return the encoding of a font, given its dictionary."""
    bytes_per_code = 2 if name_of(get_entry(raw, "/Subtype")) == "Type0" else 1
    unicode_map = get_entry(raw, "/ToUnicode")
    if not isinstance(unicode_map, pikepdf.Stream):
        return Font(bytes_per_code, {}, False)
    characters = {}
    source = stream_bytes(unicode_map)
    if bytes_per_code == 2 and not re.search(rb"begincodespacerange\s*<[0-9A-Fa-f]{4}>", source):
        bytes_per_code = 1 if re.search(rb"begincodespacerange\s*<[0-9A-Fa-f]{2}>", source) else 2
    for block in re.findall(rb"beginbfchar((?:(?!beginbfchar).)*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", block):
            characters[int(code, 16)] = _decode_utf16(text)
    for block in re.findall(rb"beginbfrange((?:(?!beginbfrange).)*?)endbfrange", source, re.DOTALL):
        pattern = rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])"
        for first, last, text, array in re.findall(pattern, block):
            start, stop = int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF)
            listed = re.findall(rb"<([0-9A-Fa-f\s]*)>", array)
            for step, code in enumerate(range(start, stop + 1)):
                if listed:
                    characters[code] = _decode_utf16(listed[step]) if step < len(listed) else "\ufffd"
                else:
                    base = _decode_utf16(text)
                    characters[code] = base[:-1] + chr(min(ord(base[-1]) + step, 0x10FFFF)) if base else ""
    return Font(bytes_per_code, characters, True)


def _decode_utf16(digits: bytes) -> str:
    """Return the text that a /ToUnicode map writes in hexadecimal digits."""
    stripped = b"".join(digits.split()).decode()
    return bytes.fromhex(stripped + "0" * (len(stripped) % 2)).decode("utf-16-be", errors="replace")
