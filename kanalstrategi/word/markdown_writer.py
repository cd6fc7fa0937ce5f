"""Writes what is read of a Word file as Markdown that shows its words as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kanalstrategi.markdown.plain_text import as_markdown
from kanalstrategi.word.document import PLAIN, Block, Cell, Heading, Image, Inline, LineBreak, ListItem, Look, NoteMark, Paragraph, Table, Text, plain_text

IMAGE_FOLDER = "../billeder/"
"""Where images are, seen from a guideline."""
NO_ALTERNATIVE = "Billede fra Word-filen: beskriv det"
_EMPTY_NOTE = "Fodnoten er tom i Word-filen."
_MARK = "\ue000"
"""Stands for a piece of markup while a text is escaped. No text has it: no font but the word processor's own knows it."""
_MAX_LEVEL = 6
_INDENT = 4
"""The indentation of what is in an item or a note."""
_HARD_BREAK = "\\\n"
_ENDS_LIKE_IMAGE = re.compile(r"(?<!\\)(?:\\\\)*!\Z")
"""An exclamation mark that would make a link an image."""


def write_blocks(blocks: Sequence[Block], heading_level: int) -> str:
    """Return blocks as Markdown. Their outermost heading has the level `heading_level`, and no heading skips a level."""
    written: list[str] = []
    levels: list[int] = []
    filled = [block for block in blocks if not isinstance(block, Paragraph) or write_inlines(block.inlines)]
    for is_list, group in groupby(filled, lambda block: isinstance(block, ListItem)):
        if is_list:
            written.append(_list([block for block in group if isinstance(block, ListItem)]))
            continue
        for block in group:
            if isinstance(block, Heading):
                while levels and levels[-1] >= block.level:
                    levels.pop()
                levels.append(block.level)
                written += _heading(block, min(heading_level + len(levels) - 1, _MAX_LEVEL))
            elif isinstance(block, Table):
                written.append(_table(block))
            elif isinstance(block, Paragraph):
                written.append(write_inlines(block.inlines))
    return "\n\n".join(filter(None, written))


def write_note(name: str, blocks: Sequence[Block]) -> str:
    """Return a footnote, which is text and nothing else."""
    paragraphs = [write_inlines(inlines) for inlines in _paragraphs_of(blocks)]
    return _indented(f"[^{name}]: " + ("\n\n".join(filter(None, paragraphs)) or _EMPTY_NOTE), _INDENT)


def write_inlines(inlines: Sequence[Inline], line_break: str = _HARD_BREAK) -> str:
    """Return a line of text, or several with `line_break` between them."""
    pieces = list(_pieces(_trimmed(inlines)))
    marked = "".join(piece.text if isinstance(piece, Text) else "\n" if isinstance(piece, LineBreak) else _MARK for piece in pieces)
    markup = [piece for piece in pieces if isinstance(piece, str)]
    return _with_markup(_escaped(marked), markup).replace(_HARD_BREAK, line_break)


def _escaped(marked: str) -> str:
    """Return a text as Markdown. At the beginning of a line, the pieces of markup do not hide what is behind them from the escaping."""
    lines = [line for line in marked.split("\n") if line.strip()]
    if not lines:
        return ""
    leading = [re.match(rf"[{_MARK} ]*", line) for line in lines]
    bare = "\n".join(line[match.end() :] or "x" for line, match in zip(lines, leading, strict=True) if match)
    escaped = as_markdown(bare).split(_HARD_BREAK)
    whole = (line.strip(_MARK + " ") == "" for line in lines)
    return _HARD_BREAK.join(
        (match[0].lstrip() if match else "") + ("" if is_empty else line) for match, line, is_empty in zip(leading, escaped, whole, strict=True)
    )


def _with_markup(escaped: str, markup: Sequence[str]) -> str:
    """Return a text with the pieces of markup in their places."""
    parts = escaped.split(_MARK)
    written = parts[0]
    for number, (piece, before, after) in enumerate(zip(markup, parts, parts[1:], strict=False)):
        if piece == "[" and not before and number and markup[number - 1].startswith("[^"):  # `[^1][a](b)` would be no note
            written += "<wbr>"
        if piece.startswith("[") and _ENDS_LIKE_IMAGE.search(written):
            written = f"{written[:-1]}\\!"
        defines_note = piece.startswith("[^") and after.startswith(":")
        written += f"{piece}\\{after}" if defines_note else piece + after
    return written


# Markup within a line


@dataclass(frozen=True)
class _Run:
    """Texts that one link is around, or none."""

    url: str
    texts: tuple[Text, ...]


def _pieces(inlines: Sequence[Inline]) -> Iterator[Text | LineBreak | str]:
    """Yield the texts and line breaks of a paragraph, and the markup between them as strings."""
    for url, group in groupby(inlines, lambda inline: inline.look.url if isinstance(inline, Text) else ""):
        linked = list(group)
        is_link = bool(url) and bool(plain_text(linked))
        if is_link:
            yield "["
        for number, inline in enumerate(linked):
            if isinstance(inline, Text):
                before, after = linked[number - 1] if number else None, linked[number + 1] if number + 1 < len(linked) else None
                yield from _marked_text(inline, _last_character(before, is_link=is_link), _first_character(after, is_link=is_link))
            elif isinstance(inline, LineBreak):
                yield inline
            elif isinstance(inline, NoteMark):
                yield f"[^{inline.name}]"
            else:
                yield f"![{as_markdown(inline.alternative or NO_ALTERNATIVE).replace(chr(10), ' ')}]({IMAGE_FOLDER}{inline.name})"
        if is_link:
            yield f"]({url.replace('(', '%28').replace(')', '%29')})"


def _marked_text(inline: Text, before: str, after: str) -> Iterator[Text | str]:
    """Yield a text with the markup of its look around it, but not around the spaces at its ends."""
    text = inline.text
    core = text.strip(" \t\u00a0")
    if not core or inline.look._replace(url="") == PLAIN:
        yield Text(text)
        return
    start = text.index(core)
    before, after = text[start - 1] if start else before, text[start + len(core)] if start + len(core) < len(text) else after
    is_plain = core[0].isalnum() and core[-1].isalnum() and not _is_glued(before) and not _is_glued(after)
    opening, closing = _tags(inline.look, is_plain=is_plain)
    yield Text(text[:start])
    yield from opening
    yield Text(core)
    yield from closing
    yield Text(text[start + len(core) :])


def _tags(look: Look, *, is_plain: bool) -> tuple[list[str], list[str]]:
    """Return what stands before and behind a text. Asterisks only have a meaning between a space and a letter or digit."""
    names = [name for name, is_set in (("strong", look.is_bold), ("em", look.is_italic), ("s", look.is_struck), (look.position, bool(look.position))) if is_set]
    if is_plain and names in (["strong"], ["em"]):
        sign = "**" if look.is_bold else "*"
        return [sign], [sign]
    return [f"<{name}>" for name in names], [f"</{name}>" for name in reversed(names)]


def _is_glued(character: str) -> bool:
    return bool(character) and not character.isspace() and character not in ".,;:)("


def _last_character(inline: Inline | None, *, is_link: bool) -> str:
    return "" if inline is None and not is_link else inline.text[-1:] if isinstance(inline, Text) and inline.look._replace(url="") == PLAIN else "x"


def _first_character(inline: Inline | None, *, is_link: bool) -> str:
    return "" if inline is None and not is_link else inline.text[:1] if isinstance(inline, Text) and inline.look._replace(url="") == PLAIN else "x"


def _trimmed(inlines: Sequence[Inline]) -> list[Inline]:
    """Return the inlines without line breaks and spaces at their ends."""
    found = list(inlines)
    while found and (isinstance(found[0], LineBreak) or (isinstance(found[0], Text) and not found[0].text.strip(" \t"))):
        del found[0]
    while found and (isinstance(found[-1], LineBreak) or (isinstance(found[-1], Text) and not found[-1].text.strip(" \t"))):
        del found[-1]
    return found


# Blocks


def _heading(heading: Heading, level: int) -> Iterator[str]:
    """Yield a heading, and a paragraph with the marks of its notes, which no heading can have."""
    texts = [Text(inline.text) if isinstance(inline, Text) else Text(" ") for inline in heading.inlines if isinstance(inline, (Text, LineBreak))]
    text = write_inlines(texts, " ")
    if text:
        yield f"{'#' * level} {text[:-1]}\\#" if text.endswith("#") else f"{'#' * level} {text}"
    if images := [inline for inline in heading.inlines if isinstance(inline, Image)]:
        yield write_inlines(images)
    if marks := [inline for inline in heading.inlines if isinstance(inline, NoteMark)]:
        yield write_inlines([Text("Fodnote til overskriften: "), *marks])


def _list(items: Sequence[ListItem]) -> str:
    """Return a list. A new delimiter begins a new list where the numbers do not go on."""
    lines: list[str] = []
    open_levels: list[tuple[int, int, ListItem, str]] = []
    """The level, the indentation and the width, the last item and its delimiter of each list that is open."""
    for item in items:
        text = write_inlines(item.inlines)
        if not text:
            continue
        while open_levels and open_levels[-1][0] > item.level and len(open_levels) > 1 and open_levels[-2][0] >= item.level:
            open_levels.pop()
        indent, delimiter = 0, "-" if item.number is None else "."
        if open_levels and open_levels[-1][0] < item.level:
            _, outer_indent, outer, outer_delimiter = open_levels[-1]
            indent = outer_indent + _width(_marker(outer, outer_delimiter))
        elif open_levels:
            _, indent, last, last_delimiter = open_levels.pop()
            delimiter = _delimiter_after(last, last_delimiter, item)
            if delimiter != last_delimiter:
                lines.append("")
        open_levels.append((item.level, indent, item, delimiter))
        marker = _marker(item, delimiter)
        if lines and open_levels[-2:-1] and open_levels[-2][2].id and lines[-1].endswith(" }"):
            lines.append("")  # an attribute list belongs to the text right above it, and ends the item's first paragraph
        text += f"\n{{: #{item.id} }}" if item.id else ""
        lines.append(" " * indent + _indented(f"{marker} {text}", indent + _width(marker)))
    return "\n".join(lines)


def _delimiter_after(last: ListItem, last_delimiter: str, item: ListItem) -> str:
    """Return the character that stands at an item or behind its number."""
    if item.number is None:
        return last_delimiter if last.number is None else "-"
    if last.number is None:
        return "."
    if item.number == last.number + 1:
        return last_delimiter
    return ")" if last_delimiter == "." else "."


def _marker(item: ListItem, delimiter: str) -> str:
    return delimiter if item.number is None else f"{item.number}{delimiter}"


def _width(marker: str) -> int:
    return max(_INDENT, len(marker) + 1)


def _indented(text: str, indent: int) -> str:
    """Return a text with its lines indented, apart from the first and the empty ones."""
    return re.sub(r"\n(?=[^\n])", "\n" + " " * indent, text)


def _table(table: Table) -> str:
    cells = [cell for row in table.rows for cell in row]
    is_simple = table.head_rows == 1 and all(
        cell.colspan == cell.rowspan == 1 and len(_filled(cell)) <= 1 and all(isinstance(one, Paragraph) for one in _filled(cell)) for cell in cells
    )
    has_even_rows = len({len(row) for row in table.rows}) == 1
    return "\n".join(_plain_rows(table)) if is_simple and has_even_rows else "\n".join(_html_rows(table))


def _filled(cell: Cell) -> list[Block]:
    return [block for block in cell.blocks if not isinstance(block, (Paragraph, Heading, ListItem)) or write_inlines(block.inlines)]


def _plain_rows(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows):
        texts = [" ".join(write_inlines(block.inlines, "<br>") for block in _filled(cell) if isinstance(block, Paragraph)) for cell in row]
        yield f"| {' | '.join(texts)} |"
        if number == 0:
            yield f"|{' --- |' * len(row)}"


def _html_rows(table: Table) -> Iterator[str]:
    """Yield the lines of a table as HTML, with the text of its cells in Markdown: so a cell may have anything."""
    columns = max(sum(cell.colspan for cell in row) for row in table.rows)
    yield "<table>"
    for part, rows in (("thead", table.rows[: table.head_rows]), ("tbody", table.rows[table.head_rows :])):
        yield f"<{part}>"
        for row in rows:
            yield "<tr>"
            for cell in row:
                text = write_blocks(cell.blocks, _MAX_LEVEL)
                tag = "th" if part == "thead" and text else "td"
                spans = "".join(f' {name}="{span}"' for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if span > 1)
                scope = "" if tag == "td" else ' scope="colgroup"' if cell.colspan > 1 and columns > 1 else ' scope="col"'
                yield f"<{tag}{scope}{spans}>\n\n{text}\n\n</{tag}>" if text else f"<{tag}{spans}></{tag}>"
            yield "</tr>"
        yield f"</{part}>"
    yield "</table>"


def _paragraphs_of(blocks: Sequence[Block]) -> Iterator[Sequence[Inline]]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs_of(cell.blocks)
        else:
            yield block.inlines
