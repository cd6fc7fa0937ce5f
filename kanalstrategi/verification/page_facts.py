"""What a built page loads, links to and runs, read from its file once for all promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from kanalstrategi.rendering.inline_hash import inline_hash

MAX_TEXT_CHARACTERS = 60
"""How much of the text of a link is remembered, for messages."""
_LINKS = {"a": "href", "area": "href", "form": "action", "use": "href"}
"""The attribute with the address that an element leads to, keyed by its name."""
_FILES = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src", "embed": "src", "object": "data"}
"""The attribute with the address of a file that an element loads."""
_LOADED_RELATIONS = ("stylesheet", "preload", "modulepreload", "icon", "shortcut icon", "manifest")
"""The values of `rel` of a `link` whose file the browser loads."""
_REFRESH = re.compile(r"\d++\s*+;\s*+url=(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """An address that a page names."""

    target: str
    """As it is written."""
    text: str
    """The words that lead there; empty for a file."""
    is_file: bool
    """Whether the page loads it, and does not only lead there."""
    is_lazy: bool = False
    """Whether the browser loads it only when a reader comes near."""


@dataclass(frozen=True)
class PageFacts:
    """What the promises need to know about a page."""

    url: str
    """Relative to the site's root, such as `kanaler/telefon/`, or `404.html`."""
    ids: frozenset[str]
    references: tuple[Reference, ...]
    canonical: str
    """The public address that it names as its own, or nothing."""
    policy: str
    """The Content-Security-Policy in the page itself, or nothing."""
    scripts: tuple[str, ...]
    """The hash of each script in the page's own text, as a policy has it."""
    inline: tuple[str, ...]
    """What no policy of ours allows, as it stands: styles and scripts in attributes and `style` elements."""


def read_page_facts(file: Path, url: str) -> PageFacts:
    """Return the facts of the page in a file. Raises OSError."""
    root = _root(file.read_bytes())
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    ids = {value for element in elements for name in ("id", "name") if (value := element.get(name)) and (name == "id" or element.tag == "a")}
    metas = {str(meta.get("http-equiv", "")).casefold(): str(meta.get("content", "")) for meta in root.iter("meta")}
    canonical = next((str(link.get("href")) for link in root.iter("link") if link.get("rel") == "canonical"), "")
    scripts = [element for element in elements if element.tag == "script" and not element.get("src") and not _is_data(element)]
    return PageFacts(
        url,
        frozenset(ids),
        tuple(reference for element in elements for reference in _references(element)),
        canonical,
        metas.get("content-security-policy", ""),
        tuple(inline_hash(element.text or "") for element in scripts),
        tuple(found for element in elements for found in _inline(element)),
    )


def _root(content: bytes) -> html.HtmlElement:
    """Return the root of a page's tree, also if there is nothing on it."""
    try:
        return html.document_fromstring(content, html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return html.Element("html")


def _references(element: html.HtmlElement) -> Iterator[Reference]:
    tag = element.tag
    if (name := _LINKS.get(tag)) and (target := element.get(name) or element.get("{http://www.w3.org/1999/xlink}href")) is not None:
        yield Reference(target, " ".join((element.text_content() or element.get("aria-label") or "").split())[:MAX_TEXT_CHARACTERS], is_file=False)
    if (name := _FILES.get(tag)) and (target := element.get(name)):
        yield Reference(target, "", is_file=True, is_lazy=element.get("loading") == "lazy")
    if tag == "link" and (target := element.get("href")):
        is_file = str(element.get("rel", "")).casefold() in _LOADED_RELATIONS
        yield Reference(target, "", is_file)
    for candidate in str(element.get("srcset", "")).split(","):
        if candidate.strip():
            yield Reference(candidate.split()[0], "", is_file=True, is_lazy=True)  # of several, the browser loads one, which `src` stands for
    if tag == "script" and (target := element.get("data-target")):  # where a former address sends readers on to
        yield Reference(target, "", is_file=False)
    if target := element.get("data-script"):
        yield Reference(target, "", is_file=True, is_lazy=True)
    if tag == "meta" and str(element.get("http-equiv", "")).casefold() == "refresh" and (found := _REFRESH.match(element.get("content", ""))):
        yield Reference(found[1], "", is_file=False)
    if tag == "meta" and element.get("property") == "og:image" and (target := element.get("content")):
        yield Reference(target, "", is_file=True, is_lazy=True)


def _inline(element: html.HtmlElement) -> Iterator[str]:
    if element.tag == "style":
        yield "<style>"
    for name, value in element.attrib.items():
        if name == "style" or (name.startswith("on") and name.isalpha()) or str(value).strip().casefold().startswith("javascript:"):
            yield f'<{element.tag} {name}="{value[:MAX_TEXT_CHARACTERS]}">'


def _is_data(element: html.HtmlElement) -> bool:
    """Whether a script is data, which no browser runs."""
    return str(element.get("type", "")).casefold() in ("application/json", "application/ld+json")
