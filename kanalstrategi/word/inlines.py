"""Reads the text of a paragraph in a Word file: its runs, links, fields, marks and images (ECMA-376 part 1, 17.3, 17.13 and 17.16)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from kanalstrategi.word.characters import symbol, usable
from kanalstrategi.word.document import PLAIN, Image, Inline, LineBreak, Look, NoteMark, Remark, RemarkKind, Text
from kanalstrategi.word.links import usable_url
from kanalstrategi.word.styles import Styles, W, is_on, value

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 -- the prefix that everybody uses for it

_PROPERTIES = frozenset(W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "fldData", "ffData", "rubyPr"))
_TEXT = frozenset((f"{W}t", f"{W}delText", f"{M}t"))
_CHARACTERS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
_DELETED = (f"{W}del", f"{W}moveFrom")
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]*)"', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_VISIBLE = (f"{W}t", f"{M}t", f"{A}blip", f"{V}imagedata")


class Crop(NamedTuple):
    """How much of an image is cut off at each side, as a share of it."""

    left: float
    top: float
    right: float
    bottom: float


ImageTaker = Callable[[str, str, Crop], Image | None]
"""Returns the image with an id of a relationship, a text alternative and what is cut off, or None if it cannot be shown."""


@dataclass
class _Field:
    """A field that has begun and not ended."""

    code: str = ""
    is_result: bool = False


class _Aside(NamedTuple):
    """How a text is left out."""

    kind: RemarkKind
    is_inner: bool
    """Whether it is also left out of what is left out, as a word that had been deleted from it."""


@dataclass
class InlineReader:
    """Reads the paragraphs of one part. A field may go on over several of them."""

    styles: Styles
    urls: Mapping[str, str]
    """Where the links lead, keyed by the id of the relationship."""
    take_image: ImageTaker
    remarks: list[Remark]
    boxes: list[tuple[etree._Element, RemarkKind | None]] = field(default_factory=list)
    """The text boxes that have been found and not been taken, each with the reason for leaving it out."""
    _fields: list[_Field] = field(default_factory=list)
    _inlines: list[Inline] = field(default_factory=list)
    _typed: str = ""
    """The text of the paragraph as it is in the file."""
    _asides: dict[_Aside, str] = field(default_factory=dict)
    """What is left out of the paragraph."""
    _last_aside: _Aside | None = None
    _is_left_out: bool = False
    """Whether the whole paragraph is left out."""
    _inner_asides: int = 0

    def read(self, paragraph: etree._Element, aside: RemarkKind | None = None) -> tuple[Inline, ...]:
        """Return the content of a paragraph. `aside` is why all of it is left out, if it is."""
        self._inlines, self._typed, self._asides, self._last_aside = [], "", {}, None
        self._is_left_out = aside is not None
        self._read_children(paragraph, "", aside)
        self.remarks += [Remark(how.kind, words) for how, text in self._asides.items() if (words := " ".join(text.split()))]
        if usable(self._typed)[1]:
            self.remarks.append(Remark(RemarkKind.SYMBOL, " ".join(word for word in self._typed.split() if usable(word)[1])))
        return tuple(self._with_usable_links(_merged(self._inlines)))

    def _read_children(self, parent: etree._Element, url: str, aside: RemarkKind | None) -> None:
        for child in parent:
            self._read(child, url, aside)

    def _read(self, node: etree._Element, url: str, aside: RemarkKind | None) -> None:
        if not isinstance(node.tag, str) or node.tag in _PROPERTIES:
            return
        if node.tag == f"{W}r":
            self._read_run(node, url, aside)
        elif node.tag == f"{W}txbxContent":
            self.boxes.append((node, aside))
        elif node.tag == f"{W}hyperlink":
            self._read_children(node, self._url(node), aside)
        elif node.tag in _DELETED:
            self._inner_asides += aside is not None
            self._read_children(node, url, aside or RemarkKind.DELETED)
            self._inner_asides -= aside is not None
        elif node.tag == f"{W}fldSimple":
            self._fields.append(_Field(node.get(f"{W}instr", ""), is_result=True))
            self._read_children(node, url, aside)
            self._fields.pop()
        elif node.tag == f"{W}sdt":
            self._read_children(node, url, aside or aside_of_control(node))
        elif node.tag == f"{MC}AlternateContent":
            self._read_children(chosen(node), url, aside)
        elif node.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._read_drawing(node, url, aside)
        elif node.tag in _TEXT:  # of a formula
            self._add(node.text or "", PLAIN, aside)
        else:
            self._read_children(node, url, aside)

    def _url(self, link: etree._Element) -> str:
        """Return where a link leads; empty if it leads to a place in the document."""
        target, anchor = self.urls.get(link.get(f"{R}id", ""), ""), link.get(f"{W}anchor", "")
        return f"{target}#{anchor}" if target and anchor else target

    def _with_usable_links(self, inlines: list[Inline]) -> Iterator[Inline]:
        """Yield the inlines with a URL that a page may have, or with none."""
        for target, group in groupby(inlines, lambda inline: inline.look.url if isinstance(inline, Text) else ""):
            linked = list(group)
            if not target:
                yield from linked
                continue
            text = "".join(one.text for one in linked if isinstance(one, Text))
            url = usable_url(target, text)
            if not url:
                self.remarks.append(Remark(RemarkKind.LINK, f"{text.strip()} ({target})"))
            yield from (Text(one.text, one.look._replace(url=url)) for one in linked if isinstance(one, Text))

    # Runs

    def _read_run(self, run: etree._Element, url: str, aside: RemarkKind | None) -> None:
        if self.styles.is_set(run, "vanish"):
            self._inner_asides += aside is not None
            self._read_run_content(run, url, aside or RemarkKind.HIDDEN)
            self._inner_asides -= aside is not None
        else:
            self._read_run_content(run, url, aside)

    def _read_run_content(self, run: etree._Element, url: str, aside: RemarkKind | None) -> None:
        properties, is_set = run.find(W + "rPr"), self.styles.is_set
        look = Look(is_set(run, "b"), is_set(run, "i"), is_set(run, "strike") or is_set(run, "dstrike"), _position(properties), url or self._field_url())
        for child in run:
            if child.tag in _TEXT:
                self._add(child.text or "", look, aside)
            elif child.tag in _CHARACTERS:
                self._add(_CHARACTERS[child.tag], look, aside)
            elif child.tag == f"{W}sym":
                self._add_symbol(child, look, aside)
            elif child.tag in (f"{W}br", f"{W}cr"):
                self._break(child, aside)
            elif child.tag == f"{W}fldChar":
                self._field_character(child.get(f"{W}fldCharType", ""))
            elif child.tag in (f"{W}instrText", f"{W}delInstrText"):
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                if self._aside(aside) is None:
                    self._inlines.append(NoteMark(note_name(child.tag, child.get(f"{W}id", ""))))
            else:
                self._read(child, url, aside)

    def _add_symbol(self, node: etree._Element, look: Look, aside: RemarkKind | None) -> None:
        code = node.get(f"{W}char", "")
        if character := symbol(code):
            self._add(character, look, aside)
        else:
            self.remarks.append(Remark(RemarkKind.SYMBOL, f"tegn {code} i skriften {node.get(f'{W}font', '')}"))

    def _break(self, node: etree._Element, aside: RemarkKind | None) -> None:
        if self._aside(aside) or node.get(f"{W}type") in ("page", "column"):
            self._add(" ", PLAIN, aside)
        else:
            self._inlines.append(LineBreak())
            self._typed += " "
            self._last_aside = None

    def _field_character(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _field_url(self) -> str:
        """Return where the innermost field that is a link leads; empty if there is none."""
        matches = (_HYPERLINK.match(outer.code) for outer in reversed(self._fields) if outer.is_result)
        return next((match[1] for match in matches if match), "")

    def _aside(self, aside: RemarkKind | None) -> RemarkKind | None:
        """Return why text at this place is left out, or None if it is not."""
        if aside is None and any(not outer.is_result for outer in self._fields):
            return RemarkKind.FIELD
        if aside is None and any(_CONTENTS.match(outer.code) for outer in self._fields):
            return RemarkKind.CONTENTS
        return aside

    def _add(self, text: str, look: Look, aside: RemarkKind | None) -> None:
        kind = self._aside(aside)
        if kind is not None:
            how = _Aside(kind, self._inner_asides > 0)
            before = self._asides.get(how, "")
            is_apart = before and self._last_aside != how and (how.is_inner or not self._is_left_out)
            self._asides[how] = f"{before} … {text}" if is_apart else before + text
            self._last_aside = how
        else:
            self._typed += text
            shown = usable(text)[0]
            for number, line in enumerate(shown.split("\n")):
                self._inlines += [LineBreak()] if number else []
                self._inlines += [Text(line, look)] if line else []
            self._last_aside = None

    # Images

    def _read_drawing(self, drawing: etree._Element, url: str, aside: RemarkKind | None) -> None:
        about = next(drawing.iter(f"{WP}docPr"), None)
        alternative = "" if about is None else about.get("descr") or ""
        if drawing.tag == f"{W}object" or next(drawing.iter(f"{O}OLEObject"), None) is not None:
            program = next((one.get("ProgID", "") for one in drawing.iter(f"{O}OLEObject")), "")
            self.remarks.append(Remark(RemarkKind.EMBEDDED, program or "et objekt"))
        for data in drawing.iter(f"{A}graphicData"):
            if data.get("uri", "").rpartition("/")[2] in ("chart", "diagram"):
                self.remarks.append(Remark(RemarkKind.EMBEDDED, alternative or "et diagram"))
        for node in drawing.iter(f"{A}blip", f"{V}imagedata"):
            if any(outer.tag == f"{W}txbxContent" for outer in node.iterancestors()) or _is_fallback(node, drawing):
                continue  # read with the text box, or read already
            shape = node.getparent()
            id = node.get(f"{R}embed") or node.get(f"{R}id") or node.get(f"{R}link") or ""
            described = alternative or (shape.get("alt", "") if shape is not None else "") or node.get(f"{O}title", "")
            self._add_image(id, usable(" ".join(described.split()))[0], _crop_of(node), aside)
        for box in drawing.iter(f"{W}txbxContent"):
            if not _is_fallback(box, drawing) and not any(outer.tag == f"{W}txbxContent" for outer in box.iterancestors()):
                self.boxes.append((box, aside))
        for text in drawing.iter(f"{A}t"):  # in shapes that are only drawn
            self._add(f" {text.text or ''}", Look(url=url), aside)

    def _add_image(self, id: str, alternative: str, crop: Crop, aside: RemarkKind | None) -> None:
        if kind := self._aside(aside):
            self.remarks.append(Remark(kind, alternative or "et billede"))
        elif image := self.take_image(id, alternative, crop):
            self._inlines.append(image)


def aside_of_control(control: etree._Element) -> RemarkKind | None:
    """Return why the content of a content control is left out, or None if it is not."""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return None
    gallery = next(properties.iter(W + "docPartGallery"), None)
    if gallery is not None and gallery.get(W + "val") == "Table of Contents":
        return RemarkKind.CONTENTS
    return RemarkKind.PLACEHOLDER if is_on(properties, "showingPlcHdr") else None


def chosen(alternatives: etree._Element) -> etree._Element:
    """Return the first of several ways to write the same that has anything to see (ECMA-376 part 3)."""
    ways = [child for child in alternatives if isinstance(child.tag, str)]
    return next((way for way in ways if next(way.iter(*_VISIBLE), None) is not None), ways[0] if ways else alternatives)


def note_name(tag: str, id: str) -> str:
    """Return the name of a note, given the tag of its mark or its text, and its id."""
    return f"word-slutnote-{id}" if "endnote" in tag else f"word-{id}"


def _is_fallback(node: etree._Element, drawing: etree._Element) -> bool:
    """Whether something in a drawing only stands in for something else that is read."""
    for outer in node.iterancestors():
        parent = outer.getparent()
        if outer is drawing:
            return False
        if parent is not None and parent.tag == f"{MC}AlternateContent" and chosen(parent) is not outer:
            return True
    return False


def _crop_of(node: etree._Element) -> Crop:
    parent = node.getparent()
    crop = parent.find(f"{A}srcRect") if parent is not None and node.tag == f"{A}blip" else None
    if crop is None:
        return Crop(0, 0, 0, 0)
    return Crop(*(max(0.0, _thousandths(crop.get(side, "0"))) for side in ("l", "t", "r", "b")))


def _thousandths(text: str) -> float:
    try:
        return int(text) / 100_000
    except ValueError:
        return 0.0


def _position(properties: etree._Element | None) -> str:
    """Return `sup` or `sub` for text that is raised or lowered and small."""
    if align := value(properties, "vertAlign"):
        return {"superscript": "sup", "subscript": "sub"}.get(align, "")
    raised = value(properties, "position") if value(properties, "sz") else None  # as LibreOffice writes it
    return "" if raised in (None, "0") else "sub" if str(raised).startswith("-") else "sup"


def _merged(inlines: list[Inline]) -> list[Inline]:
    """Return the inlines with neighbouring texts of the same look as one."""
    found: list[Inline] = []
    for look, group in groupby(inlines, lambda inline: inline.look if isinstance(inline, Text) else None):
        if look is None:
            found += group
        else:
            found.append(Text("".join(one.text for one in group if isinstance(one, Text)), look))
    return found
