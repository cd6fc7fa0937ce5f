"""What is overdue and what is open, by who keeps it: as records, and as the macro of the page about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from .content import Reading
from .dates import danish, is_overdue
from .markup import Call, count, open_count, page_link, reach
from .records import Content, Guideline, Owner, Page

NOTHING = "Intet er overskredet, og ingen beslutninger er åbne."


@dataclass(frozen=True)
class FollowUp:
    """What one owner has to see to. Oldest first."""

    owner: Owner
    overdue: tuple[Page, ...]
    unfinished: tuple[Guideline, ...]
    """Guidelines with open decisions."""


def follow_ups(content: Content) -> list[FollowUp]:
    """One for each owner who has something to see to, those who have waited longest first."""
    found = []
    for owner in dict.fromkeys(page.owner for page in content.pages.values()):
        pages = [page for page in content.pages.values() if page.owner == owner]
        overdue = [page for page in pages if is_overdue(page.review_by, content.today)]
        unfinished = [g for g in content.guidelines if g.page.owner == owner and g.open_decisions]
        if overdue or unfinished:
            found.append(
                FollowUp(
                    owner,
                    tuple(sorted(overdue, key=lambda page: page.review_by)),
                    tuple(sorted(unfinished, key=lambda guideline: guideline.page.reviewed)),
                )
            )
    return sorted(found, key=_oldest)


def _oldest(follow_up: FollowUp) -> tuple[bool, date]:
    """Overdue pages come before decisions that are only open."""
    if follow_up.overdue:
        return False, follow_up.overdue[0].review_by
    return True, follow_up.unfinished[0].page.reviewed


def overdue_words(page: Page, today: date) -> str:
    """`skulle være gennemgået senest 31. december 2025, 1 dag siden`."""
    days = (today - page.review_by).days
    return f"skulle være gennemgået senest {danish(page.review_by)}, {count(days, 'dag', 'dage')} siden"


def report(reading: Reading) -> Iterator[str]:
    """The same as lines of text, each with the file and line to change."""
    content = reading.content
    found = follow_ups(content)
    if not found:
        yield NOTHING
    for entry in found:
        yield ", ".join(filter(None, [f"{entry.owner.name} ({entry.owner.id})", entry.owner.phone, entry.owner.email]))
        for page in entry.overdue:
            line = reading.sources[page.path].front.lines.get("review_by", 1)
            yield f"  docs/{page.path}:{line}: {overdue_words(page, content.today)}"
        for guideline in entry.unfinished:
            first = guideline.open_decisions[0].line
            yield f"  docs/{guideline.page.path}:{first}: {open_count(len(guideline.open_decisions))}"


def follow_up(call: Call) -> str:
    """What is overdue and what is open, by owner, oldest first. Stands alone on its line."""
    content = call.content
    parts = [f'<p class="as-of">Opgjort den {danish(content.today)}.</p>']
    found = follow_ups(content)
    if not found:
        parts.append(f"<p>{NOTHING}</p>")
    for entry in found:
        parts.append(f"## {escape(entry.owner.name)} {{: #{entry.owner.id} }}")
        parts.append(f"<p>Kontakt: {reach(entry.owner)}</p>")
        if entry.overdue:
            number = count(len(entry.overdue), "side", "sider")
            parts.append(f"### {number} skulle være gennemgået {{: #{entry.owner.id}-overskredet }}")
            items = "".join(
                f'<li>{page_link(call, page)}: <span class="overdue">{overdue_words(page, content.today)}</span></li>'
                for page in entry.overdue
            )
            parts.append(f'<ol class="follow-up">{items}</ol>')
        if entry.unfinished:
            left = sum(len(guideline.open_decisions) for guideline in entry.unfinished)
            parts.append(f"### {_capital(open_count(left))} {{: #{entry.owner.id}-aabne }}")
            items = "".join(_unfinished(call, guideline) for guideline in entry.unfinished)
            parts.append(f'<ul class="follow-up">{items}</ul>')
    return "\n\n".join(parts)


def follow_up_ids(content: Content) -> Iterator[str]:
    """The ids of the headings that the macro makes."""
    for entry in follow_ups(content):
        yield entry.owner.id
        if entry.overdue:
            yield f"{entry.owner.id}-overskredet"
        if entry.unfinished:
            yield f"{entry.owner.id}-aabne"


def _unfinished(call: Call, guideline: Guideline) -> str:
    sections = "".join(
        f'<li><a href="{call.link(section.url)}">{escape(section.group.title)}</a>: '
        f"{open_count(len(section.open_decisions))}</li>"
        for section in guideline.sections
        if section.open_decisions
    )
    return (
        f"<li>{page_link(call, guideline.page)}: {open_count(len(guideline.open_decisions))} "
        f"siden {danish(guideline.page.reviewed)}<ul>{sections}</ul></li>"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
