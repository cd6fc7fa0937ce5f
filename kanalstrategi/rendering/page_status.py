"""Builds the status of a page: adopted or draft, of which edition, who owns it, and when it was and will be reviewed."""

from __future__ import annotations

from kanalstrategi.content.conventions import ANSWER_FOLDER, SEARCH_PAGE
from kanalstrategi.content.dates import is_old
from kanalstrategi.content.edition_paths import is_of_strategy
from kanalstrategi.content.frame_words import danish_marks, frame_language, frame_marks, has_words, words
from kanalstrategi.content.languages import SITE_LANGUAGE, date_in
from kanalstrategi.content.model import Page, Status
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import contact_line, draft_badge
from kanalstrategi.rendering.edition_banner import edition_banner, has_banner
from kanalstrategi.rendering.macros import Call

UNTREATED_ANSWER = "Vejledning, som kommunen endnu ikke har behandlet"
"""What the status of an answer says while it is a draft: those who look for an answer do not know what a draft is."""


def status(call: Call) -> Element:
    """Return a page's status in one line: what holds, who answers for it, and whether it is old. Late reviews are on `opfoelgning/`.

    A page of the program says only who answers for it, since the municipality neither adopts nor reviews it.

    Citizens who look for an answer are not kept from it: on those pages, the line says only what holds. On a page of an edition that is
    not in force, and on those about an edition, it is a box that says so.
    """
    if banner := edition_banner(call):
        banner.attributes |= danish_marks(call.page.language)
        return banner
    page, today = call.page, call.content.today
    is_draft, is_guidance = page.status is Status.DRAFT, page.section == ANSWER_FOLDER
    language = page.language
    facts: list[Node | list[Node]] = [
        [draft_badge(language), f" {words(language, UNTREATED_ANSWER)}" if is_guidance else ""] if is_draft else "",
        _adopted(call) if page.told_status is Status.ADOPTED else "",
        _edition_of(call),
        "" if is_guidance else [words(language, "Ansvarlig: "), *_in_its_language(contact_line(page.owner), language)],
    ]
    months = call.content.settings.review_months
    if is_old(page.reviewed, today, months) and not page.is_of_program:
        old = "Ældre end en måned" if months == 1 else "Ældre end $number mdr."
        facts.append(element("span.badge.old", words(language, old, number=str(months))))
    # In print, the status of the opening page covers all chapters except drafts.
    is_printed = is_draft or page.path == "index.md"
    items = [element("li", fact) for fact in facts if fact]
    return element("ul.status" if is_printed else "ul.status.web-only", items, data_search_exclude="", **frame_marks(language))


def owner_at_foot(page: Page) -> list[Node]:
    """Return a line for the foot of a page that says who answers for it, or nothing if its status does."""
    if page.section != ANSWER_FOLDER:
        return []
    language = page.language
    label = "Ansvarlig for denne side: " if language == SITE_LANGUAGE else words(language, "Ansvarlig: ")
    return [element("p", label, *_in_its_language(contact_line(page.owner), language))]


def _in_its_language(line: list[Node], language: str) -> list[Node]:
    """Return a line of Danish names, marked as such on a page in another language."""
    return line if language == SITE_LANGUAGE or not has_words(language) else [element("span", line, **danish_marks(language))]


def _adopted(call: Call) -> Element:
    """Return the mark that says when a page was adopted, as far as its front matter says so: as part of the strategy, or by itself, as a guideline."""
    strategy, language = call.content.strategy, call.page.language
    if adoption := call.page.adoption:
        text = f"Vedtaget {long_date(adoption.day)}" + (f" af {adoption.by}" if adoption.by else "")
        return element("strong.badge.adopted", *_in_its_language([text], language))
    if strategy and strategy.adopted and _states_strategy(call):
        return element("strong.badge.adopted", words(language, "Vedtaget $date", date=date_in(frame_language(language), strategy.adopted)))
    return element("strong.badge.adopted", words(language, "Vedtaget"))


def _edition_of(call: Call) -> str:
    """Return which edition a page of the strategy is of, once there is more than one."""
    content = call.content
    return words(call.page.language, "Udgave: $name", name=content.edition.name) if content.edition and content.editions and _states_strategy(call) else ""


def _states_strategy(call: Call) -> bool:
    """Whether a page is part of the strategy, or about one of its rules."""
    return is_of_strategy(call.page, call.content.folders) or call.content.rule_of(call.page) is not None


def with_status(root: Element, call: Call) -> None:
    """Put the status of a page below its title, even if its editor left it out or hid it: a draft must never look adopted.

    `root` is the page's tree, with macro calls replaced by their answers.
    """
    expected, children = status(call), root.children
    if call.page.path == SEARCH_PAGE:
        children.append(expected)  # below the results, since readers come for those
        return
    if has_banner(call):
        children[:] = [child for child in children if child != expected]  # wherever its editor has put the status, this comes first
    title = next((position for position, child in enumerate(children) if isinstance(child, Element) and child.tag == "h1"), None)
    below_title = 0 if title is None else title + 1
    # The status of a draft must come first. The status of an adopted page may come further down.
    if call.page.status is Status.DRAFT or has_banner(call):
        candidates = [child for child in children[below_title:] if not (isinstance(child, str) and child.isspace())][:1]
    else:
        candidates = children
    if expected not in candidates:
        children.insert(below_title, expected)
