"""Reads the strategy's channels and their rules from the pages of the channel groups."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kanalstrategi.content.edition_paths import is_of_strategy
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.model import Channel, Page, Rule
from kanalstrategi.content.rule_kinds import RuleKind
from kanalstrategi.content.rule_leads import announces, as_lead, joined, kind_of
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.allow_list import RULE_KINDS
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Block, ParsedPage

_LEADS_ON = re.compile(r"(?::|, at)$")
"""The end of a paragraph that goes on in the list below it: "På sociale medier gælder det, at"."""


def read_channel_group(page: Page, parsed: ParsedPage, leads: Sequence[str], diagnostics: list[Diagnostic]) -> Channel:
    """Return the channel group that a page describes, with its sub-channels and rules, which `leads` announce."""
    group_id = page.path.rpartition("/")[2].removesuffix(".md")
    headings = {block.id: block for block in parsed.blocks if block.kind == "heading"}
    subchannel_ids = FieldReader(page.path, parsed, []).texts("subchannels")
    if parsed.front.errors or not parsed.front.is_there:
        # Unreadable front matter has already been reported. Guessing its sub-channels keeps references to them from being reported too.
        subchannel_ids = [id for id, block in headings.items() if block.level == 2]
    for id in subchannel_ids:
        if id not in headings:
            hint = f"skriv `{{: #{id} }}` efter afsnittets overskrift, eller slet {id} fra subchannels"
            line = parsed.front.lines["subchannels"]
            diagnostics.append(Diagnostic(f"docs/{page.path}", line, f"siden har intet afsnit {id}", hint))
    # One item with an id makes the whole list a list of rules, whatever its heading.
    rule_lists = {block.list for block in parsed.blocks if block.kind == "item" and block.id}
    rules = _read_rules(page, parsed, leads, group_id, subchannel_ids, rule_lists, diagnostics)
    subchannels = tuple(
        Channel(
            id=id,
            title=headings[id].text if id in headings else id,
            url=f"{page.url}#{id}",
            page=page,
            rules=tuple(rule for rule in rules if rule.channel == id),
        )
        for id in subchannel_ids
    )
    departments = tuple(dict.fromkeys(id for id, _ in FieldReader(page.path, parsed, diagnostics).texts_with_lines("departments")))
    return Channel(group_id, page.title, page.url, page, tuple(rules), subchannels, departments)


def read_chapter(page: Page, parsed: ParsedPage, leads: Sequence[str], diagnostics: list[Diagnostic]) -> Channel | None:
    """Return a page of the strategy that is no channel, with the rules that it states, or None if it states none.

    Only what is announced is a rule there: other items with ids are passages, which can be quoted.
    """
    id = page.path.removesuffix("/index.md").removesuffix(".md").rpartition("/")[2]
    rules = _read_rules(page, parsed, leads, id, (), (), diagnostics)
    return Channel(id, page.title, page.url, page, tuple(rules)) if rules else None


def read_chapters(
    pages: Mapping[str, Page], parsed_pages: Mapping[str, ParsedPage], groups: Iterable[Channel], settings: Settings, diagnostics: list[Diagnostic]
) -> tuple[Channel, ...]:
    """Return the pages of the strategy that state rules without being channels, in the order of `pages`."""
    of_channels = {group.page.path for group in groups}
    of_strategy = [page for page in pages.values() if is_of_strategy(page, settings.folders) and page.path not in of_channels]
    found = (read_chapter(page, parsed_pages[page.path], settings.rule_leads, diagnostics) for page in of_strategy)
    return tuple(chapter for chapter in found if chapter)


def quoting_pages(pages: dict[str, Page], parsed_pages: dict[str, ParsedPage], groups: Iterable[Channel]) -> dict[str, tuple[Page, ...]]:
    """Return the pages that show each rule by macro, keyed by the rule's id."""
    channels = {channel.id: channel for group in groups for channel in (group, *group.subchannels)}
    found: dict[str, list[Page]] = {}
    for path, page in pages.items():
        for id in quoted_rules(parsed_pages[path].calls, channels):
            found.setdefault(id, []).append(page)
    return {id: tuple(quoting) for id, quoting in found.items()}


def quoted_rules(calls: Iterable[MacroCall], channels: dict[str, Channel]) -> list[str]:
    """Return the ids of the rules that macro calls show, in order and without duplicates."""
    found: dict[str, None] = {}
    for call in calls:
        if call.name == "rule" and call.arguments:
            found[call.arguments[0]] = None
        elif call.name == "rules" and call.arguments and call.arguments[0] in channels:
            found.update(dict.fromkeys(rule.id for rule in channels[call.arguments[0]].rules))
    return list(found)


def _read_rules(
    page: Page, parsed: ParsedPage, leads: Sequence[str], group_id: str, subchannels: Sequence[str], lists: Collection[int], diagnostics: list[Diagnostic]
) -> list[Rule]:
    """Return the rules of a page: the items below a heading that announces rules, right below a paragraph that does, and of some lists."""
    rules: list[Rule] = []
    points: dict[str, list[str]] = {}
    current_id, current_level, heading, lead, is_rules_heading = group_id, 0, "", "", False
    announced, is_announced, current_rule = 0, False, ""
    for block in parsed.blocks:
        is_item = block.kind == "item"
        if is_item and is_announced and not block.depth:
            announced = block.list
        is_announced = False
        if block.kind == "heading":
            heading = lead = block.text
            is_rules_heading = announces(heading, leads)
            if block.id in subchannels:
                current_id, current_level = block.id, block.level
            elif block.level <= current_level:
                current_id = group_id  # the sub-channel's section has ended
        elif is_item and block.depth and block.list not in lists:
            if current_rule:
                points[current_rule].append(block.text)
        elif is_item and (is_rules_heading or block.list in lists or block.list == announced):
            found = _read_rule(block, heading, lead, current_id, group_id, page, diagnostics)
            current_rule = found[0].id if found else ""
            points[current_rule] = []
            rules += found
        elif is_item:
            current_rule = ""
        elif block.kind == "paragraph" and not block.depth:
            lead = block.text if _LEADS_ON.search(block.text) or announces(block.text, leads) else heading
            is_announced = announces(block.text, leads)
    return [_with_points(rule, tuple(points[rule.id])) for rule in rules]


def _with_points(rule: Rule, points: tuple[str, ...]) -> Rule:
    return replace(rule, text=joined(rule.text, points), own_text=rule.text, points=points) if points else rule


def _read_rule(block: Block, heading: str, lead: str, channel_id: str, group_id: str, page: Page, diagnostics: list[Diagnostic]) -> list[Rule]:
    """Return a list with the rule in a list item, or an empty list if the item has no id."""

    def report(message: str, hint: str) -> None:
        diagnostics.append(Diagnostic(f"docs/{page.path}", block.line, message, hint))

    if not block.id:
        hint = f"skriv en linje under punktet, rykket fire mellemrum ind: `    {{: #{channel_id}-et-kort-navn }}`"
        report("reglen har intet id", hint)
        return []
    lead = as_lead(lead)
    kind = RuleKind(block.rule_kind) if block.rule_kind in RULE_KINDS else kind_of(block.text, lead)
    return [Rule(block.id, block.text, heading, lead, kind, block.line, channel_id, group_id, page)]
