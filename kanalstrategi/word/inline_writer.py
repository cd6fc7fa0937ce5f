"""Turns the text of a page's tree into runs of a Word file: emphasis, languages, links, images, and places that links lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from string import punctuation
from urllib.parse import quote, urljoin

from kanalstrategi.content.urls import PLACEHOLDER_SITE
from kanalstrategi.markdown.nodes import Element, Node, descendants, line_of
from kanalstrategi.word.docx_file import language_tag
from kanalstrategi.word.ooxml import Xml, run, w

_EMPHASIS = {
    "strong": "b", "b": "b", "em": "i", "i": "i", "cite": "i", "var": "i", "dfn": "i", "del": "strike", "s": "strike",
    "ins": "u", "u": "u",
}  # fmt: skip # one line per name would fill a page
"""The elements that are a property of a run."""
_RAISED = {"sub": "subscript", "sup": "superscript"}
_STYLES = {"code": "CodeText", "kbd": "CodeText", "samp": "CodeText", "mark": "Mark"}
"""The elements that are a style of characters."""
_ORDER = ("rStyle", "b", "i", "strike", "u", "vertAlign", "lang")
"""The order in which the properties of a run must stand (ECMA-376 part 1, 17.3.2.28)."""
_SPACE = re.compile("[ \t\n\r\f]+")
"""White space that a browser shows as one space. A space that does not break is none of it."""
_MAX_BOOKMARK_CHARACTERS = 40
_SAME_PAGE = "#"


@dataclass(frozen=True)
class Format:
    """How a run of text looks, and where it leads."""

    properties: tuple[tuple[str, str], ...] = ()
    """The properties of the run, each with its value."""
    href: str = ""
    """Where it leads: a URL, or `#` and an id of this page."""
    tooltip: str = ""

    def having(self, name: str, value: str = "") -> Format:
        """Return the same with one property more."""
        return replace(self, properties=tuple((dict(self.properties) | {name: value}).items()))


@dataclass(frozen=True)
class _Piece:
    """A part of a paragraph: text, or what stands in it like a letter."""

    text: str
    format: Format = Format()
    xml: Xml | None = None

    @property
    def is_mark(self) -> bool:
        """Whether it is one end of a bookmark, which nobody sees."""
        return self.xml is not None and str(self.xml.tag).endswith(("bookmarkStart", "bookmarkEnd"))


@dataclass
class Links:
    """Where the links of one page can lead."""

    url: str
    """The URL of the page, relative to the site's root."""
    site_url: str
    """The URL of the published site, or empty if it is not known."""
    ids: frozenset[str]
    """The ids on the page that its links lead to."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """The numbers of the bookmarks."""
    targets: dict[str, str] = field(default_factory=dict)
    """The name of the bookmark of each id, which may not have all characters that an id may have."""

    @classmethod
    def of(cls, root: Element, url: str, site_url: str) -> Links:
        """Return those of a page, given its tree."""
        links = [node for node in _links_in(root) if not node.has_class("headerlink")]
        targets = {urljoin(PLACEHOLDER_SITE + url, link.attributes["href"]).removeprefix(f"{PLACEHOLDER_SITE}{url}#") for link in links}
        return cls(url, site_url, frozenset(node.id for node in descendants(root) if node.id in targets))

    def resolve(self, href: str) -> str:
        """Return where a link leads: `#` and an id of this page, or a URL; nothing if its target is neither here nor published."""
        target = urljoin(PLACEHOLDER_SITE + self.url, href)
        if not target.startswith(PLACEHOLDER_SITE):
            return quote(href, safe=punctuation)
        url, _, anchor = target.removeprefix(PLACEHOLDER_SITE).partition("#")
        if url == self.url and anchor in self.ids:
            return _SAME_PAGE + anchor
        return quote(urljoin(self.site_url, target.removeprefix(PLACEHOLDER_SITE)), safe=punctuation) if self.site_url else ""

    def bookmark(self, id: str) -> str:
        """Return the name of the bookmark for an id."""
        if id not in self.targets:
            plain = re.sub(r"\W", "_", f"a_{id}")[: _MAX_BOOKMARK_CHARACTERS - 5]
            self.targets[id] = plain if plain not in self.targets.values() else f"{plain}_{len(self.targets)}"
        return self.targets[id]


class InlineWriter:
    """The conversion of what stands in the paragraphs of one document.

    `relate` returns the number of a link to a URL in the file, and `draw` the run with an image, given its element; None if it has none.
    """

    def __init__(self, links: Links, relate: Callable[[str], str], draw: Callable[[Element], Xml | None]) -> None:
        self._links = links
        self._relate = relate
        self._draw = draw

    def content(self, nodes: Sequence[Node], format: Format = Format(), ids: Iterable[str] = ()) -> list[Xml]:
        """Return what stands in a paragraph, without white space at its ends; nothing if nobody would see it. `ids` are those of the paragraph."""
        pieces = _collapsed(self._pieces(nodes, format))
        if not any(piece.text.strip() or piece.xml is not None for piece in pieces):
            return []
        found = [mark for id in ids for mark in self._bookmark(id)]
        for (href, tooltip), linked in groupby(pieces, lambda piece: (piece.format.href, piece.format.tooltip)):
            runs = [xml for piece in linked for xml in self._runs(piece)]
            found += [self._hyperlink(href, tooltip, runs)] if href else runs
        return found

    def _pieces(self, nodes: Iterable[Node], format: Format) -> Iterator[_Piece]:
        for node in nodes:
            if type(node) is str:
                yield _Piece(_SPACE.sub(" ", node), format)
            elif type(node) is Element:
                yield from self._pieces_of(node, format)

    def _pieces_of(self, node: Element, format: Format) -> Iterator[_Piece]:
        tag = node.tag
        if tag == "br":
            yield _Piece("\n", format)
        elif tag == "img":
            drawn = self._draw(node)
            yield _Piece("", format, drawn) if drawn is not None else _Piece(node.attributes.get("alt", ""), format.having("i"))
        elif tag in ("wbr", "script") or node.has_class("icon") or node.has_class("headerlink"):
            return
        elif node.attributes.get("role") == "img" and (name := node.attributes.get("aria-label")):  # a sign, whose name is text here
            yield _Piece(f"{name}:", format.having("b"))
        elif tag == "input":
            yield _Piece("[x] " if "checked" in node.attributes else "[ ] ", format)
        elif node.has_class("rule-source") and not any(self._links.resolve(link.attributes["href"]) for link in _links_in(node)):
            return  # it is nothing but links in brackets
        else:
            yield from (_Piece("", Format(), xml) for xml in self._bookmark(node.id))
            quotes = ("»", "«") if tag == "q" else ("", "")
            inner = self._format(node, format)
            yield _Piece(quotes[0], inner)
            for piece in self._pieces(node.children, inner):
                yield replace(piece, text=piece.text.replace(" ", "\u00a0")) if inner.href.startswith("tel:") else piece
            yield _Piece(quotes[1], inner)
            if node.has_class("sample"):
                yield _Piece(":", format)
            elif node.has_class("key-entry") and not line_of(node).endswith("."):
                yield _Piece(".", format)

    def _format(self, node: Element, format: Format) -> Format:
        tag = node.tag
        if tag in _EMPHASIS:
            format = format.having(_EMPHASIS[tag], "single" if _EMPHASIS[tag] == "u" else "")
        if tag in _RAISED:
            format = format.having("vertAlign", _RAISED[tag])
        if style := _STYLES.get(tag):
            format = format.having("rStyle", style)
        if node.has_class("decision-state"):
            format = format.having("rStyle", "StateDecided" if line_of(node) == "Besluttet" else "StateOpen")
        if node.has_class("sample"):
            format = format.having("b")
        if node.has_class("badge"):
            format = format.having("rStyle", "StateOpen" if node.has_class("draft") else "Strong")
        if language := node.attributes.get("lang"):
            format = format.having("lang", language_tag(language))
        if tag == "a" and (href := self._links.resolve(node.attributes.get("href", ""))) and node.attributes.get("href"):
            name = node.attributes.get("aria-label", "")
            format = replace(format.having("rStyle", "Hyperlink"), href=href, tooltip=name if name != line_of(node) else "")
        return format

    def _runs(self, piece: _Piece) -> Iterator[Xml]:
        if piece.xml is not None:
            yield piece.xml
            return
        properties = sorted(piece.format.properties, key=lambda one: _ORDER.index(one[0]))
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                yield w("r", w("br"))
            if line:
                yield run(line, *[_property(name, value) for name, value in properties])

    def _hyperlink(self, href: str, tooltip: str, runs: list[Xml]) -> Xml:
        more = {"tooltip": tooltip} if tooltip else {}
        if href.startswith(_SAME_PAGE):
            return w("hyperlink", runs, anchor=self._links.bookmark(href[1:]), **more)
        return w("hyperlink", runs, r_id=self._relate(href), **more)

    def _bookmark(self, id: str) -> list[Xml]:
        if id not in self._links.ids:
            return []
        number = next(self._links.numbers)
        return [w("bookmarkStart", id=number, name=self._links.bookmark(id)), w("bookmarkEnd", id=number)]


def _property(name: str, value: str) -> Xml:
    return w(name, val=value) if value else w(name)


def _links_in(node: Element) -> Iterator[Element]:
    return (inner for inner in descendants(node) if inner.tag == "a" and "href" in inner.attributes)


def _collapsed(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Return pieces without white space at the ends of lines, and without two spaces that follow each other."""
    found: list[_Piece] = []
    is_at_start = True
    for piece in pieces:
        text = piece.text
        if piece.xml is not None:
            found.append(piece)
            is_at_start &= piece.is_mark
            continue
        if is_at_start:
            text = text.lstrip(" ")
        if text == "\n":
            _trim_end(found)
        if text:
            found.append(replace(piece, text=text))
            is_at_start = text.endswith((" ", "\n"))
    _trim_end(found)
    return found


def _trim_end(pieces: list[_Piece]) -> None:
    """Take the white space off the end of the last text."""
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if piece.xml is None:
            pieces[place] = replace(piece, text=piece.text.rstrip(" \n"))
            if pieces[place].text:
                return
        elif not piece.is_mark:
            return
