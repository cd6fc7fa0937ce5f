"""Prepares pages for the search. No I/O."""

from __future__ import annotations

from kanalstrategi.content.conventions import CHANNEL_FOLDER, STRATEGY_FOLDER
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.danish.words import normalize
from kanalstrategi.markdown.nodes import Element, encode_tree
from kanalstrategi.rendering.print_view import printed_ids
from kanalstrategi.search.sections import IndexedPage, read_sections

ANSWER_WEIGHT, STRATEGY_WEIGHT, DOCUMENT_WEIGHT, RULE_WEIGHT, OTHER_WEIGHT, DRAFT_SHARE = 1.5, 1.0, 0.85, 0.4, 0.4, 0.8
"""The weights of pages: highest for the answers to citizens' questions, drafts or not, then the strategy and its channels, then printed
pages, then those of rules, whose words stand on the channels' pages too, then pages about the site itself."""


def index_page(page: Page, root: Element, place: str, content: Content) -> IndexedPage:
    """Return a page in the form that the search needs. `root` is its tree, to which marks are added; `place` is its section in the menu."""
    guideline, rule = content.guideline_of(page), content.rule_of(page)
    is_printed = page.path in content.organisation.printed
    is_chapter = any(page.path in document.pages for document in content.organisation.documents.values())
    return IndexedPage(
        url=page.url,
        title=normalize(page.title),
        place=normalize(guideline.department if guideline else "Regel" if rule else place),
        sections=read_sections(root, content.rules),
        marked=encode_tree(root) if is_printed else b"",
        printed_ids=frozenset(printed_ids(root)) if is_printed else frozenset(),
        description=normalize(page.description),
        keywords=tuple(map(normalize, page.keywords)),
        is_draft=page.status is Status.DRAFT,
        is_local=guideline is not None,
        rule_kind=rule.kind.value if rule else "",
        stated_on=rule.page.url if rule else "",
        rules={stated.id: (stated.kind.value, normalize(stated.needed_lead)) for stated in content.rules.values() if stated.page.path == page.path},
        is_answer=content.answer_on(page) is not None,
        is_term=is_chapter,
        weight=_page_weight(page, content),
    )


def _page_weight(page: Page, content: Content) -> float:
    if content.answer_on(page):
        return ANSWER_WEIGHT
    if page.section in (STRATEGY_FOLDER, CHANNEL_FOLDER):
        return STRATEGY_WEIGHT
    weight = DOCUMENT_WEIGHT if page.path in content.organisation.printed else RULE_WEIGHT if content.rule_of(page) else OTHER_WEIGHT
    return weight * (DRAFT_SHARE if page.status is Status.DRAFT else 1)
