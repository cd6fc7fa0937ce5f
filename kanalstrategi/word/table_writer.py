"""Lays out tables in Word files: heads that are repeated on each page, rows that stay whole, and columns as wide as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kanalstrategi.markdown.nodes import Element, line_of
from kanalstrategi.word.ooxml import Xml, paragraph, qualified, set_property, w

_MIN_CHARACTERS, _MAX_CHARACTERS = 6, 50
"""What the text of a column counts for at least and at most when the columns share the width of the text."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    node: Element
    is_head: bool
    columns: int = 1
    rows: int = 1
    align: str = ""


Row = Sequence[Cell]


def rows_of(table: Element) -> tuple[list[Row], list[Row]]:
    """Return the rows of a table: those of its head, and the others."""
    head, body = list[Row](), list[Row]()
    for part in (child for child in table.children if type(child) is Element):
        rows = [row for row in (part, *part.children) if type(row) is Element and row.tag == "tr"]
        (head if part.tag == "thead" else body).extend([_cell(cell) for cell in row.children if type(cell) is Element] for row in rows)
    return head, body


def column_widths(rows: Sequence[Row], total: int) -> list[int]:
    """Return the widths of the columns, which together are `total`."""
    placed = _placed(rows)
    count = max((column + cell.columns for row in placed for column, cell in row if cell), default=1)
    characters = [_MIN_CHARACTERS] * count
    for row in placed:
        for column, cell in row:
            if cell and cell.columns == 1:
                characters[column] = max(characters[column], min(len(line_of(cell.node)), _MAX_CHARACTERS))
    widths = [round(total * share / sum(characters)) for share in characters]
    widths[-1] += total - sum(widths)
    return widths


def table_xml(head: Sequence[Row], body: Sequence[Row], widths: Sequence[int], title: str, content: Callable[[Cell, int], list[Xml]]) -> Xml:
    """Return a table. `content` returns the blocks of a cell, given its width in twentieths of a point; `title` is read out before the table."""
    rows = []
    for number, row in enumerate(_placed([*head, *body])):
        is_head = number < len(head)
        cells = [_cell_xml(cell, sum(widths[column : column + (cell.columns if cell else 1)]), content) for column, cell in row]
        rows.append(w("tr", w("trPr", w("cantSplit"), w("tblHeader") if is_head else []), cells))
    look = {"firstRow": int(bool(head)), "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties = w(
        "tblPr",
        w("tblStyle", val="TableGrid"),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0620" if head else "0600", **look),
        w("tblCaption", val=title) if title else [],
    )
    return w("tbl", properties, w("tblGrid", [w("gridCol", w=width) for width in widths]), rows)


def _cell(node: Element) -> Cell:
    columns, rows = (int(node.attributes.get(name) or 1) for name in ("colspan", "rowspan"))
    align = next((side for side in ("center", "right") if node.has_class(f"align-{side}")), "")
    return Cell(node, node.tag == "th", columns, rows, align)


def _placed(rows: Sequence[Row]) -> list[list[tuple[int, Cell | None]]]:
    """Return rows of cells, each cell with its first column; None where a cell of a row above goes on."""
    taken: dict[tuple[int, int], int] = {}
    placed: list[list[tuple[int, Cell | None]]] = []
    for number, row in enumerate(rows):
        column, found = 0, list[tuple[int, Cell | None]]()
        for cell in [*row, None]:
            while (number, column) in taken:
                found.append((column, None))
                column += 1
            if cell:
                found.append((column, cell))
                taken |= {(number + down, column + right): 0 for down in range(1, cell.rows) for right in range(cell.columns)}
                column += cell.columns
        placed.append(found)
    return placed


def _cell_xml(cell: Cell | None, width: int, content: Callable[[Cell, int], list[Xml]]) -> Xml:
    if cell is None:
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vMerge")), paragraph("TableText"))
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=cell.columns) if cell.columns > 1 else [],
        w("vMerge", val="restart") if cell.rows > 1 else [],
    )
    blocks = content(cell, width - 216)
    for block in blocks if cell.align else ():
        if block.tag == qualified("p"):
            set_property(block, w("jc", val=cell.align))
    if blocks[-1].tag == qualified("tbl"):
        blocks.append(paragraph("TableText"))  # a cell must end with a paragraph
    return w("tc", properties, blocks)
