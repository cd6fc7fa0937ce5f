"""Knows what the links of a document lead to, and collects what the finished document must say about them. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Union

from kanalstrategi.markdown.footnotes import MARK_CLASS
from kanalstrategi.markdown.nodes import Element, descendants
from kanalstrategi.pdf.print_document import PrintDocument
from kanalstrategi.pdf.typst.tables import Table

TypstNode = Union[str, list[Any]]  # noqa: UP007 - an alias
"""A text, or a kind, its values and its children."""


class UnprintableError(ValueError):
    """An element has no place on paper, or stands too deep in others. The message says so, in Danish."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line
        """Line in the page's file; 0 if a macro or the program wrote the element."""
        self.source = ""
        """The page's file, once it is known."""


@dataclass(frozen=True)
class Link:
    """A link in the finished document."""

    href: str
    text: str
    """What it is called for those who do not see it."""
    is_series: bool = False
    """Whether it stands for several links in a row: the page numbers of a term, of which the template drops those that come again."""


class References:
    """The ids and links of one document, and its tables."""

    def __init__(self, document: PrintDocument) -> None:
        roots = [document.opening, *(chapter.root for chapter in document.chapters)]
        elements = [node for root in roots for node in descendants(root)]
        self._targets = {href[1:] for node in elements if (href := node.attributes.get("href", "")).startswith("#")}
        self._footnotes = {link.attributes["href"][1:] for node in elements if (link := footnote_link(node))}
        self._by_id = {node.id: node for node in elements if node.id}
        self._taken: set[str] = set()
        self.listed = {part.id for chapter in document.chapters for part in (chapter, *chapter.sections)}
        """The ids of the headings in the table of contents."""
        self._needed = self._targets | self.listed
        self.drafts = [chapter.id for chapter in document.chapters if chapter.is_draft]
        """Those of chapters that are drafts."""
        self.links: list[Link] = []
        """In reading order."""
        self.tables: list[Table] = []
        """In reading order, except those that became lists."""

    def label(self, node: Element) -> dict[str, Any]:
        """Return the id of an element as a value, if a link or the contents lead there."""
        if node.id and node.id in self._needed and self.take([node.id]):
            return {"id": node.id}
        return {}

    def element(self, id: str) -> Element | None:
        """Return the element with an id."""
        return self._by_id.get(id)

    def is_footnote(self, id: str) -> bool:
        """Whether a footnote mark leads to an id, so that its element stands at the foot of the mark's page."""
        return id in self._footnotes

    def take(self, ids: Iterable[str]) -> bool:
        """Note that ids have their place in the document. Return whether any is new."""
        new = set(ids) - self._taken
        self._taken |= new
        return bool(new)

    @property
    def missing(self) -> list[str]:
        """The ids that links lead to, but nothing in the document has."""
        return sorted(self._targets - self._taken)


def footnote_link(node: Element) -> Element | None:
    """Return the link to its footnote if an element is a mark of one."""
    if not (node.has_class(MARK_CLASS) or node.has_class("footnote-mark")):
        return None
    return next((part for part in (node, *descendants(node)) if part.tag == "a" and part.attributes.get("href", "").startswith("#")), None)
