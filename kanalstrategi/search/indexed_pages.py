"""Prepares pages for the search. No I/O."""

from __future__ import annotations

from dataclasses import replace

from kanalstrategi.content.chooser_model import Chooser
from kanalstrategi.content.languages import SITE_LANGUAGE
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.danish.words import normalize
from kanalstrategi.markdown.nodes import Element, encode_tree
from kanalstrategi.rendering.print_view import printed_ids
from kanalstrategi.search.audiences import PageKind, page_kind
from kanalstrategi.search.sections import IndexedPage, Section, read_sections


def index_page(page: Page, root: Element, place: str, content: Content, edition_state: str = "") -> IndexedPage:
    """Return a page in the form that the search needs. `root` is its tree, to which marks are added; `place` is its section in the menu.

    For a page that is set apart, `content` is that of its edition, and `place` and `edition_state` say which edition that is.
    """
    guideline, rule, kind = content.guideline_of(page), content.rule_of(page), page_kind(page, content)
    sections = read_sections(root, content.rules)
    is_printed = page.path in content.organisation.printed
    is_chapter = any(page.path in document.pages for document in content.organisation.documents.values())
    return IndexedPage(
        url=page.url,
        title=normalize(page.title),
        place=normalize(guideline.department if guideline else "Regel" if rule else place),
        sections=_with_situations(sections, content.chooser) if content.chooser and kind is PageKind.CHOOSER else sections,
        marked=encode_tree(root) if is_printed else b"",
        printed_ids=frozenset(printed_ids(root)) if is_printed else frozenset(),
        description=normalize(page.description),
        keywords=tuple(map(normalize, page.keywords)),
        language=page.language,
        is_draft=page.status is Status.DRAFT and not edition_state,
        edition_state=edition_state,
        kind=kind,
        rule_kind=rule.kind.value if rule else "",
        stated_on=rule.page.url if rule else "",
        rules={stated.id: (stated.kind.value, normalize(stated.needed_lead)) for stated in content.rules.values() if stated.page.path == page.path},
        is_term=is_chapter and page.language == SITE_LANGUAGE,
    )


def _with_situations(sections: tuple[Section, ...], chooser: Chooser) -> tuple[Section, ...]:
    """Return the sections of the chooser's page, each outcome under the situation that leads to it instead of in a list of situations."""
    situations = {situation.to: normalize(situation.text) for situation in reversed(chooser.situations)}
    opening = chooser.opening.id if chooser.opening else None
    return tuple(
        replace(section, parent_heading=situations.get(section.anchor, "")) if section.anchor in chooser.by_id else section
        for section in sections
        if section.anchor != opening
    )
