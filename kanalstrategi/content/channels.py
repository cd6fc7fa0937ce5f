"""Reads the strategy's channels and their rules from the pages of the channel groups."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kanalstrategi.content.conventions import RULES_HEADING
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.model import Channel, Page, Rule
from kanalstrategi.content.rule_kinds import RuleKind, kind_from_words
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.allow_list import RULE_KINDS
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Block, ParsedPage

_LEADS_ON = re.compile(r"(?::|, at)$")
"""The end of a paragraph that goes on in the list below it: "På sociale medier gælder det, at"."""


def read_channel_group(page: Page, parsed: ParsedPage, diagnostics: list[Diagnostic]) -> Channel:
    """Return the channel group that a page describes, with its sub-channels and rules."""
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
    rules: list[Rule] = []
    # One item with an id makes the whole list a list of rules, whatever its heading.
    rule_lists = {block.list for block in parsed.blocks if block.kind == "item" and block.id}
    current_id, current_level, heading, lead, is_rules_heading = group_id, 0, "", "", False
    for block in parsed.blocks:
        if block.kind == "heading":
            heading = lead = block.text
            is_rules_heading = _letters_of(heading) == _letters_of(RULES_HEADING)
            if block.id in subchannel_ids:
                current_id, current_level = block.id, block.level
            elif block.level <= current_level:
                current_id = group_id  # the sub-channel's section has ended
        elif block.kind == "item" and (is_rules_heading or block.list in rule_lists):
            rules += _read_rule(block, heading, lead, current_id, group_id, page, diagnostics)
        elif block.kind == "paragraph":
            lead = block.text if _LEADS_ON.search(block.text) else heading
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


def quoting_pages(pages: dict[str, Page], parsed_pages: dict[str, ParsedPage], groups: list[Channel]) -> dict[str, tuple[Page, ...]]:
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


def _letters_of(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


def _read_rule(block: Block, heading: str, lead: str, channel_id: str, group_id: str, page: Page, diagnostics: list[Diagnostic]) -> list[Rule]:
    """Return a list with the rule in a list item, or an empty list if the item has no id."""

    def report(message: str, hint: str) -> None:
        diagnostics.append(Diagnostic(f"docs/{page.path}", block.line, message, hint))

    if not block.id:
        hint = f"skriv en linje under punktet, rykket fire mellemrum ind: `    {{: #{channel_id}-et-kort-navn }}`"
        report("reglen har intet id", hint)
        return []
    kind = RuleKind(block.rule_kind) if block.rule_kind in RULE_KINDS else kind_from_words(block.text)
    return [Rule(block.id, block.text, heading, lead, kind, block.line, channel_id, group_id, page)]
