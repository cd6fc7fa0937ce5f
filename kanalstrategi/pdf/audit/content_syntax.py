"""Splits content streams into instructions and reads their operands.

One regular expression finds an instruction with all of its operands, since objects for each of them would take most of the time of an audit.
Operands stay as they are written until someone needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import pikepdf
from pikepdf.exceptions import PikepdfError

from kanalstrategi.pdf.audit.objects import as_integer, get_entry, text_of

MAX_NESTED_PARENTHESES = 8
"""How deeply parentheses may be nested in a string without backslashes before them."""

_REGULAR = rb"[^\x00\t\n\f\r ()<>\[\]{}/%]"


def _string_pattern() -> bytes:
    """Return the pattern of what stands between the parentheses of a string (ISO 32000-1, 7.3.4.2)."""
    inner = rb"(?>(?:[^()\\]++|\\.)*)"
    for _ in range(MAX_NESTED_PARENTHESES):
        inner = rb"(?>(?:[^()\\]++|\\.|\(" + inner + rb"\))*)"
    return inner


class _Escapes(dict[bytes, bytes]):
    """What stands for each escape sequence in a string (ISO 32000-1, table 3)."""

    def __missing__(self, written: bytes) -> bytes:
        code = written[1:]
        return bytes([int(code, 8) & 255]) if code[0] in b"01234567" else code


_STRING = _string_pattern()
_OPERANDS = (
    rb"(?>(?:[\x00\t\n\f\r 0-9+\-.\[\])>{}]++|(?<=[0-9+\-.])" + _REGULAR + rb"++|/" + _REGULAR + rb"*+|\(" + _STRING
    + rb"\)|<[0-9A-Fa-f\x00\t\n\f\r ]*+>|<<|(?:true|false|null)(?!" + _REGULAR + rb")|%[^\r\n]*+)*)"
)  # fmt: skip # so that each line has whole alternatives
_WITHOUT_EFFECT = (
    rb"(?>(?:[\x00\t\n\f\r 0-9+\-.]*+(?>(?:/" + _REGULAR + rb"*+[\x00\t\n\f\r ]*+)?)(?:Tr|cs|CS|scn?|SCN?|rg|RG|[gGkKwMJjihd]|gs|ET)(?!" + _REGULAR + rb"))*)"
)
"""Instructions about colors and lines, which do not change what is painted and where: they are skipped, since they are many."""
_INSTRUCTION = re.compile(rb"(" + _OPERANDS + rb")(" + _REGULAR + rb"++)" + _WITHOUT_EFFECT, re.DOTALL)
_REST = re.compile(_OPERANDS, re.DOTALL)

_INLINE_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r ]|$)(?=[\t\n\f\r -~]{0,10}(?:$|[\t\n\f\r -~]))")
"""The end of an inline image: its data may contain the same letters, but hardly with printable characters after them."""

_TEXT_PART = re.compile(rb"\((" + _STRING + rb")\)|<([0-9A-Fa-f\x00\t\n\f\r ]*+)>|([0-9+\-.]++)", re.DOTALL)
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_NAME = re.compile(rb"/(" + _REGULAR + rb"*+)")
_ESCAPE = re.compile(rb"(\\(?:[0-7]{1,3}|.))", re.DOTALL)
_ESCAPED = _Escapes({
    rb"\n": b"\n", rb"\r": b"\r", rb"\t": b"\t", rb"\b": b"\b", rb"\f": b"\f", b"\\\n": b"", **{b"\\%03o" % code: bytes([code]) for code in range(256)},
})  # fmt: skip # one line per sign would fill a page
_NOTHING = b"\\\n"
"""Stands for nothing in a string, and ends an octal code before it."""
_SPACE = b"\0\t\n\f\r "


class Tag(NamedTuple):
    """What is said about a piece of marked content."""

    is_artifact: bool
    mcid: int | None
    replacement: str | None
    """The text that stands for all that is shown in it (/ActualText)."""
    language: str | None
    is_complete: bool
    """Whether all of this stands in the content stream, and nothing in the resources."""


class ContentSyntaxError(ValueError):
    """A content stream is damaged."""


def instructions(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the operands and the operator of each instruction. An inline image is one, with the operator `EI`. Raises ContentSyntaxError."""
    position = 0
    while match := _INSTRUCTION.match(data, position):
        operands, operator = match.groups()
        position = match.end()
        if operator == b"ID":
            end = _INLINE_IMAGE_END.search(data, position)
            if end is None:
                raise ContentSyntaxError("an inline image without an end")
            position, operands, operator = end.end(), b"", b"EI"
        yield operands, operator
    rest = _REST.match(data, position)
    if rest is None or rest.end() != len(data):
        raise ContentSyntaxError("unknown characters")


def numbers(operands: bytes) -> tuple[float, ...]:
    """Return the numbers of an instruction that has nothing else."""
    try:
        return tuple(map(float, operands.split()))
    except ValueError:
        return tuple(map(float, _NUMBER.findall(operands)))


def name(operands: bytes) -> str:
    """Return the name that the operands begin with, with its slash; empty if there is none."""
    match = _NAME.match(operands.lstrip(_SPACE))
    if match is None:
        return ""
    written = match[1]
    if b"#" in written:
        written = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), written)
    return "/" + written.decode("utf-8", errors="replace")


def shown_parts(operands: bytes, space: float) -> tuple[list[bytes], float]:
    """Return the strings that an instruction shows, and the sum of the numbers between them, in thousandths of the size of the font.

    Where a number is below `space`, an empty string stands for a space.
    """
    found = _TEXT_PART.findall(operands)
    if len(found) == 1:
        literal, digits, number = found[0]
        shown = _unescape(literal) if literal else _from_hex(digits)
        return [shown] if shown else [], 0.0
    parts: list[bytes] = []
    run: list[bytes] = []
    moved = 0.0
    for literal, digits, number in found:
        if literal:
            run.append(literal)
        elif number:
            try:
                step = float(number)
            except ValueError:
                continue
            moved += step
            if step < space:
                if run:
                    parts.append(_unescape(_NOTHING.join(run)))
                    run = []
                parts.append(b"")
        elif digits:
            if run:
                parts.append(_unescape(_NOTHING.join(run)))
                run = []
            parts.append(_from_hex(digits))
    if run:
        parts.append(_unescape(_NOTHING.join(run)))
    return parts, moved


def _from_hex(digits: bytes) -> bytes:
    compact = digits.translate(None, _SPACE).decode()
    return bytes.fromhex(compact + "0" * (len(compact) % 2))


def _unescape(literal: bytes) -> bytes:
    """Return the bytes of a string that is written in parentheses."""
    if b"\r" in literal:
        literal = literal.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\\" not in literal:
        return literal
    pieces = _ESCAPE.split(literal)
    pieces[1::2] = map(_ESCAPED.__getitem__, pieces[1::2])
    return b"".join(pieces)


def read_tag(operands: bytes, resources: Any) -> Tag:
    """Return what an instruction says about the content after it (BMC, BDC)."""
    tag = _NAME.match(operands.lstrip(_SPACE))
    kind = name(tag[0]) if tag else ""
    after = operands.lstrip(_SPACE)[len(tag[0]) if tag else 0 :].strip(_SPACE)
    thing: Any = None
    if after.startswith(b"/"):
        thing = get_entry(get_entry(resources, "/Properties"), name(after))
    elif after:
        with suppress(PikepdfError, ValueError):
            thing = pikepdf.Object.parse(after)
    id, replacement, language = as_integer(get_entry(thing, "/MCID")), get_entry(thing, "/ActualText"), get_entry(thing, "/Lang")
    return Tag(
        kind == "/Artifact",
        id,
        text_of(replacement) if isinstance(replacement, pikepdf.String) else None,
        text_of(language) if isinstance(language, pikepdf.String) else None,
        is_complete=not after.startswith(b"/"),
    )
