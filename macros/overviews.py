"""Macros that give an overview of the site: cards, contacts, the chooser's outcomes and the search."""

from __future__ import annotations

from kanalstrategi.content.conventions import SEARCH_PAGE
from kanalstrategi.content.dates import is_evaluation_overdue
from kanalstrategi.content.model import Answer, Owner, Step
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.rendering import components, page_status
from kanalstrategi.rendering.components import (
    DOWNLOAD_CLASSES,
    DRAFT_CLASSES,
    ICON_CLASS,
    SEARCH_PLACEHOLDER,
    draft_mark,
    email_link,
    icon_html,
    phone_link,
    table,
)
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call, MacroError, macro
from kanalstrategi.suggestions import suggestion

download = macro(*DOWNLOAD_CLASSES)(components.download)
status = macro(*page_status.CLASSES)(page_status.status)


@macro("contact", "contact-name")
def contact(call: Call, owner: str) -> str:
    """Return the contact details of a unit."""
    owners = call.content.organisation.owners
    if owner not in owners:
        raise MacroError(f"den ansvarlige {owner} findes ikke", suggestion(owner, owners))
    return f'<div class="contact">{_contact(owners[owner])}</div>'


@macro("cards", "card", "card-title", "card-text", "web-only", ICON_CLASS, *DRAFT_CLASSES)
def cards(call: Call, section: str) -> str:
    """Return the pages of a folder as cards with an icon, title and description."""
    pages = [page for page in call.content.pages.values() if page.section == section and not page.is_index]
    if not pages:
        sections = sorted({page.section for page in call.content.pages.values()} - {""})
        raise MacroError(f"mappen {section} har ingen sider", suggestion(section, sections))
    items = "".join(
        f'<li class="card"><a href="{call.link(page.url)}">{icon_html(page.icon)}'
        f'<span class="card-title">{escape_text(page.title)}</span></a>{draft_mark(page)}'
        f'<span class="card-text">{escape_text(page.description)}</span></li>'
        for page in pages
    )
    return f'<ul class="cards web-only" data-search-exclude>{items}</ul>'


@macro("evaluation")
def evaluation(call: Call) -> str:
    """Return the date on which the strategy was evaluated, or the deadline for its evaluation."""
    strategy, today = call.content.strategy, call.content.today
    if strategy is None:
        raise MacroError("strategiens datoer mangler", "udfyld adopted, adopted_by og evaluate_by i docs/index.md")
    if strategy.evaluated:
        words = f"Strategien blev evalueret den {long_date(strategy.evaluated)}."
    elif is_evaluation_overdue(strategy, today):
        words = (
            f"Fristen for den første evaluering var den {long_date(strategy.evaluate_by)}. "
            "Det er ikke oplyst, om evalueringen er gennemført."
        )
    else:
        words = f"Fristen for den første evaluering er den {long_date(strategy.evaluate_by)}."
    return f'<p class="evaluation">{words}</p>'


@macro("outcomes", ICON_CLASS)
def outcomes(call: Call) -> str:
    """Return the channel chooser as a table of all outcomes and the answers that lead to them."""
    chooser = call.content.chooser
    if chooser is None:
        raise MacroError("siden vaelg-kanal.md mangler", "opret den, eller slet {{ outcomes() }}")
    rows = []
    for step in chooser.steps:
        paths = [path for path in chooser.paths if path and path[-1].to == step.id]
        if paths:
            items = "".join(f"<li>{_answers(path)}</li>" for path in paths)
            link = f"{chooser.page.url}#{step.id}"
            rows.append(
                f'<tr><th scope="row">{_icons(call, step)}<a href="{call.link(link)}">{escape_text(step.title)}</a></th>'
                f"<td><ul>{items}</ul></td></tr>"
            )
    return table("outcomes", "Alle resultater, og de svar, der fører til dem", ["Resultat", "Når du svarer"], rows)


@macro("search-place", "web-only", anchors=lambda content: ["stikord"])
def search(call: Call) -> str:
    """Return a placeholder for the search, which the build replaces once all pages have been rendered."""
    if call.page.path != SEARCH_PAGE:
        raise MacroError(f"søgningen hører til i docs/{SEARCH_PAGE}", "slet {{ search() }}")
    return SEARCH_PLACEHOLDER


def _icons(call: Call, step: Step) -> str:
    """Return the icons of the channels that an outcome mentions, without duplicates."""
    channels = call.content.channels
    return "".join(dict.fromkeys(icon_html(channels[id].page.icon) for id in step.channels if id in channels))


def _answers(path: tuple[Answer, ...]) -> str:
    return " › ".join(escape_text(answer.text) for answer in path)


def _contact(owner: Owner) -> str:
    lines = [f'<p class="contact-name">{escape_text(owner.name)}</p>']
    if owner.phone:
        lines.append(f"<p>Telefon: {phone_link(owner)}</p>")
    if owner.email:
        lines.append(f"<p>E-mail: {email_link(owner)}</p>")
    return "".join(lines)
