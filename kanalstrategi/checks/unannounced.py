"""Finds the pages of channels that have lists but no rules, since nothing announces them. This is a warning."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.project import Project
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import Block, ParsedPage

_MAX_SHOWN = 40


def warn_of_unannounced_lists(project: Project) -> Iterator[Diagnostic]:
    """Yield a warning for each channel whose page has a list and states no rule, at the first item."""
    for group in project.content.groups:
        if group.rules:
            continue
        if found := _first_list(project.parsed_pages[group.page.path]):
            above, item = found
            leads = " eller ".join(f"»{lead}«" for lead in project.content.settings.rule_leads)
            hint = f"skriv {leads} over de lister, der er regler"
            if above and len(above) <= _MAX_SHOWN:
                hint += f'; er ordene »{above}« det, så skriv dem under shape i {project.config.name}: `rule_leads: ["{above.rstrip(":")}"]`'
            yield Diagnostic(f"docs/{group.page.path}", item.line, "kanalens side har en liste, men ingen regler", hint)


def _first_list(parsed: ParsedPage) -> tuple[str, Block] | None:
    """Return the text right above the first list of a page, and its first item; None if the page has no list."""
    above = ""
    for block in parsed.blocks:
        if block.kind == "item" and block.task is None:
            return above, block
        above = block.text
    return None
