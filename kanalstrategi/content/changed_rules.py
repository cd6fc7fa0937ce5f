"""Finds the rules that the adoption of the edition in force has changed. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.model import Content, Rule
from kanalstrategi.content.renamed_channels import current_ids


@dataclass(frozen=True)
class RuleChange:
    """A rule before and after an adoption."""

    kind: ChangeKind
    """It is new, gone, changed, or moved to another channel, perhaps in other words."""
    old: Rule | None
    """The rule in the former edition; None if it is new."""
    new: Rule | None
    """The rule in the edition in force; None if it is gone."""

    @property
    def rule(self) -> Rule:
        """The rule as it is, or as it was last."""
        found = self.new or self.old
        assert found is not None, "a rule that is in neither edition has not changed"
        return found

    @property
    def is_reworded(self) -> bool:
        """Whether it is in both editions, in other words."""
        return self.old is not None and self.new is not None and rule_words(self.old) != rule_words(self.new)

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id

    @property
    def channels(self) -> set[str]:
        """The ids of the channels and groups that the rule belongs to or has belonged to."""
        return {id for rule in (self.old, self.new) if rule for id in (rule.channel, rule.group)}


def changed_rules(content: Content) -> tuple[RuleChange, ...]:
    """Return the rules that the adoption of the edition in force has changed: first those in force, then those that are gone."""
    former = content.former
    if former is None:
        return ()
    old, new = former.rules, content.rules
    now = current_ids(content)
    found = [RuleChange(kind, old.get(id), rule) for id, rule in new.items() if (kind := _kind(old.get(id), rule, now))]
    return (*found, *(RuleChange(ChangeKind.GONE, rule, None) for id, rule in old.items() if id not in new))


def changes_shown(changes: Iterable[RuleChange], channels: Iterable[str], rules: Iterable[str]) -> tuple[RuleChange, ...]:
    """Return the changes that concern a text which shows the rules of some channels, and some single rules."""
    shown_channels, shown_rules = set(channels), set(rules)
    return tuple(change for change in changes if change.id in shown_rules or shown_channels & change.channels)


def rule_words(rule: Rule) -> str:
    """Return the words of a rule, with what leads up to them if they are no sentence without it."""
    return f"{rule.needed_lead} {rule.text}".lstrip()


def _kind(old: Rule | None, new: Rule, now: Mapping[str, str]) -> ChangeKind | None:
    """Return what has happened to a rule that is in force; None if it is as it was. `now` are the ids of channel groups that have another name."""
    if old is None:
        return ChangeKind.NEW
    if (now.get(old.channel, old.channel), now.get(old.group, old.group)) != (new.channel, new.group):
        return ChangeKind.MOVED
    return ChangeKind.CHANGED if rule_words(old) != rule_words(new) else None
