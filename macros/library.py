"""The macros that a page may call. Pure: from the content and the calling page to HTML.

Each answers with HTML on one line, so that it also works inside lists and boxes,
where Markdown reads indentation. `web-only` keeps it off paper, and `data-search-exclude`
out of the search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .coverage import coverage, guidelines, progress
from .dates import danish, is_evaluation_overdue, is_old, is_overdue
from .follow_up import follow_up, follow_up_ids
from .markup import (
    DRAFT_MARK,
    Call,
    MacroError,
    channel_link,
    count,
    draft_mark,
    email_link,
    known_channel,
    phone_link,
    picture,
    reach,
    rule_source,
    rules_heading,
    table,
    text,
)
from .records import Answer, Content, Owner, Passage, Rule, Status, Step
from .register import register
from .suggestions import suggestion

SEARCH = "soeg.md"
"""The page that holds the search, which the field at the top of every page leads to."""
SEARCH_PLACE = '<div class="search-place web-only"></div>'
DEFINITION = "definition-"
"""What the id of a definition's paragraph begins with."""
_SENTENCE_ENDS = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅ])")


def rules(call: Call, channel: str) -> str:
    """The rules of a channel, each with a link to where it stands."""
    found = known_channel(call, channel)
    items = "".join(f"<li>{text(rule.text)} {rule_source(call, rule, 'link til reglen')}</li>" for rule in found.rules)
    heading = rules_heading(found)
    return (
        f'<div class="quoted-rules"><p class="rules-title">{picture(found.page.icon)}Strategien om '
        f'<a href="{call.link(found.url)}">{text(found.title)}</a>{draft_mark(found.page)}'
        f"{f': {text(heading)}' if heading else ''}</p>"
        f'<ul class="rules">{items}</ul></div>'
    )


def rule(call: Call, id: str) -> str:
    """One rule, with a link to where it stands."""
    known = call.content.rules
    if id not in known:
        raise MacroError(f"reglen {id} findes ikke", suggestion(id, known, "brug et regel-id fra en kanalside"))
    return f'<span class="rule">{_quoted(call, known[id])}</span>'


def channel(call: Call, id: str) -> str:
    """A link to a channel, which says how many rules it has."""
    found = known_channel(call, id)
    number = count(len(found.rules), "regel", "regler")
    return f"{channel_link(call, found)} ({number}){draft_mark(found.page)}"


def contact(call: Call, owner: str) -> str:
    """How to reach a unit."""
    owners = call.content.organisation.owners
    if owner not in owners:
        raise MacroError(f"den ansvarlige {owner} findes ikke", suggestion(owner, owners))
    return f'<div class="contact">{_contact(owners[owner])}</div>'


def definition(call: Call, term: str) -> str:
    """How the strategy defines a word, with a link to where it does."""
    known = [id.removeprefix(DEFINITION) for id in call.content.passages if id.startswith(DEFINITION)]
    if term not in known:
        remedy = suggestion(term, known, f"skriv `{{: #{DEFINITION}{term} }}` under afsnittet, der forklarer ordet")
        raise MacroError(f"ordet {term} er ikke defineret", remedy)
    passage = call.content.passages[DEFINITION + term]
    return (
        f'<blockquote class="definition"><p>{text(passage.text)}</p>'
        f'<p class="source"><a href="{call.link(passage.url)}">{text(passage.page.title)}</a>'
        f"{draft_mark(passage.page)}</p></blockquote>"
    )


def quote(call: Call, passage: str, beginning: str = "") -> str:
    """A passage of the strategy in running text, with a link to where it stands.

    With the words that a sentence of it begins with, that sentence only.
    """
    found = _passage(call, passage)
    sentences = _SENTENCE_ENDS.split(found.text)
    wanted = [sentence for sentence in sentences if sentence.startswith(beginning)] if beginning else [found.text]
    if not wanted:
        remedy = f"skriv de første ord af en af dem, som »{' '.join(sentences[0].split()[:3])}«"
        raise MacroError(f"ingen sætning i afsnittet {passage} begynder med »{beginning}«", remedy)
    return (
        f'<span class="rule">»{text(wanted[0])}« <span class="rule-source">(<a href="{call.link(found.url)}">'
        f"{text(found.section)}</a>)</span>{draft_mark(found.page)}</span>"
    )


def _passage(call: Call, id: str) -> Passage:
    known = call.content.passages
    if id not in known:
        remedy = suggestion(id, known, f"skriv `{{: #{id} }}` på linjen under afsnittet")
        raise MacroError(f"afsnittet {id} findes ikke", remedy)
    return known[id]


def pull_quote(call: Call, id: str) -> str:
    """A passage of the page, lifted out of the text."""
    return f'<blockquote class="pull-quote"><p>{text(_passage(call, id).text)}</p></blockquote>'


def download(call: Call, document: str) -> str:
    """A link to a PDF. Size and page count are filled in when it has been made."""
    documents = call.content.organisation.documents
    if document not in documents:
        raise MacroError(f"dokumentet {document} findes ikke", suggestion(document, documents))
    found = documents[document]
    return (
        f'<p class="download"><a class="md-button md-button--primary" href="{call.link(found.url)}" '
        f'target="_blank" rel="noopener">Download {text(found.name)} (nyt vindue)</a> '
        f"{pdf_facts(document)}</p>"
    )


def pdf_facts(document: str, facts: str = "") -> str:
    """The place in a page that says how long and how heavy a PDF is; without facts, an empty place."""
    return f'<span class="pdf-facts web-only" data-pdf="{text(document)}">PDF{text(facts)}</span>'


def cards(call: Call, section: str) -> str:
    """The pages of a folder as cards with icon, title and description."""
    pages = [page for page in call.content.pages.values() if page.section == section and not page.is_index]
    if not pages:
        sections = sorted({page.section for page in call.content.pages.values()} - {""})
        raise MacroError(f"mappen {section} har ingen sider", suggestion(section, sections))
    items = "".join(
        f'<li class="card"><a href="{call.link(page.url)}">{picture(page.icon)}'
        f'<span class="card-title">{text(page.title)}</span></a>{draft_mark(page)}'
        f'<span class="card-text">{text(page.description)}</span></li>'
        for page in pages
    )
    return f'<ul class="cards web-only" data-search-exclude>{items}</ul>'


def status(call: Call) -> str:
    """Where the page stands: adopted or draft, who owns it, and when it was and shall be reviewed."""
    page, today = call.page, call.content.today
    is_draft = page.status is Status.DRAFT
    facts = [
        DRAFT_MARK if is_draft else '<strong class="badge adopted">Vedtaget</strong>',
        f"Ansvarlig: {reach(page.owner)}",
        f"Gennemgået {danish(page.reviewed)}",
    ]
    if is_overdue(page.review_by, today):
        facts.append(f'<span class="overdue">Skulle være gennemgået senest {danish(page.review_by)}</span>')
    else:
        facts.append(f"Gennemgås senest {danish(page.review_by)}")
    if is_old(page.reviewed, today):
        facts.append('<span class="badge old">Ældre end 6 mdr.</span>')
    # On paper, the opening page speaks for the chapters, except for those that are not adopted.
    where = "" if is_draft or page.path == "index.md" else " web-only"
    items = "".join(f"<li>{fact}</li>" for fact in facts)
    return f'<ul class="status{where}" data-search-exclude>{items}</ul>'


def evaluation(call: Call) -> str:
    """When the strategy shall be, or should have been, evaluated."""
    strategy, today = call.content.strategy, call.content.today
    if strategy is None:
        raise MacroError("strategiens datoer mangler", "udfyld adopted, adopted_by og evaluate_by i docs/index.md")
    if strategy.evaluated:
        words = f"Strategien blev evalueret den {danish(strategy.evaluated)}."
    elif is_evaluation_overdue(strategy, today):
        words = (
            f"Fristen for den første evaluering var den {danish(strategy.evaluate_by)}. "
            "Det er ikke oplyst, om evalueringen er gennemført."
        )
    else:
        words = f"Fristen for den første evaluering er den {danish(strategy.evaluate_by)}."
    return f'<p class="evaluation">{words}</p>'


def outcomes(call: Call) -> str:
    """The channel chooser in one table: every outcome, and the answers that lead to it."""
    chooser = call.content.chooser
    if chooser is None:
        raise MacroError("siden vaelg-kanal.md mangler", "opret den, eller slet {{ outcomes() }}")
    rows = []
    for step in chooser.steps:
        ways = [path for path in chooser.paths if path and path[-1].to == step.id]
        if ways:
            items = "".join(f"<li>{_way(path)}</li>" for path in ways)
            link = f"{chooser.page.url}#{step.id}"
            rows.append(
                f'<tr><th scope="row">{_icons(call, step)}<a href="{call.link(link)}">{text(step.title)}</a></th>'
                f"<td><ul>{items}</ul></td></tr>"
            )
    return table("outcomes", "Alle resultater, og de svar, der fører til dem", ["Resultat", "Når du svarer"], rows)


def search(call: Call) -> str:
    """The place of the search on its own page, which the build fills when every page has been read."""
    if call.page.path != SEARCH:
        raise MacroError(f"søgningen hører til i docs/{SEARCH}", "slet {{ search() }}")
    return SEARCH_PLACE


def _icons(call: Call, step: Step) -> str:
    """Of the channels that an outcome names, each once."""
    channels = call.content.channels
    return "".join(dict.fromkeys(picture(channels[id].page.icon) for id in step.channels if id in channels))


def _way(path: tuple[Answer, ...]) -> str:
    return " › ".join(text(answer.text) for answer in path)


def _quoted(call: Call, rule: Rule) -> str:
    title = call.content.channels[rule.channel].title
    return f"{text(rule.text)} {rule_source(call, rule, f'regel under {title}')}{draft_mark(rule.page)}"


def _contact(owner: Owner) -> str:
    lines = [f'<p class="contact-name">{text(owner.name)}</p>']
    if owner.phone:
        lines.append(f"<p>Telefon: {phone_link(owner)}</p>")
    if owner.email:
        lines.append(f"<p>E-mail: {email_link(owner)}</p>")
    return "".join(lines)


MACROS: dict[str, Callable[..., str]] = {
    macro.__name__: macro
    for macro in (
        rules, rule, channel, contact, definition, quote, pull_quote, download, cards, status, evaluation,
        coverage, guidelines, progress, register, outcomes, follow_up, search,
    )
}  # fmt: skip
"""Everything that a page may call, by the name that it is called by."""

MADE_IDS: dict[str, Callable[[Content], Iterable[str]]] = {
    "register": lambda content: content.channels,
    "follow_up": follow_up_ids,
    "search": lambda content: ["stikord"],
}
"""What a link can point at on a page, by the macro that puts it there."""

SCRIPTS = {"register": "register.js"}
"""The theme's script that a macro's page needs, which no page may hold itself."""
