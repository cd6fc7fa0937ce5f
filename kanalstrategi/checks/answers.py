"""Checks the pages that answer citizens' questions: a question, a short answer, one thing to do, and the strategy's own words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from kanalstrategi.checks.readability import count_words, lix
from kanalstrategi.content.answer_model import AnswerPage
from kanalstrategi.content.answers import first_paragraph
from kanalstrategi.content.model import Content
from kanalstrategi.content.outdated_links import former_host
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import HEADINGS, Element, ParsedPage, text_of

MAX_ANSWER_WORDS = 25
"""The maximum length of the paragraph that answers: it is shown in large letters, on a phone together with the question."""
MIN_WORDS = 20
"""The LIX of an answer with fewer words than this is not measured."""

_QUOTING_MACROS = ("definition", "passage", "quote", "rule", "rules")
_BUTTON_MACROS = ("download", "website")
_BEFORE_ANSWER = ("status",)
"""The macros that may stand between the question and the answer."""


def check_answer(answer: AnswerPage, parsed: ParsedPage, content: Content) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the form and the language of an answer."""
    file, title_line = f"docs/{answer.page.path}", answer.page.line
    if not answer.page.title.endswith(("?", "؟")):
        yield Diagnostic(file, title_line, "titlen er ikke et spørgsmål", "skriv det spørgsmål, som borgeren stiller, og slut med ?")
    paragraph = first_paragraph(parsed)
    if paragraph is None or any(call.line < paragraph.line and call.name not in _BEFORE_ANSWER for call in parsed.calls):
        yield Diagnostic(file, title_line, "siden begynder ikke med svaret", "skriv et kort afsnit lige under titlen, som svarer på spørgsmålet")
    elif paragraph.has_macro:
        yield Diagnostic(file, paragraph.line, "der står en makro i svaret", "skriv svaret selv, og sæt makroen længere nede på siden")
    elif (words := count_words(paragraph.text)) > MAX_ANSWER_WORDS:
        hint = "svar i den første sætning, og skriv resten i et afsnit for sig"
        yield Diagnostic(file, paragraph.line, f"svaret er på {words} ord; der er plads til {MAX_ANSWER_WORDS}", hint)
    for call in [call for call in parsed.calls if call.name in _BUTTON_MACROS][1:]:
        yield Diagnostic(file, call.line, "siden har mere end én knap", "behold den vigtigste, og skriv de andre som links")
    if not any(call.name in _QUOTING_MACROS for call in parsed.calls):
        hint = 'hent dens egne ord nederst på siden, fx {{ passage("…") }} eller {{ rule("…") }}'
        yield Diagnostic(file, title_line, content.say("svaret henviser ikke til strategien"), hint)
    yield from _check_sections(file, parsed)
    yield from _check_hosts(file, parsed, content)
    yield from _check_language(file, parsed, content.settings.max_answer_lix)


def _check_sections(file: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each heading with nothing below it, as those of a new page."""
    parts = [part for part in parsed.root.children if not isinstance(part, str) or part.strip()]
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if not isinstance(part, Element) or part.tag not in HEADINGS[1:]:
            continue
        if following is None or (isinstance(following, Element) and following.tag in HEADINGS and following.tag <= part.tag):
            hint = "skriv, hvad der skal stå, eller slet overskriften"
            yield Diagnostic(file, part.line, f"der står ikke noget under overskriften »{text_of(part)}«", hint)


def _check_hosts(file: str, parsed: ParsedPage, content: Content) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each link to a website that the strategy does not name."""
    for link in parsed.links:
        try:
            host = (urlsplit(link.target).hostname or "").removeprefix("www.")
        except ValueError:
            continue  # reported with the other links
        if host and host not in content.named_hosts and not former_host(host, content):
            hint = f"henvis kun til {', '.join(content.named_hosts)}" if content.named_hosts else "slet linket"
            yield Diagnostic(file, link.line, f"linket fører til {host}, {content.say('som strategien ikke nævner')}", hint)


def _check_language(file: str, parsed: ParsedPage, max_lix: int) -> Iterator[Diagnostic]:
    """Yield a diagnostic, at the hardest paragraph, if an answer's own words are hard to read. What macros quote does not count."""
    blocks = [block for block in parsed.blocks if block.kind != "heading" and block.text]
    score = round(lix([block.text for block in blocks]))
    if score >= max_lix and sum(count_words(block.text) for block in blocks) >= MIN_WORDS:
        measurable = [block for block in blocks if count_words(block.text) >= MIN_WORDS / 4] or blocks
        hardest = max(measurable, key=lambda block: lix([block.text]))
        hint = f"brug kortere sætninger og ord, først i denne linje; lixtallet af hele siden skal være under {max_lix}"
        yield Diagnostic(file, hardest.line, f"svaret er for svært at læse (lixtal {score})", hint)
