"""Assembles the pages of a document into one HTML page for print.

No I/O. The URLs of images begin with `site:` and are relative to the site's root, whose location only the PDF engine knows.
The URLs of icons begin with `icon:`.

Elements with the class `web-only` are left out, and elements of the opening page with the class `closing` move to the end of the
document. If a heading has such a class, it applies to the whole section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin, urlsplit

import jinja2
from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup

from kanalstrategi.content.urls import PLACEHOLDER_SITE
from kanalstrategi.design.icons import icon_svg
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.design.tokens import print_style
from kanalstrategi.rendering.print_view import drop_web_only, has_class, section_of

TEMPLATES = OVERRIDES / "pdf"
_TITLE_ID = re.compile(r'<h1\b[^>]*\sid="([^"]*)"')


@dataclass(frozen=True)
class PrintPage:
    """A page of the site that is part of a document."""

    url: str
    """The URL of the page, relative to the site's root."""
    html: str
    """The rendered Markdown, without the theme around it."""
    is_draft: bool = False
    source: str = ""
    """The file that an editor would correct."""


@dataclass(frozen=True)
class DocumentFacts:
    """The facts about a document on its cover and in its metadata."""

    title: str
    organisation: str
    description: str
    language: str
    today: date
    edition: str
    """The date of the build in Danish."""
    cover_lines: tuple[str, ...]
    site_url: str
    """The URL of the published site, or empty if it is not known."""
    url: str
    """The document's own URL, relative to the site's root."""


@dataclass(frozen=True)
class Section:
    """A section of a chapter, for the table of contents."""

    id: str
    title: str


@dataclass(frozen=True)
class Chapter(Section):
    """A chapter of the document, made from a page of the site."""

    html: Markup
    sections: list[Section] = field(default_factory=list)
    is_draft: bool = False
    source: str = ""
    """The file that an editor would correct."""
    is_closing: bool = False
    """Whether it ends the document. Such a chapter does not begin on a new page."""


@dataclass(frozen=True)
class CoverImage:
    """The image on the cover and its text alternative."""

    src: str
    alt: str


def assemble(facts: DocumentFacts, opening: PrintPage, pages: Sequence[PrintPage], introduced: bool = True) -> str:
    """Return the whole document as HTML.

    The first image of the opening page goes on the cover, and its text alternative takes its place in the introduction. The table of
    contents replaces the first cards of the opening page or, if there are none, goes at its end. If `introduced` is false, the
    document contains nothing else from the opening page.
    """
    id_prefixes = {page.url: _id_prefix(page.url) for page in ((opening, *pages) if introduced else pages)}
    chapters = [_chapter(page, id_prefixes, facts.site_url) for page in pages]
    introduction = _print_tree(opening, {**id_prefixes, opening.url: _id_prefix(opening.url)}, facts.site_url)
    cover_image = _take_cover_image(introduction)
    closing = _take_closing(introduction)
    if not introduced:
        introduction = html.fragment_fromstring('<div><h1 id="indhold" class="contents-title">Indhold</h1></div>')
    elif closing:
        chapters.append(closing)
    contents = html.fragment_fromstring(_template("contents.html").render(chapters=chapters))
    cards = introduction.xpath(f".//*[{has_class('cards')}]")
    if cards:
        cards[0].getparent().replace(cards[0], contents)
    else:
        introduction.append(contents)
    drop_web_only(introduction)
    document = _template("document.html").render(
        **vars(facts),
        style=Markup(print_style("print.css")),  # noqa: S704 - our own style
        opening=_serialize(introduction),
        picture=cover_image,
        source=opening.source if introduced else "",
        newest=urljoin(facts.site_url, facts.url) if facts.site_url else "",
        chapters=chapters,
    )
    # The title of a page gets the id of its chapter, so links to its former id must lead there too.
    for page in (opening, *pages):
        if page.url in id_prefixes and (title_id := _TITLE_ID.search(page.html)):
            document = document.replace(f'href="#{id_prefixes[page.url]}--{title_id[1]}"', f'href="#{id_prefixes[page.url]}"')
    return document


def _template(name: str) -> jinja2.Template:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True).get_template(name)


def _id_prefix(url: str) -> str:
    """Return the prefix for the ids of a page. It is needed because all pages of a document share one namespace."""
    return url.strip("/").replace("/", "-") or "forside"


def _chapter(page: PrintPage, id_prefixes: dict[str, str], site_url: str) -> Chapter:
    tree = _print_tree(page, id_prefixes, site_url)
    drop_web_only(tree)
    titles = tree.xpath(".//h1")
    title = titles[0].text_content().strip() if titles else page.url
    # A heading with only rules below it ("Det betyder, at") would be meaningless in a table of contents.
    headings = tree.xpath(".//h2[@id][not(following-sibling::*[1][self::ul[li/@id]])]")
    sections = [Section(heading.get("id"), heading.text_content().strip()) for heading in headings]
    return Chapter(id_prefixes[page.url], title, _serialize(tree), sections, page.is_draft, page.source)


def _print_tree(page: PrintPage, id_prefixes: dict[str, str], site_url: str) -> HtmlElement:
    """Return the elements of a page without those that are only for the screen, and with ids and links that work in the document.

    `id_prefixes` are the prefixes of the document's pages, keyed by URL.
    """
    tree = html.fragment_fromstring(page.html, create_parent="div")
    _redraw_icons(tree)
    for element in tree.xpath(f".//a[{has_class('headerlink')}] | .//script | .//comment()"):
        element.drop_tree()
    for list_ in tree.iter("ul", "ol"):
        # WeasyPrint 70 tags the space between items on the same line as content of the list.
        list_.text = (list_.text or "").strip() or None
        for item in list_:
            item.tail = (item.tail or "").strip() or None
    prefix = id_prefixes[page.url]
    for element in tree.iter(html.etree.Element):
        if id := element.get("id"):
            element.set("id", f"{prefix}--{id}")
    for title in tree.xpath("(.//h1)[1]"):
        title.set("id", prefix)
    for link in tree.xpath(".//a[@href]"):
        # WeasyPrint 70 tags the elements in a link separately from the link, which violates PDF/UA-1.
        for inner in link.xpath(".//*[not(self::img)]"):
            inner.drop_tag()
        if link.find("img") is not None:
            link.drop_tag()
            continue
        _rewrite_link(link, page, id_prefixes, site_url)
        if link.get("class") == "on-page":
            link.set("data-to", link.get("href"))
    for name in tree.xpath(f".//*[{has_class('leads-to')}]"):
        name.set("data-to", name.getprevious().get("href"))  # for the page number that is printed there
    for image in tree.xpath(".//img[@src]"):
        target = urljoin(PLACEHOLDER_SITE + page.url, image.get("src"))
        if target.startswith(PLACEHOLDER_SITE):  # the engine refuses all other URLs
            image.set("src", f"site:{urlsplit(target).path.lstrip('/')}")
    return tree


def _redraw_icons(tree: HtmlElement) -> None:
    """Replace icons with images whose URLs begin with `icon:`, for the engine to draw. Icons in links are dropped, since they are decoration."""
    for icon in tree.xpath(f".//*[{has_class('icon')}]"):
        name = icon.get("data-icon", "")
        if icon_svg(name) and not icon.xpath("ancestor::a"):
            icon.addprevious(html.Element("img", {"class": "icon", "src": f"icon:{name}", "alt": ""}))
        icon.drop_tree()


def _rewrite_link(link: HtmlElement, page: PrintPage, id_prefixes: dict[str, str], site_url: str) -> None:
    """Point a link to the right chapter, or to the published site. If neither is possible, drop the link but keep its text."""
    target = urljoin(PLACEHOLDER_SITE + page.url, link.get("href"))
    for attribute in ("target", "rel", "title"):
        link.attrib.pop(attribute, None)
    if not target.startswith(PLACEHOLDER_SITE):
        _append_url(link)
        return
    url, _, anchor = target.removeprefix(PLACEHOLDER_SITE).partition("#")
    if url in id_prefixes:
        link.set("href", f"#{id_prefixes[url]}--{anchor}" if anchor else f"#{id_prefixes[url]}")
    elif site_url:
        link.set("href", urljoin(site_url, url + (f"#{anchor}" if anchor else "")))
    else:
        # The source of a rule is nothing but a link in brackets, so it is dropped as a whole.
        source = next((ancestor for ancestor in link.iterancestors("span") if ancestor.get("class") == "rule-source"), None)
        if source is not None and source.getparent() is not None:
            source.drop_tree()
        else:
            link.drop_tag()


def _append_url(link: HtmlElement) -> None:
    """Add the URL of a link after it for readers of a printed copy, unless the URL is already the text of the link."""
    url = link.get("href").partition(":")[2].strip("/")
    if urlsplit(link.get("href")).scheme in ("http", "https") and url not in link.text_content():
        element = html.Element("span", {"class": "address"})
        element.text = f" ({url})"
        element.tail, link.tail = link.tail, None
        link.getparent().insert(link.getparent().index(link) + 1, element)


def _take_cover_image(tree: HtmlElement) -> CoverImage | None:
    """Remove the first image that is not an icon and return it. If it was alone, its text alternative takes its place."""
    for image in tree.xpath(f"(.//img[not({has_class('icon')})])[1]"):
        cover_image = CoverImage(image.get("src"), image.get("alt", ""))
        parent = image.getparent()
        if parent.tag == "p" and len(parent) == 1 and not parent.text_content().strip():
            alternative = html.fragment_fromstring("<p class='picture-text'></p>")
            alternative.text = cover_image.alt
            parent.getparent().replace(parent, alternative)
        else:
            image.drop_tree()
        return cover_image
    return None


def _take_closing(tree: HtmlElement) -> Chapter | None:
    """Remove the section marked `closing` and return it as a chapter of its own."""
    for heading in tree.xpath(f".//*[{has_class('closing')}]"):
        section = html.Element("div")
        for element in section_of(heading):
            section.append(element)
        heading.tag = "h1"
        return Chapter(heading.get("id"), heading.text_content().strip(), _serialize(section), is_closing=True)
    return None


def _serialize(tree: HtmlElement) -> Markup:
    """Return the content of an element as HTML, marked so that templates do not escape it again."""
    return Markup("".join(html.tostring(child, encoding="unicode") for child in tree))  # noqa: S704 - the page is sanitized
