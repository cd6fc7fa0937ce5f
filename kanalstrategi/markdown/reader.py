"""Reads Markdown with pulldown-cmark (a Rust library, through pyromark 0.10) and builds a page's tree from its events.

The parser knows CommonMark, tables, footnotes, definition lists and text that is struck through. Attribute lists are read here, and
boxes have been taken out before (`kanalstrategi.markdown.boxes`). Each event has its range in the source, in bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

import pyromark

from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.markdown import unintended_markup
from kanalstrategi.markdown.attribute_lists import INLINE_LIST, LIST_AT_END, LIST_LINE, is_list
from kanalstrategi.markdown.boxes import ADDED_LINE, BOX_PLACEHOLDER, Box, extract_boxes, restore_boxes
from kanalstrategi.markdown.failed_markup import ShownText
from kanalstrategi.markdown.footnotes import Footnotes
from kanalstrategi.markdown.nodes import Element
from kanalstrategi.markdown.numbered_lists import NumberedLists
from kanalstrategi.markdown.paragraphs import has_block, split_paragraph, unwrap_only_paragraph
from kanalstrategi.markdown.references import LinkReferences, definitions_for, reference_definitions
from kanalstrategi.markdown.tables import cells_in, lines_before_too_large_table
from kanalstrategi.markdown.tree_builder import TreeBuilder

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_DEFINITION_LIST
_INLINE_TAGS = {"Emphasis": "em", "Strong": "strong"}
_BLOCK_TAGS = {"BlockQuote": "blockquote", "DefinitionList": "dl", "DefinitionListTitle": "dt", "DefinitionListDefinition": "dd"}
_HOLDS_BARE_TEXT = frozenset(("li", "dd", "dt"))
"""The elements with text that is in no paragraph, if there are no empty lines around it."""
_CLOSING_HASHES = re.compile(rb"\A#.*[ \t](#+)[ \t]*\Z")

_NEWLINE = re.compile(rb"(?<!%b)\n" % ADDED_LINE.rstrip("\n").encode())
_BLOCK_CHECKS = {
    "Heading": unintended_markup.in_heading,
    "BlockQuote": unintended_markup.in_quote,
    "DefinitionListTitle": unintended_markup.in_term,
    "DefinitionListDefinition": unintended_markup.in_explanation,
}

_Events = Iterator[tuple[Any, Any]]
"""The events: a name, or a mapping from a name to a value, and the range of bytes in the source."""


def read_markdown(text: str, builder: TreeBuilder) -> None:
    """Build the tree of a text. Raises TooDeepError."""
    if before := lines_before_too_large_table(text):
        builder.report(before + 1, "siden har for mange felter i tabeller", "del siden i flere")
        text = "\n".join(text.split("\n")[:before])
    footnotes, references = Footnotes(builder), LinkReferences()
    _Reader(text, builder, footnotes, references, 1).read()
    builder.end_inside(builder.root)
    footnotes.add_section()
    builder.diagnostics += references.unused()


class _Reader:
    """Reads a text; the content of each box is read by another reader."""

    def __init__(
        self,
        text: str,
        builder: TreeBuilder,
        footnotes: Footnotes,
        references: LinkReferences,
        first_line: int,
        definitions: Mapping[str, str] | None = None,
    ) -> None:
        text, self._boxes = extract_boxes(text)
        self._source = text.encode()
        self._definitions = definitions
        """The link references and footnotes that are defined around the box whose content is read."""
        self._newlines = [match.start() for match in _NEWLINE.finditer(self._source)]
        self._first_line = first_line
        self._builder = builder
        self._footnotes = footnotes
        self._references = references
        self._shown = ShownText(self._source)
        self._numbered_lists = NumberedLists(builder, self._source, self._shown)
        self._holder: Element | None = None
        """The innermost element that holds running text: a paragraph, or an item without paragraphs."""
        self._other_ranges: list[tuple[int, int]] = []
        """The places of code, HTML, links and images."""
        self._last_end = -1
        """Where the last inline element ended."""
        self._last_text = 0
        """Where the last piece of text began."""
        self._columns: list[str] = []
        self._column = 0

    def read(self) -> None:
        source = self._source.decode()
        length = len(self._source)
        definitions = definitions_for(source, self._definitions or {})
        events: _Events = iter(pyromark.events_with_range(f"{source}\n\n{definitions}" if definitions else source, options=_OPTIONS))
        for event, place in events:
            start, end = place["start"], place["end"]
            if start > length:
                break  # the definitions around a box, which are read where they are
            if type(event) is str:
                self._simple_event(event, start)
                continue
            ((kind, value),) = event.items()
            if kind == "Text":
                self._text(value, start, end)
            elif kind == "Start":
                name, detail = (value, None) if type(value) is str else next(iter(value.items()))
                if name in _INLINE_TAGS:
                    self._report(unintended_markup.in_emphasis(self._source, start, end, name), start)
                    self._builder.begin(_INLINE_TAGS[name], self._line(start))
                elif name in self._inline_starts:
                    self._inline_starts[name](self, detail, events, start, end)
                else:
                    self._start_block(name, detail, events, start, end)
            elif kind == "End":
                self._end(value if type(value) is str else next(iter(value)), start, end)
            elif kind == "Code":
                self._report(unintended_markup.in_code(self._source, start, end), start)
                self._builder.code_span(restore_boxes(value, self._boxes), self._line(start))
                self._other_ranges.append((start, end))
                self._last_end = end
            elif kind == "InlineHtml":
                self._builder.html(restore_boxes(value, self._boxes), self._line(start))
                self._other_ranges.append((start, end))
                self._last_end = end
            elif kind == "FootnoteReference":
                self._report(unintended_markup.in_footnote_mark(self._source, start, end), start)
                self._footnotes.reference(value, self._line(start))
                self._last_end = end
        self._finish_text()
        self._builder.diagnostics += self._shown.failed_markup(self._first_line)
        self._references.add_definitions(self._source, self._shown, self._other_ranges, self._line)

    def _report(self, finding: unintended_markup.Finding | None, place: int) -> None:
        if finding:
            self._builder.report(self._line(place), *finding)

    def _line(self, position: int) -> int:
        return bisect_left(self._newlines, position) + self._first_line

    def _simple_event(self, event: str, start: int) -> None:
        line = self._line(start)
        if event == "SoftBreak":
            self._builder.text("\n")
        elif event == "HardBreak":
            self._builder.add(Element("br", line))
            self._builder.text("\n")
        elif event == "Rule":
            self._finish_text()
            self._builder.add(Element("hr", line))

    # Text

    def _text(self, text: str, start: int, end: int) -> None:
        self._last_text = start
        shown_from = start
        if start == self._last_end and text[0] == "{" and (match := INLINE_LIST.match(text)) and is_list(match):
            self._builder.give_attributes_to_last(match[2], self._line(start))
            shown_from += len(match[0].encode())
            text = text[match.end() :]
        self._shown.show(shown_from, end)
        if BOX_PLACEHOLDER.search(text) is None:
            if text:
                self._builder.text(text, self._line(start))
            return
        for part in BOX_PLACEHOLDER.split(text):
            if part.isdecimal() and int(part) in self._boxes:
                self._box(self._boxes.pop(int(part)))
            elif part:
                self._builder.text(part, self._line(start))

    def _box(self, box: Box) -> None:
        builder, line = self._builder, self._first_line + box.line_offset
        definitions = self._definitions_for_boxes
        title = builder.box(box.kind, box.title, line)
        _Reader(box.title, builder, self._footnotes, self._references, line, definitions).read()
        builder.end_inside(title)
        unwrap_only_paragraph(title)
        builder.end()
        outer = builder.open[-1]
        _Reader(box.content, builder, self._footnotes, self._references, line + 1, definitions).read()
        builder.end_inside(outer)
        builder.end()

    @cached_property
    def _definitions_for_boxes(self) -> Mapping[str, str]:
        return reference_definitions(self._source.decode()) if self._definitions is None else self._definitions

    def _finish_text(self) -> None:
        """Finish the running text that is being read: take the attribute list off its last line, and boxes out of the paragraph."""
        holder, self._holder = self._holder, None
        if holder is None or not holder.children:
            return
        self._builder.end_inside(holder)
        last = holder.children[-1]
        if type(last) is str and "}" in last:
            self._take_attribute_line(holder, last)
        if holder.tag == "p" and has_block(holder):
            parent = self._builder.open[-2]
            parent.children[-1:] = split_paragraph(holder)

    def _take_attribute_line(self, holder: Element, last: str) -> None:
        """Give the attributes on the last line of a text to its paragraph or item."""
        text, newline, line_text = last.rpartition("\n")
        match = LIST_LINE.match(line_text)
        if match is None or not is_list(match) or self._is_last_text_escaped():
            return
        if not newline and len(holder.children) > 1:
            return  # behind something on the same line
        line_start = self._source.rfind(b"\n", 0, self._last_text) + 1
        self._shown.hide(line_start, self._last_text + len(line_text.encode()))
        if not newline:
            self._builder.report_stray_list(self._line(self._last_text))
            return
        if text:
            holder.children[-1] = text
        else:
            holder.children.pop()
        # The list below the first text of an item belongs to the item.
        parent = self._builder.open[-2]
        target = parent if holder.tag == "p" and parent.tag == "li" and len(parent.children) == 1 else holder
        self._builder.give_attributes(target, match[2], self._line(self._last_text))

    def _is_last_text_escaped(self) -> bool:
        return self._source[self._last_text - 1 : self._last_text + 1] == b"\\{"

    def _end_of_line(self, start: int, end: int) -> None:
        """End a heading or a cell, and take the attribute list off its end."""
        builder = self._builder
        while builder.open[-1].is_html:
            builder.end_inside(next(element for element in reversed(builder.open) if not element.is_html))
        element = builder.end()
        if element.tag == "th" and not element.children:
            element.tag = "td"  # a screen reader would announce a heading without words
        last = element.children[-1] if element.children else None
        if type(last) is str and "}" in last and (match := LIST_AT_END.search(last)) and is_list(match) and not self._is_last_text_escaped():
            element.children[-1] = last[: match.start()]
            if not match.start():
                element.children.pop()
            self._shown.hide(max(start, self._source.rfind(b"{", start, end)), end)
            builder.give_attributes(element, match[2], element.line)

    # Inline elements

    def _start_link(self, detail: Any, events: _Events, start: int, end: int) -> None:
        url = detail["dest_url"]
        url = f"mailto:{url}" if detail["link_type"] == "Email" else url
        if detail["link_type"] == "Reference" and b"]\\[" in self._source[start:end]:  # the parser takes it for `][`
            self._builder.report(self._line(start), "] lige foran \\[ bliver til et link", "sæt et mellemrum imellem")
        self._references.use(detail["id"])
        self._other_ranges.append((start, end))
        self._builder.begin_link(url, restore_boxes(detail["title"], self._boxes), self._line(start))

    def _start_image(self, detail: Any, events: _Events, start: int, end: int) -> None:
        title, alternative = restore_boxes(detail["title"], self._boxes), restore_boxes(_image_text(events), self._boxes)
        self._builder.image(detail["dest_url"], title, alternative, self._line(start))
        self._references.use(detail["id"])
        self._other_ranges.append((start, end))
        self._last_end = end

    def _start_strikethrough(self, detail: Any, events: _Events, start: int, end: int) -> None:
        if self._source[start : start + 2] != b"~~":  # the parser also takes a single character
            hint = "skriv ~~…~~ om gennemstreget tekst, <sub>…</sub> om et lille tal, eller \\~ hvis det er tekst"
            self._builder.report(self._line(start), "~ om en tekst gør ingenting", hint)
        self._builder.begin("del", self._line(start))

    _inline_starts: dict[str, Callable[[_Reader, Any, _Events, int, int], None]] = {  # noqa: RUF012 - never changed
        "Link": _start_link,
        "Image": _start_image,
        "Strikethrough": _start_strikethrough,
    }

    # Blocks

    def _start_block(self, name: str, detail: Any, events: _Events, start: int, end: int) -> None:
        self._finish_text()
        builder, line = self._builder, self._line(start)
        if name in _BLOCK_CHECKS:
            self._report(_BLOCK_CHECKS[name](self._source, start, end), start)
        if name == "Paragraph":
            self._holder = builder.begin("p", line)
        elif name == "Heading":
            builder.begin(f"h{detail['level'][1]}", line)
        elif name == "List":
            builder.begin("ul" if detail is None else "ol", line, {} if detail in (None, 1) else {"start": str(detail)})
        elif name == "Item":
            self._holder = builder.begin("li", line)
            self._numbered_lists.add_item(self._holder, start)
        elif name == "CodeBlock":
            self._code_block(events, detail, start, end)
            self._other_ranges.append((start, end))
        elif name == "HtmlBlock":
            builder.html(restore_boxes("".join(_texts(events)), self._boxes), line, is_block=True)
            self._other_ranges.append((start, end))
        elif name == "Table":
            self._report(unintended_markup.in_table(self._source, start), start)
            self._columns = [side.lower() for side in detail]
            builder.begin("table", line)
        elif name in ("TableHead", "TableRow"):
            if name == "TableHead" or builder.open[-1].tag == "table":
                builder.begin("thead" if name == "TableHead" else "tbody", line)
            builder.begin("tr", line)
            self._column = 0
        elif name == "TableCell":
            cell = builder.begin("th" if builder.open[-2].tag == "thead" else "td", line)
            if self._columns[self._column] != "none":
                cell.attributes["class"] = f"align-{self._columns[self._column]}"
            self._column += 1
        elif name == "FootnoteDefinition":
            self._footnotes.begin_definition(detail, line)
        else:
            element = builder.begin(_BLOCK_TAGS[name], line)
            if element.tag in _HOLDS_BARE_TEXT:
                self._holder = element

    def _end(self, name: str, start: int, end: int) -> None:
        builder = self._builder
        if name in _INLINE_TAGS or name in self._inline_starts:
            builder.end()
            is_collapsed = name == "Link" and self._source[end : end + 2] == b"[]"  # the parser's range ends before the brackets
            self._last_end = end + 2 if is_collapsed else end
            return
        if name in ("Heading", "TableCell"):
            if (
                name == "Heading"
                and (hashes := _CLOSING_HASHES.match(self._source[start:end].rstrip(b"\n")))
                and len(hashes[1]) != int(builder.open[-1].tag[1])
            ):
                builder.text(f" {hashes[1].decode()}")  # the parser drops them, although they do not match the beginning
            if name == "Heading" and not builder.open[-1].children:
                builder.report(self._line(start), "overskriften er tom", "skriv dens tekst, eller slet linjen")
            self._end_of_line(start, end)
            return
        self._finish_text()
        if name == "TableHead":
            builder.end()
        elif name == "TableRow":
            self._check_cells(start, end)
        elif name == "Table" and builder.open[-1].tag == "tbody":
            builder.end()
        if name == "FootnoteDefinition":
            self._footnotes.end_definition()
        elif name != "Paragraph" or builder.open[-1].tag == "p" or builder.open[-1].is_html:
            ended = builder.end()
            if ended.tag == "ol":
                self._numbered_lists.end_list(ended)
            elif ended.tag == "ul":
                self._report(unintended_markup.in_bullets(self._source, start, ended, builder.open[-1].children), start)

    def _code_block(self, events: _Events, detail: Any, start: int, end: int) -> None:
        text = "".join(_texts(events))
        raw = self._source[start:end].decode().rstrip("\n")
        info, is_closed = "", True
        if type(detail) is dict:
            info = str(detail["Fenced"])
            fence = raw[: len(raw) - len(raw.lstrip(raw[0]))]
            last_line = raw.rpartition("\n")[2].strip(" \t>") if "\n" in raw else ""
            is_closed = last_line.startswith(fence) and not last_line.strip(raw[0])
        first = self._line(start)
        self._builder.code_block(restore_boxes(text, self._boxes), info, first, first + raw.count("\n"), is_closed=is_closed)

    def _check_cells(self, start: int, end: int) -> None:
        """Report cells beyond the last column, which the parser leaves out."""
        row = self._source[start:end]
        self._report(unintended_markup.in_row(row), start)
        if (cells := cells_in(row)) > len(self._columns):
            message = f"rækken har {cells} felter, men tabellen har {count_phrase(len(self._columns), 'kolonne', 'kolonner')}"
            self._builder.report(self._line(start), message, "slet feltet, giv overskriften et felt mere, eller skriv \\| for en streg i teksten")


def _texts(events: _Events) -> Iterator[str]:
    """Yield the texts up to the end of the block that has begun."""
    for event, _ in events:
        if "End" in event:
            return
        yield event.get("Text") or event.get("Html") or ""


def _image_text(events: _Events) -> str:
    """Return the text alternative of the image that has begun, up to its end."""
    texts, depth = [], 1
    for event, _ in events:
        if type(event) is str:
            texts.append(" ")
            continue
        ((kind, value),) = event.items()
        name = value if type(value) is str else next(iter(value))
        if kind in ("Text", "Code"):
            texts.append(value)
        elif name == "Image" and kind in ("Start", "End"):
            depth += 1 if kind == "Start" else -1
            if not depth:
                break
    return "".join(texts)
