"""The macro that lists all rules, grouped by channel, with the pages that quote them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from kanalstrategi.content.model import Rule
from kanalstrategi.content.rule_kinds import RuleKind
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.components import draft_mark, heading, icon, page_link, rule_source
from kanalstrategi.rendering.macros import Call, macro
from kanalstrategi.rendering.rules import kind_word, rule_words, shared_lead


@macro(anchors=lambda content: content.channels, script="register.js")
def register(call: Call) -> list[Element]:
    """Return all rules under headings for groups and sub-channels. The call must be alone on its line."""
    parts = [_filter_form(call)]
    for group in call.content.groups:
        parts.append(heading(2, group.title, group.id, draft_mark(group.page), icon(group.page.icon)))
        own = [rule for rule in group.rules if rule.channel == group.id]
        parts += _rules(call, own)
        for channel in group.subchannels:
            parts.append(heading(3, channel.title, channel.id))
            parts += _rules(call, channel.rules)
    return parts


def _filter_form(call: Call) -> Element:
    """Return the form that filters the rules. It is hidden until `register.js` shows it, because it does not work without the script."""
    return element(
        "form.filter.web-only",
        element("label", "Vis kun regler, der indeholder", for_="regelfilter"),
        " ",
        element("input", id="regelfilter", name_="vis", type="search", autocomplete="off", spellcheck="false"),
        " ",
        element("label", "Slags regel", for_="regelslags"),
        " ",
        element("select", _kind_option("", "Alle slags"), [_kind_option(kind.value, kind_word(kind)) for kind in RuleKind], id="regelslags", name_="slags"),
        element("p.filter-count", role="status"),
        role="search",
        aria_label="Filtrér reglerne",
        hidden="",
        data_rules=str(len(call.content.rules)),
    )


def _kind_option(value: str, words: str) -> Element:
    return element("option", words, value=value)


def _rules(call: Call, rules: Sequence[Rule]) -> list[Element]:
    if not rules:
        return []
    shared = shared_lead(rules)
    items = [
        element(
            "li",
            rule_words(rule, has_lead=bool(shared)),
            " ",
            rule_source(call, rule, "link til reglen"),
            " ",
            _page_link(call, rule),
            _quoting_pages(call, rule),
            data_rule=rule.id,
            data_kind=rule.kind.value,
        )
        for rule in rules
    ]
    lead = [element("p.rules-lead", shared)] if shared else []
    return [*lead, element("ul.rules.register", items)]


def _page_link(call: Call, rule: Rule) -> Element:
    """Return a link to the page of a rule."""
    name = f"mere om reglen: {textwrap.shorten(rule.text, 60, placeholder=' …')}"
    link = element("a", "mere om reglen", href=call.link(rule.page_url), aria_label=name)
    return element("span.rule-more.web-only", link, data_search_exclude="")


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
