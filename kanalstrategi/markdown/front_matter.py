"""Parses the front matter of a page: its values, and the line of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""The same expression as in MkDocs (mkdocs.utils.meta), so that both agree on where a page begins."""

MAX_YAML_DEPTH = 3
"""Maximum nesting of collections: front matter is a mapping of texts, dates and lists."""

_LIBYAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""LibYAML's loader where it is installed: ten times as fast as PyYAML's own."""
_LIBYAML_CHARACTERS = re.compile(r"[\n -~\xa0-\ud7ff]*")
"""If LibYAML can read text with only these characters, it reads it as PyYAML does. It also accepts others that PyYAML does not, such as tabs."""


@dataclass(frozen=True)
class FrontMatter:
    """The values at the top of a page."""

    values: dict[str, Any]
    """Keyed by field. A value that cannot be read is left out."""
    lines: dict[str, int]
    """The line of each field in the file, keyed by field."""
    is_there: bool = True
    """Whether the page has front matter, between two lines of `---`."""
    errors: tuple[tuple[int, str], ...] = ()
    """What could not be read: the line, and a message in Danish."""


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
    offset = 2  # the first line of the file is `---`, and YAML counts from 0
    try:
        try:
            return _parse_fields(text, offset, _LIBYAML if _LIBYAML_CHARACTERS.fullmatch(text) else yaml.SafeLoader)
        except yaml.YAMLError:
            return _parse_fields(text, offset, yaml.SafeLoader)  # again with PyYAML, for the line numbers that are reported below
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + offset
        return FrontMatter({}, {}, errors=((line, "linjen indeholder et tegn, der ikke kan læses"),))
    except yaml.MarkedYAMLError as error:
        # A bracket or quote that is never closed is noticed only further down.
        is_unclosed = any(word in (error.context or "") for word in ("flow", "quoted"))
        mark = error.context_mark if is_unclosed else error.problem_mark
        # A mark at the very end is below the last line of the front matter.
        line = min(mark.line + offset, text.count("\n") + 1) if mark else offset
        return FrontMatter({}, {}, errors=((line, "linjen kan ikke læses som et felt"),))


def _parse_fields(text: str, offset: int, loader_class: Any) -> FrontMatter:
    """Return the front matter; `offset` is the number of the text's first line. Raises yaml.YAMLError."""
    if error := _find_forbidden_yaml(text, offset, loader_class):
        return FrontMatter({}, {}, errors=(error,))
    loader = loader_class(text)
    node = loader.get_single_node()
    if node is None:
        return FrontMatter({}, {})
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter({}, {}, errors=((offset, "linjen kan ikke læses som et felt"),))
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    errors = []
    for key, value in node.value:
        line = key.start_mark.line + offset
        if not isinstance(key, yaml.ScalarNode):
            errors.append((line, "linjen kan ikke læses som et felt"))
            continue
        if key.value in lines:
            errors.append((line, f"feltet {key.value} står to gange"))
        lines[key.value] = line
        try:
            values[key.value] = loader.construct_object(value, deep=True)
        except (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            # PyYAML (6.0) lets these exceptions through: for `2025-02-30`, which looks like a date but is not one, and for `1:1:1…`
            errors.append((line, f"værdien af {key.value} kan ikke læses"))
    return FrontMatter(values, lines, errors=tuple(errors))


def _find_forbidden_yaml(text: str, offset: int, loader_class: Any) -> tuple[int, str] | None:
    """Return the line and the message for the first alias, tag or deep nesting, or None.

    No page needs these, and a small text that uses them can grow without bound when it is read. Raises yaml.YAMLError.
    """
    depth = 0
    for event in yaml.parse(text, loader_class):
        line = event.start_mark.line + offset if event.start_mark else offset
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, "linjen bruger & eller * foran en værdi"
        if getattr(event, "tag", None):
            return line, "linjen bruger ! foran en værdi"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_YAML_DEPTH:
            return line, "linjen har for mange lister inde i hinanden"
    return None
