"""Lists, for the form of a guideline, what an adoption has changed and a section may have to confirm. No I/O."""

from __future__ import annotations

from typing import Any

from kanalstrategi.content.changed_rules import RuleChange, changed_rules, rule_words
from kanalstrategi.content.confirmations import deadline_words
from kanalstrategi.content.model import Content


def adoption_for_form(content: Content) -> dict[str, Any] | None:
    """Return the changes of rules as JSON, with the words before and after; None if there are none. overrides/editor/guideline/form.js shows them."""
    changes = changed_rules(content)
    if not changes or content.edition is None or content.edition.adopted is None:
        return None
    return {
        "title": content.edition.title,
        "adopted": content.edition.adopted.isoformat(),
        "deadline": deadline_words(content),
        "groups": [group.id for group in content.groups],
        "changes": [_change(change) for change in changes],
    }


def _change(change: RuleChange) -> dict[str, Any]:
    return {
        "rule": change.id,
        "kind": change.kind.value,
        "channels": sorted(change.channels),
        "before": rule_words(change.old) if change.old else "",
        "after": rule_words(change.new) if change.new else "",
    }
