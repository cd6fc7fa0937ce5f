"""Finds what an adoption asks for: sections to confirm, sections about new channels, references to what is gone, and pages to go through.

None of it stops a build. An adoption would otherwise take the site down until the last department has answered, and a missed deadline
would keep everybody else from publishing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kanalstrategi.content.changed_quotes import happened_words
from kanalstrategi.content.confirmations import deadline_words
from kanalstrategi.content.conventions import GUIDELINE_TEMPLATE
from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.guidelines import heading_of, is_new
from kanalstrategi.content.model import Channel, Content
from kanalstrategi.content.outdated import gone_words, outdated_by
from kanalstrategi.content.project import Project
from kanalstrategi.content.renamed_channels import earlier_groups
from kanalstrategi.content.source_files import parse_template
from kanalstrategi.content.task_words import confirmation_words
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage

_HINT = "skriv om det, der gælder nu, eller slet det; indtil da står de gamle ord på siden, mærket som udgået"
_HINT_TO_REVIEW = "se, om resten af siden stadig passer, og ret `reviewed`"


def warn_after_adoption(project: Project, docs: Path) -> Iterator[Diagnostic]:
    """Yield a warning for each thing that somebody has to do because the strategy has been replaced. `docs` is the folder of the pages."""
    content = project.content
    earlier, new = earlier_groups(content), content.say("som er ny i strategien")
    for guideline in content.guidelines:
        file, parsed = f"docs/{guideline.page.path}", project.parsed_pages[guideline.page.path]
        for section in guideline.sections:
            heading = heading_of(section.group, parsed)
            if heading and section.to_confirm:
                hint = f"gå afsnittet igennem, og skriv confirmed={content.today.isoformat()} i overskriftens {{: … }}"
                yield Diagnostic(file, heading.line, f"afsnittet {deadline_words(content)}: {confirmation_words(section)}", hint)
            elif heading is None and section.coverage is Coverage.MISSING and is_new(section.group, earlier):
                hint = f'skriv overskriften `## {section.group.title} {{: #{section.group.id} }}` og under den {{{{ rules("{section.group.id}") }}}}'
                yield Diagnostic(file, guideline.page.line, f"retningslinjen mangler et afsnit om {section.group.title}, {new}", hint)
    for outdated in content.outdated:
        yield Diagnostic(f"docs/{outdated.page.path}", outdated.line, outdated.words, _HINT)
    for quote in content.changed_quotes:
        yield Diagnostic(f"docs/{quote.page.path}", quote.line, f"siden viser {happened_words(quote, content)}: {quote.id}", _HINT_TO_REVIEW)
    if earlier and GUIDELINE_TEMPLATE in project.files:
        yield from _warn_of_template(parse_template(docs, GUIDELINE_TEMPLATE, []), content, earlier)


def _warn_of_template(parsed: ParsedPage, content: Content, earlier: Sequence[Sequence[Channel]]) -> Iterator[Diagnostic]:
    """Yield a warning for each thing that new guidelines would be begun without, or begin with although it is gone."""
    file = f"docs/{GUIDELINE_TEMPLATE}"
    for group in content.groups:
        if heading_of(group, parsed) is None and is_new(group, earlier):
            hint = "skriv det, så nye retningslinjer begynder med det"
            yield Diagnostic(file, 1, f"skabelonen mangler et afsnit om {group.title}, {content.say('som er ny i strategien')}", hint)
    for call in parsed.calls:
        for line, noun, former in outdated_by(call, content):
            yield Diagnostic(file, line, f"{noun} {former.record.id} er {gone_words(former.gone_with)}", "skriv om det, der gælder nu, eller slet det")
