"""Writes a document as one HTML page, for the engine that reads HTML."""

from __future__ import annotations

import jinja2
from markupsafe import Markup

from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.markdown.nodes import Element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.pdf.length import COLUMN_MM, MAX_LINES_OF_SHORT_CHAPTER, estimated_lines
from kanalstrategi.pdf.print_document import Chapter, PrintDocument

TEMPLATES = OVERRIDES / "pdf"
_IMAGE_MM = 50.0
"""The height that an image is taken to have."""


def print_html(document: PrintDocument) -> str:
    """Return the whole document as HTML."""
    template = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True).get_template("document.html")
    return template.render(
        **vars(document.facts),
        opening=_as_markup(document.opening),
        picture=document.cover_image,
        source=document.opening_source,
        newest=document.newest,
        is_sheet=document.is_sheet,
        chapters=[{**vars(chapter), "is_short": _is_short(chapter), "html": _as_markup(chapter.root)} for chapter in document.chapters],
    )


def _as_markup(root: Element) -> Markup:
    """Return the content of an element as HTML, marked so that templates do not escape it again."""
    return Markup(write_html(root.children))  # noqa: S704 - the renderer escapes all text


def _is_short(chapter: Chapter) -> bool:
    """Whether a chapter goes on below the one before it."""
    return chapter.is_closing or estimated_lines(chapter.root, COLUMN_MM, lambda _: _IMAGE_MM) <= MAX_LINES_OF_SHORT_CHAPTER
