"""Macros that quote the strategy word for word.

What the strategy does not have any more is shown in the words of the edition that had it last, and marked: an adoption must not make pages
fail that nobody has had the time to correct.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kanalstrategi.content.conventions import DEFINITION_PREFIX
from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.content.former_content import former_channel, former_ids, former_passage, former_rule, sentence_of
from kanalstrategi.content.model import Channel, Content, Passage, Rule
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.danish.sentences import split_sentences
from kanalstrategi.diagnostics import Wording
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import channel_link, draft_mark, gone_mark, icon, in_brackets, rule_source
from kanalstrategi.rendering.macros import ANY_PAGE, Call, MacroError, Vocabulary, macro
from kanalstrategi.rendering.rules import point_list, rule_words, shared_lead


def _terms(content: Content) -> Mapping[str, Passage]:
    return {id.removeprefix(DEFINITION_PREFIX): passage for id, passage in content.passages.items() if id.startswith(DEFINITION_PREFIX)}


def _vocabulary(records: Callable[[Content], Mapping[str, object]], wording: Wording, folder: str) -> Vocabulary:
    """Return the ids of some records as a vocabulary, with those that only earlier editions had."""
    return Vocabulary(records, wording, (folder,), former=lambda content: former_ids(content, records))


_CHANNELS = _vocabulary(lambda content: content.stating, Wording("kanalen $word findes ikke", ""), DEFAULT_FOLDERS.channels)
_RULES = _vocabulary(
    lambda content: content.rules, Wording("reglen $word findes ikke", "brug et regel-id fra en kanalside"), DEFAULT_FOLDERS.channels
)
_PASSAGES = _vocabulary(lambda content: content.passages, Wording("afsnittet $word findes ikke", "skriv `{: #$word }` på linjen under afsnittet"), ANY_PAGE)
_TERMS = _vocabulary(
    _terms, Wording("ordet $word er ikke defineret", f"skriv `{{: #{DEFINITION_PREFIX}$word }}` under afsnittet, der forklarer ordet"), ANY_PAGE
)


@macro(vocabulary=_CHANNELS)
def rules(call: Call, channel: str) -> Element:
    """Return the rules of a channel, each with a link to its source."""
    found, mark = _channel(call, channel)
    shared = shared_lead(found.rules)
    title = element(
        "p.rules-title",
        icon(found.page.icon),
        call.content.say("Strategien om "),
        element("a", found.title, href=call.link(found.url)),
        mark,
        f": {shared}" if shared else "",
    )
    if not found.rules:
        none = call.content.say("Strategien har endnu ingen regler om ")
        return element("p", icon(found.page.icon), none, element("a", found.title, href=call.link(found.url)), mark, ".")
    items = [
        element("li", rule_words(rule, has_lead=bool(shared), has_points=True), " ", rule_source(call, rule, "link til reglen"), point_list(rule))
        for rule in found.rules
    ]
    return element("div.quoted-rules", title, element("ul.rules", items))


@macro(vocabulary=_RULES)
def rule(call: Call, id: str) -> Element:
    """Return one rule with a link to its source."""
    if former := former_rule(call.content, id):
        return element("span.rule", _rule_text(call, former.record, former.content, gone_mark(former.gone_with)))
    found = call.content.rules[id]
    return element("span.rule", _rule_text(call, found, call.content, draft_mark(found.page)))


@macro(vocabulary=_CHANNELS)
def channel(call: Call, id: str) -> list[Node]:
    """Return a link to a channel and the number of its rules."""
    found, mark = _channel(call, id)
    number = count_phrase(len(found.rules), "regel", "regler")
    return [*channel_link(call, found), f" ({number})", *mark]


@macro(vocabulary=_TERMS)
def definition(call: Call, term: str) -> Element:
    """Return the strategy's definition of a word, with a link to its source."""
    passage, mark = _passage(call, DEFINITION_PREFIX + term)
    source = element("a", passage.page.title, href=call.link(passage.url))
    return element("blockquote.definition", element("p", passage.text), element("p.source", source, mark))


@macro(vocabulary=_PASSAGES)
def quote(call: Call, passage: str, beginning: str = "") -> Element:
    """Return a passage of the strategy as running text, with a link to its source.

    With `beginning`, return only the sentence that begins with those words.
    """
    found, mark = _passage(call, passage, beginning)
    source = in_brackets(element("a", found.section, href=call.link(found.url)))
    return element("span.rule", f"»{sentence_of(found, beginning)}« ", source, mark)


@macro(vocabulary=_PASSAGES)
def passage(call: Call, id: str, beginning: str = "") -> Element:
    """Return a passage of the strategy as a quotation of its own, with a link to its source.

    With `beginning`, return only the sentence that begins with those words.
    """
    found, mark = _passage(call, id, beginning)
    source = element("a", found.section, href=call.link(found.url))
    return element("blockquote.passage", element("p", sentence_of(found, beginning)), element("p.source", "Fra afsnittet ", source, mark))


@macro(vocabulary=_PASSAGES)
def pull_quote(call: Call, id: str) -> Element:
    """Return a passage as a pull quote."""
    found, _ = _passage(call, id)
    gone = [element("p.source", gone_mark(former.gone_with))] if (former := former_passage(call.content, id)) else []
    return element("blockquote.pull-quote", element("p", found.text), gone)


def _rule_text(call: Call, rule: Rule, content: Content, mark: list[Node]) -> list[Node]:
    """Return the words of a rule, their source and a mark. `content` is that of the edition that has the rule."""
    title = content.stating[rule.channel].title
    return [*rule_words(rule), " ", rule_source(call, rule, f"regel under {title}"), *mark]


def _channel(call: Call, id: str) -> tuple[Channel, list[Node]]:
    """Return a channel, as it is or as it was last, and the mark on its mention."""
    if former := former_channel(call.content, id):
        return former.record, gone_mark(former.gone_with)
    found = call.content.stating[id]
    return found, draft_mark(found.page)


def _passage(call: Call, id: str, beginning: str = "") -> tuple[Passage, list[Node]]:
    """Return a passage, as it is or as it was last, and the mark on its mention. Raises MacroError if no sentence of it begins with some words."""
    if former := former_passage(call.content, id, beginning):
        return former.record, gone_mark(former.gone_with)
    found = call.content.passages.get(id)
    if found is None:  # none of the editions has a sentence with this beginning
        former = former_passage(call.content, id)
        assert former is not None, "the vocabulary knows the passage"
        found = former.record
    elif sentence_of(found, beginning):
        return found, draft_mark(found.page)
    sentences = split_sentences(found.text)
    hint = f"skriv de første ord af en af dem, som »{' '.join(sentences[0].split()[:3])}«"
    raise MacroError(f"ingen sætning i afsnittet {id} begynder med »{beginning}«", hint)
