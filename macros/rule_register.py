"""The macro that lists all rules, grouped by channel, with the pages that quote them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from kanalstrategi.content.model import Passage, Rule, Status
from kanalstrategi.content.rule_kinds import RuleKind, prohibitions_in
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.components import draft_mark, heading, icon, in_brackets, page_link, rule_source
from kanalstrategi.rendering.macros import Call, macro
from kanalstrategi.rendering.rules import kind_sign, kind_word, point_list, rule_words, shared_lead

TEXT_PROHIBITIONS_ID = "forbud-i-teksten"
FIELD_IDS = ("regelfilter", "regelslags")


@macro(anchors=lambda content: [*content.stating, TEXT_PROHIBITIONS_ID, *FIELD_IDS], script="register.js", is_of_site=True)
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
    for chapter in call.content.chapters:
        parts.append(heading(2, chapter.title, chapter.id, draft_mark(chapter.page), icon(chapter.page.icon)))
        parts += _rules(call, chapter.rules)
    return parts + _prohibitions_in_text(call)


def _prohibitions_in_text(call: Call) -> list[Element]:
    """Return what the adopted text forbids outside its lists of rules. Without it, the list of prohibitions would look complete."""
    passages = [passage for passage in call.content.passages.values() if passage.page.status is Status.ADOPTED]
    items = [
        element("li", kind_sign(RuleKind.PROHIBITION), " ", sentence, " ", _source(call, passage), data_kind=RuleKind.PROHIBITION.value)
        for passage in passages
        for sentence in prohibitions_in(passage.text)
    ]
    if not items:
        return []
    lead = element("p.rules-lead", "Disse sætninger er ikke regler i en liste, men de forbyder også noget:")
    return [heading(2, "Forbud i selve teksten", TEXT_PROHIBITIONS_ID), lead, element("ul.rules.register", items)]


def _source(call: Call, passage: Passage) -> Element:
    return in_brackets(element("a", f"fra afsnittet {passage.section}", href=call.link(passage.url)))


def _filter_form(call: Call) -> Element:
    """Return the form that filters the rules. It is hidden until `register.js` shows it, because it does not work without the script."""
    return element(
        "form.filter.web-only",
        element("label", "Vis kun regler, der indeholder", for_=FIELD_IDS[0]),
        " ",
        element("input", id=FIELD_IDS[0], name_="vis", type="search", autocomplete="off", spellcheck="false"),
        " ",
        element("label", "Slags regel", for_=FIELD_IDS[1]),
        " ",
        element("select", _kind_option("", "Alle slags"), [_kind_option(kind.value, kind_word(kind)) for kind in RuleKind], id=FIELD_IDS[1], name_="slags"),
        element("p.filter-count", role="status"),
        role="search",
        aria_label="Filtrér reglerne",
        hidden="",
        data_search_exclude="",
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
            rule_words(rule, has_lead=bool(shared), has_points=True),
            " ",
            rule_source(call, rule, "link til reglen"),
            point_list(rule),
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
