"""Tells the life of a rule: when it came, in which words, and when it went. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.former_content import superseded
from kanalstrategi.content.model import Content, Rule, Status


@dataclass(frozen=True)
class RuleEvent:
    """An edition in which a rule is not as in the one before it."""

    title: str
    """Title of the edition."""
    url: str
    """URL of its front page."""
    since: date | None
    """The day it was adopted; None for a proposal, and where nobody has written it down."""
    rule: Rule | None
    """The rule as the edition states it; None if it has gone."""
    state: EditionState


@dataclass(frozen=True)
class RuleLife:
    """Everything that has happened to a rule, and that is proposed."""

    events: tuple[RuleEvent, ...]
    """Those of adopted editions, the first one first; empty if the rule is only a draft."""
    proposals: tuple[RuleEvent, ...]
    """Those of proposals, in which the rule is not as it is now."""


def rule_life(content: Content, id: str) -> RuleLife:
    """Return the life of a rule, given the content of the site."""
    adopted = [_event(other, other.edition, id) for other in reversed(superseded(content)) if other.edition]
    front = content.pages.get("index.md")
    if front and content.strategy and front.status is Status.ADOPTED:
        title, day = (content.edition.title, content.edition.adopted) if content.edition else (front.title, None)
        adopted.append(RuleEvent(title, front.url, day or content.strategy.adopted, content.rules.get(id), EditionState.ADOPTED))
    proposed = [_event(other, other.edition, id) for other in reversed(content.editions) if other.edition and is_open(other)]
    current = content.rules.get(id)
    return RuleLife(tuple(_changing(adopted)), tuple(event for event in proposed if _words(event.rule) != _words(current)))


def _event(content: Content, edition: Edition, id: str) -> RuleEvent:
    return RuleEvent(edition.title, edition.url, edition.adopted, content.rules.get(id), edition.state)


def _changing(events: Iterable[RuleEvent]) -> list[RuleEvent]:
    """Return the events in which a rule is not as in the one before."""
    found: list[RuleEvent] = []
    for event in events:
        if _words(event.rule) != (_words(found[-1].rule) if found else None):
            found.append(event)
    return found


def _words(rule: Rule | None) -> str | None:
    return rule.text if rule else None
