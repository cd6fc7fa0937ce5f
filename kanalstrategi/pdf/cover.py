"""Collects the facts for the cover and the metadata of a document."""

from __future__ import annotations

from kanalstrategi.content.model import Content, Document, Page, Status
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.pdf.print_document import DocumentFacts


def document_facts(document: Document, content: Content, *, site_url: str, language: str, logo: str = "") -> DocumentFacts:
    """Return the facts about a document. `site_url` is the URL of the published site, or empty if it is not known."""
    front = content.pages[document.pages[0] if document.is_of_one_page else document.opening]
    return DocumentFacts(
        title=document.title or front.title,
        organisation=content.organisation.name,
        description=front.description,
        language=language,
        today=content.today,
        printed=f"Udskrevet den {long_date(content.today)}",
        cover_lines=tuple(filter(None, _adoption_lines(document, front, content))),
        site_url=site_url,
        url=document.url,
        logo=logo,
    )


def _adoption_lines(document: Document, front: Page, content: Content) -> tuple[str, ...]:
    """Return the lines on the cover about the adoption of the document. Lines may be empty."""
    if front.status is Status.DRAFT:
        return ("Udkast. Ikke vedtaget",)
    if document.is_of_one_page:
        return ("Vedtaget",)
    strategy = content.strategy
    adopted = f"Vedtaget den {long_date(strategy.adopted)} af {strategy.adopted_by}" if strategy else ""
    has_drafts = any(content.pages[path].status is Status.DRAFT for path in document.pages)
    return (adopted, "De kapitler, der er mærket »Udkast«, er ikke vedtaget" if has_drafts else "")
