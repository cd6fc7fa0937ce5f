"""Writes the tree of a page as a Word file, for comments: what is a heading, a list or a table on the page is one in Word.

No I/O. The tree is that of the site, with the answers of its macros. What is only for the screen is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from kanalstrategi.markdown.footnotes import BACK_CLASS, SECTION_CLASS
from kanalstrategi.markdown.nodes import HEADINGS, Element, Node, decode_tree, descendants, encode_tree, is_block, line_of, text_holder
from kanalstrategi.rendering.components import join_nodes
from kanalstrategi.rendering.print_view import drop_web_only
from kanalstrategi.word.docx_file import BULLETS, INDENT_TWIPS, LEVELS, TEXT_TWIPS, WordFacts, add_blocks, begin, save
from kanalstrategi.word.inline_writer import InlineWriter, Links
from kanalstrategi.word.ooxml import RELATIONSHIPS_NAMESPACE, Xml, paragraph, qualified, set_property, style_of, w
from kanalstrategi.word.table_writer import Cell, column_widths, rows_of, table_xml

if TYPE_CHECKING:
    from docx.document import Document

_GROUPS = frozenset(("div", "section", "figure", "figcaption", "details", "nav", "dd", "dl", "form"))
_BOXES = {"quoted-rules": "Quote", "blockquote": "Quote", **dict.fromkeys(("admonition", "contact", "in-short", "not-allowed", "short-answer", "step"), "Box")}
"""The style of the paragraphs in an element, keyed by its tag or class."""
_STRONG_TITLES = frozenset(("admonition-title", "in-short-title", "rules-title", "contact-name"))
"""The classes of paragraphs that are the title of a box."""
_BOX_INDENT_TWIPS, _SPACE_BELOW_BOX = 227, 160
_EMU_PER_PIXEL, _EMU_PER_TWIP = 9525, 635
_NOTES_TITLE = "Fodnoter"


@dataclass(frozen=True)
class _Place:
    """Where blocks stand, and so what they look like."""

    style: str = "Normal"
    level: int = -1
    """How many lists they stand in, counted from 0; -1 for none."""
    width: int = TEXT_TWIPS


def write_word(root: Element, facts: WordFacts, url: str, site_url: str, images: Mapping[str, bytes]) -> bytes:
    """Return a page as a Word file.

    `url` is the URL of the page, relative to the site's root; `site_url` is that of the published site, or empty if it is not known.
    `images` holds PNG and JPEG files, keyed by the URL in the tree; an image that is missing there is given in words.
    """
    tree = decode_tree(encode_tree(root))
    for node in descendants(tree):
        if node.has_class("status"):
            node.attributes["class"] = "status"  # a PDF has the status of an adopted page on its cover
    drop_web_only(tree)
    document = begin(facts)
    blocks = _PageWriter(document, tree, url, site_url, images).blocks(tree, _Place())
    set_apart(blocks)
    add_blocks(document, blocks)
    return save(document)


def set_apart(blocks: Sequence[Xml]) -> None:
    """Give what follows a table or a box space above it, and keep the line that introduces a list with it."""
    for above, below in pairwise(blocks):
        style, next_style = style_of(above), style_of(below)
        if next_style and (not style or (style in _BOXES.values() and next_style != style)) and not next_style.startswith("Heading"):
            set_property(below, w("spacing", before=_SPACE_BELOW_BOX))
        if style in ("Normal", "Quote", "Box", "Lead") and next_style in ("ListBullet", "ListNumber"):
            set_property(above, w("keepNext"))


class _PageWriter:
    """The conversion of one page."""

    def __init__(self, document: Document, root: Element, url: str, site_url: str, images: Mapping[str, bytes]) -> None:
        self._document = document
        self._images = images
        self._width = TEXT_TWIPS
        self._inline = InlineWriter(Links.of(root, url, site_url), self._relate, self._draw)
        self._marker: Xml | None = None
        """The bullet or number of the list item that begins with the next paragraph."""
        self._level = 0
        """The level of the last heading."""

    def blocks(self, parent: Element, place: _Place) -> list[Xml]:
        """Return the blocks in an element. Text and inline elements between them become paragraphs."""
        found: list[Xml] = []
        run: list[Node] = []
        for child in parent.children:
            if type(child) is Element and (is_block(child) or child.tag == "nav"):
                found += self._paragraph(run, place)
                run = []
                found += self._block(child, place)
            else:
                run.append(child)
        return found + self._paragraph(run, place)

    def _block(self, node: Element, place: _Place) -> list[Xml]:
        tag = node.tag
        if node.has_class(SECTION_CLASS):
            return self._notes(node, place)
        if tag in HEADINGS:
            return self._heading(node)
        if node.has_class("status"):
            return self._paragraph(join_nodes([item.children for item in _elements(node)], " · "), replace(place, style="Status"))
        if tag in ("ul", "ol"):
            return self._list(node, place)
        if tag == "table":
            return self._table(node, place)
        if tag == "pre":
            lines = [part for line in _text(node).rstrip("\n").split("\n") for part in (Element("br"), line.replace(" ", "\u00a0"))][1:]
            return self._paragraph(lines, replace(place, style="Code"))
        if tag == "hr":
            return []
        if style := next((_BOXES[name] for name in (tag, *node.classes) if name in _BOXES), ""):
            return self.blocks(node, replace(place, style=style, width=place.width - _BOX_INDENT_TWIPS))
        if tag in _GROUPS and any(map(is_block, node.children)):
            return self.blocks(node, place)
        return self._text_block(node, place)

    def _text_block(self, node: Element, place: _Place) -> list[Xml]:
        style = "Lead" if node.has_class("lead") else "Caption" if node.tag in ("caption", "figcaption") else place.style
        children = [Element("strong", 0, {}, node.children)] if node.tag in ("dt", "summary") or not _STRONG_TITLES.isdisjoint(node.classes) else node.children
        return self._paragraph(children, replace(place, style=style), node)

    def _heading(self, node: Element) -> list[Xml]:
        self._level = min(int(node.tag[1]), self._level + 1)  # accessible documents leave no level out
        content = self._inline.content(node.children, ids=[node.id])
        return [paragraph(f"Heading{self._level}", content)] if content else []

    def _paragraph(self, children: Sequence[Node], place: _Place, node: Element | None = None) -> list[Xml]:
        with self._within(place.width):
            content = self._inline.content(children, ids=[node.id] if node else [])
        if not content:
            return []
        if node is not None and (language := node.attributes.get("lang")):
            content = self._inline.content([Element("span", 0, {"lang": language}, list(children))], ids=[node.id])
        marker, self._marker = self._marker, None
        properties = [] if marker is None else [marker]
        if place.style in ("Quote", "Box"):
            indent = _BOX_INDENT_TWIPS + INDENT_TWIPS * (place.level + 1)
            if place.level >= 0:
                properties.append(w("ind", left=indent, hanging=INDENT_TWIPS if marker is not None else 0))
            return [paragraph(place.style, content, properties=properties)]
        if place.level < 0 or place.style.startswith(("Table", "Status")):
            return [paragraph(place.style, content, properties=properties)]
        if marker is None:
            return [paragraph("ListContinue", content, properties=[w("ind", left=INDENT_TWIPS * (place.level + 1))])]
        is_bullet = [number.get(qualified("val")) for number in marker.iter(qualified("numId"))] == [str(BULLETS)]
        style = "ListBullet" if is_bullet else "ListNumber"
        return [paragraph(style, content, properties=properties)]

    @contextmanager
    def _within(self, width: int) -> Iterator[None]:
        """Limit the width of images."""
        before, self._width = self._width, width
        yield
        self._width = before

    def _list(self, node: Element, place: _Place) -> list[Xml]:
        level = min(place.level + 1, LEVELS - 1)
        inside = replace(place, level=level, width=place.width - INDENT_TWIPS)
        number, expected, found = BULLETS, 0, list[Xml]()
        for item in _elements(node):
            if node.tag == "ol":
                wanted = int(item.attributes.get("value") or (expected + 1 if expected else node.attributes.get("start") or 1))
                if wanted != expected + 1 or not expected:
                    number = self._new_numbers(level, wanted)
                expected = wanted
            self._marker = w("numPr", w("ilvl", val=level), w("numId", val=number))
            holder = text_holder(item)
            ids = Element("span", 0, {"id": item.id})  # a place to go to, at the beginning of the item
            begun = [ids, *holder.children] if item.id else holder.children
            children: list[Node] = [Element("p", holder.line, holder.attributes, begun), *item.children[1:]] if holder is not item else list(begun)
            found += self.blocks(Element("li", item.line, {}, children), inside)
            self._marker = None
        return found

    def _new_numbers(self, level: int, first: int) -> int:
        """Return the number of a new list whose items are numbered from `first`."""
        lists = self._document.part.numbering_part.element
        number: int = 1 + sum(child.tag == qualified("num") for child in lists)
        lists.append(w("num", w("abstractNumId", val=1), w("lvlOverride", w("startOverride", val=first), ilvl=level), numId=number))
        return number

    def _notes(self, section: Element, place: _Place) -> list[Xml]:
        """Return the footnotes, which stand at the end, as on the page."""
        for note in list(descendants(section)):
            note.children = [child for child in note.children if not (type(child) is Element and child.has_class(BACK_CLASS))]
        return [*self._heading(Element("h2", children=[_NOTES_TITLE])), *self.blocks(section, place)]

    def _table(self, node: Element, place: _Place) -> list[Xml]:
        head, body = rows_of(node)
        caption = next((part for part in node.children if type(part) is Element and part.tag == "caption"), None)
        widths = column_widths([*head, *body], place.width)
        marker, self._marker = self._marker, None

        def content(cell: Cell, width: int) -> list[Xml]:
            style = "TableHead" if cell.is_head else "TableText"
            return self.blocks(cell.node, _Place(style, width=width)) or [paragraph(style)]

        self._marker = marker
        before = self._text_block(caption, place) if caption else []
        self._marker = None
        return [*before, table_xml(head, body, widths, line_of(caption) if caption else "", content)]

    def _relate(self, url: str) -> str:
        return str(self._document.part.relate_to(url, f"{RELATIONSHIPS_NAMESPACE}/hyperlink", is_external=True))

    def _draw(self, node: Element) -> Xml | None:
        """Return the run with an image; None if the file has none of that kind, so that its text alternative takes its place."""
        from docx.shared import Emu  # imported here, since what stands at the top is imported by every build

        if (data := self._images.get(node.attributes.get("src", ""))) is None:
            return None
        inline = self._document.part.new_pic_inline(BytesIO(data), None, None)
        width, height = inline.extent.cx, inline.extent.cy
        asked = int(node.attributes.get("width") or 0) * _EMU_PER_PIXEL
        wanted = min(asked or width, self._width * _EMU_PER_TWIP)
        inline.docPr.set("descr", node.attributes.get("alt", ""))
        for size in (inline.extent, inline.graphic.graphicData.pic.spPr):
            size.cx, size.cy = Emu(wanted), Emu(round(height * wanted / width))
        return w("r", w("drawing", inline))


def _elements(node: Element) -> Iterator[Element]:
    return (child for child in node.children if type(child) is Element)


def _text(node: Element) -> str:
    """Return the text of a block of code, with its line breaks."""
    return "".join(child if type(child) is str else _text(child) if type(child) is Element else "" for child in node.children)
