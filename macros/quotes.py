"""Macros that quote the strategy word for word."""

from __future__ import annotations

import re

from kanalstrategi.content.conventions import DEFINITION_PREFIX
from kanalstrategi.content.model import Passage, Rule
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.rendering.components import DRAFT_CLASSES, ICON_CLASS, RULE_SOURCE_CLASS, channel_link, draft_mark, icon_html, rule_source, rules_heading
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call, MacroError, known_channel, macro
from kanalstrategi.suggestions import suggestion

_SENTENCE_BREAKS = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅ])")


@macro("quoted-rules", "rules-title", "rules", ICON_CLASS, RULE_SOURCE_CLASS, *DRAFT_CLASSES)
def rules(call: Call, channel: str) -> str:
    """Return the rules of a channel, each with a link to its source."""
    found = known_channel(call, channel)
    items = "".join(f"<li>{escape_text(rule.text)} {rule_source(call, rule, 'link til reglen')}</li>" for rule in found.rules)
    heading = rules_heading(found)
    return (
        f'<div class="quoted-rules"><p class="rules-title">{icon_html(found.page.icon)}Strategien om '
        f'<a href="{call.link(found.url)}">{escape_text(found.title)}</a>{draft_mark(found.page)}'
        f"{f': {escape_text(heading)}' if heading else ''}</p>"
        f'<ul class="rules">{items}</ul></div>'
    )


@macro("rule", RULE_SOURCE_CLASS, *DRAFT_CLASSES)
def rule(call: Call, id: str) -> str:
    """Return one rule with a link to its source."""
    known = call.content.rules
    if id not in known:
        raise MacroError(f"reglen {id} findes ikke", suggestion(id, known, "brug et regel-id fra en kanalside"))
    return f'<span class="rule">{_rule_text(call, known[id])}</span>'


@macro(ICON_CLASS, *DRAFT_CLASSES)
def channel(call: Call, id: str) -> str:
    """Return a link to a channel and the number of its rules."""
    found = known_channel(call, id)
    number = count_phrase(len(found.rules), "regel", "regler")
    return f"{channel_link(call, found)} ({number}){draft_mark(found.page)}"


@macro("definition", "source", *DRAFT_CLASSES)
def definition(call: Call, term: str) -> str:
    """Return the strategy's definition of a word, with a link to its source."""
    known = [id.removeprefix(DEFINITION_PREFIX) for id in call.content.passages if id.startswith(DEFINITION_PREFIX)]
    if term not in known:
        hint = suggestion(term, known, f"skriv `{{: #{DEFINITION_PREFIX}{term} }}` under afsnittet, der forklarer ordet")
        raise MacroError(f"ordet {term} er ikke defineret", hint)
    passage = call.content.passages[DEFINITION_PREFIX + term]
    return (
        f'<blockquote class="definition"><p>{escape_text(passage.text)}</p>'
        f'<p class="source"><a href="{call.link(passage.url)}">{escape_text(passage.page.title)}</a>'
        f"{draft_mark(passage.page)}</p></blockquote>"
    )


@macro("rule", RULE_SOURCE_CLASS, *DRAFT_CLASSES)
def quote(call: Call, passage: str, beginning: str = "") -> str:
    """Return a passage of the strategy as running text, with a link to its source.

    With `beginning`, return only the sentence that begins with those words.
    """
    found = _passage(call, passage)
    sentences = _SENTENCE_BREAKS.split(found.text)
    matching = [sentence for sentence in sentences if sentence.startswith(beginning)] if beginning else [found.text]
    if not matching:
        hint = f"skriv de første ord af en af dem, som »{' '.join(sentences[0].split()[:3])}«"
        raise MacroError(f"ingen sætning i afsnittet {passage} begynder med »{beginning}«", hint)
    return (
        f'<span class="rule">»{escape_text(matching[0])}« <span class="rule-source">(<a href="{call.link(found.url)}">'
        f"{escape_text(found.section)}</a>)</span>{draft_mark(found.page)}</span>"
    )


@macro("pull-quote")
def pull_quote(call: Call, id: str) -> str:
    """Return a passage as a pull quote."""
    return f'<blockquote class="pull-quote"><p>{escape_text(_passage(call, id).text)}</p></blockquote>'


def _rule_text(call: Call, rule: Rule) -> str:
    title = call.content.channels[rule.channel].title
    return f"{escape_text(rule.text)} {rule_source(call, rule, f'regel under {title}')}{draft_mark(rule.page)}"


def _passage(call: Call, id: str) -> Passage:
    """Return the passage with an id. Raises MacroError."""
    known = call.content.passages
    if id not in known:
        hint = suggestion(id, known, f"skriv `{{: #{id} }}` på linjen under afsnittet")
        raise MacroError(f"afsnittet {id} findes ikke", hint)
    return known[id]
