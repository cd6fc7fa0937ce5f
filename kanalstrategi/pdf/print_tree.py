"""Turns the tree of a page into its tree in a document: without what is only for the screen, and with ids and links that work there.

The URLs of images begin with `site:` and are relative to the site's root, whose location only the PDF engine knows. The URLs of icons
begin with `icon:`, and those of charts, which hold the drawing itself, with `chart:`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from string import punctuation
from urllib.parse import quote, urljoin, urlsplit

from kanalstrategi.content.urls import PLACEHOLDER_SITE
from kanalstrategi.design.icons import icon_svg
from kanalstrategi.design.tokens import tokens
from kanalstrategi.markdown.nodes import Element, Node, descendants, element, text_of
from kanalstrategi.pdf.charts import chart_image
from kanalstrategi.rendering.chart_model import CHART_CLASS

_SCREEN_ATTRIBUTES = frozenset(("target", "rel", "title"))
"""The attributes of links that mean nothing in a document."""


@dataclass(frozen=True)
class DocumentLinks:
    """What the links of a document can lead to."""

    id_prefixes: Mapping[str, str]
    """The prefix of the ids of each page in the document, keyed by URL. It is also the id of the page's title."""
    title_ids: Mapping[str, str]
    """The id that the title of each page has on the site, keyed by URL."""
    site_url: str
    """The URL of the published site, or empty if it is not known."""
    tokens: Mapping[str, str] = field(default_factory=tokens)
    """The design tokens, for charts."""


def print_tree(root: Element, url: str, links: DocumentLinks) -> Element:
    """Return the tree of a page as it is printed, as new elements. `url` is the page's URL, relative to the site's root."""
    return Element("div", children=_PrintTree(url, links).children(root))


def title_of(root: Element) -> Element | None:
    """Return the first heading of level 1."""
    return next((node for node in descendants(root) if node.tag == "h1"), None)


class _PrintTree:
    """The transformation of one page."""

    def __init__(self, url: str, links: DocumentLinks) -> None:
        self._url = url
        self._prefix = links.id_prefixes[url]
        self._links = links
        self._has_title = False

    def children(self, parent: Element) -> list[Node]:
        """Return the children of an element as they are printed."""
        printed: list[Node] = []
        for child in parent.children:
            if type(child) is Element:
                printed += self._printed(child)
            else:
                printed.append(child)
        for before, after in pairwise(node for node in printed if type(node) is Element):
            if after.has_class("leads-to") and (target := before.attributes.get("href")):
                after.attributes["data-to"] = target  # for the page number that is printed there
        return printed

    def _printed(self, node: Element) -> list[Node]:
        if _is_for_screen(node):
            return []
        if node.has_class("icon"):
            return _redrawn_icon(node)
        if node.has_class(CHART_CLASS):
            return [chart_image(node, self._links.tokens)]
        if node.attributes.get("role") == "img" and (name := node.attributes.get("aria-label")):  # on paper, the name of a sign is text
            return [element(f"span.{'.'.join(node.classes)}", self.children(node), name)]
        if node.tag == "a" and "href" in node.attributes:
            return self._printed_link(node)
        if node.attributes.get("class") == "rule-source" and not all(self._href(link) for link in _links_in(node)):
            return []  # it is nothing but links in brackets
        return [Element(node.tag, node.line, self._attributes(node), self.children(node))]

    def _attributes(self, node: Element) -> dict[str, str]:
        attributes = dict(node.attributes)
        if node.id:
            attributes["id"] = f"{self._prefix}--{node.id}"
        if node.tag == "h1" and not self._has_title:
            self._has_title = True
            attributes["id"] = self._prefix
        if node.tag == "img" and "src" in attributes:
            target = urljoin(PLACEHOLDER_SITE + self._url, attributes["src"])
            if target.startswith(PLACEHOLDER_SITE):  # the engine refuses all other URLs
                attributes["src"] = f"site:{_encoded(urlsplit(target).path.lstrip('/'))}"
        return attributes

    def _printed_link(self, link: Element) -> list[Node]:
        """Return a link that leads to the right chapter or to the published site, or only its text if neither is possible.

        A link around an image is dropped, too.
        """
        attributes = {key: value for key, value in self._attributes(link).items() if key not in _SCREEN_ATTRIBUTES}
        href = self._href(link)
        printed = Element("a", link.line, attributes | {"href": href}, self._link_content(link))
        if not href or any(node.tag == "img" for node in descendants(printed)):
            return printed.children
        if link.has_class("on-page"):
            printed.attributes["data-to"] = href
        return [printed, *_address(link)]

    def _link_content(self, node: Element) -> list[Node]:
        """Return what stands in a link, without icons, which are decoration, and on one line."""
        content: list[Node] = []
        for child in node.children:
            if type(child) is not Element:
                content.append(child)
            elif child.tag == "img":
                content += self._printed(child)
            elif child.tag == "br":
                content.append(" ")
            elif not _is_for_screen(child) and not child.has_class("icon"):
                content.append(Element(child.tag, child.line, self._attributes(child), self._link_content(child)))
        return content

    def _href(self, link: Element) -> str:
        """Return the URL of a link in the document, or nothing if its target is not in it and there is no published site."""
        target = urljoin(PLACEHOLDER_SITE + self._url, link.attributes["href"])
        if not target.startswith(PLACEHOLDER_SITE):
            return _encoded(link.attributes["href"])
        links = self._links
        url, _, anchor = target.removeprefix(PLACEHOLDER_SITE).partition("#")
        if url in links.id_prefixes:
            is_title = not anchor or anchor == links.title_ids.get(url)
            return f"#{links.id_prefixes[url]}" if is_title else f"#{links.id_prefixes[url]}--{anchor}"
        return _encoded(urljoin(links.site_url, target.removeprefix(PLACEHOLDER_SITE))) if links.site_url else ""


def _address(link: Element) -> list[Node]:
    """Return the URL of a link to another site, for readers of a printed copy, unless it is already the text of the link."""
    scheme, _, url = link.attributes["href"].partition(":")
    url = url.strip("/")
    return [element("span.address", f" ({url})")] if scheme.lower() in ("http", "https") and url not in text_of(link) else []


def _is_for_screen(node: Element) -> bool:
    return node.tag == "script" or (node.tag == "a" and node.has_class("headerlink"))


def _links_in(node: Element) -> Iterable[Element]:
    return (inner for inner in descendants(node) if inner.tag == "a" and "href" in inner.attributes)


def _redrawn_icon(icon: Element) -> list[Node]:
    """Return an image whose URL begins with `icon:`, for the engine to draw. Icons in links are dropped, since they are decoration."""
    name, token = icon.attributes.get("data-icon", ""), icon.attributes.get("data-color", "")
    return [element("img.icon", src=f"icon:{name}@{token}" if token else f"icon:{name}", alt="")] if icon_svg(name) else []


def _encoded(url: str) -> str:
    """Return a URL with everything but ASCII percent-encoded."""
    return quote(url, safe=punctuation)
