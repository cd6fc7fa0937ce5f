"""Changes fields in the front matter of a page line by line: every other byte of the file stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kanalstrategi.incoming_text import read_typed
from kanalstrategi.markdown.front_matter import parse_front_matter

Value = str | Sequence[str]
"""What a field says: a text, or a list of texts."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_BYTE_ORDER_MARK = "\ufeff"
_PLAIN = re.compile(r"[^\W_]([\w ,.()/&%+–-]|(?<=\w):(?=\S))*(?<! )")
"""A text that YAML reads as it stands, with no quotes around it."""


class FieldError(ValueError):
    """The fields of a page cannot be changed. The message says why and what to do about it, in Danish."""


def with_fields(page: bytes, changes: Mapping[str, Value | None], after: Sequence[str] = ()) -> bytes:
    """Return the page with other values in its front matter; None removes a field.

    A field that is new comes after the last of the fields in `after` that the page has, or else after all fields. A field that already has the
    value keeps its line. Raises FieldError.
    """
    text = page.decode("utf-8", "surrogateescape")
    mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    lines = _LINE.findall(text[len(mark) :])
    front = parse_front_matter(read_typed(text[len(mark) :]).text)
    if not front.is_there or front.errors:
        raise FieldError("felterne øverst kan ikke læses – ret dem, og prøv igen")
    last = next(number for number, line in enumerate(lines) if number and _END.fullmatch(line.rstrip("\r\n")))
    line_end = lines[0][len(lines[0].rstrip("\r\n")) :]
    starts = sorted(line - 1 for line in front.lines.values())
    extents = {key: _extent(lines, line - 1, next((start for start in starts if start >= line), last)) for key, line in front.lines.items()}
    edits = [(*extents[key], _lines(key, value, line_end)) for key, value in changes.items() if key in extents and front.values[key] != _read(value)]
    place = max((extents[key][1] for key in after if key in extents), default=last)
    added = [line for key, value in changes.items() if key not in extents for line in _lines(key, value, line_end)]
    for start, end, new in sorted([*edits, (place, place, added)], reverse=True):
        lines[start:end] = new
    changed = "".join(lines)
    expected = {key: _read(value) for key, value in {**front.values, **changes}.items() if not (key in changes and value is None)}
    if parse_front_matter(read_typed(changed).text).values != expected:
        raise FieldError("felterne øverst kan ikke ændres ét ad gangen – skriv hvert felt på sin egen linje som `navn: værdi`, og prøv igen")
    return (mark + changed).encode("utf-8", "surrogateescape")


def _extent(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the lines of a field, without the empty lines and notes below it."""
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end


def _lines(key: str, value: Value | None, line_end: str) -> list[str]:
    """Return the lines of a field, or none for a field without a value."""
    return [] if value is None else [f"{key}: {_written(value)}{line_end}"]


def _read(value: Value | None) -> str | list[str] | None:
    """Return a value as it is read from a page."""
    return value if value is None or isinstance(value, str) else list(value)


def _written(value: Value) -> str:
    """Return a value as YAML that stands on one line."""
    if not isinstance(value, str):
        return f"[{', '.join(map(_written, value))}]"
    return value if _PLAIN.fullmatch(value) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
