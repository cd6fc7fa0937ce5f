"""Builds a page that is safe to render from a print page, using only known tags and attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urljoin

import tinycss2
from lxml import etree, html
from lxml.html import HtmlElement

from kanalstrategi.design.look import Look
from kanalstrategi.pdf.engine import PdfError
from kanalstrategi.pdf.wkhtmltopdf.fetching import refuse_urls
from kanalstrategi.pdf.wkhtmltopdf.images import ImageCopies
from kanalstrategi.pdf.wkhtmltopdf.page import LINK_BASE, MARK_BASE, PdfHeading, PdfLink, SanitizedPage

ALLOWED_TAGS = frozenset(
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt "
    "em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section "
    "small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
"""The elements that are kept. Other elements are replaced by their content."""

DROPPED_ELEMENTS = frozenset("datalist math noframes option script select style template textarea".split())
"""The elements that are dropped together with their content."""

ALLOWED_ATTRIBUTES = frozenset("class colspan dir id lang reversed rowspan start type value".split())

DEFAULT_DATE = date(2000, 1, 1)
"""The date of a page without a date, since the same page must always give the same file."""

_PLAIN_CSS_TOKENS = frozenset({"dimension", "hash", "ident", "number", "percentage", "whitespace"})
"""The tokens that the value of a declaration may consist of."""


def sanitize_print_page(source: str, site: Path, folder: Path, look: Look) -> SanitizedPage:
    """Return a print page that is safe for wkhtmltopdf. Copy the site's icons and images that it shows into `folder`.

    Raises PdfError for any other URL.
    """
    # As bytes, since lxml refuses text that begins with an XML declaration.
    tree = html.document_fromstring(source.encode(), html.HTMLParser(encoding="utf-8"))
    for element in tree.iter(etree.Element):
        refuse_urls(element)
    body = tree.find("body")
    body = html.Element("body") if body is None else body
    meta = {element.get("name"): element.get("content", "") for element in tree.iter("meta")}
    _add_last_page(body)
    etree.strip_tags(body, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    _replace_inline_svg(body)
    for element in list(body.iter(*DROPPED_ELEMENTS)):
        element.drop_tree()
    for element in list(body.iterdescendants(etree.Element)):
        if element.tag not in ALLOWED_TAGS:
            element.drop_tag()
    _add_selector_classes(body)
    _group_boxes_with_leads(body)
    headings = _name_headings(body)
    images = ImageCopies(site, folder, look)
    links: list[PdfLink] = []
    for element in body.iterdescendants():
        _sanitize_attributes(element, images, links)
    targets = _mark_targets(body, links, headings)
    covers = body.xpath("./section[@class='cover']")
    if covers:
        covers[0].drop_tree()
    return SanitizedPage(
        title=" ".join(tree.findtext(".//title", "").split()),
        author=meta.get("author", ""),
        description=meta.get("description", ""),
        language=tree.get("lang", ""),
        created=_date(meta.get("dcterms.created", "")),
        cover=covers[0] if covers else None,
        body=body,
        headings=headings,
        links=tuple(links),
        targets=targets,
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return DEFAULT_DATE


def _add_last_page(body: HtmlElement) -> None:
    """Add a page that says that the PDF is not tagged. The URL of the newest edition moves to that page, so that it still comes last."""
    imprint = body.xpath("./section[@class='imprint']")
    urls = body.xpath(".//p[@class='newest']//a/@href")
    where = "på nettet"
    if urls:
        site = escape(urljoin(urls[0], "../"))  # on the site, the documents have a folder of their own
        where = f'på nettet: <a href="{site}">{site}</a>'
    page = html.fragment_fromstring(
        '<section class="chapter short untagged"><h1>Om denne PDF</h1>'
        "<p>Denne PDF er ikke tagget. Det betyder, at den ikke er tilgængelig for dig, der bruger skærmlæser "
        "eller et andet hjælpemiddel: det kan ikke se, hvad der er overskrifter, lister og tabeller, eller i hvilken "
        "rækkefølge teksten skal læses.</p>"
        f"<p>Det samme indhold er tilgængeligt som almindelige sider {where}</p></section>"
    )
    page.extend(imprint)
    body.append(page)


def _replace_inline_svg(body: HtmlElement) -> None:
    """Replace inline drawings with their text alternatives, since lxml's HTML parser breaks them: it turns `viewBox` into `viewbox`.

    Drawings in separate files are not affected.
    """
    for drawing in body.xpath(".//svg[not(ancestor::svg)]"):
        title = drawing.xpath("string(.//title)") or drawing.get("aria-label") or ""
        text = html.Element("span")
        text.text, text.tail = title.strip(), drawing.tail
        drawing.getparent().replace(drawing, text)


def _add_selector_classes(body: HtmlElement) -> None:
    """Add the classes that print.css uses in place of `:has()`, which this WebKit does not know."""
    for element in body.xpath(".//ul[li/@id]"):
        element.classes.add("ids")
    for element in body.xpath(".//ul[li[contains(concat(' ', @class, ' '), ' decision ')]]"):
        element.classes.add("decisions")
    for element in body.xpath(".//p[following-sibling::*[1][self::ul or self::ol]]"):
        element.classes.add("leads-list")


def _group_boxes_with_leads(body: HtmlElement) -> None:
    """Group each unbreakable box with the headings and lines that introduce it. WebKit would leave those on the previous page."""
    leads = "self::h2 or self::h3 or self::h4 or contains(@class, 'leads-list')"
    classes = ("definition", "ids", "quoted-rules", "rules", "step")
    has_class = (f"contains(concat(' ', @class, ' '), ' {name} ')" for name in classes)
    boxes = " or ".join(("self::blockquote", *has_class))
    for element in body.xpath(f".//*[{boxes}][not(contains(@class, 'decisions'))][preceding-sibling::*[1][{leads}]]"):
        group = html.Element("div", {"class": "together"})
        element.addprevious(group)
        while before := group.xpath(f"preceding-sibling::*[1][{leads}]"):
            group.insert(0, before[0])
        group.append(element)


def _name_headings(body: HtmlElement) -> tuple[PdfHeading, ...]:
    """Return the headings that become bookmarks. Headings without an id get one."""
    headings = []
    for number, element in enumerate(body.iter("h1", "h2")):
        if not element.get("id"):
            element.set("id", f"overskrift-{number}")
        is_draft = element.tag == "h1" and bool(element.xpath("ancestor::*[contains(@class, 'is-draft')]"))
        title = " ".join(element.text_content().split())
        headings.append(PdfHeading(int(element.tag[1]), title, element.get("id"), is_draft))
    return tuple(headings)


def _mark_targets(body: HtmlElement, links: Sequence[PdfLink], headings: Sequence[PdfHeading]) -> tuple[str, ...]:
    """Add an invisible link, called a mark, at the start of each target. Return the ids of the targets in the order of their marks."""
    ids = {heading.id for heading in headings}
    ids |= {link.target[1:] for link in links if link.target.startswith("#")}
    ids |= {reference[1:] for reference in body.xpath(".//@data-to")}
    marked: list[str] = []
    for element in list(body.iterdescendants()):
        if element.get("id") not in ids or element.get("id") in marked:
            continue
        mark = html.Element("a", {"class": "pdf-mark", "href": f"{MARK_BASE}{len(marked)}"})
        marked.append(element.get("id"))
        # The mark goes into the first element that may contain a link. It goes before a link, since links inside links are split.
        not_containers = ("ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "col")
        containers = element.xpath(f"descendant-or-self::*[not({'|'.join(f'self::{tag}' for tag in not_containers)})][1]")
        container = containers[0] if containers else element
        around = container.xpath("(ancestor-or-self::a | self::img | self::br | self::hr | self::wbr)[1]")
        if around:
            around[0].addprevious(mark)
        else:
            mark.tail, container.text = container.text, None
            container.insert(0, mark)
    if missing := sorted(ids - set(marked)):
        raise PdfError(f"linket #{missing[0]} fører ingen steder hen")
    return tuple(marked)


def _sanitize_attributes(element: HtmlElement, images: ImageCopies, links: list[PdfLink]) -> None:
    """Remove all attributes that are not allowed. Replace the URLs of links with numbers, and add the links to `links`."""
    attributes = {name: value for name, value in element.attrib.items() if name in ALLOWED_ATTRIBUTES}
    if element.tag == "img":
        attributes |= {name: element.get(name) for name in ("width", "height") if element.get(name, "").isdigit()}
        attributes["src"] = images.copy(element.get("src", "").strip())
    if element.tag == "a" and (href := element.get("href", "").strip()):
        attributes["href"] = f"{LINK_BASE}{len(links)}"
        text = element.get("aria-label") or " ".join(element.text_content().split())
        links.append(PdfLink(href, text or href))
    if (reference := element.get("data-to", "")).startswith("#"):
        attributes["data-to"] = reference
    if style := _plain_style(element.get("style", "")):
        attributes["style"] = style
    element.attrib.clear()
    element.attrib.update(attributes)


def _plain_style(style: str) -> str:
    """Return only the declarations that consist of words and numbers, such as the alignment of a table column."""
    declarations = tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
    return "; ".join(
        f"{declaration.lower_name}: {tinycss2.serialize(declaration.value).strip()}"
        for declaration in declarations
        if declaration.type == "declaration"
        and re.fullmatch("[a-z-]+", declaration.lower_name)
        and all(part.type in _PLAIN_CSS_TOKENS and "\\" not in part.serialize() for part in declaration.value)
    )
