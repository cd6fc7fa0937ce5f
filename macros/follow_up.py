"""The macro that lists overdue and unfinished pages, grouped by owner."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.follow_up import NOTHING_TO_FOLLOW_UP, follow_ups, lacking_words, overdue_words
from kanalstrategi.content.model import Content, Coverage, Guideline, GuidelineSection, Page
from kanalstrategi.danish.phrases import count_phrase, long_date, open_decisions_phrase
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.components import contact_details, heading, page_link
from kanalstrategi.rendering.macros import Call, macro


def _anchors(content: Content) -> Iterator[str]:
    """Yield the ids of the headings that the macro writes."""
    for entry in follow_ups(content):
        yield entry.owner.id
        if entry.overdue:
            yield f"{entry.owner.id}-overskredet"
        if entry.unfinished:
            yield f"{entry.owner.id}-ikke-faerdige"


@macro(anchors=_anchors)
def follow_up(call: Call) -> list[Element]:
    """Return lists of overdue and unfinished pages, grouped by owner, oldest first. The call must be alone on its line."""
    content = call.content
    parts = [element("p.as-of", f"Opgjort den {long_date(content.today)}.")]
    entries = follow_ups(content)
    if not entries:
        parts.append(element("p", NOTHING_TO_FOLLOW_UP))
    for entry in entries:
        parts.append(heading(2, entry.owner.name, entry.owner.id))
        if details := contact_details(entry.owner):
            parts.append(element("p", "Kontakt: ", details))
        if entry.overdue:
            pages = count_phrase(len(entry.overdue), "side", "sider")
            parts.append(heading(3, f"{pages} skulle være gennemgået", f"{entry.owner.id}-overskredet"))
            parts.append(element("ol.follow-up", [_overdue(call, page) for page in entry.overdue]))
        if entry.unfinished:
            count = len(entry.unfinished)
            open_count = sum(len(guideline.open_decisions) for guideline in entry.unfinished)
            words = f"{count_phrase(count, 'retningslinje er ikke færdig', 'retningslinjer er ikke færdige')}, {open_decisions_phrase(open_count)}"
            parts.append(heading(3, words, f"{entry.owner.id}-ikke-faerdige"))
            parts.append(element("ul.follow-up", [_unfinished(call, guideline) for guideline in entry.unfinished]))
    return parts


def _overdue(call: Call, page: Page) -> Element:
    return element("li", page_link(call, page), ": ", element("span.overdue", overdue_words(page, call.content.today)))


def _unfinished(call: Call, guideline: Guideline) -> Element:
    sections = [
        element("li", element("a", section.group.title, href=call.link(section.url)), f": {_section_lacks(section)}")
        for section in guideline.sections
        if _section_lacks(section)
    ]
    words = f": {lacking_words(guideline)}, gennemgået {long_date(guideline.page.reviewed)}"
    return element("li", page_link(call, guideline.page), words, element("ul", sections) if sections else "")


def _section_lacks(section: GuidelineSection) -> str:
    if section.coverage is Coverage.MISSING:
        return "mangler"
    return open_decisions_phrase(len(section.open_decisions)) if section.open_decisions else ""
