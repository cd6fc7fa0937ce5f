"""Shows rules: the sign of what kind a rule is, and its words so that they are never a fragment. No I/O."""

from __future__ import annotations

from collections.abc import Sequence

from kanalstrategi.content.model import Rule
from kanalstrategi.content.rule_kinds import RuleKind
from kanalstrategi.markdown.allow_list import RULE_KINDS
from kanalstrategi.markdown.nodes import KIND_ATTRIBUTE, Element, Node, descendants, element, text_holder
from kanalstrategi.rendering.components import icon
from kanalstrategi.rendering.macros import Call

SIGN_CLASS = "rule-kind"
KIND_ICONS = {
    RuleKind.DUTY: "material/check",
    RuleKind.AIM: "material/bullseye-arrow",
    RuleKind.PROHIBITION: "material/cancel",
}
"""The icon that stands for each kind of rule."""


def kind_word(kind: RuleKind) -> str:
    """Return what a kind of rule is called: `Forbud`."""
    return RULE_KINDS[kind.value].capitalize()


def kind_sign(kind: RuleKind) -> Element:
    """Return the sign of a kind of rule.

    Its word is the name of an image: the style shows it, screen readers read it, and whoever copies the strategy's text gets only that.
    """
    token = "overdue" if kind is RuleKind.PROHIBITION else ""
    return element(f"span.{SIGN_CLASS}.{kind.value}", icon(KIND_ICONS[kind], token), role="img", aria_label=kind_word(kind))


def shared_lead(rules: Sequence[Rule]) -> str:
    """Return what leads up to all of some rules, or an empty string if it is not the same."""
    leads = {rule.shown_lead.rstrip(":") for rule in rules}
    return leads.pop() if len(leads) == 1 else ""


def rule_words(rule: Rule, *, has_lead: bool = False, has_points: bool = False) -> list[Node]:
    """Return the sign and the words of a rule, with what leads up to them if they need it and it does not stand above them already.

    With `has_points`, the points below the rule are left out: `point_list` shows them below.
    """
    lead = "" if has_lead else rule.needed_lead
    before: list[Node] = [element("span.rule-lead", lead), " "] if lead else []
    return [kind_sign(rule.kind), " ", *before, rule.own_text if has_points and rule.points else rule.text]


def point_list(rule: Rule) -> list[Node]:
    """Return the points below a rule as a list, or nothing if it has none."""
    return [element("ul", [element("li", point) for point in rule.points])] if rule.points else []


def sign_rules(root: Element, call: Call) -> None:
    """Put its sign before each rule that the page itself states. `root` is the page's tree, with macro calls replaced by their answers."""
    rules = {rule.id: rule for channel in call.content.stating.values() if channel.page == call.page for rule in channel.rules}
    for item in [node for node in descendants(root) if node.tag == "li" and node.line]:
        item.attributes.pop(KIND_ATTRIBUTE, None)
        if rule := rules.get(item.id):
            text_holder(item).children[:0] = [kind_sign(rule.kind), " "]
