"""A page's sections, each with what stands in it. Pure: from a page's HTML to records."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field
from enum import Enum

from lxml.html import HtmlElement, fragment_fromstring, tostring

SECTION_HEADINGS = ("h1", "h2", "h3")
"""The headings that begin a section of the search's; those below are text in it."""

_BLOCKS = frozenset(("div", "section", "p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", "blockquote", "h4", "h5", "h6"))

_MARKED = frozenset(("p", "li", "td", "th", "dt", "dd"))

_QUOTES = frozenset(("quoted-rules", "register", "pull-quote", "rule"))
"""Classes of what shows again what stands on another page, or elsewhere on this."""

_IGNORED = frozenset(("headerlink", "rule-source", "rules-title", "rules-lead", "leads-to", "decision-state", "admonition-title"))
"""Classes of what is there on every page of its kind, and tells none from another."""


class Kind(Enum):
    """What a piece of text is; a rule where it stands weighs more than where it is shown again."""

    TEXT = "text"
    RULE = "rule"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, an item of a list, a cell."""

    text: str
    kind: Kind = Kind.TEXT
    anchor: str = ""
    """Its own id, if it has one."""
    place: str = ""
    """The id of its mark in the page as `numbered`, or its own."""


@dataclass(frozen=True, slots=True)
class LinkText:
    """What a page calls another, or a section of it, that it links to."""

    href: str
    text: str


@dataclass
class Section:
    """A heading, and what stands between it and the next."""

    anchor: str
    heading: str
    above: str = ""
    """The heading that it belongs under, where that is not the page's title."""
    pieces: list[TextBlock] = field(default_factory=list)
    mentions: list[LinkText] = field(default_factory=list)


@dataclass(frozen=True)
class IndexedPage:
    """A page, and what a result says of it."""

    url: str
    title: str
    place: str
    """The department that a guideline is for, or where the menu has the page."""
    sections: tuple[Section, ...]
    """The first is what stands above the first heading but the title; its anchor and heading are empty."""
    description: str = ""
    keywords: tuple[str, ...] = ()
    """What readers may call what the page is about."""
    is_draft: bool = False
    is_local: bool = False
    """Whether it is a department's: those say much the same, and so one is enough near the top."""
    is_term: bool = True
    """Whether what it is about stands in the index of terms."""
    numbered: str = ""
    """Its HTML with a mark at the start of every piece, if it stands in a document."""
    on_paper: frozenset[str] = frozenset()
    """The ids of that which a document which it stands in has too."""
    weight: float = 1.0
    """How much its words count beside those of other pages."""


def read_sections(html: str, rules: Container[str] = ()) -> tuple[tuple[Section, ...], str]:
    """The sections of a page's rendered Markdown, without what it marks `data-search-exclude`; `rules` are ids. And the
    page with a mark at the start of every piece, by which paper can tell where a word stands.

    What pictures show is told by their pages, so their text alternatives are not read.
    """
    reader, tree = _SectionReader(rules), fragment_fromstring(html, create_parent="div")
    reader.read(tree, Kind.TEXT, "")
    sections: list[Section] = []
    for section in reader.sections:
        if sections and not section.pieces:
            continue  # a heading over what is not read is no answer
        # A heading over nothing but rules ("Det betyder, at") tells none from another.
        if sections and all(piece.kind is Kind.RULE for piece in section.pieces):
            sections[-1].pieces += section.pieces
        else:
            sections.append(section)
    numbered = (tree.text or "") + "".join(tostring(child, encoding="unicode") for child in tree)
    return tuple(sections), numbered


class _SectionReader:
    def __init__(self, rules: Container[str]) -> None:
        self.sections = [Section("", "")]
        self._rules = rules
        self._above = ""
        self._text = ""
        """What has been read and stands in no piece yet."""
        self._place = ""
        """The id of the element that it stands in."""
        self._places = 0

    def read(self, element: HtmlElement, kind: Kind, anchor: str) -> None:
        """Read an element inside a piece of a kind and with an anchor. What follows the element is the caller's."""
        classes = set((element.get("class") or "").split())
        if classes & _IGNORED or element.tag in ("script", "style", "pre") or "data-search-exclude" in element.attrib:
            return
        if element.tag == "br":
            self._text += " "
        if element.tag in SECTION_HEADINGS:
            self._end(kind, anchor)
            self._begin(element)
            return
        if element.tag == "a" and element.get("href"):
            self.sections[-1].mentions.append(LinkText(element.get("href"), _plain_text(element.text_content())))
        is_quote = bool(classes & _QUOTES) or (element.tag == "blockquote" and "definition" in classes) or _is_only_a_link(element)
        own_kind, own_anchor = kind, element.get("id") or anchor
        if is_quote or kind is Kind.QUOTE:
            own_kind = Kind.QUOTE
        elif element.tag in _BLOCKS:
            own_kind = Kind.RULE if element.get("id") in self._rules else Kind.TEXT
        is_piece = is_quote or element.tag in _BLOCKS
        around = self._place
        if is_piece:
            self._end(kind, anchor)
            self._place = element.get("id") or self._new_place(element)
        self._text += element.text or ""
        for child in element:
            if isinstance(child, HtmlElement):
                self.read(child, own_kind, own_anchor)
            self._text += child.tail or ""
        if is_piece:
            self._end(own_kind, own_anchor)
            self._place = around

    def _new_place(self, element: HtmlElement) -> str:
        """Give what holds text a place inside it: an id of its own would make a list look like one of rules."""
        if element.tag not in _MARKED or not element.text_content().strip():
            return self._place
        self._places += 1
        mark = element.makeelement("span", {"id": f"sted-{self._places}"})
        mark.tail, element.text = element.text, None
        element.insert(0, mark)
        return str(mark.get("id"))

    def _begin(self, heading: HtmlElement) -> None:
        title = _plain_text(_own_text(heading))
        if heading.tag == "h1" or not heading.get("id"):
            return
        above = self._above if heading.tag == "h3" else ""
        if heading.tag == "h2":
            self._above = title
        self.sections.append(Section(heading.get("id"), title, above))

    def _end(self, kind: Kind, anchor: str) -> None:
        if text := _plain_text(self._text):
            self.sections[-1].pieces.append(TextBlock(text, kind, anchor, self._place))
        self._text = ""


def _is_only_a_link(element: HtmlElement) -> bool:
    """Whether an item of a list only leads on."""
    if element.tag != "li" or len(element) != 1 or element[0].tag != "a":
        return False
    return not _plain_text((element.text or "") + (element[0].tail or ""))


def _own_text(heading: HtmlElement) -> str:
    """What a heading says, without the link to itself."""
    return (heading.text or "") + "".join(
        ("" if "headerlink" in (child.get("class") or "") else child.text_content()) + (child.tail or "")
        for child in heading
        if isinstance(child, HtmlElement)
    )


def _plain_text(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
