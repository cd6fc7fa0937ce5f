"""The macro that lists all rules, grouped by channel, with the pages that quote them."""

from __future__ import annotations

from collections.abc import Sequence

from kanalstrategi.content.model import Rule
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.rendering.components import (
    DRAFT_CLASSES,
    ICON_CLASS,
    RULE_SOURCE_CLASS,
    draft_mark,
    heading,
    icon_html,
    page_link,
    rule_source,
    rules_heading,
)
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call, macro


@macro(
    "register", "rules", "rules-lead", "quoted", "filter", "filter-count", "web-only", ICON_CLASS, RULE_SOURCE_CLASS, *DRAFT_CLASSES,
    anchors=lambda content: content.channels,
    script="register.js",
)  # fmt: skip - keeps the classes on one line
def register(call: Call) -> str:
    """Return all rules under headings for groups and sub-channels. The call must be alone on its line."""
    parts = [_filter_form(call)]
    for group in call.content.groups:
        parts.append(heading(2, group.title, group.id, draft_mark(group.page), icon_html(group.page.icon)))
        own = [rule for rule in group.rules if rule.channel == group.id]
        parts.append(_rules(call, own, "" if group.subchannels else rules_heading(group)))
        for channel in group.subchannels:
            parts.append(heading(3, channel.title, channel.id))
            parts.append(_rules(call, channel.rules, rules_heading(channel)))
    return "\n\n".join(filter(None, parts))


def _filter_form(call: Call) -> str:
    """Return the form that filters the rules. It is hidden until `register.js` shows it, because it does not work without the script."""
    number = len(call.content.rules)
    return (
        f'<form class="filter web-only" role="search" aria-label="Filtrér reglerne" hidden data-rules="{number}">'
        '<label for="regelfilter">Vis kun regler, der indeholder</label> '
        '<input id="regelfilter" name="vis" type="search" autocomplete="off" spellcheck="false">'
        '<p class="filter-count" role="status"></p></form>'
    )


def _rules(call: Call, rules: Sequence[Rule], lead_in: str) -> str:
    if not rules:
        return ""
    lead = f'<p class="rules-lead">{escape_text(lead_in)}</p>\n\n' if lead_in else ""
    items = "".join(
        f'<li data-rule="{escape_text(rule.id)}">{escape_text(rule.text)} {rule_source(call, rule, "link til reglen")}'
        f"{_quoting_pages(call, rule)}</li>"
        for rule in rules
    )
    return f'{lead}<ul class="rules register">{items}</ul>'


def _quoting_pages(call: Call, rule: Rule) -> str:
    pages = [page for page in call.content.quotes.get(rule.id, ()) if page != call.page]
    if not pages:
        return '<p class="quoted web-only" data-search-exclude>Ikke gengivet på andre sider</p>'
    links = "".join(f"<li>{page_link(call, page)}</li>" for page in pages)
    return (
        '<details class="quoted web-only" data-search-exclude>'
        f"<summary>Gengivet på {count_phrase(len(pages), 'side', 'sider')}</summary><ul>{links}</ul></details>"
    )
