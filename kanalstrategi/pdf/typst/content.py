"""Turns a document into the data that the template `overrides/pdf/document.typ` lays out. No I/O.

A node of the data is a text, or a list of a kind, its values and its children. Each kind has a function of that name in the template.
Text only ever reaches Typst as data, so nothing that an editor types is read as a program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from kanalstrategi.content.frame_words import words
from kanalstrategi.design.brand_fonts import stretch
from kanalstrategi.markdown.footnotes import SECTION_CLASS
from kanalstrategi.markdown.nodes import HEADINGS, Element, Node, descendants, is_block, line_of, text_holder, text_of
from kanalstrategi.pdf.length import COLUMN_MM, MAX_LINES_KEPT_TOGETHER, MAX_LINES_OF_LONG_CHAPTER, MAX_LINES_OF_SHORT_CHAPTER, estimated_lines, inset
from kanalstrategi.pdf.print_document import Chapter, PrintDocument
from kanalstrategi.pdf.typst.breaks import MIN_LETTERS_IN_HEADING, breakable, hyphenated
from kanalstrategi.pdf.typst.inline import InlineConverter, image_file
from kanalstrategi.pdf.typst.references import Link, References, TypstNode, UnprintableError, footnote_link
from kanalstrategi.pdf.typst.tables import CELL_SPACE_MM, WIDE_MM, Cell, Table, column_widths, layout_of

MAX_LETTERS_IN_HEADER = 42
"""The longest title that stands whole in the header, beside another."""
MAX_DEPTH = 12
"""How many lists, quotations and boxes may stand in each other. Typst (0.15) ends at about 15."""

PARAGRAPHS = (
    "lead", "picture-text", "definition", "evaluation", "rules-title", "rules-lead", "contact-name", "admonition-title", "in-short-title",
    "change-kind", "change-label", "edition-state",
)  # fmt: skip # one line per name would fill a page
"""The classes of paragraphs that the template has a style for."""
BOXES = ("short-answer", "quoted-rules", "contact", "terms-columns", "admonition", "in-short", "step", "not-allowed", "edition-banner")
"""The classes of elements around blocks that the template has a style for."""
QUOTES = ("pull-quote", "definition", "passage")
"""The classes of quotations that the template has a style for."""
_NESTED = frozenset(("ul", "ol", "blockquote", "div", "dl", "details", "figure"))
_GROUPS = frozenset(("div", "section", "figure", "figcaption", "details", "nav", "dd", "dl", "form"))
ANY_BLOCK = ("lead", "definition")
"""The classes that the template has a style for, whatever block has them: an editor may give them to each."""
_PARAGRAPH_STYLES = {"p": "", "summary": "strong", "dt": "strong", "figcaption": "caption"}
"""The elements that are paragraphs, each with its style if it has no class that has one."""

OWN_FONTS = ("Brand Text", "Brand Headings")
"""What the fonts of a site are called in its documents, whatever their makers call them."""

def typst_content(document: PrintDocument, image_sizes: Mapping[str, tuple[int, int]]) -> tuple[dict[str, Any], References]:
    """Return a document as data, and what the tags of the finished document must say in addition.

    `image_sizes` has the width and height of each image in pixels, keyed by URL. Raises UnprintableError, which names the page.
    """
    references = References(document)
    converter = _Converter(references, image_sizes, stretch(document.facts.look.text), is_sheet=document.is_sheet)
    own = {"text": document.facts.look.text, "headings": document.facts.look.headings}
    facts, cover, inline = document.facts, document.cover_image, converter.inline
    data = {
        "sheet": document.is_sheet,
        "title": facts.name or facts.title,
        "running": _shortened(facts.title),
        "standing": facts.standing,
        "author": facts.organisation,
        "description": facts.description,
        "language": facts.language,
        "words": {word: words(facts.language, word) for word in ("Side", "af", "side", "udkast")},
        "day": [facts.today.year, facts.today.month, facts.today.day],
        "imprint": hyphenated(f"{facts.title}, {facts.organisation}. {facts.printed}.", language=facts.language),
        "printed": hyphenated(facts.printed, language=facts.language),
        "newest": document.newest,
        "newest-text": breakable(document.newest),
        "newest-words": facts.newest_words,
        "fonts": {purpose: [name] if family else [] for (purpose, family), name in zip(own.items(), OWN_FONTS, strict=True)},
        "italic": not facts.look.text or facts.look.text.has_italic,
        "cover": {
            "plate": bool(facts.look.logo and facts.look.logo.has_plate),
            "logo": image_file(facts.logo) if facts.logo else None,
            "title": hyphenated(facts.title, MIN_LETTERS_IN_HEADING, facts.language),
            "author": hyphenated(facts.organisation),
            "lines": [hyphenated(line) for line in facts.cover_lines],
            "picture": inline.image(cover.src, cover.alt, {}) if cover else None,
        },
        "opening": converter.part(document.opening, document.opening_source),
        "chapters": [converter.chapter(chapter, not number, facts.language) for number, chapter in enumerate(document.chapters)],
    }
    if document.newest:
        references.links.append(Link(document.newest, "Den nyeste udgave"))
    return data, references


class _Converter:
    """The conversion of one document."""

    def __init__(self, references: References, image_sizes: Mapping[str, tuple[int, int]], stretch: float, *, is_sheet: bool = False) -> None:
        self._references = references
        self._stretch = stretch
        self.inline = InlineConverter(references, image_sizes, self._note)
        self._depth = 0
        self._width = WIDE_MM if is_sheet else COLUMN_MM
        """The width of the place that content goes to, in millimetres; 0 in the cells of a table."""
        self._is_contained = is_sheet
        """Whether that place is one sheet of paper, or in a list, a box, a cell or a footnote, where the page cannot be turned."""
        self._has_turned = False
        """Whether this chapter has a page that is turned."""
        self._is_quoting = False
        """Whether the rules that follow stand in a box already."""

    def chapter(self, chapter: Chapter, is_first: bool, document_language: str) -> dict[str, Any]:
        """Return a chapter, with how it begins."""
        self._has_turned = False
        self.inline.language = chapter.language
        content = self.part(chapter.root, chapter.source)
        lines = self._lines(chapter.root)
        return {
            "head": _shortened(chapter.title) + (f" – {words(document_language, 'udkast')}" if chapter.is_draft else ""),
            "language": chapter.language,
            "follows": chapter.is_closing or lines <= (MAX_LINES_OF_SHORT_CHAPTER if is_first else MAX_LINES_OF_LONG_CHAPTER),
            "keep": lines <= MAX_LINES_OF_SHORT_CHAPTER and not self._has_turned,
            "closing": chapter.is_closing,
            "content": content,
        }

    def part(self, root: Element, source: str) -> list[TypstNode]:
        """Return the blocks of a page, whose file is `source`."""
        try:
            return self.blocks(root)
        except UnprintableError as error:
            error.source = source
            raise

    def blocks(self, parent: Element) -> list[TypstNode]:
        """Return the blocks in an element. Text and inline elements between them become paragraphs."""
        found: list[TypstNode] = []
        run: list[Node] = []
        for child in parent.children:
            if type(child) is Element and (is_block(child) or child.tag == "nav"):
                found += self._paragraph_of(run)
                run = []
                for block in self._block(child):
                    found = _with_headings(found, block)
            else:
                run.append(child)
        return [*found, *self._paragraph_of(run)]

    def _paragraph_of(self, run: Sequence[Node]) -> list[TypstNode]:
        content = self.inline.trimmed(run)
        return [["paragraph", {"style": ""}, content]] if content else []

    def _content(self, node: Element) -> list[TypstNode]:
        """Return what stands in an item, a cell or a footnote: blocks only if there are any."""
        if not any(map(is_block, node.children)):
            return self.inline.trimmed(node.children)
        with self._contained(self._width - inset(node)):
            return self.blocks(node)

    @contextmanager
    def _contained(self, width: float) -> Iterator[None]:
        """Convert what stands in something else that is `width` millimetres wide inside."""
        before = self._width, self._is_contained
        self._width, self._is_contained = max(0.0, width), True
        yield
        self._width, self._is_contained = before

    def _note(self, node: Element) -> list[TypstNode]:
        """Return what stands in a footnote, whose only paragraph goes on the line of its number."""
        only = node.children[0] if len(node.children) == 1 else None
        with self._contained(COLUMN_MM):
            return self._content(only if type(only) is Element and only.tag == "p" else node)

    def _lines(self, node: Element) -> int:
        return estimated_lines(node, self._width, self.inline.image_height)

    def _block(self, node: Element) -> list[TypstNode]:
        if node.has_class(SECTION_CLASS) or (node.has_class("footnote-text") and self._references.is_footnote(node.id)):
            return []  # it stands at the foot of the page with its mark
        if (language := node.attributes.get("lang", self.inline.language)) != self.inline.language:
            before, self.inline.language = self.inline.language, language
            found = self._block(node)
            self.inline.language = before
            return [["language", {"code": language}, found]]
        self._depth += node.tag in _NESTED
        if self._depth > MAX_DEPTH:
            raise UnprintableError("lister, citater og bokse står for dybt i hinanden til papir", node.line)
        try:
            if node.tag in _PARAGRAPH_STYLES and not any(map(is_block, node.children)):
                return self._paragraph(node)
            return [self._with_style(node, self._block_of_kind(node))]
        finally:
            self._depth -= node.tag in _NESTED

    def _with_style(self, node: Element, block: TypstNode) -> TypstNode:
        style = _first_of(node, ANY_BLOCK, block[0])
        return block if block[0] == style else [style, self._box_values(node), [block]]

    def _block_of_kind(self, node: Element) -> TypstNode:
        tag = node.tag
        if tag in HEADINGS:
            return self._heading(node)
        if tag in ("ul", "ol"):
            return self._list(node)
        if tag == "table":
            return self._table(node)
        if tag == "blockquote":
            with self._contained(self._width - inset(node)):
                return [_first_of(node, QUOTES, "quote"), self._box_values(node), self.blocks(node)]
        if tag == "pre":
            return ["code-block", {"text": breakable(text_of(node).rstrip("\n"))}, []]
        if tag == "hr":
            return ["rule", {}, []]
        if tag in _GROUPS:
            return self._group(node)
        raise UnprintableError(f"HTML-mærket <{tag}> kan ikke komme på papir", node.line)

    def _group(self, node: Element) -> TypstNode:
        kind = _first_of(node, BOXES, "group")
        was_quoting, self._is_quoting = self._is_quoting, self._is_quoting or kind == "quoted-rules"
        if kind == "group":
            content = self.blocks(node)
        else:
            with self._contained(self._width - inset(node)):
                content = self.blocks(node)
        self._is_quoting = was_quoting
        return [kind, self._box_values(node) | {"kinds": node.classes}, content]

    def _box_values(self, node: Element) -> dict[str, Any]:
        return self._references.label(node) | {"keep": self._lines(node) <= MAX_LINES_KEPT_TOGETHER}

    def _paragraph(self, node: Element) -> list[TypstNode]:
        label = self._references.label(node)
        if content := self.inline.trimmed(node.children):
            return [["paragraph", label | {"style": _first_of(node, PARAGRAPHS, _PARAGRAPH_STYLES[node.tag])}, content]]
        return [["anchor", label, []]] if label else []

    def _heading(self, node: Element) -> TypstNode:
        words = line_of(node)
        label = self._references.label(node)
        is_listed = bool(label) and node.id in self._references.listed
        return [
            "heading",
            label | {"level": int(node.tag[1]), "listed": is_listed, "words": words, "letter": node.has_class("letter")},
            self.inline.trimmed(node.children, MIN_LETTERS_IN_HEADING),
        ]

    def _list(self, node: Element) -> TypstNode:
        items = [child for child in node.children if type(child) is Element and child.tag == "li"]
        if node.has_class("contents"):
            self._references.links += [Link(link.attributes["href"], line_of(link)) for link in descendants(node) if link.tag == "a"]
            return ["contents", {"drafts": self._references.drafts}, []]
        if node.has_class("status"):
            return ["status", {}, [["group", {}, self.inline.trimmed(item.children)] for item in items]]
        if node.has_class("terms"):
            return ["terms", {}, [self._term(item) for item in items]]
        values = self._box_values(node) | {"signed": bool(items) and all(_is_signed(item) for item in items)}
        kind = _kind_of_list(node, items)
        if kind == "rules" and self._is_quoting:
            kind = "points"
        if kind == "numbers":
            values["numbers"] = _numbers(node, items)
        return [kind, values, [self._item(item) for item in items]]

    def _term(self, node: Element) -> TypstNode:
        """Return an entry of the index of terms: the term, and the places whose page numbers follow."""
        links = [child for child in node.children if type(child) is Element and child.has_class("on-page")]
        if not links:
            return self._item(node)
        self._references.links.append(Link(links[0].attributes["href"], links[0].attributes.get("aria-label", ""), is_series=True))
        words = self.inline.trimmed(node.children[: node.children.index(links[0])])
        return ["term", {"targets": [link.attributes["href"][1:] for link in links]}, words]

    def _item(self, node: Element) -> TypstNode:
        return ["item", self._box_values(node) | {"kinds": node.classes}, self._content(node)]

    def _table(self, node: Element) -> TypstNode:
        head, body = list[list[Cell]](), list[list[Cell]]()
        for part in (child for child in node.children if type(child) is Element):
            # Typst (0.15) refuses links in heads that are repeated, as PDF/UA-1 does.
            section = _without_links(part) if part.tag == "thead" else part
            rows = [row for row in (section, *section.children) if type(row) is Element and row.tag == "tr"]
            (head if part.tag == "thead" else body).extend(Cell.of_row(row) for row in rows)
        table = Table(head, body, self._stretch)
        layout = layout_of(table, self._width if self._is_contained else None)
        if layout:
            self._references.tables.append(table)
        caption = next((part for part in node.children if type(part) is Element and part.tag == "caption"), None)
        values = self._references.label(node) | {"caption": self._content(caption) if caption else []}
        if layout is None:
            return ["stacked", values, self._stacked(table)]
        self._has_turned |= layout.is_turned
        widths = column_widths(table, layout)
        values |= {
            "beyond": 0 if self._is_contained else (layout.width - COLUMN_MM) / 2,
            "points": layout.points,
            "turned": layout.is_turned,
            "relative": self._is_contained,
            "widths": widths,
            "head": [[self._cell(cell) for cell in row] for row in head],
            "repeat": not any(part.tag == "a" for row in head for cell in row for part in descendants(cell.node)),
            "body": [[self._cell(cell) for cell in row] for row in body],
            "keep": self._unbreakable_rows(table, widths),
        }
        return ["table", values, []]

    def _unbreakable_rows(self, table: Table, widths: Sequence[float]) -> list[bool]:
        """Return, for each row of the body, whether it is not broken over two pages."""
        return [
            all(cell.rows == 1 for _, cell in row)
            and all(
                estimated_lines(cell.node, sum(widths[column : column + cell.columns]) - CELL_SPACE_MM, self.inline.image_height) <= MAX_LINES_KEPT_TOGETHER
                for column, cell in row
            )
            for row in table.placed_body()
        ]

    def _cell(self, cell: Cell) -> TypstNode:
        values = {"columns": cell.columns, "rows": cell.rows, "align": cell.align, "head": cell.is_head, "total": cell.is_total}
        with self._contained(0):
            return ["cell", self._references.label(cell.node) | values, self._content(cell.node)]

    def _stacked(self, table: Table) -> list[TypstNode]:
        """Return the rows of a table that is too wide for paper: what the head calls each of their cells, and what it holds."""
        names = table.names()
        rows: list[TypstNode] = []
        for row in table.placed_body():
            rows.append(["item", {}, [["pair", {"name": names.get(column, "")}, self._content(cell.node)] for column, cell in row]])
        return rows


def _without_links(node: Element) -> Element:
    """Return a copy of an element whose links are only text, except those to footnotes."""
    is_plain = node.tag == "a" and not footnote_link(node)
    attributes = {key: value for key, value in node.attributes.items() if key in ("id", "class", "lang")} if is_plain else node.attributes
    children = [child if type(child) is not Element or footnote_link(child) else _without_links(child) for child in node.children]
    return Element("span" if is_plain else node.tag, node.line, attributes, children)


def _shortened(title: str) -> str:
    """Return a title as it stands in the header, which is one line for two."""
    return title if len(title) <= MAX_LETTERS_IN_HEADER else title[:MAX_LETTERS_IN_HEADER].rstrip() + " …"


def _with_headings(found: list[TypstNode], block: TypstNode) -> list[TypstNode]:
    """Return blocks with one more behind them. The headings above a table on a turned page go there too, not on a page of their own."""
    first = len(found)
    if isinstance(block, list) and block[0] == "table" and block[1]["turned"]:
        while first and found[first - 1][0] == "heading":
            first -= 1
        return [*found[:first], [*block[:2], found[first:]]]
    return [*found, block]


def _first_of(node: Element, names: Sequence[str], default: str) -> str:
    return next((name for name in names if node.has_class(name)), default)


def _is_signed(item: Element) -> bool:
    """Whether an item begins with the sign of what kind of rule it is, in the place of a bullet."""
    first = text_holder(item).children[:1]
    return bool(first) and type(first[0]) is Element and first[0].has_class("rule-kind")


def _kind_of_list(node: Element, items: Sequence[Element]) -> str:
    if any(item.has_class("decision") for item in items):
        return "decisions"
    if node.has_class("changes"):
        return "changes"
    if node.has_class("rules") or (node.tag == "ul" and any(item.id for item in items)):
        return "rules"
    return "numbers" if node.tag == "ol" else "points"


def _numbers(node: Element, items: Sequence[Element]) -> list[int]:
    """Return the number of each item of a numbered list."""
    number = int(node.attributes.get("start") or 1) - 1
    numbers: list[int] = []
    for item in items:
        number = int(item.attributes.get("value") or number + 1)
        numbers.append(number)
    return numbers
