"""Decodes the bytes of text in a PDF with the encodings of its fonts, and measures it with their widths."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from struct import unpack_from
from typing import Any, NamedTuple

import pikepdf

from kanalstrategi.pdf.audit.content_syntax import shown_parts
from kanalstrategi.pdf.audit.objects import as_integer, as_list, as_number, as_numbers, get_entry, name_of, stream_bytes

SPACE_THOUSANDTHS = 200
"""A gap of this size in a line of text counts as a space. In thousandths of the size of the font."""

MAX_CODE = 0xFFFF
"""The highest code of two bytes."""


class _Characters(dict[int, str]):
    """The text that each code stands for."""

    def __missing__(self, code: int) -> str:
        return "\ufffd"


class _Widths(dict[int, float]):
    """The width of each code, in thousandths of the size of the font."""

    def __init__(self, widths: Mapping[int, float], others: float) -> None:
        super().__init__(widths)
        self._others = others

    def __missing__(self, code: int) -> float:
        return self._others


class ShownText(NamedTuple):
    """What an instruction shows."""

    text: str
    width: float | None
    """How far it goes, in thousandths of the size of the font; None if that is not known."""
    codes: int
    """How many codes it has."""
    spaces: int
    """How many of them are spaces that the space between words widens."""


@dataclass(frozen=True)
class Font:
    """The encoding and the widths of a font."""

    bytes_per_code: int
    """The number of bytes in each code: 1 or 2."""
    characters: Mapping[int, str]
    """The text that each code stands for."""
    has_unicode_map: bool
    """Whether the file says what the codes stand for. If not, the codes of a simple font are read as Windows-1252."""
    widths: Mapping[int, float] | None = None
    """The width of each code, in thousandths of the size of the font. None if the file does not say them, or writes from top to bottom."""

    _known: dict[bytes, ShownText] = field(default_factory=dict, compare=False, repr=False)
    """What has been shown before, since a document repeats words, headers and single letters: up to nine of ten texts."""

    def shown(self, operands: bytes) -> ShownText:
        """Return what an instruction shows, given its operands as they are written."""
        known = self._known.get(operands)
        if known is None:
            known = self._read_shown(operands)
            if self.widths is not None:
                self._known[operands] = known
        return known

    def _read_shown(self, operands: bytes) -> ShownText:
        parts, moved = shown_parts(operands, -SPACE_THOUSANDTHS)
        text = "".join([self.decode(part) if part else " " for part in parts])
        if self.widths is None:
            return ShownText(text, None, 0, 0)
        data = b"".join(parts)
        codes = self.codes(data)
        spaces = data.count(b" ") if self.bytes_per_code == 1 else 0  # those of fonts with longer codes are not widened
        return ShownText(text, sum(map(self.widths.__getitem__, codes)) - moved, len(codes), spaces)

    def decode(self, data: bytes) -> str:
        """Return the text of some codes, with U+FFFD for codes that are not in the map."""
        if not self.has_unicode_map and self.bytes_per_code == 1:
            return data.decode("cp1252", errors="replace")
        return "".join(map(self.characters.__getitem__, self.codes(data)))

    def codes(self, data: bytes) -> Sequence[int]:
        """Return the codes that some bytes are."""
        return data if self.bytes_per_code == 1 else unpack_from(f">{len(data) // 2}H", data)


NO_FONT = Font(1, _Characters(), False)


def read_font(raw: Any) -> Font:
    """Return a font, given its dictionary."""
    font = _read_encoding(raw)
    return replace(font, widths=_read_widths(raw, font.bytes_per_code))


def _read_widths(raw: Any, bytes_per_code: int) -> _Widths | None:
    kind = name_of(get_entry(raw, "/Subtype"))
    if kind == "Type0":
        descendant = next(iter(as_list(get_entry(raw, "/DescendantFonts"))), None)
        # With another encoding, the codes of a text are not the numbers that have widths.
        if name_of(get_entry(raw, "/Encoding")) != "Identity-H" or bytes_per_code != 2:
            return None
        default = as_number(get_entry(descendant, "/DW"))
        return _Widths(_listed_widths(as_list(get_entry(descendant, "/W"))), 1000.0 if default is None else default)
    first = as_integer(get_entry(raw, "/FirstChar"))
    numbers = as_numbers(get_entry(raw, "/Widths"))
    if first is None or not numbers:
        return None  # one of the fonts that every program has
    matrix = as_numbers(get_entry(raw, "/FontMatrix")) if kind == "Type3" else ()
    scale = matrix[0] * 1000 if len(matrix) == 6 else 1.0
    missing = as_number(get_entry(get_entry(raw, "/FontDescriptor"), "/MissingWidth")) or 0.0
    return _Widths({first + step: width * scale for step, width in enumerate(numbers)}, missing * scale)


def _listed_widths(entries: list[Any]) -> dict[int, float]:
    """Return the widths in the array /W of a font with several bytes per code (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    position = 0
    while position + 1 < len(entries):
        first = as_integer(entries[position])
        following = entries[position + 1]
        if first is None:
            break
        if isinstance(following, pikepdf.Array):
            widths |= enumerate(as_numbers(following), first)
            position += 2
            continue
        last, width = as_integer(following), as_number(entries[position + 2]) if position + 2 < len(entries) else None
        if last is None or width is None:
            break
        widths |= dict.fromkeys(range(first, min(last, MAX_CODE) + 1), width)
        position += 3
    return widths


def _read_encoding(raw: Any) -> Font:
    bytes_per_code = 2 if name_of(get_entry(raw, "/Subtype")) == "Type0" else 1
    unicode_map = get_entry(raw, "/ToUnicode")
    if not isinstance(unicode_map, pikepdf.Stream):
        return Font(bytes_per_code, _Characters(), False)
    characters = _Characters()
    source = stream_bytes(unicode_map)
    if bytes_per_code == 2 and not re.search(rb"begincodespacerange\s*<[0-9A-Fa-f]{4}>", source):
        bytes_per_code = 1 if re.search(rb"begincodespacerange\s*<[0-9A-Fa-f]{2}>", source) else 2
    for block in re.findall(rb"beginbfchar((?:(?!beginbfchar).)*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", block):
            characters[int(code, 16)] = _decode_utf16(text)
    for block in re.findall(rb"beginbfrange((?:(?!beginbfrange).)*?)endbfrange", source, re.DOTALL):
        pattern = rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])"
        for first, last, text, array in re.findall(pattern, block):
            start, stop = int(first, 16), min(int(last, 16), int(first, 16) + MAX_CODE)
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
