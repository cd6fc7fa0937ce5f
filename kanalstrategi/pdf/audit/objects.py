"""Reads the objects of a PDF without trusting their types, since a broken file may have any value anywhere.

Each function returns an empty value if the object is not of the requested type.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf.exceptions import PikepdfError

ObjGen = tuple[int, int]
"""The object and generation number of an indirect object."""

DIRECT: ObjGen = (0, 0)
"""The `ObjGen` of an object that is written inside another object."""

MAX_PAGE_TREE_LEVELS = 50
"""The maximum depth of the page tree, which can be circular in a broken file."""

# Tuples, since `A | B` inside a function would be evaluated again at each of about 100,000 calls.
_WITH_ENTRIES = (pikepdf.Dictionary, pikepdf.Stream)
_LISTS = (pikepdf.Array, list)


def get_entry(thing: Any, key: str) -> Any:
    """Return an entry of a dictionary or stream, or None."""
    return thing.get(key) if isinstance(thing, _WITH_ENTRIES) else None


def get_pairs(thing: Any) -> list[tuple[str, Any]]:
    """Return the keys and values of a dictionary or stream."""
    return list(thing.items()) if isinstance(thing, _WITH_ENTRIES) else []


def inherited_entry(page: pikepdf.Dictionary, key: str) -> Any:
    """Return an entry of a page, or of its nearest ancestor in the page tree that has the entry."""
    node: Any = page
    for _ in range(MAX_PAGE_TREE_LEVELS):
        if get_entry(node, key) is not None or node is None:
            break
        node = get_entry(node, "/Parent")
    return get_entry(node, key)


def as_list(thing: Any) -> list[Any]:
    """Return the items of an array, or a list of the single value that PDF allows in place of an array."""
    if thing is None:
        return []
    return list(thing) if isinstance(thing, _LISTS) else [thing]


def as_integer(thing: Any) -> int | None:
    """Return an integer, or None."""
    return thing if isinstance(thing, int) and not isinstance(thing, bool) else None


def as_number(thing: Any) -> float | None:
    """Return a number, or None."""
    return float(thing) if isinstance(thing, int | Decimal) and not isinstance(thing, bool) else None


def as_numbers(thing: Any) -> tuple[float, ...]:
    """Return the numbers of an array, or an empty tuple if it contains anything else."""
    values = as_list(thing)
    try:
        return tuple(float(value) for value in values)
    except (TypeError, ValueError, OverflowError):
        return ()


def name_of(thing: Any) -> str:
    """Return a name without its slash."""
    return str(thing)[1:] if isinstance(thing, pikepdf.Name) else ""


def text_of(thing: Any) -> str:
    """Return a text string without space around it."""
    if not isinstance(thing, pikepdf.String):
        return ""
    try:
        return str(thing).strip()
    except UnicodeError:
        return bytes(thing).decode("latin-1").strip()


def object_id(thing: Any) -> ObjGen:
    """Return the object and generation number of an object, or `DIRECT`."""
    return thing.objgen if isinstance(thing, pikepdf.Object) else DIRECT


def stream_bytes(stream: Any) -> bytes:
    """Return the decoded content of a stream, or no bytes if it is damaged."""
    if not isinstance(stream, pikepdf.Stream):
        return b""
    try:
        return stream.read_bytes()
    except PikepdfError:
        return b""


def serialize(thing: Any) -> bytes:
    """Return an object in the syntax of PDF files, with references to other objects and without the content of a stream."""
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    return thing.unparse(resolved=True) if isinstance(thing, pikepdf.Object) else b""


def decode_string(literal: bytes | None, digits: bytes | None) -> str:
    """Return the text of a string in the syntax of PDF files, given the part between `(` and `)` or the digits between `<` and `>`."""
    if digits is not None:
        data = bytes.fromhex(digits.decode() + "0" * (len(digits) % 2))
    else:
        data = re.sub(rb"\\([0-7]{1,3}|.)", _unescape, literal or b"", flags=re.DOTALL)
    return data[2:].decode("utf-16-be", errors="replace") if data[:2] == b"\xfe\xff" else data.decode("latin-1")


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code.isdigit():
        return bytes([int(code, 8) & 255]) if not set(code) & set(b"89") else code
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(code, code)
