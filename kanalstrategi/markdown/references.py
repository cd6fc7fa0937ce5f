"""Finds the link references that a page defines (`[navn]: adresse`) and does not use: Markdown leaves their lines out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.markdown.failed_markup import ShownText

_DEFINITION = re.compile(rb"^(?:[ \t>]|[-*+]|[0-9]{1,9}[.)])*(\[(?!\^)((?:[^\[\]\\\n]|\\[^\n]){1,999})\]:)", re.MULTILINE)


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

    def add_definitions(self, source: bytes, shown: ShownText, other_ranges: Sequence[tuple[int, int]], first_line: int) -> None:
        """Find the definitions in a text whose first line has a number. `other_ranges` are those of code, HTML and links, in order."""
        starts = [start for start, _ in other_ranges]
        line, counted = first_line, 0
        for match in _DEFINITION.finditer(source):
            place = match.start(1)
            number = bisect_right(starts, place) - 1
            if shown.is_shown(place) or (number >= 0 and place < other_ranges[number][1]):
                continue
            line, counted = line + source.count(b"\n", counted, place), place
            typed = match[2].decode()
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
