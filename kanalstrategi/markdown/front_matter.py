"""Parses the front matter of a page: the text of each field, and its line.

YAML gives front matter its structure, but no types: `2024`, `12:30` and `no` are text, just as they were typed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from kanalstrategi.danish.normalization import to_nfc
from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.incoming_text import join_surrogates
from kanalstrategi.limits import MAX_FRONT_MATTER_CHARACTERS, MAX_FRONT_MATTER_LINES

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""The same expression as in MkDocs (mkdocs.utils.meta), so that both agree on where a page begins."""

MAX_YAML_DEPTH = 3
"""Maximum nesting of collections: front matter is a mapping of texts and lists."""

_HINT = "skriv hvert felt én gang som `navn: værdi` på sin egen linje, og sæt tekst med kolon i anførselstegn"
_OFFSET = 2
"""The number of the first field's line: the line before it is `---`, and YAML counts from 0."""
_LIBYAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""LibYAML's loader where it is installed: ten times as fast as PyYAML's own."""
_LIBYAML_CHARACTERS = re.compile(r"[\n -~\xa0-\ud7ff]*")
"""If LibYAML can read text with only these characters, it reads it as PyYAML does. It also accepts others that PyYAML does not, such as tabs."""
_YAML_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
"""Replaces the characters that end a line in YAML alone, which would shift the numbers of the lines below. No page may have them."""
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")
"""An escape with a number that is higher than that of any character."""


@dataclass(frozen=True)
class FrontMatter:
    """The fields at the top of a page."""

    values: dict[str, str | list[str] | None]
    """The text or the texts of each field, keyed by field. None for anything else, such as a list of lists.

    Text without quotes is as it was typed, numbers and dates included. A field without a value is empty.
    """
    lines: dict[str, int]
    """The line of each field in the file, keyed by field."""
    item_lines: dict[str, list[int]] = field(default_factory=dict)
    """The line of each text in a list, keyed by field."""
    is_there: bool = True
    """Whether the page has front matter, between two lines of `---`."""
    errors: tuple[TextDiagnostic, ...] = ()
    """What could not be read."""
    diagnostics: tuple[TextDiagnostic, ...] = ()
    """What can be read, but not as it was meant, such as the end of a text that YAML takes for a comment."""


@dataclass(frozen=True, slots=True)
class _Scalar:
    """The place of a text in the front matter: characters `start` to `end`."""

    start: int
    end: int
    column: int | None
    """The column of the block that a plain text is in: a line below it that is further to the right continues the text. None for others."""


def parse_front_matter(text: str) -> FrontMatter:
    """Return the front matter of a page's text. Never raises: whatever cannot be read is listed in its errors."""
    match = FRONT_MATTER.match(text)
    return _front_matter(match.group(1)) if match else FrontMatter({}, {}, is_there=False)


def body_without_front_matter(text: str) -> str:
    """Return a page's text with its front matter replaced by as many empty lines, so that line numbers stay the same."""
    match = FRONT_MATTER.match(text)
    head = match.group() if match else ""
    return "\n" * head.count("\n") + text[len(head) :]


def _front_matter(text: str) -> FrontMatter:
    """Return the front matter of the text between the two lines of `---`."""
    if (line := _first_line_too_many(text)) is not None:
        message = f"felterne øverst på siden fylder over {MAX_FRONT_MATTER_LINES} linjer eller {MAX_FRONT_MATTER_CHARACTERS} tegn"
        return FrontMatter({}, {}, errors=(TextDiagnostic(line, message, "skriv kun sidens felter mellem de to linjer med ---, og teksten derunder"),))
    text = text.translate(_YAML_LINE_ENDS)
    try:
        with suppress(yaml.YAMLError):
            front = _parse_fields(text, _LIBYAML if _LIBYAML_CHARACTERS.fullmatch(text) else yaml.SafeLoader)
            if not front.errors:
                return front
        return _parse_fields(text, yaml.SafeLoader)  # again with PyYAML, for what is reported below and for its line
    except yaml.reader.ReaderError as error:
        return _unreadable(text.count("\n", 0, error.position) + _OFFSET, "linjen indeholder et tegn, der ikke kan læses")
    except yaml.MarkedYAMLError as error:
        # A bracket or quote that is never closed is noticed only further down.
        is_unclosed = any(word in (error.context or "") for word in ("flow", "quoted"))
        mark = error.context_mark if is_unclosed else error.problem_mark
        # A mark at the very end is below the last line of the front matter.
        line = min(mark.line + _OFFSET, text.count("\n") + 1) if mark else _OFFSET
        return _unreadable(line, "linjen kan ikke læses som et felt")
    except (OverflowError, ValueError):  # PyYAML (6.0) lets these through for an escape that is no character: `"\U00110000"`
        match = _NO_CHARACTER.search(text)
        line = text.count("\n", 0, match.start() if match else 0) + _OFFSET
        return _unreadable(line, "linjen indeholder et tegn, der ikke kan læses")


def _first_line_too_many(text: str) -> int | None:
    """Return the line that begins beyond what the fields may take up, or None."""
    if text.count("\n") <= MAX_FRONT_MATTER_LINES and len(text) <= MAX_FRONT_MATTER_CHARACTERS:
        return None
    return min(MAX_FRONT_MATTER_LINES, text.count("\n", 0, MAX_FRONT_MATTER_CHARACTERS)) + _OFFSET


def _unreadable(line: int, message: str) -> FrontMatter:
    return FrontMatter({}, {}, errors=(TextDiagnostic(line, message, _HINT),))


def _parse_fields(text: str, loader_class: Any) -> FrontMatter:
    """Return the front matter. Raises yaml.YAMLError, and ValueError or OverflowError for an escape that is no character."""
    scalars: list[_Scalar] = []
    if error := _scan(text, loader_class, scalars):
        return _unreadable(*error)
    node = loader_class(text).get_single_node()
    if node is None:
        return FrontMatter({}, {})
    if not isinstance(node, yaml.MappingNode):
        return _unreadable(_OFFSET, "linjen kan ikke læses som et felt")
    values: dict[str, str | list[str] | None] = {}
    lines: dict[str, int] = {}
    item_lines: dict[str, list[int]] = {}
    errors: list[TextDiagnostic] = []
    diagnostics: list[TextDiagnostic] = []
    for key_node, value in node.value:
        line = key_node.start_mark.line + _OFFSET
        if not isinstance(key_node, yaml.ScalarNode):
            errors.append(TextDiagnostic(line, "linjen kan ikke læses som et felt", _HINT))
            continue
        key = _text_of(key_node)
        if key in lines:
            errors.append(TextDiagnostic(line, f"feltet {key} står to gange", _HINT))
        lines[key] = line
        values[key] = _value_of(value)
        if isinstance(values[key], list):
            item_lines[key] = [item.start_mark.line + _OFFSET for item in value.value if isinstance(item, yaml.ScalarNode)]
        diagnostics += _check_items(value)
    diagnostics += _find_comments(text, scalars, values, lines)
    return FrontMatter(values, lines, item_lines, errors=tuple(errors), diagnostics=tuple(diagnostics))


def _scan(text: str, loader_class: Any, scalars: list[_Scalar]) -> tuple[int, str] | None:
    """Return the line and the message for the first alias, tag, deep nesting or second document, or None.

    No page needs these, and a small text that uses them can grow without bound when it is read. Adds the places of all texts to
    `scalars`, if there is a `#` that may be in one of them. Raises like `_parse_fields`.
    """
    columns: list[int | None] = []
    may_have_comments, last_line = "#" in text, text.count("\n") + 1
    for event in yaml.parse(text, loader_class):
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None
        line = min(start.line + _OFFSET, last_line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, "linjen bruger & eller * foran en værdi"
        if getattr(event, "tag", None):
            return line, "linjen bruger ! foran en værdi"
        if getattr(event, "explicit", False):  # `--- ` or `... `: the beginning or end of another document
            return line, "linjen kan ikke læses som et felt"
        if isinstance(event, yaml.CollectionStartEvent):
            columns.append(None if event.flow_style else start.column)
            if len(columns) > MAX_YAML_DEPTH:
                return line, "linjen har for mange lister inde i hinanden"
        elif isinstance(event, yaml.CollectionEndEvent):
            columns.pop()
        elif isinstance(event, yaml.ScalarEvent) and may_have_comments:
            # The line with the sign of a block text may end with a comment; the text begins on the next.
            first = max(text.find("\n", start.index), start.index) if event.style in ("|", ">") else start.index
            scalars.append(_Scalar(first, end.index, columns[-1] if columns and not event.style else None))
    return None


def _text_of(node: yaml.ScalarNode) -> str:
    """Return a text without its quotes. An escape for half a character becomes `�`, which no page may have."""
    text: str = node.value
    if node.style == '"' and not text.isascii():
        return to_nfc(join_surrogates(text))
    return text


def _value_of(node: yaml.Node) -> str | list[str] | None:
    """Return the value of a field. List items with a colon are left out, since `_check_items` reports them."""
    if isinstance(node, yaml.ScalarNode):
        return _text_of(node)
    if isinstance(node, yaml.SequenceNode) and not any(isinstance(item, yaml.SequenceNode) for item in node.value):
        return [_text_of(item) for item in node.value if isinstance(item, yaml.ScalarNode)]
    return None


def _check_items(node: yaml.Node) -> Iterator[TextDiagnostic]:
    """Yield diagnostics for list items with a colon, which YAML takes for fields."""
    if not isinstance(node, yaml.SequenceNode):
        return
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            example = '"…: …"' if node.flow_style else '- "…: …"'
            yield TextDiagnostic(item.start_mark.line + _OFFSET, "punktet kan ikke læses som tekst", f"sæt det i anførselstegn: `{example}`")


def _find_comments(text: str, scalars: list[_Scalar], values: dict[str, str | list[str] | None], lines: dict[str, int]) -> Iterator[TextDiagnostic]:
    """Yield diagnostics for comments that an editor may have meant as text: after a value, or where a text could go on.

    A line that is nothing but a comment is a note.
    """
    starts = [scalar.start for scalar in scalars]
    keys = {line: key for key, line in lines.items()}
    line, counted, comment_end = _OFFSET, 0, 0
    position = text.find("#")
    while position != -1:
        number = bisect_right(starts, position) - 1
        scalar = scalars[number] if number >= 0 else None
        if scalar and position < scalar.end:
            position = text.find("#", scalar.end)
            continue
        line += text.count("\n", counted, position)
        line_start, counted = text.rfind("\n", 0, position) + 1, position
        before = text[line_start:position].strip()
        # Only whitespace is between a text and a comment that stands where the text could go on.
        is_next = scalar is not None and comment_end <= scalar.end and not text[scalar.end : line_start].strip()
        column = scalar.column if scalar and is_next else None
        if before or (column is not None and position - line_start > column):
            key = keys.get(line, "")
            example = f"{key}: " if isinstance(values.get(key), str) else "- " if before.startswith("-") else ""
            note = "skriv en note på sin egen linje" if before else "ryk en note helt ud til venstre"
            yield TextDiagnostic(line, "det, der står efter #, kommer ikke med", f'sæt teksten i anførselstegn: `{example}"… # …"`, eller {note}')
        comment_end = text.find("\n", position)
        position = text.find("#", comment_end) if comment_end != -1 else -1
