"""Put the pages of a document together as one HTML page for print.

Pure: from the pages' rendered HTML to HTML. Pictures get addresses that begin with
`site:`, relative to the site's root; only the PDF engine knows where that is. Those of
icons begin with `icon:`.

What a page marks `web-only` is left out; what the opening page marks `closing` ends the
document. A heading that is marked takes its section along.
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
    """A page of the site as it goes into a document."""

    url: str
    """Relative to the site's root."""
    html: str
    """The rendered Markdown, without the theme around it."""
    is_draft: bool = False
    source: str = ""
    """The file that an editor would mend."""


@dataclass(frozen=True)
class DocumentFacts:
    """What a document says of itself."""

    title: str
    organisation: str
    description: str
    language: str
    today: date
    edition: str
    """The date as the document tells it."""
    cover_lines: tuple[str, ...]
    site_url: str
    """Where the site is published, or empty when it is not."""
    url: str
    """The document's own address, relative to the site's root."""


@dataclass(frozen=True)
class Section:
    id: str
    title: str


@dataclass(frozen=True)
class Chapter(Section):
    html: Markup
    sections: list[Section] = field(default_factory=list)
    is_draft: bool = False
    source: str = ""
    is_closing: bool = False
    """Whether it ends the document, and needs no page of its own."""


@dataclass(frozen=True)
class CoverImage:
    src: str
    alt: str


def assemble(facts: DocumentFacts, opening: PrintPage, pages: Sequence[PrintPage], introduced: bool = True) -> str:
    """The whole document as HTML.

    The opening page's picture goes on the cover, with its text alternative in the
    introduction; its first cards become the table of contents, or it ends with that.
    Unless the document is introduced by it, nothing else of the opening page is there.
    """
    included = {page.url: _id_prefix(page.url) for page in ((opening, *pages) if introduced else pages)}
    chapters = [_chapter(page, included, facts.site_url) for page in pages]
    front = _print_tree(opening, {**included, opening.url: _id_prefix(opening.url)}, facts.site_url)
    picture = _take_cover_image(front)
    closing = _take_closing(front)
    if not introduced:
        front = html.fragment_fromstring('<div><h1 id="indhold" class="contents-title">Indhold</h1></div>')
    elif closing:
        chapters.append(closing)
    contents = _template("contents.html").render(chapters=chapters)
    table = html.fragment_fromstring(contents)
    places = front.xpath(f".//*[{has_class('cards')}]")
    if places:
        places[0].getparent().replace(places[0], table)
    else:
        front.append(table)
    drop_web_only(front)
    made = _template("document.html").render(
        **vars(facts),
        style=Markup(print_style("print.css")),
        opening=_serialize(front),
        picture=picture,
        source=opening.source if introduced else "",
        newest=urljoin(facts.site_url, facts.url) if facts.site_url else "",
        chapters=chapters,
    )
    # A title has its chapter's id; links to its own lead there too.
    for page in (opening, *pages):
        if page.url in included and (own := _TITLE_ID.search(page.html)):
            made = made.replace(f'href="#{included[page.url]}--{own[1]}"', f'href="#{included[page.url]}"')
    return made


def _template(name: str) -> jinja2.Template:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True).get_template(name)


def _id_prefix(url: str) -> str:
    """A page's own prefix for the ids on it, since all pages of a document share one name space."""
    return url.strip("/").replace("/", "-") or "forside"


def _chapter(page: PrintPage, included: dict[str, str], site_url: str) -> Chapter:
    tree = _print_tree(page, included, site_url)
    drop_web_only(tree)
    titles = tree.xpath(".//h1")
    title = titles[0].text_content().strip() if titles else page.url
    # A heading over nothing but rules ("Det betyder, at") says nothing in a table of contents.
    headings = tree.xpath(".//h2[@id][not(following-sibling::*[1][self::ul[li/@id]])]")
    sections = [Section(heading.get("id"), heading.text_content().strip()) for heading in headings]
    return Chapter(included[page.url], title, _serialize(tree), sections, page.is_draft, page.source)


def _print_tree(page: PrintPage, included: dict[str, str], site_url: str) -> HtmlElement:
    """The page's elements, without what only a screen needs, with ids and links fit for one long page."""
    tree = html.fragment_fromstring(page.html, create_parent="div")
    _redraw_icons(tree)
    for element in tree.xpath(f".//a[{has_class('headerlink')}] | .//script | .//comment()"):
        element.drop_tree()
    for found in tree.iter("ul", "ol"):
        # WeasyPrint 70 tags the space between points that stand on one line as content of the list.
        found.text = (found.text or "").strip() or None
        for point in found:
            point.tail = (point.tail or "").strip() or None
    key = included[page.url]
    for element in tree.iter(html.etree.Element):
        if id := element.get("id"):
            element.set("id", f"{key}--{id}")
    for title in tree.xpath("(.//h1)[1]"):
        title.set("id", key)
    for link in tree.xpath(".//a[@href]"):
        # WeasyPrint 70 tags what stands inside a link apart from it, which breaks PDF/UA-1.
        for inner in link.xpath(".//*[not(self::img)]"):
            inner.drop_tag()
        if link.find("img") is not None:
            link.drop_tag()
            continue
        _rewrite_link(link, page, included, site_url)
        if link.get("class") == "on-page":
            link.set("data-to", link.get("href"))
    for mark in tree.xpath(f".//*[{has_class('leads-to')}]"):
        mark.set("data-to", mark.getprevious().get("href"))  # so that its page number can stand there
    for picture in tree.xpath(".//img[@src]"):
        target = urljoin(PLACEHOLDER_SITE + page.url, picture.get("src"))
        if target.startswith(PLACEHOLDER_SITE):  # the engine refuses the others
            picture.set("src", f"site:{urlsplit(target).path.lstrip('/')}")
    return tree


def _redraw_icons(tree: HtmlElement) -> None:
    """Icons as pictures with addresses that begin with `icon:`, which the engine draws: decoration, and so not in links."""
    for drawing in tree.xpath(f".//*[{has_class('icon')}]"):
        name = drawing.get("data-icon", "")
        if icon_svg(name) and not drawing.xpath("ancestor::a"):
            drawing.addprevious(html.Element("img", {"class": "icon", "src": f"icon:{name}", "alt": ""}))
        drawing.drop_tree()


def _rewrite_link(link: HtmlElement, page: PrintPage, included: dict[str, str], site_url: str) -> None:
    target = urljoin(PLACEHOLDER_SITE + page.url, link.get("href"))
    for attribute in ("target", "rel", "title"):
        link.attrib.pop(attribute, None)
    if not target.startswith(PLACEHOLDER_SITE):
        _print_url(link)
        return
    url, _, anchor = target.removeprefix(PLACEHOLDER_SITE).partition("#")
    if url in included:
        link.set("href", f"#{included[url]}--{anchor}" if anchor else f"#{included[url]}")
    elif site_url:
        link.set("href", urljoin(site_url, url + (f"#{anchor}" if anchor else "")))
    else:
        # A link that leads nowhere is worse than none, and so is what only names one.
        source = next((above for above in link.iterancestors("span") if above.get("class") == "rule-source"), None)
        if source is not None and source.getparent() is not None:
            source.drop_tree()
        else:
            link.drop_tag()


def _print_url(link: HtmlElement) -> None:
    """Where a link leads, for who holds the document in their hand."""
    address = link.get("href").partition(":")[2].strip("/")
    if urlsplit(link.get("href")).scheme in ("http", "https") and address not in link.text_content():
        written = html.Element("span", {"class": "address"})
        written.text = f" ({address})"
        written.tail, link.tail = link.tail, None
        link.getparent().insert(link.getparent().index(link) + 1, written)


def _take_cover_image(tree: HtmlElement) -> CoverImage | None:
    """Take the first picture out, leaving its text alternative as text in its place."""
    for image in tree.xpath(f"(.//img[not({has_class('icon')})])[1]"):
        picture = CoverImage(image.get("src"), image.get("alt", ""))
        holder = image.getparent()
        text = html.fragment_fromstring("<p class='picture-text'></p>")
        text.text = picture.alt
        if holder.tag == "p" and len(holder) == 1 and not holder.text_content().strip():
            holder.getparent().replace(holder, text)
        else:
            image.drop_tree()
        return picture
    return None


def _take_closing(tree: HtmlElement) -> Chapter | None:
    """Take the section out that shall end the document, as a chapter of its own."""
    for heading in tree.xpath(f".//*[{has_class('closing')}]"):
        section = html.Element("div")
        for element in section_of(heading):
            section.append(element)
        heading.tag = "h1"
        return Chapter(heading.get("id"), heading.text_content().strip(), _serialize(section), is_closing=True)
    return None


def _serialize(tree: HtmlElement) -> Markup:
    # Markup: this is HTML that was parsed above, not text to be escaped.
    return Markup("".join(html.tostring(child, encoding="unicode") for child in tree))
