"""Writes the page that each rule has: its words, where it stands, where it is quoted, how to refer to it. No I/O."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from kanalstrategi.content.conventions import RULE_FOLDER
from kanalstrategi.content.model import Channel, Content, Page, Rule, Status
from kanalstrategi.content.rule_kinds import RuleKind
from kanalstrategi.content.rule_leads import has_promise
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import draft_mark, heading, icon, page_link
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.plan import action_list, actions_serving
from kanalstrategi.rendering.rule_history import gone_banner, rule_history
from kanalstrategi.rendering.rules import kind_sign, kind_word, point_list

COPY_SCRIPT = "copy-reference.js"
"""The browser script of a rule's page."""
_MEANINGS = {
    RuleKind.DUTY: "noget, vi skal",
    RuleKind.AIM: "noget, vi bestræber os på",
    RuleKind.PROHIBITION: "noget, vi ikke må",
}


def rule_page_tree(call: Call, rule: Rule, site_url: str) -> Element:
    """Return the tree of a rule's page. `site_url` is the URL of the published site, or empty if it is not known."""
    channel, page = _channel(call, rule), call.page
    lead = element("p.rule-lead-in", icon(rule.page.icon), channel.title, draft_mark(rule.page))
    before: list[Node] = [element("span.rule-lead", rule.shown_lead), " "] if rule.shown_lead else []
    words = element("p", kind_sign(rule.kind), " ", *before, rule.own_text or rule.text)
    meaning = f"{kind_word(rule.kind)} betyder: {_meaning(rule)}. {call.content.say('Ordet står ikke i strategien, men er læst af reglens egne ord.')}"
    return element(
        "div",
        element("h1.rule-title", page.title, id=rule.id),
        gone_banner(call, rule) or "",
        element(f"div.rule-card.{rule.kind.value}", lead, words, point_list(rule)),
        element("p.rule-meaning", meaning, data_search_exclude=""),
        _where(call, rule),
        rule_history(call, rule),
        _actions(call, rule),
        heading(2, "Her er reglen gengivet", "gengivet"),
        _quoted(call, rule),
        heading(2, "Henvis til reglen", "henvis"),
        _reference(call, rule, urljoin(site_url, page.url) if site_url else ""),
        _data(call, rule) if rule.id in call.content.rules else "",
    )


def _meaning(rule: Rule) -> str:
    return "noget, vi vil" if rule.kind is RuleKind.AIM and has_promise(rule.lead) else _MEANINGS[rule.kind]


def _actions(call: Call, rule: Rule) -> list[Node]:
    """Return what the process plan does for a rule, or nothing if no action serves it."""
    actions = actions_serving(call.content, rule.id)
    return [heading(2, "Det bliver der gjort", "procesplan"), *action_list(call, actions)] if actions else []


def _data(call: Call, rule: Rule) -> list[Node]:
    words = element(
        "p",
        "Reglen har navnet ",
        element("code", rule.id),
        " i ",
        element("a", "data/rules.json", href=call.link("data/rules.json")),
        ".",
        data_search_exclude="",
    )
    return [heading(2, "Reglen som data", "data"), words]


def _edition(call: Call, rule: Rule) -> Content:
    """Return the content that a rule is stated in: that of a former edition if it has gone."""
    return call.content.content_of(rule.page.path)


def _channel(call: Call, rule: Rule) -> Channel:
    return _edition(call, rule).stating[rule.channel]


def _where(call: Call, rule: Rule) -> Element:
    place = element("a", _channel(call, rule).title, href=call.link(rule.url))
    edition = _edition(call, rule).edition
    if rule.id not in call.content.rules and edition:
        return element("p", f"Reglen stod i {edition.title} under ", place, ".", data_search_exclude="")
    register = any(page.url == f"{RULE_FOLDER}/" for page in call.content.pages.values())
    others: list[Node] = [" Se også ", element("a", "alle regler", href=call.link(f"{RULE_FOLDER}/#{rule.channel}")), "."] if register else []
    return element("p", call.content.say("Reglen står i strategien under "), place, ".", others, data_search_exclude="")


def _quoted(call: Call, rule: Rule) -> Element:
    pages = [page for page in call.content.quotes.get(rule.id, ()) if page.path != rule.page.path]
    if not pages:
        return element("p", "Reglen er ikke gengivet på andre sider.", data_search_exclude="")
    return element("ul", [_quoting_page(call, rule, page) for page in pages], data_search_exclude="")


def _quoting_page(call: Call, rule: Rule, page: Page) -> Element:
    """Return the entry of a page that quotes a rule: of a guideline the section, of the chooser its steps."""
    content = call.content
    if guideline := content.guideline_of(page):
        section = next((section for section in guideline.sections if section.group.id == rule.group), None)
        return element("li", element("a", page.title, href=call.link(section.url if section else page.url)), draft_mark(page))
    steps = [step for step in content.chooser.steps if {rule.id, rule.channel} & {*step.sources}] if content.chooser and content.chooser.page == page else []
    items = [element("li", element("a", step.title, href=call.link(f"{page.url}#{step.id}"))) for step in steps]
    return element("li", page_link(call, page), element("ul", items) if items else "")


def _breakable(url: str) -> list[Node]:
    """Return a URL that goes on in the next line after a slash, rather than inside a word."""
    parts = re.split(r"(?<=/)(?=[^/])", url)
    return [node for part in parts for node in (part, element("wbr"))][:-1]


def _reference(call: Call, rule: Rule, url: str) -> Element:
    content = _edition(call, rule)
    front, strategy = content.pages.get(f"{content.folder}index.md"), content.strategy
    is_draft = rule.page.status is Status.DRAFT
    standing = "udkast" if is_draft else f"vedtaget den {long_date(strategy.adopted)}" if strategy and strategy.adopted else ""
    source = ", ".join(filter(None, (front.title if front else "", content.organisation.name, standing, content.stating[rule.channel].title)))
    lead = rule.shown_lead
    words = f"»{lead}{' ' if lead else ''}{rule.text.rstrip('.')}.« {source}."
    address: list[Node] = [" ", element("span.reference-address", element("a", _breakable(url), href=url) if url else "")]
    return element(
        "div.reference",
        element("p.reference-text", words, address),
        element("button.copy-reference", "Kopiér henvisningen", type="button", hidden=""),
        element("p.copy-status", role="status"),
        data_search_exclude="",
    )
