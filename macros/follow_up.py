"""The macro that lists overdue and unfinished pages, grouped by owner."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.follow_up import NOTHING_TO_FOLLOW_UP, follow_ups, lacking_words, overdue_words
from kanalstrategi.content.model import Content, Coverage, Guideline, GuidelineSection
from kanalstrategi.danish.phrases import count_phrase, long_date, open_decisions_phrase
from kanalstrategi.rendering.components import DRAFT_CLASSES, contact_details, heading, page_link
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call, macro


def _anchors(content: Content) -> Iterator[str]:
    """Yield the ids of the headings that the macro writes."""
    for entry in follow_ups(content):
        yield entry.owner.id
        if entry.overdue:
            yield f"{entry.owner.id}-overskredet"
        if entry.unfinished:
            yield f"{entry.owner.id}-ikke-faerdige"


@macro("follow-up", "as-of", "overdue", *DRAFT_CLASSES, anchors=_anchors)
def follow_up(call: Call) -> str:
    """Return lists of overdue and unfinished pages, grouped by owner, oldest first. The call must be alone on its line."""
    content = call.content
    parts = [f'<p class="as-of">Opgjort den {long_date(content.today)}.</p>']
    entries = follow_ups(content)
    if not entries:
        parts.append(f"<p>{NOTHING_TO_FOLLOW_UP}</p>")
    for entry in entries:
        parts.append(heading(2, entry.owner.name, entry.owner.id))
        if details := contact_details(entry.owner):
            parts.append(f"<p>Kontakt: {details}</p>")
        if entry.overdue:
            pages = count_phrase(len(entry.overdue), "side", "sider")
            parts.append(heading(3, f"{pages} skulle være gennemgået", f"{entry.owner.id}-overskredet"))
            items = "".join(
                f'<li>{page_link(call, page)}: <span class="overdue">{overdue_words(page, content.today)}</span></li>'
                for page in entry.overdue
            )
            parts.append(f'<ol class="follow-up">{items}</ol>')
        if entry.unfinished:
            count = len(entry.unfinished)
            open_count = sum(len(guideline.open_decisions) for guideline in entry.unfinished)
            words = f"{count_phrase(count, 'retningslinje er ikke færdig', 'retningslinjer er ikke færdige')}, {open_decisions_phrase(open_count)}"
            parts.append(heading(3, words, f"{entry.owner.id}-ikke-faerdige"))
            items = "".join(_unfinished(call, guideline) for guideline in entry.unfinished)
            parts.append(f'<ul class="follow-up">{items}</ul>')
    return "\n\n".join(parts)


def _unfinished(call: Call, guideline: Guideline) -> str:
    sections = "".join(
        f'<li><a href="{call.link(section.url)}">{escape_text(section.group.title)}</a>: {_section_lacks(section)}</li>'
        for section in guideline.sections
        if _section_lacks(section)
    )
    return (
        f"<li>{page_link(call, guideline.page)}: {lacking_words(guideline)}, "
        f"gennemgået {long_date(guideline.page.reviewed)}{f'<ul>{sections}</ul>' if sections else ''}</li>"
    )


def _section_lacks(section: GuidelineSection) -> str:
    if section.coverage is Coverage.MISSING:
        return "mangler"
    return open_decisions_phrase(len(section.open_decisions)) if section.open_decisions else ""
