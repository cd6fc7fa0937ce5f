"""Reports what is overdue or unfinished, for `check --overdue`."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.changed_quotes import happened_words
from kanalstrategi.content.confirmations import deadline_words
from kanalstrategi.content.dates import is_evaluation_overdue
from kanalstrategi.content.follow_up import NOTHING_TO_FOLLOW_UP, follow_ups
from kanalstrategi.content.guidelines import heading_of
from kanalstrategi.content.project import Project
from kanalstrategi.content.task_words import confirmation_words, lacking_words, overdue_words
from kanalstrategi.danish.phrases import long_date


def follow_up_report(project: Project) -> Iterator[str]:
    """Yield the report as lines of text, by owner, with the file and line to change."""
    content = project.content
    entries = follow_ups(content)
    if content.strategy and is_evaluation_overdue(content.strategy, content.today):
        line = project.parsed_pages["index.md"].front.lines.get("evaluate_by", 1)
        yield f"docs/index.md:{line}: strategien skulle være evalueret senest {long_date(content.strategy.evaluate_by)}"
    elif not entries:
        yield NOTHING_TO_FOLLOW_UP
    for entry in entries:
        yield ", ".join(filter(None, [f"{entry.owner.name} ({entry.owner.id})", entry.owner.phone, entry.owner.email]))
        for page in entry.overdue:
            line = project.parsed_pages[page.path].front.lines.get("review_by", 1)
            yield f"  docs/{page.path}:{line}: {overdue_words(page, content.today)}"
        for guideline in entry.unfinished:
            line = project.parsed_pages[guideline.page.path].front.lines.get("status", 1)
            first = guideline.open_decisions[0].line if guideline.open_decisions else line
            yield f"  docs/{guideline.page.path}:{first}: {lacking_words(guideline)}"
        for guideline in entry.to_confirm:
            for section in guideline.to_confirm:
                heading = heading_of(section.group, project.parsed_pages[guideline.page.path])
                line = heading.line if heading else 1
                yield f"  docs/{guideline.page.path}:{line}: {section.group.title} {deadline_words(content)}: {confirmation_words(section)}"
        for outdated in entry.outdated:
            yield f"  docs/{outdated.page.path}:{outdated.line}: {outdated.words}"
        for quote in entry.changed_quotes:
            yield f"  docs/{quote.page.path}:{quote.line}: siden viser {happened_words(quote, content)}: {quote.id}"
