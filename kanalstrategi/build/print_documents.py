"""Assembles the documents of the site and of its editions from the trees of rendered pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.model import Status
from kanalstrategi.content.organisation_model import Document
from kanalstrategi.markdown.nodes import decode_tree
from kanalstrategi.pdf.cover import document_facts
from kanalstrategi.pdf.print_document import PrintDocument, PrintPage, assemble, assemble_sheet
from kanalstrategi.rendering.macros import Call
from kanalstrategi.search.views import printed_index

if TYPE_CHECKING:
    from kanalstrategi.build.session import BuildSession


def printed_paths(document: Document, session: BuildSession) -> list[str]:
    """Return the paths of the pages that must be rendered before a document can be assembled: all of them, if it has the index of terms."""
    paths = [document.opening, *document.pages]
    return session.searched_paths if SEARCH_PAGE in paths else paths


def print_document(document: Document, session: BuildSession, site_url: str) -> PrintDocument:
    """Return a document. `site_url` is the URL of the published site, or empty if it is not known."""
    logo = session.mkdocs.config.theme.get("logo")
    facts = document_facts(
        document,
        session.content.content_of(document.opening),
        site_url=site_url,
        logo=f"site:{logo}" if logo and not document.is_sheet else "",
        look=session.project.look,
    )
    if document.is_sheet:
        return assemble_sheet(facts, _print_page(document.opening, document, session))
    return assemble(
        facts,
        _print_page(document.opening, document, session),
        [_print_page(path, document, session) for path in document.pages],
        introduced=not document.is_of_one_page,
    )


def _print_page(path: str, document: Document, session: BuildSession) -> PrintPage:
    content = session.content
    page = content.published_pages[path]
    is_draft = page.status is Status.DRAFT and not content.content_of(path).folder  # what an edition is, its header says on each page
    if path == SEARCH_PAGE:
        printed = [content.pages[other].url for other in document.pages]
        index = printed_index(session.terms, printed, Call(content, page).link)
        return PrintPage(page.url, index, is_draft, f"docs/{path}", page.language)
    root = decode_tree(session.indexed(path).marked) if SEARCH_PAGE in document.pages else session.tree(path)
    return PrintPage(page.url, root, is_draft, f"docs/{path}", page.language)
