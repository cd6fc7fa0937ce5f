"""Reads `overrides/brand.yml` as values with their lines. Knows nothing about what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.incoming_text import read_bytes

BRAND_FILE = "overrides/brand.yml"
MAX_BYTES = 20_000


@dataclass(frozen=True)
class Entry:
    """A value in the file: a text, a list of texts, or entries by key."""

    line: int
    text: str | None = None
    """None if it is a list or a mapping, or if nothing is written."""
    items: tuple[Entry, ...] = ()
    entries: dict[str, Entry] = field(default_factory=dict)


def read_brand_file(data: bytes, diagnostics: list[Diagnostic]) -> Entry | None:
    """Return what the file says; None if it cannot be read, which is reported."""
    if len(data) > MAX_BYTES:
        diagnostics.append(Diagnostic(BRAND_FILE, 1, f"filen fylder over {MAX_BYTES // 1000} kB", "skriv kun farver, skrifter og logo i den"))
        return None
    incoming = read_bytes(data)
    diagnostics += [found.in_file(BRAND_FILE) for found in incoming.diagnostics]
    try:
        root = yaml.compose(incoming.text, yaml.SafeLoader)
        return _entry(root, {}) if root else Entry(1)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):  # PyYAML (6.0) lets the last two through for `"\U00110000"`
        line = 1
    diagnostics.append(Diagnostic(BRAND_FILE, line, "filen kan ikke læses", "ret linjen; indrykning skal være mellemrum, og farver skal stå i anførselstegn"))
    return None


def _entry(node: yaml.Node, known: dict[int, Entry]) -> Entry:
    """Return the value of a node. `known` has those of the nodes before it: an alias is not read again, however many there are."""
    if id(node) not in known:
        line = node.start_mark.line + 1
        known[id(node)] = Entry(line)  # what an alias for what it stands in gets
        if isinstance(node, yaml.MappingNode):
            known[id(node)] = Entry(line, entries=dict(_pairs(node, known)))
        elif isinstance(node, yaml.SequenceNode):
            known[id(node)] = Entry(line, items=tuple(_entry(item, known) for item in node.value if isinstance(item, yaml.ScalarNode)))
        elif node.tag != "tag:yaml.org,2002:null":
            known[id(node)] = Entry(line, str(node.value))
    return known[id(node)]


def _pairs(node: yaml.MappingNode, known: dict[int, Entry]) -> Iterator[tuple[str, Entry]]:
    for key, value in node.value:
        entry = _entry(value, known)
        yield str(key.value) if isinstance(key, yaml.ScalarNode) else "", Entry(key.start_mark.line + 1, entry.text, entry.items, entry.entries)
