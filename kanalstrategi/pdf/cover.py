"""Collects the facts for the cover, the header and the metadata of a document."""

from __future__ import annotations

from dataclasses import replace

from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.edition_words import adoption, mark, named, standing
from kanalstrategi.content.frame_words import frame_language, words
from kanalstrategi.content.languages import SITE_LANGUAGE, date_in
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.organisation_model import Document
from kanalstrategi.design.look import Look, default_look
from kanalstrategi.pdf.print_document import DocumentFacts


def document_facts(document: Document, content: Content, *, site_url: str, logo: str = "", look: Look | None = None) -> DocumentFacts:
    """Return the facts about a document of an edition. `site_url` is the URL of the published site, or empty if it is not known."""
    front = content.pages[document.pages[0] if document.is_of_one_page else document.opening]
    language = _language_of(document, content)
    title, edition = document.title or front.title, content.edition
    facts = DocumentFacts(
        title=title,
        organisation=content.organisation.name,
        description=front.description,
        language=language,
        today=content.today,
        printed=words(language, "Udskrevet den $date", date=date_in(frame_language(language), content.today)),
        cover_lines=tuple(filter(None, _adoption_lines(document, front, content))),
        site_url=site_url,
        url=document.url,
        logo=logo,
        look=look or default_look(),
        newest_words=words(language, "Den nyeste udgave findes på"),
    )
    return facts if edition is None or edition.state is EditionState.ADOPTED else _with_edition(facts, edition, document)


def _language_of(document: Document, content: Content) -> str:
    """Return the language of a document: that of its pages, if all are in one, and otherwise the site's."""
    languages = {content.published_pages[path].language for path in document.pages}
    return languages.pop() if len(languages) == 1 else SITE_LANGUAGE


def _with_edition(facts: DocumentFacts, edition: Edition, document: Document) -> DocumentFacts:
    """Return the facts about a document with those about its edition, which is not in force."""
    is_proposed = edition.state in (EditionState.PROPOSAL, EditionState.CONSULTATION)
    return replace(
        facts,
        name=named(facts.title, edition),
        standing=standing(edition),
        newest_words="Forslaget findes på" if is_proposed else "Den udgave, der gælder nu, findes på",
        newest_url="" if is_proposed else f"pdf/{document.id}.pdf",
    )


def _adoption_lines(document: Document, front: Page, content: Content) -> tuple[str, ...]:
    """Return the lines on the cover about the adoption of the document. Lines may be empty."""
    edition, strategy = content.edition, content.strategy
    if edition and edition.state is EditionState.SUPERSEDED:
        return adoption(edition.adopted, edition.adopted_by), mark(edition)
    if edition and edition.state is not EditionState.ADOPTED:
        return mark(edition), "" if edition.state is EditionState.PROPOSAL else "Forslag. Ikke vedtaget"
    if front.status is Status.DRAFT:
        return (words(front.language, "Udkast. Ikke vedtaget"),)
    if front.told_status is None:
        return ()
    if document.is_of_one_page:
        return (words(front.language, "Vedtaget"),)
    adopted = adoption(strategy.adopted, strategy.adopted_by) if strategy else ""
    has_drafts = any(content.pages[path].status is Status.DRAFT for path in document.pages)
    return (adopted, "De kapitler, der er mærket »Udkast«, er ikke vedtaget" if has_drafts else "")
