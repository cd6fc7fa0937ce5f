"""Finds the link references that a page defines (`[navn]: adresse`) and does not use: Markdown leaves their lines out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.markdown.failed_markup import ShownText

_DEFINITION = re.compile(rb"^(?:[ \t>]|[-*+]|[0-9]{1,9}[.)])*(\[(?!\^)((?:[^\[\]\\]|\\[^\n]){1,999})\]:)", re.MULTILINE)
_LINE_WITH_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:[^\n]*$", re.MULTILINE)
_LABEL = re.compile(r"\[([^\[\]]+)\]")


class LinkReferences:
    """The link references of one page."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        """The line of each definition, keyed by its label."""
        self._used: set[str] = set()
        self._diagnostics: list[TextDiagnostic] = []

    def use(self, label: str) -> None:
        """Remember that a link refers to a definition."""
        self._used.add(normalized(label))

    def add_definitions(self, source: bytes, shown: ShownText, other_ranges: Sequence[tuple[int, int]], line_of: Callable[[int], int]) -> None:
        """Find the definitions in a text. `other_ranges` are those of code, HTML and links, in order."""
        starts = [start for start, _ in other_ranges]
        for match in _DEFINITION.finditer(source):
            place = match.start(1)
            number = bisect_right(starts, place) - 1
            if shown.is_shown(place) or (number >= 0 and place < other_ranges[number][1]):
                continue
            typed, line = match[2].decode(), line_of(place)
            label = normalized(typed)
            if label in self._lines:
                message, hint = f"henvisningen [{typed}]: står to gange", "slet den ene, eller giv den et andet navn"
                self._diagnostics.append(TextDiagnostic(line, message, hint))
            self._lines.setdefault(label, line)

    def unused(self) -> Iterator[TextDiagnostic]:
        """Yield a diagnostic for each definition that readers see nothing of, and for each that is there twice."""
        yield from self._diagnostics
        for label, line in self._lines.items():
            if label not in self._used:
                yield TextDiagnostic(
                    line, f"linjen med [{label}]: kommer ikke på siden", f"skriv \\[ hvis den er tekst, eller [tekst][{label}], hvor linket skal stå"
                )


def normalized(label: str) -> str:
    """Return a label in the form in which labels are compared."""
    return " ".join(label.casefold().split())


def reference_definitions(text: str) -> dict[str, str]:
    """Return the lines of a text that define link references and footnotes, keyed by label, so that what is in its boxes can use them."""
    found: dict[str, str] = {}
    for match in _LINE_WITH_DEFINITION.finditer(text):
        label = normalized(match[1])
        found.setdefault(label, f"[{match[1]}]: …" if label.startswith("^") else match[0])  # the text of a footnote is read where it stands
    return found


def definitions_for(text: str, definitions: Mapping[str, str]) -> str:
    """Return the definitions whose labels occur in a text. All of them for each box would make a page with many of both take minutes."""
    labels = dict.fromkeys(map(normalized, _LABEL.findall(text))) if definitions else ()
    return "\n\n".join(definitions[label] for label in labels if label in definitions)
