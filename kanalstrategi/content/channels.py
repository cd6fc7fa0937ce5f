"""The channels of the strategy and their rules, from the pages of the channel groups."""

from __future__ import annotations

from collections.abc import Iterable

from kanalstrategi.content.conventions import RULES_HEADING
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.model import Channel, Page, Rule
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Block, ParsedPage


def quoting_pages(
    pages: dict[str, Page], parsed_pages: dict[str, ParsedPage], groups: list[Channel]
) -> dict[str, tuple[Page, ...]]:
    channels = {channel.id: channel for group in groups for channel in (group, *group.subchannels)}
    found: dict[str, list[Page]] = {}
    for path, page in pages.items():
        for id in quoted_rules(parsed_pages[path].macro_text.calls, channels):
            found.setdefault(id, []).append(page)
    return {id: tuple(where) for id, where in found.items()}


def read_channel_group(page: Page, parsed: ParsedPage, diagnostics: list[Diagnostic]) -> Channel:
    """The channel group that a page describes, with its sub-channels and rules."""
    group_id = page.path.rpartition("/")[2].removesuffix(".md")
    headings = {block.id: block for block in parsed.blocks if block.kind == "heading"}
    wanted = FieldReader(page.path, parsed, []).texts("subchannels")
    if parsed.front.errors or not parsed.front.is_there:
        # Unreadable, and complained of; so that nothing that names a sub-channel fails as well:
        wanted = [id for id, block in headings.items() if block.level == 2]
    for id in wanted:
        if id not in headings:
            hint = f"skriv `{{: #{id} }}` efter afsnittets overskrift, eller slet {id} fra subchannels"
            line = parsed.front.lines["subchannels"]
            diagnostics.append(Diagnostic(f"docs/{page.path}", line, f"siden har intet afsnit {id}", hint))
    rules: list[Rule] = []
    # One item with an id makes a list one of rules, whatever its heading is.
    rule_lists = {block.list for block in parsed.blocks if block.kind == "item" and block.id}
    current, rank, heading, is_announced = group_id, 0, "", False
    for block in parsed.blocks:
        if block.kind == "heading":
            heading = block.text
            is_announced = _letters_of(heading) == _letters_of(RULES_HEADING)
            if block.id in wanted:
                current, rank = block.id, block.level
            elif block.level <= rank:
                current = group_id  # the sub-channel's section has ended
        elif block.kind == "item" and (is_announced or block.list in rule_lists):
            rules += _read_rule(block, heading, current, group_id, page, diagnostics)
    subchannels = tuple(
        Channel(
            id=id,
            title=headings[id].text if id in headings else id,
            url=f"{page.url}#{id}",
            page=page,
            rules=tuple(rule for rule in rules if rule.channel == id),
        )
        for id in wanted
    )
    return Channel(group_id, page.title, page.url, page, tuple(rules), subchannels)


def _letters_of(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


def _read_rule(
    block: Block, heading: str, channel: str, group: str, page: Page, diagnostics: list[Diagnostic]
) -> list[Rule]:
    def complain(message: str, hint: str) -> None:
        diagnostics.append(Diagnostic(f"docs/{page.path}", block.line, message, hint))

    if not block.id:
        hint = f"skriv en linje under punktet, rykket fire mellemrum ind: `    {{: #{channel}-et-kort-navn }}`"
        complain("reglen har intet id", hint)
        return []
    if block.is_loose:
        # Python-Markdown then gives the id to a paragraph inside the item.
        complain("der er tomme linjer mellem reglerne", "fjern dem, så punkterne står lige under hinanden")
    return [Rule(block.id, block.text, heading, block.line, channel, group, page)]


def quoted_rules(calls: Iterable[MacroCall], channels: dict[str, Channel]) -> list[str]:
    """Ids of the rules that calls show, each once, in order."""
    found: dict[str, None] = {}
    for call in calls:
        if call.name == "rule" and call.arguments:
            found[call.arguments[0]] = None
        elif call.name == "rules" and call.arguments and call.arguments[0] in channels:
            found.update(dict.fromkeys(rule.id for rule in channels[call.arguments[0]].rules))
    return list(found)
