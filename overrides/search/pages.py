"""The site's pages as the search sees them. Pure: from the content and the rendered pages to records."""

from __future__ import annotations

from macros.content import CHANNELS, STRATEGY
from macros.records import Content, Page, Status
from overrides.pdf.assemble import ids_on_paper

from .sections import SearchedPage, read_sections

STRATEGYS_OWN, IN_A_DOCUMENT, OTHER, OF_A_DRAFT = 1.0, 0.85, 0.4, 0.8
"""What a page weighs: the strategy and its channels most, then what is printed, then what is about the site itself."""


def searched_page(page: Page, html: str, place: str, content: Content) -> SearchedPage:
    """A page; `html` is its rendered Markdown, `place` where the menu has it."""
    guideline = content.guideline_of(page)
    sections, numbered = read_sections(html, content.rules)
    is_printed = page.path in content.organisation.printed
    is_chapter = any(page.path in document.pages for document in content.organisation.documents.values())
    return SearchedPage(
        url=page.url,
        title=page.title,
        place=guideline.department if guideline else place,
        sections=sections,
        numbered=numbered if is_printed else "",
        on_paper=frozenset(ids_on_paper(numbered)) if is_printed else frozenset(),
        description=page.description,
        keywords=page.keywords,
        is_draft=page.status is Status.DRAFT,
        is_local=guideline is not None,
        is_term=is_chapter,
        weight=_weight(page, content),
    )


def _weight(page: Page, content: Content) -> float:
    if page.section in (STRATEGY, CHANNELS):
        return STRATEGYS_OWN
    weight = IN_A_DOCUMENT if page.path in content.organisation.printed else OTHER
    return weight * (OF_A_DRAFT if page.status is Status.DRAFT else 1)
