"""What an HTML5 parser by another hand (html5ever, in nh3) makes of a page: what a browser would make of it, and what is foreign in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

import nh3

from kanalstrategi.markdown.nodes import VOID_ELEMENTS, Element, Node, descendants

EVERYWHERE = {"class", "id", "title", "lang", "aria-label"}
"""The attributes of any element."""
ELEMENTS: dict[str, set[str]] = {
    **{
        tag: set()
        for tag in (
            *("abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3"),
            *("h4", "h5", "h6", "hr", "i", "ins", "kbd", "mark", "p", "pre", "q", "s", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody"),
            *("tfoot", "thead", "tr", "wbr", "li"),
        )
    },
    "a": {"href", "role"},
    "details": {"open"},
    "img": {"alt", "src"},
    "ol": {"start"},
    "section": {"role"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "ul": set(),
}
"""The elements of a page without macros, each with its attributes. Written down again here, so that a change of the program's list is noticed."""
_OF_MACROS: dict[str, set[str]] = {
    "a": {"data-search-exclude"},
    "path": {"d"},
    "span": {"data-icon", "aria-hidden", "role"},
    "svg": {"viewBox", "xmlns"},
    "ul": {"data-search-exclude"},
}
"""What macros and permalinks add."""
_BY_BRACES = {"width", "height", "start"}
"""The attributes that braces may give any element."""
ALLOWED = {tag: EVERYWHERE | _BY_BRACES | ELEMENTS.get(tag, set()) | _OF_MACROS.get(tag, set()) for tag in (*ELEMENTS, *_OF_MACROS)}
"""Everything that can be on a page, as far as these tests go."""
ELEMENTS_OF_ATTACKS = (
    "applet", "area", "audio", "base", "body", "button", "canvas", "embed", "foreignobject", "form", "frame", "frameset", "g", "head", "html", "iframe",
    "image", "input", "isindex", "label", "link", "marquee", "math", "meta", "mglyph", "mi", "mtext", "noscript", "object", "option", "param", "plaintext",
    "script", "select", "source", "style", "template", "textarea", "title", "track", "video", "x-y", "xmp",
)  # fmt: skip # laid out by hand, as a table
ATTRIBUTES_OF_ATTACKS = (
    "action", "autofocus", "background", "content", "data", "data-md-component", "formaction", "http-equiv", "name", "onbegin", "onblur", "onclick",
    "onerror", "onfocus", "onload", "onmouseover", "onstart", "ontoggle", "poster", "src", "srcdoc", "srcset", "style", "tabindex", "target", "type",
    "xlink:href",
)  # fmt: skip # laid out by hand, as a table

Structure = list[tuple[str, dict[str, str], "Structure"]]
"""Elements, each with its attributes and the elements inside it."""


def structure_of(content: Iterable[Node]) -> Structure:
    """Return the elements of a tree."""
    return [(node.tag, node.attributes, structure_of(node.children)) for node in content if type(node) is Element]


def structure_in_browser(html: str) -> Structure:
    """Return the elements that an HTML5 parser finds in some HTML, without those and the attributes that are foreign on a page."""
    reader = _StructureReader()
    reader.feed(_cleaned(html, ALLOWED))
    reader.close()
    return reader.top


def foreign_elements(root: Element) -> list[str]:
    """Return the elements and attributes of a tree that are foreign on a page."""
    found = []
    for element in descendants(root):
        allowed = ALLOWED.get(element.tag)
        found += [element.tag] if allowed is None else [f"{element.tag} {key}" for key in element.attributes if key not in allowed]
    return found


def is_foreign(html: str) -> bool:
    """Whether an HTML5 parser finds in some HTML what is foreign on a page."""
    everything = {tag: {*ATTRIBUTES_OF_ATTACKS, *set().union(*ALLOWED.values())} for tag in (*ALLOWED, *ELEMENTS_OF_ATTACKS)}
    return _cleaned(html, ALLOWED) != _cleaned(html, everything)


def _cleaned(html: str, elements: Mapping[str, set[str]]) -> str:
    return nh3.clean(
        html,
        tags=set(elements),
        clean_content_tags=set(),
        attributes={tag: set(own) for tag, own in elements.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=False,
    )


class _StructureReader(HTMLParser):
    """Reads HTML in which every element has its end tag, as nh3 writes it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: Structure = []
        self._inside = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside: Structure = []
        self._inside[-1].append((tag, {"viewBox" if key == "viewbox" else key: value or "" for key, value in attrs}, inside))
        if tag not in VOID_ELEMENTS:
            self._inside.append(inside)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID_ELEMENTS:
            self._inside.pop()
