"""The print HTML of the documents, assembled from the pages of the built site."""

from __future__ import annotations

import functools
from collections.abc import Container
from dataclasses import replace
from pathlib import Path

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.organisation_model import Document
from kanalstrategi.content.project import read_project
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.markdown.nodes import Element, decode_tree, descendants
from kanalstrategi.pdf.print_document import DocumentFacts, PrintDocument, PrintPage, assemble, assemble_sheet
from kanalstrategi.rendering.macros import Call
from kanalstrategi.search.indexed_pages import index_page
from kanalstrategi.search.sections import IndexedPage
from kanalstrategi.search.term_index import term_entries
from kanalstrategi.search.views import printed_index
from tests.support.adopted_text import article
from tests.support.project import EPOCH, ROOT
from tests.support.trees import tree_of

CONTENT = read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content
DOCUMENTS = CONTENT.organisation.documents


def reassembled(site: Path, document: Document) -> PrintDocument:
    """Return a document, put together again."""

    def printed(path: str) -> PrintPage:
        url = CONTENT.pages[path].url
        if path == SEARCH_PAGE:
            call = Call(CONTENT, CONTENT.pages[path])
            index = term_entries(searched(site).values(), danish_dictionary())
            return PrintPage(url, printed_index(index, [CONTENT.pages[other].url for other in document.pages], call.link))
        return PrintPage(url, decode_tree(searched(site)[path].marked), CONTENT.pages[path].status.value == "draft")

    front = CONTENT.pages[document.pages[0] if document.is_of_one_page else document.opening]
    facts = DocumentFacts(
        document.title or front.title,
        CONTENT.organisation.name,
        "",
        "da",
        CONTENT.today,
        "Udskrevet den 1. januar 2026",
        ("Vedtaget den 28. februar 2023 af direktion og chefgruppe", "Udkast. Ikke vedtaget", "De kapitler, der er mærket »Udkast«, er ikke vedtaget"),
        "",
        document.url,
        "site:billeder/logo.svg",
    )  # fmt: skip - laid out by hand, as a table
    if document.is_sheet:
        return assemble_sheet(facts, printed(document.opening))
    return assemble(facts, printed(document.opening), [printed(path) for path in document.pages], not document.is_of_one_page)


def repeated(document: PrintDocument, times: int) -> PrintDocument:
    """Return a document with its chapters several times more, each with ids and links of its own, but once in the table of contents."""
    ids = {node.id for chapter in document.chapters for node in descendants(chapter.root) if node.id}
    chapters = [replace(chapter, root=_numbered(chapter.root, ids, number)) for number in range(times) for chapter in document.chapters]
    return replace(document, chapters=[*document.chapters, *chapters])


def _numbered(root: Element, ids: Container[str], number: int) -> Element:
    """Return a copy of an element with a number behind each of the ids, and behind what leads to them."""
    attributes = {
        key: f"{value}-{number}" if key in ("id", "href", "data-to") and value.removeprefix("#") in ids else value for key, value in root.attributes.items()
    }
    return Element(root.tag, root.line, attributes, [_numbered(child, ids, number) if type(child) is Element else child for child in root.children])


@functools.cache
def searched(site: Path) -> dict[str, IndexedPage]:
    """Return the pages of a built site as the search reads them."""
    roots = {path: tree_of(article(site, page.url)) for path, page in CONTENT.pages.items() if path != SEARCH_PAGE}
    return {path: index_page(CONTENT.pages[path], root, "", CONTENT) for path, root in roots.items()}


def page_with(html: str) -> str:
    """Return the print HTML of a document whose only page holds some HTML."""
    return f'<!doctype html><html lang="da"><title>x</title><body><h1>x</h1>{html}<p>enden</p></body></html>'
