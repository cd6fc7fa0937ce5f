"""The macros that a page may call. Pure: from the content and the calling page to HTML.

Each answers with HTML on one line, so that it also works inside lists and boxes,
where Markdown reads indentation. `web-only` keeps it off paper, and `data-search-exclude`
(Material's) out of the search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from .addresses import relative_url
from .dates import danish, is_old, is_overdue
from .icons import icon
from .records import Channel, Content, Owner, Page, Rule, Status
from .suggestions import nearest, suggestion

DRAFT_MARK = '<strong class="badge draft">Udkast</strong>'
"""Stands wherever a page that is not adopted shows."""
DEFINITION = "definition-"
"""What the id of a definition's paragraph begins with."""


@dataclass(frozen=True)
class Call:
    """What a macro knows: everything there is, and the page it is called on."""

    content: Content
    page: Page

    def link(self, url: str) -> str:
        return escape(relative_url(url, self.page))


class MacroError(ValueError):
    """A call that cannot be answered. Says what is wrong and what to do, in Danish."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} – {remedy}")
        self.what = what
        self.remedy = remedy


def rules(call: Call, channel: str) -> str:
    """The rules of a channel, each with a link to where it stands."""
    found = _channel(call, channel)
    items = "".join(f"<li>{_quoted(call, rule)}</li>" for rule in found.rules)
    return f'<ul class="rules">{items}</ul>'


def rule(call: Call, id: str) -> str:
    """One rule, with a link to where it stands."""
    known = call.content.rules
    if id not in known:
        raise MacroError(f"reglen {id} findes ikke", _or(nearest(id, known), "brug et regel-id fra en kanalside"))
    return f'<span class="rule">{_quoted(call, known[id])}</span>'


def channel(call: Call, id: str) -> str:
    """A link to a channel, which says how many rules it has."""
    found = _channel(call, id)
    count = len(found.rules)
    noun = "regel" if count == 1 else "regler"
    return f'<a href="{call.link(found.url)}">{escape(found.title)}</a> ({count} {noun}){_draft_mark(found.page)}'


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
        remedy = _or(nearest(term, known), f"skriv `{{: #{DEFINITION}{term} }}` under afsnittet, der forklarer ordet")
        raise MacroError(f"ordet {term} er ikke defineret", remedy)
    passage = call.content.passages[DEFINITION + term]
    return (
        f'<blockquote class="definition"><p>{escape(passage.text)}</p>'
        f'<p class="source"><a href="{call.link(passage.url)}">{escape(passage.page.title)}</a>'
        f"{_draft_mark(passage.page)}</p></blockquote>"
    )


def pull_quote(call: Call, id: str) -> str:
    """A passage of the page, lifted out of the text."""
    known = call.content.passages
    if id not in known:
        remedy = _or(nearest(id, known), f"skriv `{{: #{id} }}` på linjen under afsnittet")
        raise MacroError(f"afsnittet {id} findes ikke", remedy)
    return f'<blockquote class="pull-quote"><p>{escape(known[id].text)}</p></blockquote>'


def download(call: Call, document: str) -> str:
    """A link to a PDF. Size and page count are filled in when it has been made."""
    documents = call.content.organisation.documents
    if document not in documents:
        raise MacroError(f"dokumentet {document} findes ikke", suggestion(document, documents))
    found = documents[document]
    return (
        f'<p class="download"><a class="md-button md-button--primary" href="{call.link(found.url)}" '
        f'target="_blank" rel="noopener">Download {escape(found.name)} (nyt vindue)</a> '
        f"{pdf_facts(document)}</p>"
    )


def pdf_facts(document: str, facts: str = "") -> str:
    """The place in a page that says how long and how heavy a PDF is; without facts, an empty place."""
    return f'<span class="pdf-facts web-only" data-pdf="{escape(document)}">PDF{escape(facts)}</span>'


def cards(call: Call, section: str) -> str:
    """The pages of a folder as cards with icon, title and description."""
    pages = [page for page in call.content.pages.values() if page.section == section and not page.is_index]
    if not pages:
        sections = sorted({page.section for page in call.content.pages.values()} - {""})
        raise MacroError(f"mappen {section} har ingen sider", suggestion(section, sections))
    items = "".join(
        f'<li class="card"><a href="{call.link(page.url)}">{_icon(page.icon)}'
        f'<span class="card-title">{escape(page.title)}</span></a>{_draft_mark(page)}'
        f'<span class="card-text">{escape(page.description)}</span></li>'
        for page in pages
    )
    return f'<ul class="cards web-only" data-search-exclude>{items}</ul>'


def status(call: Call) -> str:
    """Where the page stands: adopted or draft, who owns it, and when it was and shall be reviewed."""
    page, today = call.page, call.content.today
    is_draft = page.status is Status.DRAFT
    facts = [
        DRAFT_MARK if is_draft else '<strong class="badge adopted">Vedtaget</strong>',
        f"Ansvarlig: {escape(page.owner.name)}",
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
        text = f"Strategien blev evalueret den {danish(strategy.evaluated)}."
    elif is_overdue(strategy.evaluate_by, today):
        text = (
            f"Fristen for den første evaluering var den {danish(strategy.evaluate_by)}. "
            "Det er ikke oplyst, om evalueringen er gennemført."
        )
    else:
        text = f"Fristen for den første evaluering er den {danish(strategy.evaluate_by)}."
    return f'<p class="evaluation">{text}</p>'


def _draft_mark(page: Page) -> str:
    return f" {DRAFT_MARK}" if page.status is Status.DRAFT else ""


def _or(near: str, otherwise: str) -> str:
    return f"mente du {near}?" if near else otherwise


def _channel(call: Call, id: str) -> Channel:
    known = call.content.channels
    if id not in known:
        raise MacroError(f"kanalen {id} findes ikke", suggestion(id, known))
    return known[id]


def _quoted(call: Call, rule: Rule) -> str:
    title = call.content.channels[rule.channel].title
    return (
        f'{escape(rule.text)} <span class="rule-source">'
        f'(<a href="{call.link(rule.url)}">regel under {escape(title)}</a>){_draft_mark(rule.page)}</span>'
    )


def _contact(owner: Owner) -> str:
    lines = [f'<p class="contact-name">{escape(owner.name)}</p>']
    if owner.phone:
        number = "".join(owner.phone.split())
        international = number if number.startswith("+") else f"+45{number}"
        lines.append(f'<p>Telefon: <a href="tel:{escape(international)}">{escape(owner.phone)}</a></p>')
    if owner.email:
        lines.append(f'<p>E-mail: <a href="mailto:{escape(owner.email)}">{escape(owner.email)}</a></p>')
    return "".join(lines)


def _icon(name: str) -> str:
    return f'<span class="icon" aria-hidden="true">{icon(name)}</span>' if name else ""


MACROS: dict[str, Callable[..., str]] = {
    macro.__name__: macro
    for macro in (
        rules, rule, channel, contact, definition, pull_quote, download, cards, status, evaluation,
    )
}  # fmt: skip
"""Everything that a page may call, by the name that it is called by."""

