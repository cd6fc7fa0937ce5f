"""Finds the departments that a proposal touches: those whose guidelines show rules that it changes, and what they have decided under them. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kanalstrategi.content.decision_model import Decision
from kanalstrategi.content.model import Content, Guideline, GuidelineSection


@dataclass(frozen=True)
class TouchedSection:
    """A section of a guideline under which rules change."""

    guideline: Guideline
    section: GuidelineSection
    decisions: tuple[Decision, ...]
    """Those about the channels whose rules change, and those about the whole group."""


def touched_sections(site: Content, channels: Iterable[str]) -> tuple[TouchedSection, ...]:
    """Return the sections under which rules change, by channel group, given the ids of the channels that those rules are or were of."""
    touched = {*channels}
    found = []
    for group in site.groups:
        own = touched & {group.id, *(channel.id for channel in group.subchannels)}
        if own:
            for guideline in site.guidelines:
                found += [_touched(guideline, section, own | {group.id}) for section in guideline.written_sections if section.group.id == group.id]
    return tuple(found)


def _touched(guideline: Guideline, section: GuidelineSection, channels: set[str]) -> TouchedSection:
    everything = section.group.id in channels and len(channels) == 1
    return TouchedSection(guideline, section, tuple(decision for decision in section.decisions if everything or decision.channel in channels))
