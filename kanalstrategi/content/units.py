"""Gives the units of departments what the department above them has decided, and checks who is a part of whom. No I/O.

One level is enough: a school is a part of the schools. With more, nobody could tell by looking at a page whose word holds there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.decision_model import Decision
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.model import Guideline, GuidelineSection
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

WORDINGS = {
    "unknown_parent": Wording("fagområdet $value findes ikke", "$suggestion"),
    "own_parent": Wording("fagområdet kan ikke være en del af sig selv", "slet linjen, eller skriv et andet fagområde"),
    "nested": Wording("$value er selv en del af $parent", "skriv `part_of: $parent`; der er kun ét niveau af enheder"),
    "unknown_department": Wording("fagområdet $value findes ikke", "$suggestion"),
}
"""What can be wrong with the fields that name departments."""

def where_departments_are(settings: Settings) -> str:
    """Return what to do about a department that is like no known one."""
    return f"brug navnet på en side i docs/{settings.folders.guidelines}"


def with_units(
    guidelines: Sequence[Guideline], parsed_pages: Mapping[str, ParsedPage], settings: Settings, diagnostics: list[Diagnostic]
) -> tuple[Guideline, ...]:
    """Return the guidelines, in which the sections that a unit has not written are those of the department above it. Reports wrong parents."""
    by_id = {guideline.id: guideline for guideline in guidelines}
    parts = {guideline.id: guideline.part_of for guideline in guidelines}
    found = []
    for guideline in guidelines:
        path = guideline.page.path
        parent = read_parent(path, parsed_pages[path], guideline.part_of, parts, settings, diagnostics) if guideline.part_of else ""
        found.append(_with_parent(guideline, by_id[parent]) if parent else replace(guideline, part_of=""))
    return tuple(found)


def read_parent(path: str, parsed: ParsedPage, part_of: str, parts: Mapping[str, str], settings: Settings, diagnostics: list[Diagnostic]) -> str:
    """Return the id of the department that a unit is a part of, or an empty text if it cannot be that, which is reported.

    `parts` has what each department says that it is a part of, keyed by id.
    """
    front = FieldReader(path, parsed, diagnostics)
    own = path.rpartition("/")[2].removesuffix(".md")
    if part_of == own:
        front.report("part_of", *WORDINGS["own_parent"].said(settings.words.say).filled())
    elif part_of not in parts:
        known = [id for id, parent in parts.items() if not parent and id != own]
        near = suggestion(part_of, known, where_departments_are(settings))
        front.report("part_of", *WORDINGS["unknown_parent"].said(settings.words.say).filled(value=part_of, suggestion=near))
    elif parts[part_of]:
        front.report("part_of", *WORDINGS["nested"].filled(value=part_of, parent=parts[part_of]))
    else:
        return part_of
    return ""


def check_departments(path: str, parsed: ParsedPage, known: Collection[str], settings: Settings) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each department that the channel on a page is for and that does not exist."""
    found: list[Diagnostic] = []
    front = FieldReader(path, parsed, found)
    for value, line in front.texts_with_lines("departments"):
        if value not in known:
            wording = WORDINGS["unknown_department"].said(settings.words.say)
            front.report("departments", *wording.filled(value=value, suggestion=suggestion(value, known, where_departments_are(settings))), line)
    yield from found


def overridden(decision: Decision, own: Sequence[Decision]) -> bool:
    """Whether a unit has a decision of its own in the place of one of the department above it: one with the same short name, about the same channel."""
    return any((one.name.casefold(), one.channel) == (decision.name.casefold(), decision.channel) for one in own)


def _with_parent(guideline: Guideline, parent: Guideline) -> Guideline:
    above = {section.group.id: section for section in parent.sections}
    return replace(guideline, sections=tuple(_with_inherited(section, above[section.group.id]) for section in guideline.sections))


def _with_inherited(section: GuidelineSection, above: GuidelineSection) -> GuidelineSection:
    """Return the section of a unit with what holds of the section above it."""
    is_settled = section.coverage in (Coverage.NOT_APPLICABLE, Coverage.NOT_USED)
    is_written = section.coverage is not Coverage.MISSING
    if is_settled or above.coverage is Coverage.NOT_APPLICABLE or (is_written and above.coverage is Coverage.NOT_USED):
        return section
    kept = tuple(one for one in above.decisions if not overridden(one, section.decisions))
    if is_written:
        return replace(section, inherited=kept)
    return GuidelineSection(section.group, above.url, Coverage.INHERITED, (), inherited=kept)
