"""The PDFs of a site: paper says what the pages say, and everyone can read it."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.model import Content
from kanalstrategi.content.organisation_model import Document
from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, UnreadableError
from kanalstrategi.pdf.audit.runner import audit
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.main_text import lines_of, printed_part
from kanalstrategi.verification.model import BUILD_AGAIN, Finding, NothingToTryError

_OF_TEXT = "text-missing"
"""The rule of the audit that is about words which are not on paper."""


def paper_says_the_same(site: BuiltSite) -> Iterator[Finding]:
    """Yield the words of pages that are not in the PDF which holds the page."""
    yield from _findings(site, is_of_text=True)


def paper_is_accessible(site: BuiltSite) -> Iterator[Finding]:
    """Yield what the audit says about the PDFs."""
    yield from _findings(site, is_of_text=False)


def _findings(site: BuiltSite, is_of_text: bool) -> Iterator[Finding]:
    if not site.content.documents:
        raise NothingToTryError("hjemmesiden har ingen PDF’er")
    for document, content in site.content.documents:
        file = site.folder / document.url
        if not file.is_file():
            yield Finding(f"/{document.url}", "PDF’en er ikke på hjemmesiden", BUILD_AGAIN)
            continue
        if missing := [url for url in urls_in(document, content) if not site.file_of(url).is_file()]:
            if is_of_text:
                yield from (Finding(f"/{url}", f"siden er i {document.url}, men ikke på hjemmesiden", BUILD_AGAIN) for url in missing)
            continue
        try:
            found = _audited(site, document, content)
        except ValueError as error:  # a template of the site's own has left out the main content
            yield Finding(f"/{document.url}", f"en side i den har intet <article>: {error}", "læg sidens indhold i et <article>, som programmets skabelon gør")
            continue
        for diagnostic in found:
            if (diagnostic.rule == _OF_TEXT) == is_of_text:
                yield Finding(f"/{document.url}{f', side {diagnostic.page}' if diagnostic.page else ''}", diagnostic.message, diagnostic.hint)


def urls_in(document: Document, content: Content) -> list[str]:
    """Return the URLs of the pages in a document. The search page is not one of them: documents have an index in its place."""
    opening = [] if document.is_of_one_page else [document.opening]
    return [content.pages[path].url for path in (*opening, *document.pages) if path != SEARCH_PAGE and path in content.pages]


def _audited(site: BuiltSite, document: Document, content: Content) -> list[PdfDiagnostic]:
    """Return what the audit says about a document, which takes seconds and is therefore remembered."""
    if document.url not in site.audits:
        lines = [line for url in urls_in(document, content) for line in lines_of(printed_part(site.file_of(url)))]
        try:
            site.audits[document.url] = audit(site.folder / document.url, lines)
        except UnreadableError as error:
            site.audits[document.url] = [PdfDiagnostic("unreadable", None, str(error), BUILD_AGAIN)]
    return site.audits[document.url]
