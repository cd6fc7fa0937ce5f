"""Assembles the pages of a document into the trees of its parts, which a PDF engine lays out.

No I/O. Elements with the class `web-only` are left out, and elements of the opening page with the class `closing` move to the end of the
document. If a heading has such a class, it applies to the whole section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from urllib.parse import urljoin

from kanalstrategi.content.frame_words import words
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.design.look import Look, default_look
from kanalstrategi.markdown.nodes import Element, descendants, element, text_of
from kanalstrategi.pdf.print_tree import DocumentLinks, print_tree, title_of
from kanalstrategi.rendering.print_view import drop_web_only, section_of


@dataclass(frozen=True)
class PrintPage:
    """A page of the site that is part of a document."""

    url: str
    """The URL of the page, relative to the site's root."""
    root: Element
    """The tree of the page, without macro calls. It stays as it is."""
    is_draft: bool = False
    source: str = ""
    """The file that an editor would correct."""
    language: str = SITE_LANGUAGE
    """The tag of the language that its text is in."""


@dataclass(frozen=True)
class DocumentFacts:
    """The facts about a document on its cover and in its metadata."""

    title: str
    organisation: str
    description: str
    language: str
    today: date
    printed: str
    """When it was made, in Danish: "Udskrevet den 28. november 2026"."""
    cover_lines: tuple[str, ...]
    site_url: str
    """The URL of the published site, or empty if it is not known."""
    url: str
    """The document's own URL, relative to the site's root."""
    logo: str = ""
    """The URL of the municipality's logo, which begins with `site:`; empty if there is none."""
    name: str = ""
    """The title in the metadata, which names the edition and its state where the title does not; empty if it is the title."""
    standing: str = ""
    """What the header says about the edition, such as "I høring til 1. maj 2026"; empty for the one in force."""
    newest_words: str = "Den nyeste udgave findes på"
    """What leads up to `newest`."""
    newest_url: str = ""
    """The URL of the document that holds instead of this one, relative to the site's root; empty if it is this one."""
    look: Look = field(default_factory=default_look)


@dataclass(frozen=True)
class Section:
    """A section of a chapter, for the table of contents."""

    id: str
    title: str


@dataclass(frozen=True)
class Chapter(Section):
    """A chapter of the document, made from a page of the site."""

    root: Element
    sections: list[Section] = field(default_factory=list)
    is_draft: bool = False
    source: str = ""
    """The file that an editor would correct."""
    language: str = SITE_LANGUAGE
    """The tag of the language that its text is in."""
    is_closing: bool = False
    """Whether it ends the document. Such a chapter does not begin on a new page."""


@dataclass(frozen=True)
class CoverImage:
    """The image on the cover and its text alternative."""

    src: str
    alt: str


@dataclass(frozen=True)
class PrintDocument:
    """A whole document. Its links lead to ids in it, or away; the URLs of images begin with `site:` or `icon:`."""

    facts: DocumentFacts
    opening: Element
    """What comes before the chapters. Where the table of contents goes, there is an `ol.contents`."""
    opening_source: str
    cover_image: CoverImage | None
    chapters: list[Chapter]
    is_sheet: bool = False
    """Whether it is one sheet of paper, without a cover and a table of contents."""

    @property
    def newest(self) -> str:
        """The URL where the newest edition is, or an empty string if it is not known."""
        return urljoin(self.facts.site_url, self.facts.newest_url or self.facts.url) if self.facts.site_url else ""


def assemble(facts: DocumentFacts, opening: PrintPage, pages: Sequence[PrintPage], introduced: bool = True) -> PrintDocument:
    """Return the whole document.

    The first image of the opening page goes on the cover, and its text alternative takes its place in the introduction. The table of
    contents replaces the first cards of the opening page or, if there are none, goes at its end. If `introduced` is false, the
    document contains nothing else from the opening page.
    """
    links = _document_links((opening, *pages) if introduced else pages, facts)
    chapters = [_chapter(page, links) for page in pages]
    introduction = print_tree(opening.root, opening.url, links if introduced else _document_links([opening], facts))
    cover_image = _take_cover_image(introduction)
    closing = _take_closing(introduction)
    if not introduced:
        introduction = element("div", element("h1.contents-title", words(facts.language, "Indhold"), id="indhold"))
        closing = element("div")
    contents = element("ol.contents")
    if not _replace_cards(introduction, contents):
        introduction.children.append(contents)
    drop_web_only(element("div", introduction, closing))
    if title := title_of(closing):
        chapters.append(Chapter(title.id, text_of(title).strip(), closing, is_closing=True))
    contents.children = [_contents_entry(chapter, facts.language) for chapter in chapters]
    return PrintDocument(facts, introduction, opening.source if introduced else "", cover_image, chapters)


def assemble_sheet(facts: DocumentFacts, page: PrintPage) -> PrintDocument:
    """Return a document that is one sheet of paper: only the page itself."""
    return PrintDocument(facts, element("div"), "", None, [_chapter(page, _document_links([page], facts))], is_sheet=True)


def _document_links(pages: Sequence[PrintPage], facts: DocumentFacts) -> DocumentLinks:
    titles = {page.url: title_of(page.root) for page in pages}
    title_ids = {url: title.id for url, title in titles.items() if title}
    return DocumentLinks({page.url: _id_prefix(page.url) for page in pages}, title_ids, facts.site_url, facts.look.tokens)


def _id_prefix(url: str) -> str:
    """Return the prefix for the ids of a page. It is needed because all pages of a document share one namespace."""
    return url.strip("/").replace("/", "-") or "forside"


def _chapter(page: PrintPage, links: DocumentLinks) -> Chapter:
    root = print_tree(page.root, page.url, links)
    drop_web_only(root)
    title = title_of(root)
    sections = [Section(heading.id, text_of(heading).strip()) for heading in _section_headings(root)]
    return Chapter(links.id_prefixes[page.url], text_of(title).strip() if title else page.url, root, sections, page.is_draft, page.source, page.language)


def _section_headings(parent: Element) -> Iterator[Element]:
    """Yield the headings of sections, except those with only rules below them ("Det betyder, at"), which mean nothing in the contents."""
    inner = [child for child in parent.children if type(child) is Element]
    for child, below in zip_longest(inner, inner[1:]):
        if child.tag == "h2" and child.id and not (below and _has_rules(below)):
            yield child
        yield from _section_headings(child)


def _has_rules(list_: Element) -> bool:
    return list_.tag in ("ul", "ol") and any(type(item) is Element and item.tag == "li" and item.id for item in list_.children)


def _contents_entry(chapter: Chapter, language: str) -> Element:
    sections = [element("li", _contents_link(section)) for section in chapter.sections]
    return element("li", _contents_link(chapter, f" ({words(language, 'udkast')})" if chapter.is_draft else ""), element("ol", sections) if sections else [])


def _contents_link(section: Section, note: str = "") -> Element:
    target = f"#{section.id}"
    return element("div.entry", element("a", section.title + note, href=target), " ", element("span.page", data_to=target))


def _take_cover_image(parent: Element) -> CoverImage | None:
    """Remove the first image that is not an icon and return it. If it was alone, its text alternative takes its place."""
    for position, child in enumerate(parent.children):
        if type(child) is not Element:
            continue
        if child.tag == "img" and not child.has_class("icon"):
            del parent.children[position]
            return CoverImage(child.attributes.get("src", ""), child.attributes.get("alt", ""))
        if image := _take_cover_image(child):
            if child.tag == "p" and all(type(node) is str and not node.strip() for node in child.children):
                parent.children[position] = element("p.picture-text", image.alt)
            return image
    return None


def _take_closing(root: Element) -> Element:
    """Remove the section marked `closing`, and return an element with it, whose heading is now that of a chapter. It may be empty."""
    for parent in (root, *descendants(root)):
        for position, child in enumerate(parent.children):
            if type(child) is Element and child.has_class("closing"):
                section = section_of(parent.children, position)
                del parent.children[position : position + len(section)]
                child.tag = "h1"
                return element("div", section)
    return element("div")


def _replace_cards(parent: Element, contents: Element) -> bool:
    """Put the table of contents in the place of the first cards, and return whether there were any."""
    for position, child in enumerate(parent.children):
        if type(child) is not Element:
            continue
        if child.has_class("cards"):
            parent.children[position] = contents
            return True
        if _replace_cards(child, contents):
            return True
    return False
