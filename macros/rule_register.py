"""The macro that lists all rules, grouped by channel, with the pages that quote them."""

from __future__ import annotations

from collections.abc import Sequence

from kanalstrategi.content.model import Rule
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.components import draft_mark, heading, icon, page_link, rule_source, rules_heading
from kanalstrategi.rendering.macros import Call, macro


@macro(anchors=lambda content: content.channels, script="register.js")
def register(call: Call) -> list[Element]:
    """Return all rules under headings for groups and sub-channels. The call must be alone on its line."""
    parts = [_filter_form(call)]
    for group in call.content.groups:
        parts.append(heading(2, group.title, group.id, draft_mark(group.page), icon(group.page.icon)))
        own = [rule for rule in group.rules if rule.channel == group.id]
        parts += _rules(call, own, "" if group.subchannels else rules_heading(group))
        for channel in group.subchannels:
            parts.append(heading(3, channel.title, channel.id))
            parts += _rules(call, channel.rules, rules_heading(channel))
    return parts


def _filter_form(call: Call) -> Element:
    """Return the form that filters the rules. It is hidden until `register.js` shows it, because it does not work without the script."""
    return element(
        "form.filter.web-only",
        element("label", "Vis kun regler, der indeholder", for_="regelfilter"),
        " ",
        element("input", id="regelfilter", name_="vis", type="search", autocomplete="off", spellcheck="false"),
        element("p.filter-count", role="status"),
        role="search",
        aria_label="Filtrér reglerne",
        hidden="",
        data_rules=str(len(call.content.rules)),
    )


def _rules(call: Call, rules: Sequence[Rule], lead_in: str) -> list[Element]:
    if not rules:
        return []
    items = [element("li", rule.text, " ", rule_source(call, rule, "link til reglen"), _quoting_pages(call, rule), data_rule=rule.id) for rule in rules]
    lead = [element("p.rules-lead", lead_in)] if lead_in else []
    return [*lead, element("ul.rules.register", items)]


def _quoting_pages(call: Call, rule: Rule) -> Element:
    pages = [page for page in call.content.quotes.get(rule.id, ()) if page != call.page]
    if not pages:
        return element("p.quoted.web-only", "Ikke gengivet på andre sider", data_search_exclude="")
    return element(
        "details.quoted.web-only",
        element("summary", f"Gengivet på {count_phrase(len(pages), 'side', 'sider')}"),
        element("ul", [element("li", page_link(call, page)) for page in pages]),
        data_search_exclude="",
    )
