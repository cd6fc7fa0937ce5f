"""Finds the sections of guidelines that somebody has to confirm after an adoption, because a rule that they show has changed. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kanalstrategi.content.changed_quotes import find_changed_quotes
from kanalstrategi.content.changed_rules import RuleChange, changed_rules, changes_shown
from kanalstrategi.content.coverage_model import WRITTEN
from kanalstrategi.content.dates import is_overdue, today_in_denmark
from kanalstrategi.content.decision_model import Decision, DecisionState
from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.fields import parse_day
from kanalstrategi.content.guidelines import heading_of, lines_of
from kanalstrategi.content.model import Content, Guideline, GuidelineSection
from kanalstrategi.content.outdated import find_outdated
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import ParsedPage

CONFIRMED_KEY = "confirmed"
"""The attribute of a section's heading that says on which day the section was confirmed."""


def with_effects_of_adoption(content: Content, parsed_pages: Mapping[str, ParsedPage], diagnostics: list[Diagnostic]) -> Content:
    """Return the content with the sections that have to be confirmed, and the places that quote what is changed or gone. Wrong dates are reported."""
    changes = changed_rules(content)
    guidelines = tuple(_with_confirmations(guideline, parsed_pages[guideline.page.path], content, changes, diagnostics) for guideline in content.guidelines)
    content = replace(content, guidelines=guidelines)
    return replace(content, outdated=find_outdated(content, parsed_pages), changed_quotes=find_changed_quotes(content, parsed_pages))


def deadline_words(content: Content) -> str:
    """Return by when sections have to be confirmed: `skal genbekræftes senest 24. maj 2026`."""
    day = content.edition.confirm_by if content.edition else None
    if day is None:
        return "skal genbekræftes"
    return f"{'skulle være genbekræftet' if is_confirmation_overdue(content) else 'skal genbekræftes'} senest {long_date(day)}"


def is_confirmation_overdue(content: Content) -> bool:
    """Whether the last day for departments to confirm their sections has passed."""
    day = content.edition.confirm_by if content.edition else None
    return day is not None and is_overdue(day, content.today)


def decisions_under(change: RuleChange, section: GuidelineSection) -> tuple[Decision, ...]:
    """Return the decisions of a section that may have followed from a rule that is gone: those about its channel."""
    if change.kind is not ChangeKind.GONE:
        return ()
    return tuple(one for one in section.decisions if one.channel == change.rule.channel and one.state is not DecisionState.NOT_RELEVANT)


def _with_confirmations(guideline: Guideline, parsed: ParsedPage, content: Content, changes: Sequence[RuleChange], diagnostics: list[Diagnostic]) -> Guideline:
    sections = tuple(_with_confirmation(section, guideline, parsed, content, changes, diagnostics) for section in guideline.sections)
    return replace(guideline, sections=sections)


def _with_confirmation(
    section: GuidelineSection, guideline: Guideline, parsed: ParsedPage, content: Content, changes: Sequence[RuleChange], diagnostics: list[Diagnostic]
) -> GuidelineSection:
    heading = heading_of(section.group, parsed)
    if heading is None or section.coverage not in WRITTEN:
        return section
    confirmed, fault = _read_day(heading.confirmed, content.today) if heading.confirmed else (None, None)
    if fault:
        diagnostics.append(Diagnostic(f"docs/{guideline.page.path}", heading.line, *fault))
    adopted = content.edition.adopted if content.edition else None
    if confirmed and (adopted is None or confirmed >= adopted):
        return replace(section, confirmed=confirmed)
    lines = lines_of(heading, parsed)
    calls = [call for call in parsed.calls if call.line in lines and call.arguments]
    shown = changes_shown(
        changes,
        channels=(call.arguments[0] for call in calls if call.name == "rules"),
        rules=(call.arguments[0] for call in calls if call.name == "rule"),
    )
    return replace(section, confirmed=confirmed, to_confirm=shown)


def _read_day(written: str, today: date) -> tuple[date | None, tuple[str, str] | None]:
    """Return the day on which a section was confirmed, or what is wrong with it."""
    message = f"afsnittet kan ikke være genbekræftet »{written[:40]}«"
    try:
        day = parse_day(written)
    except ValueError:
        return None, (message, "den dag findes ikke; ret datoen, eller slet den")
    if day is None:
        return None, (message, f"skriv dagen som {CONFIRMED_KEY}={today.isoformat()}, eller slet den")
    if day > max(today, today_in_denmark()):  # an old SOURCE_DATE_EPOCH is not the page's mistake
        return None, (f"afsnittet er genbekræftet {long_date(day)}, som ikke er kommet", "ret datoen, eller slet den")
    return day, None
