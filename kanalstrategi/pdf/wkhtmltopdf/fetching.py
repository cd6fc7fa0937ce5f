"""Refuses all URLs that wkhtmltopdf could fetch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import tinycss2
from lxml.html import HtmlElement

from kanalstrategi.pdf.charts import CHART_SCHEME
from kanalstrategi.pdf.engine import PdfError, forbidden_url

URL_ATTRIBUTES = frozenset("archive background classid code codebase data href manifest poster src srcdoc srcset".split())
"""The attributes with URLs that a program could fetch. `action`, `cite` and the like are not among them, since they are dropped anyway."""

FETCHING_FUNCTIONS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
"""The CSS functions that take a URL as a string."""


def refuse_urls(element: HtmlElement) -> None:
    """Raise PdfError if an element has a URL that is neither a link nor a file or icon of the site."""
    if element.tag == "style":
        refuse_urls_in_style(tinycss2.parse_stylesheet(element.text_content()))
    if element.tag == "meta" and (element.get("http-equiv") or "").strip().lower() == "refresh":
        raise forbidden_url(element.get("content", ""))
    for qualified_name, value in element.attrib.items():
        name = local_name(qualified_name)
        if name == "style":
            refuse_urls_in_style(tinycss2.parse_component_value_list(value))
        elif name == "href" and element.tag in ("a", "area"):
            _refuse_link(value)
        elif name in URL_ATTRIBUTES:
            refuse_url(value, "site:", "icon:", CHART_SCHEME)


def local_name(name: str) -> str:
    """Return a name without its namespace: `href` for both `xlink:href` and `{http://www.w3.org/1999/xlink}href`."""
    return re.split("[:}]", name)[-1].lower()


def refuse_url(value: str, *allowed: str) -> None:
    """Raise PdfError for a URL that leads out of the page, unless it begins with one of the `allowed` prefixes."""
    url = value.strip()
    if url and not url.startswith(("#", *allowed)):
        raise forbidden_url(url)


def _refuse_link(value: str) -> None:
    """Raise PdfError for a link that a PDF may not have. Links are not fetched, and assembled pages have no relative links."""
    scheme, colon, _ = "".join(value.split()).lower().partition(":")
    if not value.startswith("#") and (not colon or scheme in ("data", "file", "javascript", "vbscript")):
        raise PdfError(f"linket {value} kan ikke stå i en PDF")


def refuse_urls_in_style(nodes: Iterable[tinycss2.ast.Node], allowed: Sequence[str] = ("site:",)) -> None:
    """Raise PdfError for a URL in a style, unless it begins with one of the `allowed` prefixes.

    The style is parsed like in a browser, since `u\\72l(…)` and comments hide from a simpler search.
    """
    for node in nodes:
        if node.type == "url":
            refuse_url(node.value, *allowed)
        elif node.type == "error" and node.kind in ("bad-url", "bad-string"):
            raise forbidden_url(node.message)
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            for part in node.prelude:
                if part.type == "string":
                    raise forbidden_url(part.value)
        elif node.type == "function" and node.lower_name in FETCHING_FUNCTIONS:
            for argument in node.arguments:
                if argument.type == "string":
                    refuse_url(argument.value, *allowed)
        for inner in ("prelude", "content", "arguments"):
            refuse_urls_in_style(getattr(node, inner, None) or (), allowed)
