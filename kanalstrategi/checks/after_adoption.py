"""Finds what an adoption asks of departments: sections to confirm, sections about new channels, and references to what is gone.

None of it stops a build. An adoption would otherwise take the site down until the last department has answered, and a missed deadline
would keep everybody else from publishing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.confirmations import deadline_words
from kanalstrategi.content.follow_up import confirmation_words
from kanalstrategi.content.former_content import superseded
from kanalstrategi.content.guidelines import heading_of, is_new
from kanalstrategi.content.project import Project
from kanalstrategi.diagnostics import Diagnostic


def warn_after_adoption(project: Project) -> Iterator[Diagnostic]:
    """Yield a warning for each thing that somebody has to do because the strategy has been replaced by a new edition."""
    content = project.content
    earlier = [edition.groups for edition in superseded(content)]
    for guideline in content.guidelines:
        file, parsed = f"docs/{guideline.page.path}", project.parsed_pages[guideline.page.path]
        for section in guideline.sections:
            heading = heading_of(section.group, parsed)
            if heading and section.to_confirm:
                hint = f"gå afsnittet igennem, og skriv confirmed={content.today.isoformat()} i overskriftens {{: … }}"
                yield Diagnostic(file, heading.line, f"afsnittet {deadline_words(content)}: {confirmation_words(section)}", hint)
            elif heading is None and is_new(section.group, earlier):
                hint = f'skriv overskriften `## {section.group.title} {{: #{section.group.id} }}` og under den {{{{ rules("{section.group.id}") }}}}'
                yield Diagnostic(file, guideline.page.line, f"retningslinjen mangler et afsnit om {section.group.title}, som er ny i strategien", hint)
    for outdated in content.outdated:
        hint = "skriv om det, der gælder nu, eller slet det; indtil da står de gamle ord på siden, mærket som udgået"
        yield Diagnostic(f"docs/{outdated.page.path}", outdated.line, outdated.words, hint)
