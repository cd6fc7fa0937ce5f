"""The site's pages as the search sees them. Pure: from the content and the rendered pages to records."""

from __future__ import annotations

from collections.abc import Mapping

from macros.content import CHANNELS, STRATEGY
from macros.library import SEARCH
from macros.records import Content, Page, Status
from overrides.pdf.assemble import ids_on_paper

from .sections import SearchedPage, read_sections

STRATEGYS_OWN, IN_A_DOCUMENT, OTHER, OF_A_DRAFT = 1.0, 0.85, 0.4, 0.8
"""What a page weighs: the strategy and its channels most, then what is printed, then what is about the site itself."""


def searched_pages(content: Content, html: Mapping[str, str], places: Mapping[str, str]) -> dict[str, SearchedPage]:
    """The pages by path, in the order of the menu; `html` and `places` (in the menu) by path."""
    chapters = {path for document in content.organisation.documents.values() for path in document.pages}
    departments = {guideline.page.path: guideline.department for guideline in content.guidelines}
    searched = {}
    for path, page in content.pages.items():
        if path == SEARCH:
            continue
        sections, numbered = read_sections(html[path], content.rules)
        searched[path] = SearchedPage(
            url=page.url,
            title=page.title,
            place=departments.get(path) or places.get(path, ""),
            sections=sections,
            numbered=numbered,
            on_paper=frozenset(ids_on_paper(numbered) if path in chapters else ()),
            description=page.description,
            keywords=page.keywords,
            is_draft=page.status is Status.DRAFT,
            is_local=path in departments,
            is_term=path in chapters,
            weight=_weight(page, content),
        )
    return searched


def _weight(page: Page, content: Content) -> float:
    if page.section in (STRATEGY, CHANNELS):
        return STRATEGYS_OWN
    weight = IN_A_DOCUMENT if page.path in content.organisation.printed else OTHER
    return weight * (OF_A_DRAFT if page.status is Status.DRAFT else 1)
