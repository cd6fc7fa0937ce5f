"""Gives each point of an edition's text an anchor, a way to answer it while it is in hearing, and later the answer. No I/O."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from urllib.parse import urljoin

from kanalstrategi.content.block_references import REFERENCE_LEVEL, ReferencedBlock, referenced_blocks
from kanalstrategi.content.consultation import answer_url
from kanalstrategi.content.edition_changes import Change, ChangeKind
from kanalstrategi.content.edition_model import AnsweredPoint, EditionState
from kanalstrategi.content.edition_paths import edition_pages, path_in_force
from kanalstrategi.content.rule_leads import means_nothing_alone
from kanalstrategi.markdown.nodes import Element, Node, element, first_block, line_of, text_holder
from kanalstrategi.rendering.headings import NOTES_CLASS
from kanalstrategi.rendering.macros import Call

REFERENCE_CLASS = "block-reference"
"""The class of a point's reference, which PDFs print after the point."""
ANSWER_WORDS = "Svar på dette punkt"
CHANGE_CLASS = "block-change"
"""The class of the word that says that a point of a proposal is new or changed."""
CHANGE_WORDS = {ChangeKind.NEW: "Ny", ChangeKind.CHANGED: "Ændret", ChangeKind.MOVED: "Flyttet", ChangeKind.GONE: "Udgået"}
MAX_POINT_CHARACTERS = 60
"""How much of a point's text stands in the heading of its answer."""


def mark_points(root: Element, call: Call) -> None:
    """Give each point of a page an anchor, and a link to answer it or to what was answered.

    `root` is the tree of the page before macros are answered.
    Pages have no anchors of this kind while there is only one edition, for nothing leads to them.
    """
    content = call.content
    if content.edition is None or not (content.folder or content.editions) or all(page.path != call.page.path for page in edition_pages(content)):
        return
    after: dict[int, Element] = {}
    changes = {change.block.reference: change for change in _changes_on(call)}
    for block in list(referenced_blocks(root, path_in_force(call.page.path, content.folders), content.channels)):
        notes = _notes(block, call, changes.get(block.reference))
        if block.kind == "heading":
            if notes:
                after[id(block.element)] = element(f"p.{NOTES_CLASS}", notes, data_search_exclude="")
            continue
        holder = text_holder(block.element) if block.kind == "item" else block.element
        if notes:
            end = first_block(holder.children) if holder.tag == "li" else len(holder.children)
            holder.children[end:end] = [" ", element(f"span.{NOTES_CLASS}", notes, data_search_exclude="")]
        if not block.element.id:
            holder.children.insert(0, element("span.block-anchor", id=block.reference))
    _insert(root, after)


def _changes_on(call: Call) -> Iterator[Change]:
    """Yield what is new or not as it was on a page of a proposal."""
    content = call.content
    if content.comparison and content.edition and content.edition.state in (EditionState.PROPOSAL, EditionState.CONSULTATION):
        yield from (change for change in content.comparison.changes if change.new and change.new.page == path_in_force(call.page.path, content.folders))


def _notes(block: ReferencedBlock, call: Call, change: Change | None) -> list[Node]:
    """Return what stands behind a point: in a hearing, its reference and a link to answer it, and later a link to the answer, if there is one.

    In a proposal, what is new or changed is marked as well.
    """
    content = call.content
    assert content.edition is not None, "only pages of an edition have points"
    is_front = call.page.url == content.edition.url
    is_lead = means_nothing_alone(block.text, content.settings.rule_leads)
    is_title = block.kind == "heading" and (block.level == 1 or is_front or is_lead)  # what stands below it is answered
    mark = _change_mark(call, change) if change and not is_title else []
    if content.edition.state is EditionState.CONSULTATION:
        if is_title or _is_picture(block.element):
            return []
        return [
            _reference(block.reference),
            *([" · ", *mark] if mark else []),
            *_answer_link(call, block.reference, block.text, f"{call.page.url}#{block.anchor}"),
        ]
    if content.hearing and block.reference in content.hearing.points:
        url = call.link(f"{content.hearing.url}#{block.reference}")
        answer = element("a.block-answer.web-only", "Svar fra høringen", href=url, aria_label=f"Svar fra høringen om {block.reference}")
        return [*mark, element("span.web-only", " · "), answer] if mark else [answer]
    return mark


def _change_mark(call: Call, change: Change) -> list[Node]:
    """Return a word for what a proposal does to a point, which leads to the page with what has changed."""
    page = call.content.changes_page
    word = CHANGE_WORDS[change.kind]
    if page is None:
        return []
    link = element("a", word, href=call.link(f"{page.url}#{change.anchor}"), aria_label=f"{word}: se ændringen af punktet {change.block.reference}")
    return [element(f"span.{CHANGE_CLASS}", link)]


def answer_line(call: Call, reference: str, text: str, url: str) -> list[Node]:
    """Return a point's reference and a link to answer it while its edition is in hearing; nothing at any other time."""
    edition = call.content.edition
    if edition is None or edition.state is not EditionState.CONSULTATION:
        return []
    return [_reference(reference), *_answer_link(call, reference, text, url)]


def _reference(reference: str) -> Element:
    return element(f"span.{REFERENCE_CLASS}", f"Punkt {reference}")


def _answer_link(call: Call, reference: str, text: str, url: str) -> list[Node]:
    """Return a link to answer a point, if it is known where. `url` is the point's own, relative to the site."""
    edition, consultation = call.content.edition, call.content.organisation.consultation
    if edition is None or consultation is None:
        return []
    place = urljoin(call.site_url, url) if call.site_url else ""
    answer = answer_url(consultation, edition.title, reference=reference, text=text, place=place)
    name = f"{ANSWER_WORDS}{' (åbner en mail)' if consultation.email else ''}: {reference}"
    separator = element("span.web-only", " · ")
    return [separator, element("a.block-answer.web-only", ANSWER_WORDS, href=answer, aria_label=name)]


def _is_picture(node: Element) -> bool:
    """Whether a paragraph is nothing but images."""
    return all(child.tag == "img" if type(child) is Element else type(child) is str and not child.strip() for child in node.children)


def _insert(parent: Element, after: dict[int, Element]) -> None:
    """Put elements behind those that they belong to, which are the keys by identity."""
    children: list[Node] = []
    for child in parent.children:
        children.append(child)
        if type(child) is Element:
            _insert(child, after)
            if id(child) in after:
                children.append(after[id(child)])
    parent.children = children


def quote_points(root: Element, call: Call) -> None:
    """On the page with the answers to a hearing, turn each heading that is a reference into words, and quote the point below it."""
    content = call.content
    if content.hearing is None or call.page.path != content.hearing.path:
        return
    children: list[Node] = []
    for child in root.children:
        children.append(child)
        reference = line_of(child) if type(child) is Element and child.tag == f"h{REFERENCE_LEVEL}" else ""
        if type(child) is Element and (point := content.hearing.points.get(reference)):
            child.children = [_heading_words(point)]
            child.attributes["id"] = reference
            children += _quoted(point, reference, call)
    root.children = children


def _heading_words(point: AnsweredPoint) -> str:
    """Return what the heading of an answer says: `Telefon og videomøder: vi skal ringe, når …`."""
    words = textwrap.shorten(point.text, MAX_POINT_CHARACTERS, placeholder=" …")
    return point.title if point.text == point.title else f"{point.title}: {words}"


def _quoted(point: AnsweredPoint, reference: str, call: Call) -> list[Node]:
    """Return a point as it is, with the way to it."""
    link = element("a", f"Punktet {reference} {call.content.say('i strategien')}", href=call.link(point.url))
    source = element("p.source", link)
    return [source] if point.kind == "heading" else [element("blockquote.passage", element("p", point.text), source)]
