"""The macro that lists overdue and unfinished pages, grouped by owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kanalstrategi.content.follow_up import NOTHING_TO_FOLLOW_UP, FollowUp, follow_ups, lacking_words
from kanalstrategi.content.model import Content, Coverage, Guideline, GuidelineSection, Page
from kanalstrategi.danish.phrases import count_phrase, long_date, open_decisions_phrase
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import contact_details, heading, page_link, table, table_row
from kanalstrategi.rendering.macros import Call, macro

_OVERDUE_COLUMNS = ("Skulle være gennemgået", "Over fristen")
_UNFINISHED_COLUMNS = ("Det mangler", "Gennemgået")
_OVERVIEW_COLUMNS = ("Sider over fristen", "Retningslinjer, der ikke er færdige", "Åbne beslutninger")
"""The headings of the columns after the first, in each kind of table."""


def _anchors(content: Content) -> Iterator[str]:
    """Yield the ids of the headings that the macro writes."""
    for entry in follow_ups(content):
        yield entry.owner.id
        if entry.overdue:
            yield f"{entry.owner.id}-overskredet"
        if entry.unfinished:
            yield f"{entry.owner.id}-ikke-faerdige"


@macro(anchors=_anchors, is_of_site=True)
def follow_up(call: Call) -> list[Element]:
    """Return what is overdue and unfinished: in sum, then tables for each owner, oldest first. The call must be alone on its line."""
    content = call.content
    parts = [element("p.as-of", f"Opgjort den {long_date(content.today)}.")]
    entries = follow_ups(content)
    if not entries:
        return [*parts, element("p", NOTHING_TO_FOLLOW_UP)]
    parts.append(_overview(entries))
    for entry in entries:
        parts.append(heading(2, entry.owner.name, entry.owner.id))
        if details := contact_details(entry.owner):
            parts.append(element("p", "Kontakt: ", details))
        if entry.overdue:
            words = f"{count_phrase(len(entry.overdue), 'side', 'sider')} skulle være gennemgået"
            rows = [_overdue(call, page) for page in entry.overdue]
            parts.append(heading(3, words, f"{entry.owner.id}-overskredet"))
            parts.append(table("follow-up overdue-pages", f"{entry.owner.name}: sider over fristen", ["Side", *_OVERDUE_COLUMNS], rows))
        if entry.unfinished:
            count = count_phrase(len(entry.unfinished), "retningslinje er ikke færdig", "retningslinjer er ikke færdige")
            words = f"{count}, {open_decisions_phrase(entry.open_decisions)}"
            rows = [_unfinished(call, guideline) for guideline in entry.unfinished]
            parts.append(heading(3, words, f"{entry.owner.id}-ikke-faerdige"))
            parts.append(table("follow-up", f"{entry.owner.name}: retningslinjer, der ikke er færdige", ["Retningslinje", *_UNFINISHED_COLUMNS], rows))
    return parts


def _overview(entries: Sequence[FollowUp]) -> Element:
    """Return a table of what each owner has left, and of all of it."""
    numbers = [(len(entry.overdue), len(entry.unfinished), entry.open_decisions) for entry in entries]
    names = [element("a", entry.owner.name, href=f"#{entry.owner.id}") for entry in entries]
    rows = [_numbers(name, row) for name, row in zip(names, numbers, strict=True)]
    rows.append(_numbers("I alt", [sum(column) for column in zip(*numbers, strict=True)], "totals"))
    return table("follow-up overview", "Det, der mangler, fordelt på dem, der har ansvaret", ["Ansvarlig", *_OVERVIEW_COLUMNS], rows)


def _numbers(name: Node, numbers: Sequence[int], kind: str = "") -> Element:
    return table_row(name, [(title, str(number)) for title, number in zip(_OVERVIEW_COLUMNS, numbers, strict=True)], kind)


def _overdue(call: Call, page: Page) -> Element:
    late = element("span.overdue", count_phrase((call.content.today - page.review_by).days, "dag", "dage"))
    return table_row(page_link(call, page), zip(_OVERDUE_COLUMNS, (long_date(page.review_by), late), strict=True))


def _unfinished(call: Call, guideline: Guideline) -> Element:
    sections = [
        element("li", element("a", section.group.title, href=call.link(section.url)), f": {_section_lacks(section)}")
        for section in guideline.sections
        if _section_lacks(section)
    ]
    lacks: list[Node] = [lacking_words(guideline), *([element("ul", sections)] if sections else [])]
    link = element("a", guideline.page.title, href=call.link(guideline.page.url))  # whether it is a draft is among what it lacks
    return table_row(link, [(_UNFINISHED_COLUMNS[0], lacks), (_UNFINISHED_COLUMNS[1], long_date(guideline.page.reviewed))])


def _section_lacks(section: GuidelineSection) -> str:
    if section.coverage is Coverage.MISSING:
        return "mangler"
    return open_decisions_phrase(len(section.open_decisions)) if section.open_decisions else ""
