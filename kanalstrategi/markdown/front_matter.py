"""The front matter of a page: its text, its values and the line of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""As MkDocs has it (mkdocs.utils.meta), so that both agree on where a page begins."""


@dataclass(frozen=True)
class FrontMatter:
    """The facts at the top of a page."""

    values: dict[str, Any]
    lines: dict[str, int]
    """Where each key stands."""
    is_there: bool = True
    """Whether the page has any, between two lines of `---`."""
    errors: tuple[tuple[int, str], ...] = ()
    """What could not be read: line, and what is wrong with it, in Danish."""


def parse_front_matter(text: str) -> FrontMatter:
    """The facts at the top of a page's text."""
    match = FRONT_MATTER.match(text)
    return _front_matter(match.group(1)) if match else FrontMatter({}, {}, is_there=False)


def body_without_front_matter(text: str) -> str:
    """A page's text without its facts, and with as many empty lines in their place."""
    match = FRONT_MATTER.match(text)
    head = match.group() if match else ""
    return "\n" * head.count("\n") + text[len(head) :]


_LIBYAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast as PyYAML's own, and the same to what it can read of these signs; it lets tabs through, for one."""

_LIBYAML_CHARACTERS = re.compile(r"[\n -~\xa0-\ud7ff]*")


def _front_matter(text: str) -> FrontMatter:
    offset = 2  # the first line of the file is `---`, and YAML counts from 0
    try:
        try:
            return _parse_fields(text, offset, _LIBYAML if _LIBYAML_CHARACTERS.fullmatch(text) else yaml.SafeLoader)
        except yaml.YAMLError:
            return _parse_fields(text, offset, yaml.SafeLoader)  # whose marks are told of below
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + offset
        return FrontMatter({}, {}, errors=((line, "linjen indeholder et tegn, der ikke kan læses"),))
    except yaml.MarkedYAMLError as error:
        # A bracket or quote that is never closed is found out only further down.
        is_open = any(word in (error.context or "") for word in ("flow", "quoted"))
        mark = error.context_mark if is_open else error.problem_mark
        # A mark at the very end is past the last line that an editor sees.
        line = min(mark.line + offset, text.count("\n") + 1) if mark else offset
        return FrontMatter({}, {}, errors=((line, "linjen kan ikke læses som et felt"),))


def _parse_fields(text: str, offset: int, loads: Any) -> FrontMatter:
    """Raises yaml.YAMLError."""
    if error := _unwanted_yaml(text, offset, loads):
        return FrontMatter({}, {}, errors=(error,))
    loader = loads(text)
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
            # PyYAML (6.0) lets these through: of `2025-02-30`, which looks like a date and is none, of `1:1:1…`
            errors.append((line, f"værdien af {key.value} kan ikke læses"))
    return FrontMatter(values, lines, errors=tuple(errors))


MAX_YAML_DEPTH = 3
"""A page's facts are a mapping of texts, dates and lists."""


def _unwanted_yaml(text: str, offset: int, loads: Any) -> tuple[int, str] | None:
    """What no fact needs, and what makes a small text grow without bound when it is read. Raises MarkedYAMLError."""
    depth = 0
    for event in yaml.parse(text, loads):
        line = event.start_mark.line + offset
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, "linjen bruger & eller * foran en værdi"
        if getattr(event, "tag", None):
            return line, "linjen bruger ! foran en værdi"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_YAML_DEPTH:
            return line, "linjen har for mange lister inde i hinanden"
    return None
