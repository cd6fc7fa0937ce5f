"""Reads the tables of a Word file (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from kanalstrategi.word.document import Block, Cell, Heading, Inline, LineBreak, Paragraph, Remark, RemarkKind, Table, Text, plain_text
from kanalstrategi.word.styles import W, is_on, value

MAX_SPAN = 99
"""How many columns or rows a cell of a page may span."""

BlockReader = Callable[[etree._Element, RemarkKind | None], list[Block]]
"""Reads the blocks in an element; the second argument is why they are left out, if they are."""


@dataclass
class _Placed:
    """A cell at its place in the grid of a table."""

    row: int
    column: int
    colspan: int
    rowspan: int
    blocks: list[Block]


def read_table(table: etree._Element, read_blocks: BlockReader, remarks: list[Remark], aside: RemarkKind | None, *, is_inside: bool) -> list[Block]:
    """Return a table, or its content as other blocks if it is none on a page. `is_inside` is whether it is in a cell of another."""
    cells, head_rows = _cells(table, read_blocks, aside)
    if aside is not None:
        return []
    rows = _without_empty_rows(cells)
    columns = {cell.column for row in rows for cell in row}
    has_headings = any(isinstance(block, Heading) for row in rows for cell in row for block in cell.blocks)
    if not rows:
        return []
    if is_inside or len(rows) == 1 or len(columns) == 1 or (has_headings and not is_inside):
        remarks.append(Remark(RemarkKind.UNFOLDED, plain_text(block for row in rows for cell in row for block in cell.blocks)))
        return list(_unfolded(rows, is_inside=is_inside))
    return [Table(tuple(tuple(Cell(tuple(cell.blocks), cell.colspan, cell.rowspan) for cell in row) for row in rows), min(max(head_rows, 1), len(rows) - 1))]


def _cells(table: etree._Element, read_blocks: BlockReader, aside: RemarkKind | None) -> tuple[list[list[_Placed]], int]:
    """Return the cells of each row, and how many rows are heads."""
    rows: list[list[_Placed]] = []
    open_cells: dict[int, _Placed] = {}
    head_rows, is_head = 0, True
    for row in _rows(table):
        properties = row.find(W + "trPr")
        reason = aside or (RemarkKind.DELETED if properties is not None and properties.find(W + "del") is not None else None)
        column = _number(value(properties, "gridBefore"), 0)
        placed: list[_Placed] = []
        for cell in _children(row, W + "tc"):
            own = cell.find(W + "tcPr")
            span = min(_number(value(own, "gridSpan"), 1), MAX_SPAN)
            merge = None if own is None else own.find(W + "vMerge")
            is_deleted = own is not None and own.find(W + "cellDel") is not None
            blocks = read_blocks(cell, reason or (RemarkKind.DELETED if is_deleted else None))
            above = open_cells.get(column)
            if reason is None and merge is not None and merge.get(W + "val") != "restart" and above is not None and above.rowspan < MAX_SPAN:
                above.rowspan += 1
                above.blocks += [block for block in blocks if plain_text([block])]
            elif reason is None:
                open_cells[column] = _Placed(len(rows), column, span, 1, blocks)
                placed.append(open_cells[column])
            column += span
        if reason is None:
            is_head = is_head and is_on(properties, "tblHeader") is True
            head_rows += is_head
            rows.append(placed)
    return rows, head_rows


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return _children(table, W + "tr")


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children with a tag, also those that content controls and the like are around."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in (W + "tc", W + "tr", W + "p", W + "tbl"):
            yield from _children(child, tag)


def _without_empty_rows(rows: list[list[_Placed]]) -> list[list[_Placed]]:
    """Return the rows that have words or images. A cell that others are merged into gets shorter by each row that goes."""
    kept: list[list[_Placed]] = []
    moved: list[_Placed] = []
    ends = {id(cell): cell.row + cell.rowspan for row in rows for cell in row}
    for number, row in enumerate(rows):
        if any(map(_has_content, row)):
            kept.append(sorted([*row, *moved], key=lambda cell: cell.column))
            moved = []
            continue
        for cell in (cell for above in kept for cell in above if ends[id(cell)] > number):
            cell.rowspan -= 1
        for cell in [*row, *moved]:
            cell.rowspan -= 1
        moved = [cell for cell in [*row, *moved] if cell.rowspan]
    return kept


def _has_content(cell: _Placed) -> bool:
    return any(isinstance(block, Table) or any(_is_seen(inline) for inline in block.inlines) for block in cell.blocks)


def _is_seen(inline: Inline) -> bool:
    return not isinstance(inline, LineBreak) and (not isinstance(inline, Text) or bool(inline.text.strip()))


def _unfolded(rows: list[list[_Placed]], *, is_inside: bool) -> Iterator[Block]:
    """Yield the content of a table block for block; a row of a table in a cell whose cells are all short is one paragraph."""
    for row in rows:
        filled = [cell for cell in row if _has_content(cell)]
        if is_inside and all(len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph) for cell in filled):
            inlines = [
                (*([Text(" – ")] if number else []), *block.inlines)
                for number, cell in enumerate(filled)
                for block in cell.blocks
                if isinstance(block, Paragraph)
            ]
            yield Paragraph(tuple(inline for part in inlines for inline in part))
        else:
            for cell in filled:
                yield from cell.blocks


def without_headings(blocks: list[Block]) -> list[Block]:
    """Return blocks in which headings are paragraphs in bold, as they are within a table."""
    return [
        Paragraph(tuple(replace(one, look=one.look._replace(is_bold=True)) if isinstance(one, Text) else one for one in block.inlines))
        if isinstance(block, Heading)
        else block
        for block in blocks
    ]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default
