"""Lays tables out on paper: how wide their columns are, and what happens to a table that is wider than the text. No I/O.

A table keeps to the width of the text if it can. If not, it goes out into the margins, then its letters get smaller, then its page is
turned; and if that is not enough either, each of its rows becomes a list of what its cells are called and hold (adr/0018).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kanalstrategi.design.fonts import text_width
from kanalstrategi.markdown.nodes import Element, descendants, is_block, line_of
from kanalstrategi.pdf.length import COLUMN_MM
from kanalstrategi.pdf.typst.breaks import BREAK, SOFT_HYPHEN, breakable, hyphenated

WIDE_MM, TURNED_MM = 170.0, 257.0
"""The widths of what goes out into the margins, and of a page that is turned, in millimetres."""
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Layout:
    """How a table is laid out."""

    width: float
    """The width of its place in millimetres."""
    points: float
    """The size of its letters."""
    is_turned: bool = False


POINTS = 9.0, 7.5
"""The sizes of letters in tables."""
LAYOUTS = (Layout(COLUMN_MM, 9), Layout(WIDE_MM, 9), Layout(WIDE_MM, 7.5), Layout(TURNED_MM, 9, True), Layout(TURNED_MM, 7.5, True))
"""What is tried, in this order."""
CELL_SPACE_MM = 3.0
"""The space around the text of a cell, left and right together."""
_LIST_MM = 5.0
"""The space in front of an item of a list in a cell."""
_ICON_MM = 6.0
_CHIP_MM = 10.0
"""The space around a state in a box, with what its letters are heavier."""
_BOLD_SHARE = 1.08
"""How much wider bold letters are."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    node: Element
    columns: int
    rows: int
    align: str
    """`left`, `center` or `right`."""
    is_head: bool
    is_total: bool

    @classmethod
    def of_row(cls, row: Element) -> list[Cell]:
        """Return the cells of a row."""
        return [cls._of(cell, row.has_class("totals")) for cell in row.children if type(cell) is Element]

    @classmethod
    def _of(cls, node: Element, is_total: bool) -> Cell:
        align = next((side for side in ("center", "right") if node.has_class(f"align-{side}")), "left")
        columns, rows = (int(node.attributes.get(name) or 1) for name in ("colspan", "rowspan"))
        return cls(node, columns, rows, align, node.tag == "th", is_total)

    def widths(self, points: float) -> tuple[float, float]:
        """Return the least width that the cell needs, and the width at which no line of it is broken, in millimetres."""
        lines = list(_lines(self.node)) or [(0.0, "")]
        size = points * _MM_PER_POINT * (_BOLD_SHARE if self.is_head else 1.0)
        least = max(indent + size * max(map(text_width, _pieces(text)), default=0.0) for indent, text in lines)
        most = max(indent + size * text_width(text) for indent, text in lines)
        return least + CELL_SPACE_MM, most + CELL_SPACE_MM


@dataclass(frozen=True)
class Table:
    """A table, row by row."""

    head: list[list[Cell]]
    body: list[list[Cell]]
    stretch: float = 1.0
    """How many times wider than the font of the program that of the document may be."""

    def names(self) -> dict[int, str]:
        """Return what the head calls each column."""
        names: dict[int, str] = {}
        for row in _placed(self.head):
            for first, cell in row:
                if text := line_of(cell.node):
                    names |= dict.fromkeys(range(first, first + cell.columns), text)
        return names

    def placed_body(self) -> list[list[tuple[int, Cell]]]:
        """Return the rows of the body, each cell with its first column."""
        return _placed(self.body)

    def widths(self, points: float) -> tuple[list[float], list[float]]:
        """Return the least widths of the columns, and those at which no line is broken, in millimetres."""
        placed = [item for row in (*_placed(self.head), *_placed(self.body)) for item in row]
        count = max((column + cell.columns for column, cell in placed), default=1)
        least, most = [CELL_SPACE_MM] * count, [CELL_SPACE_MM] * count
        for column, cell in sorted(placed, key=lambda item: item[1].columns):
            for widths, needed in zip((least, most), cell.widths(points * self.stretch), strict=True):
                lacking = needed - sum(widths[column : column + cell.columns])
                for number in range(column, column + cell.columns):  # what a wide cell lacks is shared out between its columns
                    widths[number] += max(0.0, lacking) / cell.columns
        return least, most


def layout_of(table: Table, place: float | None = None) -> Layout | None:
    """Return how a table is laid out; None if it is too wide for paper. `place` is the width of what it stands in, in millimetres, if it does."""
    layouts = LAYOUTS if place is None else [Layout(place, points) for points in POINTS]
    return next((layout for layout in layouts if sum(table.widths(layout.points)[0]) <= layout.width), None)


def column_widths(table: Table, layout: Layout) -> list[float]:
    """Return the widths of the columns in millimetres, which together fill the table's place."""
    least, most = table.widths(layout.points)
    if sum(most) <= layout.width:
        return [round(width * layout.width / sum(most), 2) for width in most]
    wanted = [more - less for less, more in zip(least, most, strict=True)]
    share = (layout.width - sum(least)) / (sum(wanted) or 1.0)
    return [round(less + want * share, 2) for less, want in zip(least, wanted, strict=True)]


def _placed(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[int, Cell]]]:
    """Return rows of cells, each cell with its first column."""
    taken: set[tuple[int, int]] = set()
    placed: list[list[tuple[int, Cell]]] = []
    for number, row in enumerate(rows):
        column = 0
        placed.append([])
        for cell in row:
            while (number, column) in taken:
                column += 1
            placed[-1].append((column, cell))
            taken |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            column += cell.columns
    return placed


def _lines(node: Element) -> Iterator[tuple[float, str]]:
    """Yield the texts that stand on lines of their own, each with what stands in front of it in millimetres."""
    blocks = [part for part in descendants(node) if is_block(part) and not any(map(is_block, part.children))]
    icon = _ICON_MM if any(part.tag == "img" for part in descendants(node)) else 0.0
    icon += _CHIP_MM if any(part.has_class("course") for part in descendants(node)) else 0.0
    for part in blocks or [node]:
        big = "".join(line_of(inner) for inner in descendants(part) if inner.has_class("big-figure"))
        text = big + line_of(part)  # its letters are nearly twice as large
        is_code = any(inner.tag in ("code", "kbd", "samp") for inner in descendants(part))
        yield (_LIST_MM if part.tag == "li" else 0.0) + icon, breakable(text) if is_code else hyphenated(text)


def _pieces(text: str) -> list[str]:
    """Return what stays together when the lines of a text are broken."""
    return re.split(f"[ {BREAK}]|(?<={SOFT_HYPHEN})", text)
