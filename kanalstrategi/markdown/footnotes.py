"""Numbers the footnotes of a page and puts them in a section at its end, each with a way back to its mark."""

from __future__ import annotations

from kanalstrategi.markdown.nodes import HEADINGS, Element, element
from kanalstrategi.markdown.tree_builder import TreeBuilder

SECTION_CLASS, MARK_CLASS, BACK_CLASS = "footnotes", "footnote-ref", "footnote-back"


class Footnotes:
    """The footnotes of one page."""

    def __init__(self, builder: TreeBuilder) -> None:
        self._builder = builder
        self._marks: dict[str, list[str]] = {}
        """The ids of the marks that refer to each footnote, keyed by its name, in the order of the first marks."""
        self._numbers: dict[str, int] = {}
        self._lines: dict[str, int] = {}
        """The line of the first mark for each name."""
        self._notes: dict[str, Element] = {}
        self._outer: list[list[Element]] = []
        """The open elements around each definition that is being read."""

    def reference(self, name: str, line: int) -> None:
        """Add a mark that refers to a footnote."""
        if any(outer.tag in HEADINGS for outer in self._builder.open):
            self._builder.report(line, f"fodnoten [^{name}] står i en overskrift", "flyt den ned i teksten under overskriften")
        marks = self._marks.setdefault(name, [])
        self._lines.setdefault(name, line)
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        id = f"fnref-{number}" if not marks else f"fnref-{number}-{len(marks) + 1}"
        marks.append(id)
        link = element("a", str(number), href=f"#fn-{number}", id=id, role="doc-noteref", aria_label=f"Fodnote {number}")
        mark = element(f"sup.{MARK_CLASS}", link)
        mark.line = link.line = line
        self._builder.add(mark)

    def begin_definition(self, name: str, line: int) -> None:
        """Begin the text of a footnote, outside of the element that its definition stands in."""
        if name in self._notes:
            self._builder.report(line, f"fodnoten [^{name}] står to gange", "giv den ene et andet navn")
        note = Element("li", line)
        self._notes.setdefault(name, note)
        self._outer.append(self._builder.open)
        self._builder.open = [self._builder.root, note]

    def end_definition(self) -> None:
        """End the text of a footnote."""
        note = self._builder.open[1]
        self._builder.end_inside(note)
        if not note.children:
            self._builder.report(note.line, "fodnoten har ingen tekst", "skriv teksten på linjen efter :, eller slet noten")
        self._builder.open = self._outer.pop()

    def add_section(self) -> None:
        """Add the section with the notes to the page, and report those that nothing refers to."""
        for name, note in self._notes.items():
            if name not in self._marks:
                self._builder.report(note.line, f"ingen henviser til fodnoten [^{name}]", f"skriv [^{name}] i teksten, hvor noten hører til, eller slet den")
        if not self._marks:
            return
        notes = element("ol")
        for number, (name, marks) in enumerate(self._marks.items(), 1):
            note = self._notes.get(name) or Element("li", self._lines[name])
            note.attributes["id"] = f"fn-{number}"
            last = note.children[-1] if note.children else None
            holder = last if type(last) is Element and last.tag == "p" else note
            for mark in marks:
                back = element(f"a.{BACK_CLASS}", "↩", href=f"#{mark}", role="doc-backlink", aria_label=f"Tilbage til teksten ved fodnote {number}")
                holder.children += ["\u00a0", back]
            notes.children.append(note)
        self._builder.root.children.append(element(f"section.{SECTION_CLASS}", notes, role="doc-endnotes", aria_label="Fodnoter"))
