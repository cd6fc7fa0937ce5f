"""Explains abbreviations: `*[CPR]: Det Centrale Personregister` on a line gives every CPR on the page that explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kanalstrategi.markdown.nodes import Element, Node

_DEFINITION = re.compile(r"\*\[([^\[\]\n]{1,60})\]:[ \t]*(\S[^\n]*)")
_NOT_IN = frozenset(("a", "abbr", "code", "pre"))


def explain_abbreviations(root: Element) -> None:
    """Take the paragraphs that explain abbreviations out of a page, and mark the abbreviations wherever they occur in its text."""
    explanations = dict(_take_definitions(root))
    if explanations:
        longest_first = sorted(explanations, key=len, reverse=True)
        _mark(root, re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)"), explanations)


def _take_definitions(root: Element) -> Iterator[tuple[str, str]]:
    for number, child in reversed(list(enumerate(root.children))):
        if type(child) is Element and child.tag == "p" and len(child.children) == 1 and type(child.children[0]) is str:
            matches = [_DEFINITION.fullmatch(line) for line in child.children[0].split("\n")]
            if all(matches):
                yield from ((match[1], match[2]) for match in matches if match)
                del root.children[number]


def _mark(parent: Element, pattern: re.Pattern[str], explanations: Mapping[str, str]) -> None:
    children: list[Node] = []
    for child in parent.children:
        if type(child) is str:
            parts = pattern.split(child)
            children += [Element("abbr", parent.line, {"title": explanations[part]}, [part]) if at % 2 else part for at, part in enumerate(parts) if part]
            continue
        if type(child) is Element and child.tag not in _NOT_IN:
            _mark(child, pattern, explanations)
        children.append(child)
    parent.children = children
