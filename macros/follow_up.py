"""What is overdue and what is unfinished, by who keeps it: as records, and as the macro of the page about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .content import Reading
from .dates import danish, is_evaluation_overdue, is_overdue
from .markup import Call, count, heading, open_count, page_link, text, ways_to_reach
from .records import Content, Coverage, Guideline, GuidelineSection, Owner, Page, Status

NOTHING = "Ingen sider mangler at blive gennemgået, og alle retningslinjer er færdige."


@dataclass(frozen=True)
class FollowUp:
    """What one owner has to see to. Oldest first."""

    owner: Owner
    overdue: tuple[Page, ...]
    unfinished: tuple[Guideline, ...]
    """Guidelines that are not adopted, or lack a section or a decision."""


def follow_ups(content: Content) -> list[FollowUp]:
    """One for each owner who has something to see to, those who have waited longest first."""
    found = []
    for owner in dict.fromkeys(page.owner for page in content.pages.values()):
        pages = [page for page in content.pages.values() if page.owner == owner]
        overdue = [page for page in pages if is_overdue(page.review_by, content.today)]
        unfinished = [guideline for guideline in content.guidelines if guideline.page.owner == owner and _lacks(guideline)]
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
    """Overdue pages come before guidelines that are only unfinished."""
    if follow_up.overdue:
        return False, follow_up.overdue[0].review_by
    return True, follow_up.unfinished[0].page.reviewed


def _lacks(guideline: Guideline) -> str:
    """What a guideline lacks, in words; empty when it is finished."""
    missing = sum(section.coverage is Coverage.MISSING for section in guideline.sections)
    left = len(guideline.open_decisions)
    lacks = [
        f"{missing} afsnit mangler" if missing else "",
        open_count(left) if left else "",
        "ikke vedtaget" if guideline.page.status is Status.DRAFT else "",
    ]
    return ", ".join(filter(None, lacks))


def _overdue_words(page: Page, today: date) -> str:
    """`skulle være gennemgået senest 31. december 2025, 1 dag over fristen`."""
    days = count((today - page.review_by).days, "dag", "dage")
    return f"skulle være gennemgået senest {danish(page.review_by)}, {days} over fristen"


def report(reading: Reading) -> Iterator[str]:
    """What is to be followed up as lines of text, each with the file and line to change."""
    content = reading.content
    found = follow_ups(content)
    if content.strategy and is_evaluation_overdue(content.strategy, content.today):
        line = reading.sources["index.md"].front.lines.get("evaluate_by", 1)
        yield f"docs/index.md:{line}: strategien skulle være evalueret senest {danish(content.strategy.evaluate_by)}"
    elif not found:
        yield NOTHING
    for entry in found:
        yield ", ".join(filter(None, [f"{entry.owner.name} ({entry.owner.id})", entry.owner.phone, entry.owner.email]))
        for page in entry.overdue:
            line = reading.sources[page.path].front.lines.get("review_by", 1)
            yield f"  docs/{page.path}:{line}: {_overdue_words(page, content.today)}"
        for guideline in entry.unfinished:
            line = reading.sources[guideline.page.path].front.lines.get("status", 1)
            first = guideline.open_decisions[0].line if guideline.open_decisions else line
            yield f"  docs/{guideline.page.path}:{first}: {_lacks(guideline)}"


def follow_up(call: Call) -> str:
    """What is overdue and what is unfinished, by owner, oldest first. Stands alone on its line."""
    content = call.content
    parts = [f'<p class="as-of">Opgjort den {danish(content.today)}.</p>']
    found = follow_ups(content)
    if not found:
        parts.append(f"<p>{NOTHING}</p>")
    for entry in found:
        parts.append(heading(2, entry.owner.name, entry.owner.id))
        if ways := ways_to_reach(entry.owner):
            parts.append(f"<p>Kontakt: {ways}</p>")
        if entry.overdue:
            pages = count(len(entry.overdue), "side", "sider")
            parts.append(heading(3, f"{pages} skulle være gennemgået", f"{entry.owner.id}-overskredet"))
            items = "".join(
                f'<li>{page_link(call, page)}: <span class="overdue">{_overdue_words(page, content.today)}</span></li>'
                for page in entry.overdue
            )
            parts.append(f'<ol class="follow-up">{items}</ol>')
        if entry.unfinished:
            number = len(entry.unfinished)
            left = sum(len(guideline.open_decisions) for guideline in entry.unfinished)
            words = f"{count(number, 'retningslinje er ikke færdig', 'retningslinjer er ikke færdige')}, {open_count(left)}"
            parts.append(heading(3, words, f"{entry.owner.id}-ikke-faerdige"))
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
            yield f"{entry.owner.id}-ikke-faerdige"


def _unfinished(call: Call, guideline: Guideline) -> str:
    sections = "".join(
        f'<li><a href="{call.link(section.url)}">{text(section.group.title)}</a>: {_section_lacks(section)}</li>'
        for section in guideline.sections
        if _section_lacks(section)
    )
    return (
        f"<li>{page_link(call, guideline.page)}: {_lacks(guideline)}, "
        f"gennemgået {danish(guideline.page.reviewed)}{f'<ul>{sections}</ul>' if sections else ''}</li>"
    )


def _section_lacks(section: GuidelineSection) -> str:
    if section.coverage is Coverage.MISSING:
        return "mangler"
    return open_count(len(section.open_decisions)) if section.open_decisions else ""
