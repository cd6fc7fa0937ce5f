"""Makes the record of the page that each rule has. No I/O."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import replace

from kanalstrategi.content.conventions import RULE_FOLDER
from kanalstrategi.content.former_content import former_ids, former_rule
from kanalstrategi.content.model import Channel, Content, Page, Rule
from kanalstrategi.danish.sentences import split_sentences
from kanalstrategi.markdown.allow_list import RULE_KINDS

MAX_TITLE_CHARACTERS = 110
"""Maximum length of the title, which is the rule's channel and the beginning of its first sentence."""


def make_rule_pages(groups: Iterable[Channel]) -> dict[str, Page]:
    """Return the page of each rule, keyed by the path that its file would have."""
    pages: dict[str, Page] = {}
    for group in groups:
        titles = {channel.id: channel.title for channel in (group, *group.subchannels)}
        for rule in group.rules:
            page = _rule_page(rule, titles[rule.channel])
            pages[page.path] = page
    return pages


def with_gone_rules(content: Content) -> Content:
    """Return the content of the site with the rules that are no longer in force, and a page for each: its URL works for ever."""
    gone: dict[str, Rule] = {}
    pages: dict[str, Page] = {}
    for id in former_ids(content, lambda edition: edition.rules):
        if found := former_rule(content, id):
            page = _rule_page(found.record, found.content.stating[found.record.channel].title)
            gone[id] = found.record
            pages[page.path] = replace(page, title=f"Udgået regel – {page.title}", description=f"Udgået regel. {page.description}")
    return replace(content, gone_rules=gone, rule_pages=content.rule_pages | pages)


def _rule_page(rule: Rule, channel: str) -> Page:
    """Return the page of a rule. It has the owner, the status and the dates of the page that states the rule."""
    begins = f"{channel}: {rule.needed_lead} " if rule.needed_lead else f"{channel}: "
    return replace(
        rule.page,
        path=f"{RULE_FOLDER}/{rule.id}.md",
        url=rule.page_url,
        title=textwrap.shorten(begins + split_sentences(rule.text)[0], MAX_TITLE_CHARACTERS, placeholder=" …").rstrip("."),
        description=begins + rule.text,
        keywords=(RULE_KINDS[rule.kind.value],),
        redirects=(),
        short="",
        line=1,
    )
