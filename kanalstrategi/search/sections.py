"""Splits a rendered page into sections for the search. No I/O."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from enum import Enum

from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.danish.words import normalize
from kanalstrategi.markdown.footnotes import BACK_CLASS, MARK_CLASS
from kanalstrategi.markdown.nodes import Element, descendants
from kanalstrategi.search.audiences import PageKind

SECTION_HEADINGS = ("h1", "h2", "h3")
"""The headings that begin a section in the search. Lower headings count as text of the section."""

_BLOCKS = frozenset(("div", "section", "p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", "blockquote", "h4", "h5", "h6"))
"""The elements whose text forms a separate block."""

_MARKED = frozenset(("p", "li", "td", "th", "dt", "dd"))
"""The elements that get a mark."""

_QUOTES = frozenset(("quoted-rules", "register", "pull-quote", "rule", "follow-up"))
"""The classes of elements that repeat text from another page or from elsewhere on the same page."""

_SIGNS = frozenset(("headerlink", MARK_CLASS, BACK_CLASS))
"""The classes of elements that are signs in the text: permalinks, and the marks of footnotes with the links back to them."""

_IGNORED = _SIGNS | {
    *("rule-source", "rule-lead", "rule-lead-in", "rules-title", "rules-lead", "passage"),
    *("in-short-title", "leads-to", "decision-state", "admonition-title"),
}
"""The classes of signs, of elements with the same text on every page of their kind, and of quotations whose source is found instead."""

_REASONS = "reasons"
"""The class of the reasons of the chooser's outcomes: quotations in them are many, and are found at their source instead."""

_UNREAD = frozenset(("script", "style", "pre"))
"""The elements whose content is not text for readers who search."""


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
    """The id of its mark in the page's `marked` tree, or its own id."""


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
    cited: list[str] = field(default_factory=list)
    """The `href` of each link to the source of a quotation, and of each rule that is quoted."""


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
    language: str = SITE_LANGUAGE
    """The tag of the language that its text is in."""
    is_draft: bool = False
    edition_state: str = ""
    """For a page that is set apart, the state of its edition as a word: `Forslag`."""
    kind: PageKind = PageKind.STRATEGY
    """What the search ranks the page as."""
    rule_kind: str = ""
    """For the page of a rule, the kind of the rule."""
    stated_on: str = ""
    """For the page of a rule, the URL of the page that states the rule."""
    rules: dict[str, tuple[str, str]] = field(default_factory=dict)
    """For a page that states rules, the kind of each and what it needs before its words to be a sentence, keyed by the rule's id."""
    is_term: bool = True
    """Whether the index of terms covers the page."""
    marked: bytes = b""
    """Its tree, encoded, with a mark at the start of every block; empty unless the page is part of a document."""
    printed_ids: frozenset[str] = frozenset()
    """The ids in the `marked` tree that also exist in the document."""

    @property
    def is_local(self) -> bool:
        """Whether it is a department's guideline."""
        return self.kind is PageKind.GUIDELINE


def read_sections(root: Element, rules: Container[str] = ()) -> tuple[Section, ...]:
    """Return the sections of a page, and add a mark to its tree at the start of every block, which lets the PDF refer to words by page.

    `root` is the page's rendered tree. Elements with `data-search-exclude` are left out. `rules` are the ids of rules.
    Text alternatives of images are ignored, since the text around the images says the same.
    """
    reader = _SectionReader(rules)
    reader.read(root, Kind.TEXT, "")
    sections: list[Section] = []
    for section in reader.sections:
        if sections and not section.blocks:
            continue  # a heading without text below it answers nothing
        # A heading above nothing but rules ("Det betyder, at") is the same on many pages.
        if sections and all(block.kind is Kind.RULE for block in section.blocks):
            sections[-1].blocks += section.blocks
        else:
            sections.append(section)
    return tuple(sections)


class _SectionReader:
    """Collects the sections of a tree in `sections`, and adds the marks to the tree."""

    def __init__(self, rules: Container[str]) -> None:
        self.sections = [Section("", "")]
        self._rules = rules
        self._parent_heading = ""
        """The most recent h2."""
        self._texts: list[str] = []
        """Text that has been read but not been added to a block yet."""
        self._mark_id = ""
        """The id of the mark or element that contains the text."""
        self._mark_count = 0
        self._is_in_reasons = False

    def read(self, element: Element, kind: Kind, anchor: str) -> None:
        """Read an element. `kind` and `anchor` are those of the block around it."""
        tag, attributes = element.tag, element.attributes
        classes = attributes["class"].split() if "class" in attributes else ()
        if tag in _UNREAD or "data-search-exclude" in attributes:
            return
        is_quote = not _QUOTES.isdisjoint(classes) or (tag == "blockquote" and "definition" in classes) or (tag == "li" and _is_only_a_link(element))
        if not _IGNORED.isdisjoint(classes) or (is_quote and self._is_in_reasons):
            self.sections[-1].cited += _hrefs(element)
            return
        if tag == "br":
            self._texts.append(" ")
            return
        if tag in SECTION_HEADINGS:
            self._end_block(kind, anchor)
            self._begin_section(element)
            return
        if tag == "a" and attributes.get("href"):
            self.sections[-1].links.append(LinkText(attributes["href"], _text_of(element)))
        is_block = is_quote or tag in _BLOCKS
        own_kind, own_anchor = kind, attributes.get("id") or anchor
        if is_quote or kind is Kind.QUOTE:
            own_kind = Kind.QUOTE
        elif is_block:
            own_kind = Kind.RULE if attributes.get("id") in self._rules else Kind.TEXT
        outer_mark_id, is_outer_in_reasons = self._mark_id, self._is_in_reasons
        self._is_in_reasons |= _REASONS in classes
        if is_block:
            self._end_block(kind, anchor)
            self._mark_id = attributes.get("id") or self._add_mark(element)
        for child in element.children:
            if type(child) is str:
                self._texts.append(child)
            elif type(child) is Element:
                self.read(child, own_kind, own_anchor)
        self._is_in_reasons = is_outer_in_reasons
        if is_block:
            self._end_block(own_kind, own_anchor)
            self._mark_id = outer_mark_id

    def _add_mark(self, element: Element) -> str:
        """Add a mark to an element with text, and return the mark's id. If items got ids themselves, their list would look like rules."""
        if element.tag not in _MARKED or not _has_text(element):
            return self._mark_id
        self._mark_count += 1
        mark_id = f"sted-{self._mark_count}"
        element.children.insert(0, Element("span", attributes={"id": mark_id}))
        return mark_id

    def _begin_section(self, heading: Element) -> None:
        if heading.tag == "h1" or not heading.id:
            return
        title = _text_of(heading)
        parent_heading = self._parent_heading if heading.tag == "h3" else ""
        if heading.tag == "h2":
            self._parent_heading = title
        self.sections.append(Section(heading.id, title, parent_heading))

    def _end_block(self, kind: Kind, anchor: str) -> None:
        if self._texts:
            if text := normalize("".join(self._texts)):
                self.sections[-1].blocks.append(TextBlock(text, kind, anchor, self._mark_id))
            self._texts.clear()


def _is_only_a_link(item: Element) -> bool:
    """Whether a list item contains nothing but a link."""
    is_linked = False
    for child in item.children:
        if type(child) is str:
            if child.strip():
                return False
        elif is_linked or type(child) is not Element or child.tag != "a":
            return False
        else:
            is_linked = True
    return is_linked


def _hrefs(element: Element) -> list[str]:
    return [node.attributes["href"] for node in (element, *descendants(element)) if node.tag == "a" and node.attributes.get("href")]


def _has_text(element: Element) -> bool:
    """Whether there is any text inside an element."""
    return any(child.strip() if type(child) is str else type(child) is Element and _has_text(child) for child in element.children)


def _text_of(element: Element) -> str:
    """Return the text of a heading or link, without signs and text alternatives of images."""
    texts: list[str] = []
    _collect_text(element, texts)
    return normalize("".join(texts))


def _collect_text(element: Element, texts: list[str]) -> None:
    for child in element.children:
        if type(child) is str:
            texts.append(child)
        elif type(child) is Element:
            if child.tag == "br":
                texts.append(" ")
            elif "class" not in child.attributes or _SIGNS.isdisjoint(child.classes):
                _collect_text(child, texts)
