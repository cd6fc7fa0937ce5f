"""Macros that quote the strategy word for word."""

from __future__ import annotations

from kanalstrategi.content.conventions import CHANNEL_FOLDER, DEFINITION_PREFIX
from kanalstrategi.content.model import Content, Passage, Rule
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.danish.sentences import split_sentences
from kanalstrategi.diagnostics import Wording
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import channel_link, draft_mark, icon, in_brackets, rule_source
from kanalstrategi.rendering.macros import ANY_PAGE, Call, MacroError, Vocabulary, macro
from kanalstrategi.rendering.rules import rule_words, shared_lead


def _terms(content: Content) -> list[str]:
    return [id.removeprefix(DEFINITION_PREFIX) for id in content.passages if id.startswith(DEFINITION_PREFIX)]


_CHANNELS = Vocabulary(lambda content: content.channels, Wording("kanalen $word findes ikke", ""), (CHANNEL_FOLDER,))
_RULES = Vocabulary(lambda content: content.rules, Wording("reglen $word findes ikke", "brug et regel-id fra en kanalside"), (CHANNEL_FOLDER,))
_PASSAGES = Vocabulary(lambda content: content.passages, Wording("afsnittet $word findes ikke", "skriv `{: #$word }` på linjen under afsnittet"), (ANY_PAGE,))
_TERMS = Vocabulary(
    _terms, Wording("ordet $word er ikke defineret", f"skriv `{{: #{DEFINITION_PREFIX}$word }}` under afsnittet, der forklarer ordet"), (ANY_PAGE,)
)


@macro(vocabulary=_CHANNELS)
def rules(call: Call, channel: str) -> Element:
    """Return the rules of a channel, each with a link to its source."""
    found = call.content.channels[channel]
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


@macro(vocabulary=_RULES)
def rule(call: Call, id: str) -> Element:
    """Return one rule with a link to its source."""
    return element("span.rule", _rule_text(call, call.content.rules[id]))


@macro(vocabulary=_CHANNELS)
def channel(call: Call, id: str) -> list[Node]:
    """Return a link to a channel and the number of its rules."""
    found = call.content.channels[id]
    number = count_phrase(len(found.rules), "regel", "regler")
    return [*channel_link(call, found), f" ({number})", *draft_mark(found.page)]


@macro(vocabulary=_TERMS)
def definition(call: Call, term: str) -> Element:
    """Return the strategy's definition of a word, with a link to its source."""
    passage = call.content.passages[DEFINITION_PREFIX + term]
    source = element("a", passage.page.title, href=call.link(passage.url))
    return element("blockquote.definition", element("p", passage.text), element("p.source", source, draft_mark(passage.page)))


@macro(vocabulary=_PASSAGES)
def quote(call: Call, passage: str, beginning: str = "") -> Element:
    """Return a passage of the strategy as running text, with a link to its source.

    With `beginning`, return only the sentence that begins with those words.
    """
    found = call.content.passages[passage]
    source = in_brackets(element("a", found.section, href=call.link(found.url)))
    return element("span.rule", f"»{_words(found, beginning)}« ", source, draft_mark(found.page))


@macro(vocabulary=_PASSAGES)
def passage(call: Call, id: str, beginning: str = "") -> Element:
    """Return a passage of the strategy as a quotation of its own, with a link to its source.

    With `beginning`, return only the sentence that begins with those words.
    """
    found = call.content.passages[id]
    source = element("a", found.section, href=call.link(found.url))
    return element("blockquote.passage", element("p", _words(found, beginning)), element("p.source", "Fra afsnittet ", source, draft_mark(found.page)))


@macro(vocabulary=_PASSAGES)
def pull_quote(call: Call, id: str) -> Element:
    """Return a passage as a pull quote."""
    return element("blockquote.pull-quote", element("p", call.content.passages[id].text))


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
