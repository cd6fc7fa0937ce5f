"""Turns text with links, emphasis, footnotes, code and images into data for the template. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.markdown.footnotes import BACK_CLASS, MARK_CLASS
from kanalstrategi.markdown.nodes import Element, Node, descendants, text_of
from kanalstrategi.pdf.charts import CHART_SCHEME, chart_file
from kanalstrategi.pdf.length import COLUMN_MM
from kanalstrategi.pdf.typst.breaks import BREAK, MIN_LETTERS, breakable, collapsed, hyphenated
from kanalstrategi.pdf.typst.references import Link, References, TypstNode, UnprintableError, footnote_link

SPANS = (
    "rule-source",
    "decision-state",
    "overdue",
    "badge",
    "course",
    "big-figure",
    "address",
    "sign",
    "rule-kind",
    "rule-lead",
    "key-entry",
    "sample",
    "block-reference",
    "block-change",
)  # fmt: skip - names
"""The classes of texts that the template has a style for."""
_EMPHASIS = {
    "strong": "strong", "b": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "var": "emphasis", "del": "strike", "s": "strike",
    "sub": "sub", "sup": "super", "mark": "mark", "ins": "underline", "u": "underline", "small": "small",
}  # fmt: skip # one line per name would fill a page
_UNDERLINED, _STRUCK = ("ins", "u"), ("del", "s")
"""What is struck is not underlined, too: Typst (0.15) has no tag for it."""
_PLAIN = frozenset((*_UNDERLINED, "a", "abbr", "span", "time", "label", "button", "dfn"))
_CODE = frozenset(("code", "kbd", "samp"))
_MM_PER_PIXEL = 25.4 / 96
MAX_IMAGE_MM = 200.0
"""The height of the tallest image, as the template has it."""


class InlineConverter:
    """The conversion of what stands in a paragraph, heading, item or cell."""

    def __init__(self, references: References, image_sizes: Mapping[str, tuple[int, int]], note_content: Callable[[Element], list[TypstNode]]) -> None:
        """Begin with the footnotes' content as `note_content` converts it, since it may have paragraphs and lists."""
        self._references = references
        self._image_sizes = image_sizes
        self._note_content = note_content
        self._min_letters = MIN_LETTERS
        self._is_struck = False
        self.language = SITE_LANGUAGE
        """The language of the text that is converted, which says where its words may be divided."""

    def trimmed(self, children: Sequence[Node], min_letters: int = MIN_LETTERS) -> list[TypstNode]:
        """Return inline content without space at its ends. Words with at least `min_letters` may be divided."""
        self._min_letters = min_letters
        content = _trimmed(self._merged(self._inlines(children)))
        self._min_letters = MIN_LETTERS
        return content

    def image(self, src: str, alt: str, attributes: Mapping[str, str]) -> dict[str, Any]:
        """Return an image with its width in millimetres: as many CSS pixels as an editor has asked for, or as it has."""
        return {"file": image_file(src), "alt": alt, "width": self._image_width(src, attributes)}

    def image_height(self, node: Element) -> float:
        """Return the height of an image in millimetres, where it has room; the most that it can have if it is a drawing."""
        src = node.attributes.get("src", "")
        width, height = self._image_sizes.get(src, (0, 0))
        return min(self._image_width(src, node.attributes) * height / width, MAX_IMAGE_MM) if width else MAX_IMAGE_MM

    def _image_width(self, src: str, attributes: Mapping[str, str]) -> float:
        width, height = self._image_sizes.get(src, (0, 0))
        asked, tall = int(attributes.get("width") or 0), int(attributes.get("height") or 0)
        if not asked and tall and height:
            asked = round(tall * width / height)
        return min((asked or width) * _MM_PER_PIXEL or COLUMN_MM, COLUMN_MM)

    def _inlines(self, children: Iterable[Node]) -> Iterator[TypstNode]:
        for child in children:
            if type(child) is str:
                yield collapsed(child)
            elif type(child) is Element:
                yield from self._inline(child)

    def _inline(self, node: Element) -> list[TypstNode]:
        tag = node.tag
        if tag == "br":
            return [["line-break", {}, []]]
        if tag == "wbr":
            return [BREAK]
        if tag == "input":
            return ["[x] " if "checked" in node.attributes else "[ ] "]
        if tag == "img":
            return [self._inline_image(node)]
        if link := footnote_link(node):
            return self._footnote(node, link)
        if tag == "a" and node.attributes.get("href"):
            return [self._link(node)]
        label = self._references.label(node)
        anchor: list[TypstNode] = [["anchor", label, []]] if label else []
        return [*anchor, *self._text(node)]

    def _text(self, node: Element) -> list[TypstNode]:
        """Return an element that is only text of some kind."""
        tag = node.tag
        if tag in _CODE:
            return [["code", {"text": breakable(text_of(node))}, []]]
        if style := next((name for name in SPANS if node.has_class(name)), ""):
            text: list[TypstNode] = [breakable(text_of(node))] if style == "address" else self._content(node)
            return [["span", {"style": style, "kinds": node.classes}, text]]
        if node.has_class("state"):  # in an example, which is no link
            return [["state", {"kinds": node.classes}, self._content(node)]]
        before, self.language = self.language, node.attributes.get("lang") or self.language
        content = self._content(node)
        self.language = before
        if node.attributes.get("dir") == "ltr" and "lang" not in node.attributes:
            return [["left-to-right", {}, content]]
        if node.attributes.get("lang"):
            return [["language", {"code": node.attributes["lang"]}, content]]
        if node.has_class("leads-to"):
            return [*content, ["leads-to", {"to": node.attributes["data-to"][1:]}, []]]
        if tag == "q":
            return ["»", *content, "«"]
        if tag in _EMPHASIS and not (tag in _UNDERLINED and (self._is_struck or _has(node, _STRUCK))):
            return [[_EMPHASIS[tag], {}, content]]
        if tag in _PLAIN:
            return content
        raise UnprintableError(f"HTML-mærket <{tag}> kan ikke komme på papir", node.line)

    def _content(self, node: Element) -> list[TypstNode]:
        was_struck, self._is_struck = self._is_struck, self._is_struck or node.tag in _STRUCK
        content = self._merged(self._inlines(node.children))
        self._is_struck = was_struck
        return content

    def _merged(self, nodes: Iterable[TypstNode]) -> list[TypstNode]:
        """Return nodes with texts that follow each other joined, and soft hyphens where long words may be divided."""
        found: list[TypstNode] = []
        for node in nodes:
            if isinstance(node, str) and found and isinstance(found[-1], str):
                found[-1] = collapsed(found[-1] + node)
            elif node != "":
                found.append(node)
        return [hyphenated(node, self._min_letters, self.language) if isinstance(node, str) else node for node in found]

    def _footnote(self, mark: Element, link: Element) -> list[TypstNode]:
        """Return a footnote at its first mark, and a further mark at the others."""
        id = link.attributes["href"][1:]
        note = self._references.element(id)
        if note is None:
            return [text_of(mark)]
        name = link.attributes.get("aria-label") or f"Fodnote {text_of(link)}"
        self._references.links.append(Link(link.attributes["href"], name))
        if not self._references.take([id]):
            return [["footnote-again", {"to": id}, []]]
        self._references.links.append(Link(f"#{link.id}", "Tilbage til teksten"))
        self._references.take([link.id, *(node.id for node in descendants(note) if node.id)])
        sign = "" if mark.has_class(MARK_CLASS) else text_of(link)
        return [["footnote", {"id": id, "sign": sign}, self._note_content(Element("li", note.line, {}, _without_ways_back(note, f"#{link.id}")))]]

    def _link(self, node: Element) -> TypstNode:
        href = node.attributes["href"]
        name = " ".join((node.attributes.get("aria-label") or text_of(node)).split())
        self._references.links.append(Link(href, name))
        values = self._references.label(node) | ({"to": href[1:]} if href.startswith("#") else {"url": href})
        values["lined"] = not self._is_struck and not _has(node, (*_UNDERLINED, *_STRUCK))
        text = text_of(node)
        is_address = "://" in text or text.startswith("www.") or ("@" in text and " " not in text.strip())
        content: list[TypstNode] = [breakable(text)] if is_address else self._content(node)
        if node.attributes.get("dir") == "ltr":
            content = [["left-to-right", {}, content]]
        if href.startswith("tel:") and content == [text]:
            content = [["whole", {}, [text]]]
        if node.has_class("state"):
            return ["state", values | {"kinds": node.classes}, content]
        return ["link", values, content]

    def _inline_image(self, node: Element) -> TypstNode:
        src = node.attributes.get("src", "")
        if src.startswith("icon:"):
            return ["icon", {"file": image_file(src)}, []]
        return ["picture", self.image(src, node.attributes.get("alt", ""), node.attributes), []]


def _has(node: Element, tags: Sequence[str]) -> bool:
    return any(part.tag in tags for part in descendants(node))


def image_file(src: str) -> str:
    """Return the name of an image's file in the folder that Typst reads, given its URL.

    Only drawings keep an extension: Typst (0.15) believes it, also where a JPEG has become a PNG so that it is shown as in browsers.
    """
    if src.startswith(CHART_SCHEME):
        return chart_file(src)
    kind, _, name = src.partition(":")
    return f"{kind}/{name.replace('/', '--')}" + (".svg" if kind == "icon" else "" if name.endswith(".svg") else ".pixels")


def _without_ways_back(parent: Element, mark: str) -> list[Node]:
    """Return the content of a footnote without the links from it back to its marks."""
    kept: list[Node] = []
    for child in parent.children:
        if type(child) is not Element:
            kept.append(child)
        elif not child.has_class(BACK_CLASS) and child.attributes.get("href") != mark:
            kept.append(Element(child.tag, child.line, child.attributes, _without_ways_back(child, mark)))
    if kept and kept[-1] == "\u00a0":
        kept.pop()
    return kept


def _trimmed(nodes: list[TypstNode]) -> list[TypstNode]:
    if not nodes:
        return []
    start = 1 if len(nodes) > 1 and nodes[0][:1] == ["anchor"] else 0
    if isinstance(first := nodes[start], str):
        nodes[start] = first.lstrip(" ")
    if isinstance(last := nodes[-1], str):
        nodes[-1] = last.rstrip(" ")
    return [node for node in nodes if node != ""]
