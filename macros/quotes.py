"""Macros that quote the strategy word for word."""

from __future__ import annotations

from kanalstrategi.content.conventions import DEFINITION_PREFIX
from kanalstrategi.content.model import Passage, Rule
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.danish.sentences import split_sentences
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import channel_link, draft_mark, icon, in_brackets, rule_source
from kanalstrategi.rendering.macros import Call, MacroError, known_channel, macro
from kanalstrategi.rendering.rules import rule_words, shared_lead
from kanalstrategi.suggestions import suggestion


@macro
def rules(call: Call, channel: str) -> Element:
    """Return the rules of a channel, each with a link to its source."""
    found = known_channel(call, channel)
    shared = shared_lead(found.rules)
    title = element(
        "p.rules-title",
        icon(found.page.icon),
        "Strategien om ",
        element("a", found.title, href=call.link(found.url)),
        draft_mark(found.page),
        f": {shared}" if shared else "",
    )
    items = [element("li", rule_words(rule, has_lead=bool(shared)), " ", rule_source(call, rule, "link til reglen")) for rule in found.rules]
    return element("div.quoted-rules", title, element("ul.rules", items))


@macro
def rule(call: Call, id: str) -> Element:
    """Return one rule with a link to its source."""
    known = call.content.rules
    if id not in known:
        raise MacroError(f"reglen {id} findes ikke", suggestion(id, known, "brug et regel-id fra en kanalside"))
    return element("span.rule", _rule_text(call, known[id]))


@macro
def channel(call: Call, id: str) -> list[Node]:
    """Return a link to a channel and the number of its rules."""
    found = known_channel(call, id)
    number = count_phrase(len(found.rules), "regel", "regler")
    return [*channel_link(call, found), f" ({number})", *draft_mark(found.page)]


@macro
def definition(call: Call, term: str) -> Element:
    """Return the strategy's definition of a word, with a link to its source."""
    known = [id.removeprefix(DEFINITION_PREFIX) for id in call.content.passages if id.startswith(DEFINITION_PREFIX)]
    if term not in known:
        hint = suggestion(term, known, f"skriv `{{: #{DEFINITION_PREFIX}{term} }}` under afsnittet, der forklarer ordet")
        raise MacroError(f"ordet {term} er ikke defineret", hint)
    passage = call.content.passages[DEFINITION_PREFIX + term]
    source = element("a", passage.page.title, href=call.link(passage.url))
    return element("blockquote.definition", element("p", passage.text), element("p.source", source, draft_mark(passage.page)))


@macro
def quote(call: Call, passage: str, beginning: str = "") -> Element:
    """Return a passage of the strategy as running text, with a link to its source.

    With `beginning`, return only the sentence that begins with those words.
    """
    found = _passage(call, passage)
    source = in_brackets(element("a", found.section, href=call.link(found.url)))
    return element("span.rule", f"»{_words(found, beginning)}« ", source, draft_mark(found.page))


@macro
def passage(call: Call, id: str, beginning: str = "") -> Element:
    """Return a passage of the strategy as a quotation of its own, with a link to its source.

    With `beginning`, return only the sentence that begins with those words.
    """
    found = _passage(call, id)
    source = element("a", found.section, href=call.link(found.url))
    return element("blockquote.passage", element("p", _words(found, beginning)), element("p.source", "Fra afsnittet ", source, draft_mark(found.page)))


@macro
def pull_quote(call: Call, id: str) -> Element:
    """Return a passage as a pull quote."""
    return element("blockquote.pull-quote", element("p", _passage(call, id).text))


def _rule_text(call: Call, rule: Rule) -> list[Node]:
    title = call.content.channels[rule.channel].title
    return [*rule_words(rule), " ", rule_source(call, rule, f"regel under {title}"), *draft_mark(rule.page)]


def _words(passage: Passage, beginning: str) -> str:
    """Return the text of a passage, or only the sentence that begins with some words. Raises MacroError if none does."""
    sentences = split_sentences(passage.text)
    matching = [sentence for sentence in sentences if sentence.startswith(beginning)] if beginning else [passage.text]
    if not matching:
        hint = f"skriv de første ord af en af dem, som »{' '.join(sentences[0].split()[:3])}«"
        raise MacroError(f"ingen sætning i afsnittet {passage.id} begynder med »{beginning}«", hint)
    return matching[0]


def _passage(call: Call, id: str) -> Passage:
    """Return the passage with an id. Raises MacroError."""
    known = call.content.passages
    if id not in known:
        hint = suggestion(id, known, f"skriv `{{: #{id} }}` på linjen under afsnittet")
        raise MacroError(f"afsnittet {id} findes ikke", hint)
    return known[id]
