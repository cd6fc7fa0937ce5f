"""Defines what is read of a Word file: a small tree of blocks, and remarks about what the tree does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class Look(NamedTuple):
    """What a text looks like, and where it leads."""

    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False
    position: str = ""
    """`sub` or `sup`; empty for text on the line."""
    url: str = ""
    """Empty if it is no link."""


PLAIN = Look()


@dataclass(frozen=True)
class Text:
    """Text of one look."""

    text: str
    look: Look = PLAIN


@dataclass(frozen=True)
class LineBreak:
    """The end of a line within a paragraph."""


@dataclass(frozen=True)
class NoteMark:
    """The mark of a footnote or an endnote."""

    name: str


@dataclass(frozen=True)
class Image:
    """An image in a line of text."""

    name: str
    """The name of its file."""
    alternative: str
    """The text alternative; empty if the document has none."""


Inline = Text | LineBreak | NoteMark | Image


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading. Level 0 is the title of the document."""

    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class ListItem:
    """An item of a list."""

    level: int
    """How deep it is: 0 is the outermost."""
    number: int | None
    """None for an item with a bullet."""
    inlines: tuple[Inline, ...]
    id: str = ""
    """The id of the rule that it becomes; empty if it becomes none."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    blocks: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Table:
    """A table. A cell that others are merged into stands only where it begins."""

    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int = 1


Block = Paragraph | Heading | ListItem | Table


class RemarkKind(Enum):
    """What is said about words, or about something else, that the draft does not have as the document has it. The value says it in Danish."""

    TITLE = "Filens titel. Siden har sin egen"
    DELETED = "Slettet eller flyttet med ændringssporing, og derfor ikke med på siden"
    COMMENT = "Kommentarer, som ikke er med på siden"
    HIDDEN = "Skjult tekst, som ikke er med på siden"
    PAGE_EDGE = "Sidehoved, sidefod og vandmærke, som ikke er med på siden"
    CONTENTS = "Indholdsfortegnelse, som ikke er med; siden har sin egen"
    PLACEHOLDER = "Felter, som ingen har udfyldt. De er ikke med"
    FIELD = "Felter, hvis indhold Word selv regner ud. De er ikke med"
    LINK = "Links, som læserne ikke kan følge. De er blevet til tekst"
    IMAGE = "Billeder, som ikke kan vises på en side. De er ikke med"
    NO_ALTERNATIVE = "Billeder uden beskrivelse. Skriv den på siden"
    EMBEDDED = "Andre filer og tegninger inde i filen. De er ikke med"
    OTHER_PART = "Anden tekst i filen, fx i diagrammer og byggeblokke. Den er ikke med på siden"
    SYMBOL = "Tegn, som ikke kan vises på en side. De er udeladt i disse ord"
    TEXT_BOX = "Tekstbokse. De står nu efter det afsnit, de hørte til"
    UNFOLDED = "Tabeller, der er blevet til afsnit: med én kolonne eller række, med overskrifter i eller inde i en anden tabel"
    NUMBERING = "Lister med bogstaver, romertal eller ord som numre. De har fået tal; ret henvisninger som »se punkt b«"
    HEADING = "Fede eller korte linjer, som vi har læst som overskrifter"

    @property
    def is_on_page(self) -> bool:
        """Whether the words are on the page, too, if in another way."""
        return self in _ON_PAGE


_ON_PAGE = frozenset((RemarkKind.HEADING, RemarkKind.LINK, RemarkKind.NO_ALTERNATIVE, RemarkKind.NUMBERING, RemarkKind.TEXT_BOX, RemarkKind.UNFOLDED))


class Remark(NamedTuple):
    """Something that the person who brings the document must know."""

    kind: RemarkKind
    words: str
    """The words it is about, as they stand in the document."""


@dataclass
class WordDocument:
    """What is read of a file."""

    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, list[Block]] = field(default_factory=dict)
    """Footnotes and endnotes, keyed by the name in their marks."""
    images: dict[str, bytes] = field(default_factory=dict)
    """The images that can be published, keyed by file name."""
    remarks: list[Remark] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    """The characters in front of the points of lists, which the page shows in its own way."""


def plain_text(blocks: Iterable[Block | Inline]) -> str:
    """Return the words of blocks or of inlines; a space stands between blocks."""
    return "".join(_texts(blocks)).strip()


def _texts(parts: Iterable[Block | Inline]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Text):
            yield part.text
        elif isinstance(part, LineBreak):
            yield " "
        elif isinstance(part, Table):
            for row in part.rows:
                for cell in row:
                    yield from _texts(cell.blocks)
        elif isinstance(part, (Paragraph, Heading, ListItem)):
            yield from _texts(part.inlines)
            yield " "
