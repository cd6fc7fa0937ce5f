"""Writes the life of a rule on its page: when it came, each of its wordings, and when it went. No I/O."""

from __future__ import annotations

from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.edition_paths import EDITION_LIST, RECEIPT_ID
from kanalstrategi.content.model import Rule
from kanalstrategi.content.rule_life import RuleEvent, rule_life
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import heading
from kanalstrategi.rendering.edition_banner import BANNER_CLASS
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.word_marks import marked_words

HISTORY_ID = "historie"


def gone_banner(call: Call, rule: Rule) -> Element | None:
    """Return the box that says that a rule is no longer in force, in the place of the page's status, or None if it is."""
    if not call.content.is_gone(call.page.path):
        return None
    last = rule_life(call.content, rule.id).events[-1:]
    when = f" {_on_day(last[0])}" if last and last[0].rule is None else ""
    facts = element("p", "Reglen gælder ikke længere, men står her, så henvisninger til den stadig virker.")
    return element(f"div.{BANNER_CLASS}.superseded", element("p.edition-state", f"Udgået{when}"), facts)


def rule_history(call: Call, rule: Rule) -> list[Node]:
    """Return the section about the life of a rule, or nothing while it is only a draft."""
    life = rule_life(call.content, rule.id)
    if not life.events:
        return []
    proposals: list[Node] = [element("p", _proposal(call, event, rule), data_search_exclude="") for event in life.proposals]
    title = heading(2, "Reglens historie", HISTORY_ID)
    if len(life.events) == 1 and (only := life.events[0]).rule:
        since = f"Gælder siden {long_date(only.since)}" if only.since else "Gælder"
        return [title, element("p", f"{since} (", element("a", only.title, href=call.link(only.url)), ").", data_search_exclude=""), *proposals]
    items = []
    words = ""
    for number, event in enumerate(life.events):
        items.append(_item(call, event, words, is_first=number == 0))
        words = event.rule.text if event.rule else ""
    return [title, element("ul.rule-history", items, data_search_exclude=""), *_receipt(call), *proposals]


def _receipt(call: Call) -> list[Node]:
    """Return how the wordings of editions that are filed can be verified, if there are any."""
    page = call.content.pages.get(EDITION_LIST)
    if page is None or call.content.former is None:
        return []
    link = element("a", "kvittering", href=call.link(f"{page.url}#{RECEIPT_ID}"))
    return [element("p", "En afløst udgave har en ", link, ", som viser, om dens filer er, som de var.", data_search_exclude="")]


def _item(call: Call, event: RuleEvent, words_before: str, *, is_first: bool) -> Element:
    """Return what happened to a rule in one edition. `words_before` are its words until then, or empty if it was not there."""
    day = f"{long_date(event.since)}: " if event.since else ""
    edition = element("a", event.title, href=call.link(event.url))
    if event.rule is None:
        return element("li", element("p", day, element("strong", "Udgået"), " med ", edition, "."))
    what = "Reglen kom" if is_first else "Ordlyden blev ændret" if words_before else "Reglen kom igen"
    place = element("a", "Se den i sammenhæng", href=call.link(event.rule.url), aria_label=f"Se den i sammenhæng i {event.title}")
    words = marked_words(words_before, event.rule.text)[1] if words_before else [event.rule.text]
    return element("li", element("p", day, element("strong", what), " med ", edition, ". ", element("span.web-only", place)), element("p", "»", words, "«"))


def _proposal(call: Call, event: RuleEvent, rule: Rule) -> list[Node]:
    """Return what a proposal says about a rule that is in force, or that has been."""
    state = "et forslag i høring" if event.state is EditionState.CONSULTATION else "et forslag"
    edition = element("a", event.title, href=call.link(event.url))
    if event.rule is None:
        return ["I ", edition, f", som er {state}, udgår reglen."]
    place = element("a", "i en anden ordlyd" if rule.id in call.content.rules else "igen", href=call.link(event.rule.url))
    return ["I ", edition, f", som er {state}, står reglen ", place, ": »", event.rule.text, "«"]


def _on_day(event: RuleEvent) -> str:
    return f"den {long_date(event.since)} med {event.title}" if event.since else f"med {event.title}"
