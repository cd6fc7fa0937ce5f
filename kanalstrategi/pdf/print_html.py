"""Writes a document as one HTML page, for the engine that reads HTML."""

from __future__ import annotations

import jinja2
from markupsafe import Markup

from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.markdown.nodes import Element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.pdf.length import is_short
from kanalstrategi.pdf.print_document import PrintDocument

TEMPLATES = OVERRIDES / "pdf"


def print_html(document: PrintDocument) -> str:
    """Return the whole document as HTML."""
    template = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True).get_template("document.html")
    return template.render(
        **vars(document.facts),
        opening=_as_markup(document.opening),
        picture=document.cover_image,
        source=document.opening_source,
        newest=document.newest,
        chapters=[{**vars(chapter), "is_short": is_short(chapter), "html": _as_markup(chapter.root)} for chapter in document.chapters],
    )


def _as_markup(root: Element) -> Markup:
    """Return the content of an element as HTML, marked so that templates do not escape it again."""
    return Markup(write_html(root.children))  # noqa: S704 - the renderer escapes all text
