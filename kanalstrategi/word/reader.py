"""Reads a Word file (Office Open XML, ECMA-376) into a small tree of our own.

python-docx opens the package, with its relationships. The text is read here, since no library tells what it leaves out: tracked
changes, comments, text boxes, notes. What is not read into the tree is a remark.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from io import BytesIO
from itertools import count
from zipfile import ZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from lxml import etree

from kanalstrategi.word.document import (
    Block,
    Heading,
    Image,
    Inline,
    LineBreak,
    ListItem,
    NoteMark,
    Paragraph,
    Remark,
    RemarkKind,
    Text,
    WordDocument,
    plain_text,
)
from kanalstrategi.word.images import publishable
from kanalstrategi.word.inlines import MC, Crop, InlineReader, V, aside_of_control, chosen, note_name
from kanalstrategi.word.styles import Numbering, Styles, W
from kanalstrategi.word.tables import read_table, without_headings
from kanalstrategi.word.words import texts_of_part

MAX_HEADING_CHARACTERS = 80
"""The maximum length of a line in bold that is read as a heading."""
_ENDS_OF_SENTENCES = (".", ",", ";", "!")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
_EMBEDDED = ("/oleObject", "/package", "/aFChunk", "/subDocument")


class UnreadableError(ValueError):
    """The parts of a file do not fit together."""


def read_document(data: bytes, image_prefix: str, taken: Container[str] = ()) -> WordDocument:
    """Return what is in a file that `kanalstrategi.sanitizing.office_files` has checked. Raises UnreadableError.

    The names of its images begin with `image_prefix`; none of them is in `taken`.
    """
    try:
        return _Reader(data, image_prefix, taken).read()
    except (KeyError, ValueError, AttributeError, PackageNotFoundError, etree.XMLSyntaxError) as error:
        raise UnreadableError from error


class _Reader:
    def __init__(self, data: bytes, image_prefix: str, taken: Container[str]) -> None:
        self._data = data
        self._main: Part = docx.Document(BytesIO(data)).part
        self._styles = Styles(self._part("/styles"))
        self._numbering = Numbering(self._part("/numbering"))
        self._result = WordDocument()
        self._names = (f"{image_prefix}-{number}" for number in count(1))
        self._taken = taken
        self._image_names: dict[tuple[bytes, Crop], str] = {}
        self._handled = {str(self._main.partname).lstrip("/").lower()}
        self._level = 0
        """The level of the last heading."""
        self._depth = 0
        """How many tables are around the block that is read."""
        self._carried: tuple[Inline, ...] = ()
        """The text of a paragraph whose end has been deleted: it goes on in the next."""

    def read(self) -> WordDocument:
        result = self._result
        body = self._root(self._main).find(W + "body")
        if body is None:
            raise UnreadableError
        self._inlines = self._reader_of(self._main)
        result.blocks = self._blocks(body)
        if self._carried:
            result.blocks.append(Paragraph(self._carried))
        self._read_notes()
        self._read_edges_and_comments()
        self._read_other_parts()
        return result

    # Parts

    def _part(self, kind: str) -> etree._Element | None:
        return next((self._root(part) for part in self._parts(kind)), None)

    def _parts(self, kind: str) -> Iterator[Part]:
        """Yield the parts that the document refers to with a kind of relationship."""
        for relationship in self._main.rels.values():
            if relationship.reltype.endswith(kind) and not relationship.is_external:
                yield relationship.target_part

    def _root(self, part: Part) -> etree._Element:
        return etree.fromstring(part.blob, _PARSER)

    def _reader_of(self, part: Part) -> InlineReader:
        urls = {id: relationship.target_ref for id, relationship in part.rels.items() if relationship.is_external}
        images: Mapping[str, Part] = {id: one.target_part for id, one in part.rels.items() if not one.is_external and one.reltype.endswith("/image")}

        def take_image(id: str, alternative: str, crop: Crop) -> Image | None:
            if id in images:
                return self._image(images[id], alternative, crop)
            self._report_image(alternative or urls.get(id, "et billede, der ligger et andet sted"))
            return None

        return InlineReader(self._styles, urls, take_image, self._result.remarks)

    # Blocks

    def _blocks(self, parent: etree._Element, aside: RemarkKind | None = None) -> list[Block]:
        blocks: list[Block] = []
        for child in parent:
            if child.tag == W + "p":
                blocks += self._paragraph(child, aside)
            elif child.tag == W + "tbl":
                blocks += self._table(child, aside)
            elif child.tag == W + "sdt":
                for content in child.findall(W + "sdtContent"):
                    blocks += self._blocks(content, aside or aside_of_control(child))
            elif child.tag in (W + "del", W + "moveFrom"):
                blocks += self._blocks(child, aside or RemarkKind.DELETED)
            elif child.tag == f"{MC}AlternateContent":
                blocks += self._blocks(chosen(child), aside)
            elif isinstance(child.tag, str) and child.tag not in (W + "sectPr", W + "tcPr"):
                blocks += self._blocks(child, aside)
        return blocks

    def _paragraph(self, paragraph: etree._Element, aside: RemarkKind | None) -> list[Block]:
        if self._styles.is_contents(paragraph):
            aside = aside or RemarkKind.CONTENTS
        inlines = self._carried + self._inlines.read(paragraph, aside)
        self._carried = ()
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None or paragraph.find(f"{W}pPr/{W}rPr/{W}moveFrom") is not None:
            self._carried = inlines
            return self._text_boxes()
        blocks: list[Block] = []
        for number, part in enumerate(_split_at_empty_lines(inlines)):
            blocks.append(self._block(paragraph, part) if number == 0 else Paragraph(part))
        return [*blocks, *self._text_boxes()]

    def _block(self, paragraph: etree._Element, inlines: tuple[Inline, ...]) -> Block:
        text = plain_text(inlines)
        level = self._styles.heading_level(paragraph)
        if level is not None and text:
            self._level = level
            return Heading(level, inlines)
        if level is None and inlines and (numbering := self._styles.numbering(paragraph)) and (number := self._numbering.next(*numbering)):
            if not number.is_plain and text:
                self._result.remarks.append(Remark(RemarkKind.NUMBERING, text))
            return ListItem(numbering[1], number.value, inlines)
        if self._depth == 0 and _is_like_heading(text, inlines):
            self._result.remarks.append(Remark(RemarkKind.HEADING, text))
            return Heading(self._level + 1, inlines)
        return Paragraph(inlines)

    def _text_boxes(self) -> list[Block]:
        boxes, self._inlines.boxes = self._inlines.boxes, []
        found: list[Block] = []
        for box, aside in boxes:
            blocks = self._blocks(box, aside)
            if words := plain_text(blocks):
                self._result.remarks.append(Remark(RemarkKind.TEXT_BOX, words))
            found += blocks
        return found

    def _table(self, table: etree._Element, aside: RemarkKind | None) -> list[Block]:
        carried, self._carried = self._carried, ()
        level = self._level
        is_inside = self._depth > 0
        self._depth += 1
        blocks = read_table(table, self._blocks, self._result.remarks, aside, is_inside=is_inside)
        self._depth -= 1
        self._level = level if is_inside else self._level
        return [*([Paragraph(carried)] if carried else []), *(without_headings(blocks) if is_inside else blocks)]

    # Images

    def _image(self, part: Part, alternative: str, crop: Crop) -> Image | None:
        key = part.blob, crop
        if key not in self._image_names:
            published = publishable(part.blob, crop)
            if published is None:
                self._report_image(alternative or str(part.partname).rpartition("/")[2])
                return None
            extension, content = published
            name = next(name for name in (f"{name}{extension}" for name in self._names) if name not in self._taken)
            self._image_names[key] = name
            self._result.images[name] = content
        name = self._image_names[key]
        if not alternative:
            self._result.remarks.append(Remark(RemarkKind.NO_ALTERNATIVE, name))
        return Image(name, alternative)

    def _report_image(self, about: str) -> None:
        self._result.remarks.append(Remark(RemarkKind.IMAGE, about))

    # Everything else

    def _read_notes(self) -> None:
        marks = set(_marks(self._result.blocks))
        for kind in ("footnote", "endnote"):
            for part in self._parts(f"/{kind}s"):
                self._handled.add(str(part.partname).lstrip("/").lower())
                self._inlines = self._reader_of(part)
                for note in self._root(part).iter(W + kind):
                    if note.get(W + "type", "normal") == "normal":
                        name = note_name(kind, note.get(W + "id", ""))
                        self._depth += 1  # a note has no headings
                        blocks = without_headings(self._blocks(note, None if name in marks else RemarkKind.DELETED))
                        self._depth -= 1
                        if name in marks:
                            self._result.notes[name] = blocks

    def _read_edges_and_comments(self) -> None:
        for kind, remark in (("/header", RemarkKind.PAGE_EDGE), ("/footer", RemarkKind.PAGE_EDGE), ("/comments", RemarkKind.COMMENT)):
            for part in self._parts(kind):
                self._handled.add(str(part.partname).lstrip("/").lower())
                root = self._root(part)
                for element in root.iter(W + "comment") if kind == "/comments" else [root]:
                    words = [*texts_of_part(etree.tostring(element)), *(mark.get("string", "") for mark in element.iter(f"{V}textpath"))]
                    author = element.get(W + "author", "")
                    if any(words):
                        self._result.remarks.append(Remark(remark, f"{author}: {' '.join(words)}" if author else " ".join(words)))

    def _read_other_parts(self) -> None:
        for relationship in self._main.rels.values():
            if relationship.reltype.endswith(_EMBEDDED):
                self._result.remarks.append(Remark(RemarkKind.EMBEDDED, relationship.target_ref.rpartition("/")[2]))
        with ZipFile(BytesIO(self._data)) as archive:
            for name in archive.namelist():
                if name.lower().endswith(".xml") and name.lower() not in self._handled and (words := " ".join(texts_of_part(archive.read(name)))):
                    self._result.remarks.append(Remark(RemarkKind.OTHER_PART, words))


def _split_at_empty_lines(inlines: tuple[Inline, ...]) -> Iterator[tuple[Inline, ...]]:
    """Yield the parts of a paragraph between empty lines; the first even if it is empty."""
    part: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, LineBreak) and part and isinstance(part[-1], LineBreak):
            if plain_text(part):
                yield tuple(part[:-1])
                part = []
        else:
            part.append(inline)
    yield tuple(part)


def _is_like_heading(text: str, inlines: tuple[Inline, ...]) -> bool:
    """Whether a paragraph is a short line in bold."""
    texts = [inline for inline in inlines if isinstance(inline, Text) and inline.text.strip()]
    has_only_text = all(isinstance(inline, (Text, NoteMark)) for inline in inlines)
    return (
        bool(texts)
        and has_only_text
        and all(one.look.is_bold and not one.look.url for one in texts)
        and len(text) <= MAX_HEADING_CHARACTERS
        and not text.endswith(_ENDS_OF_SENTENCES)
    )


def _marks(blocks: list[Block]) -> Iterator[str]:
    """Yield the names in the marks of notes."""
    for block in blocks:
        if isinstance(block, (Paragraph, Heading, ListItem)):
            yield from (inline.name for inline in block.inlines if isinstance(inline, NoteMark))
        else:
            for row in block.rows:
                for cell in row:
                    yield from _marks(list(cell.blocks))
