"""Explains abbreviations: `*[CPR]: Det Centrale Personregister` on a line gives every CPR on the page that explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.markdown.nodes import Element, Node, descendants

_DEFINITION = re.compile(r"\*\[([^\[\]\n]{1,60})\]:[ \t]*(\S[^\n]*)")
_STRAY_DEFINITION = re.compile(r"(?:^|\n)\*\[([^\[\]\n]{1,60})\]:")
_NOT_IN = frozenset(("a", "abbr", "code", "pre"))


@dataclass(frozen=True)
class _Explanation:
    text: str
    line: int


def explain_abbreviations(root: Element) -> Iterator[TextDiagnostic]:
    """Take the paragraphs that explain abbreviations out of a page, and mark the abbreviations wherever they occur in its text.

    Yields diagnostics for explanations that have no effect.
    """
    explanations: dict[str, _Explanation] = {}
    for name, explanation in _take_definitions(root):
        if name in explanations:
            yield TextDiagnostic(explanations[name].line, f"forkortelsen {name} er forklaret to gange", "slet den ene forklaring")
        explanations[name] = explanation
    used: set[str] = set()
    if explanations:
        longest_first = sorted(explanations, key=len, reverse=True)
        _mark(root, re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)"), explanations, used)
    for name in explanations.keys() - used:
        yield TextDiagnostic(explanations[name].line, f"forkortelsen {name} er forklaret, men står ikke på siden", "slet forklaringen, eller ret den")
    for element in descendants(root):
        if element.tag not in _NOT_IN:
            yield from _stray_definitions(element)


def _take_definitions(root: Element) -> Iterator[tuple[str, _Explanation]]:
    for number, child in reversed(list(enumerate(root.children))):
        if type(child) is Element and child.tag == "p" and len(child.children) == 1 and type(child.children[0]) is str:
            matches = [_DEFINITION.fullmatch(line) for line in child.children[0].split("\n")]
            if all(matches):
                yield from ((match[1], _Explanation(match[2], child.line + at)) for at, match in enumerate(matches) if match)
                del root.children[number]


def _mark(parent: Element, pattern: re.Pattern[str], explanations: dict[str, _Explanation], used: set[str]) -> None:
    children: list[Node] = []
    for child in parent.children:
        if type(child) is str:
            parts = pattern.split(child)
            used.update(parts[1::2])
            children += [Element("abbr", parent.line, {"title": explanations[part].text}, [part]) if at % 2 else part for at, part in enumerate(parts) if part]
            continue
        if type(child) is Element and child.tag not in _NOT_IN:
            _mark(child, pattern, explanations, used)
        children.append(child)
    parent.children = children


def _stray_definitions(element: Element) -> Iterator[TextDiagnostic]:
    """Yield a diagnostic for each explanation in the text of an element, where readers would see it as typed."""
    line = element.line
    for child in element.children:
        if type(child) is not str:
            continue
        counted = 0
        for match in _STRAY_DEFINITION.finditer(child) if "*[" in child else ():
            hint = f"skriv *[{match[1]}]: og forklaringen yderst på en linje med en tom linje over og under, og uden fed, kursiv eller links"
            line, counted = line + child.count("\n", counted, match.start(1)), match.start(1)
            yield TextDiagnostic(line, f"forkortelsen {match[1]} bliver ikke forklaret", hint)
        line += child.count("\n", counted)
