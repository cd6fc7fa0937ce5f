"""Splits a rendered page into sections for the search. No I/O."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field
from enum import Enum

from lxml.html import HtmlElement, fragment_fromstring, tostring

SECTION_HEADINGS = ("h1", "h2", "h3")
"""The headings that begin a section in the search. Lower headings count as text of the section."""

_BLOCKS = frozenset(("div", "section", "p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", "blockquote", "h4", "h5", "h6"))
"""The elements whose text forms a separate block."""

_MARKED = frozenset(("p", "li", "td", "th", "dt", "dd"))
"""The elements that get a mark."""

_QUOTES = frozenset(("quoted-rules", "register", "pull-quote", "rule"))
"""The classes of elements that repeat text from another page or from elsewhere on the same page."""

_IGNORED = frozenset(("headerlink", "rule-source", "rules-title", "rules-lead", "leads-to", "decision-state", "admonition-title"))
"""The classes of elements with the same text on every page of their kind."""


class Kind(Enum):
    """The kind of a block of text. A rule has more weight in its original place than where it is quoted."""

    TEXT = "text"
    RULE = "rule"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """The text of a paragraph, list item or table cell."""

    text: str
    kind: Kind = Kind.TEXT
    anchor: str = ""
    """Its own id, if it has one."""
    mark_id: str = ""
    """The id of its mark in the page's `marked_html`, or its own id."""


@dataclass(frozen=True, slots=True)
class LinkText:
    """A link. Its text is a name that this page has for the target."""

    href: str
    text: str


@dataclass
class Section:
    """A heading and the text up to the next heading."""

    anchor: str
    heading: str
    parent_heading: str = ""
    """The heading that it belongs under, unless that is the title of the page."""
    blocks: list[TextBlock] = field(default_factory=list)
    links: list[LinkText] = field(default_factory=list)


@dataclass(frozen=True)
class IndexedPage:
    """A page in the form that the search needs: the text of its sections, and the facts that a result shows."""

    url: str
    title: str
    place: str
    """The department of a guideline; for other pages, the name of their section in the menu."""
    sections: tuple[Section, ...]
    """The sections. The first one is the text before the first heading after the title, with an empty anchor and heading."""
    description: str = ""
    keywords: tuple[str, ...] = ()
    """Names that readers may have for the subject of the page."""
    is_draft: bool = False
    is_local: bool = False
    """Whether it is a department's guideline. Guidelines are much alike, so one near the top of the results is enough."""
    is_term: bool = True
    """Whether the index of terms covers the page."""
    marked_html: str = ""
    """Its HTML with a mark at the start of every block, if the page is part of a document."""
    printed_ids: frozenset[str] = frozenset()
    """The ids in `marked_html` that also exist in the document."""
    weight: float = 1.0
    """How much its words count compared with those on other pages, from 0 to 1."""


def read_sections(html: str, rules: Container[str] = ()) -> tuple[tuple[Section, ...], str]:
    """Return the sections of a page, and its HTML with a mark at the start of every block, which lets the PDF refer to words by page.

    `html` is the page's rendered Markdown. Elements with `data-search-exclude` are left out. `rules` are the ids of rules.
    Text alternatives of images are ignored, since the text around the images says the same.
    """
    reader, tree = _SectionReader(rules), fragment_fromstring(html, create_parent="div")
    reader.read(tree, Kind.TEXT, "")
    sections: list[Section] = []
    for section in reader.sections:
        if sections and not section.blocks:
            continue  # a heading without text below it answers nothing
        # A heading above nothing but rules ("Det betyder, at") is the same on many pages.
        if sections and all(block.kind is Kind.RULE for block in section.blocks):
            sections[-1].blocks += section.blocks
        else:
            sections.append(section)
    marked_html = (tree.text or "") + "".join(tostring(child, encoding="unicode") for child in tree)
    return tuple(sections), marked_html


class _SectionReader:
    """Collects the sections of a tree in `sections`, and adds the marks to the tree."""

    def __init__(self, rules: Container[str]) -> None:
        self.sections = [Section("", "")]
        self._rules = rules
        self._parent_heading = ""
        """The most recent h2."""
        self._text = ""
        """Text that has been read but not been added to a block yet."""
        self._mark_id = ""
        """The id of the mark or element that contains the text."""
        self._mark_count = 0

    def read(self, element: HtmlElement, kind: Kind, anchor: str) -> None:
        """Read an element, without its tail. `kind` and `anchor` are those of the block around it."""
        classes = set((element.get("class") or "").split())
        if classes & _IGNORED or element.tag in ("script", "style", "pre") or "data-search-exclude" in element.attrib:
            return
        if element.tag == "br":
            self._text += " "
        if element.tag in SECTION_HEADINGS:
            self._end_block(kind, anchor)
            self._begin_section(element)
            return
        if element.tag == "a" and element.get("href"):
            self.sections[-1].links.append(LinkText(element.get("href"), _normalize(element.text_content())))
        is_quote = bool(classes & _QUOTES) or (element.tag == "blockquote" and "definition" in classes) or _is_only_a_link(element)
        own_kind, own_anchor = kind, element.get("id") or anchor
        if is_quote or kind is Kind.QUOTE:
            own_kind = Kind.QUOTE
        elif element.tag in _BLOCKS:
            own_kind = Kind.RULE if element.get("id") in self._rules else Kind.TEXT
        is_block = is_quote or element.tag in _BLOCKS
        outer_mark_id = self._mark_id
        if is_block:
            self._end_block(kind, anchor)
            self._mark_id = element.get("id") or self._add_mark(element)
        self._text += element.text or ""
        for child in element:
            if isinstance(child, HtmlElement):
                self.read(child, own_kind, own_anchor)
            self._text += child.tail or ""
        if is_block:
            self._end_block(own_kind, own_anchor)
            self._mark_id = outer_mark_id

    def _add_mark(self, element: HtmlElement) -> str:
        """Add a mark to an element with text, and return the mark's id. If items got ids themselves, their list would look like rules."""
        if element.tag not in _MARKED or not element.text_content().strip():
            return self._mark_id
        self._mark_count += 1
        mark = element.makeelement("span", {"id": f"sted-{self._mark_count}"})
        mark.tail, element.text = element.text, None
        element.insert(0, mark)
        return str(mark.get("id"))

    def _begin_section(self, heading: HtmlElement) -> None:
        title = _normalize(_own_text(heading))
        if heading.tag == "h1" or not heading.get("id"):
            return
        parent_heading = self._parent_heading if heading.tag == "h3" else ""
        if heading.tag == "h2":
            self._parent_heading = title
        self.sections.append(Section(heading.get("id"), title, parent_heading))

    def _end_block(self, kind: Kind, anchor: str) -> None:
        if text := _normalize(self._text):
            self.sections[-1].blocks.append(TextBlock(text, kind, anchor, self._mark_id))
        self._text = ""


def _is_only_a_link(element: HtmlElement) -> bool:
    """Whether an element is a list item that contains nothing but a link."""
    if element.tag != "li" or len(element) != 1 or element[0].tag != "a":
        return False
    return not _normalize((element.text or "") + (element[0].tail or ""))


def _own_text(heading: HtmlElement) -> str:
    """Return the text of a heading without its permalink."""
    texts = [heading.text or ""]
    for child in heading:
        if isinstance(child, HtmlElement):
            is_own_link = "headerlink" in (child.get("class") or "")
            texts += ["" if is_own_link else child.text_content(), child.tail or ""]
    return "".join(texts)


def _normalize(text: str) -> str:
    """Return the text in NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())
