"""Macros that give an overview of the site: cards, contacts, the chooser's outcomes and the search."""

from __future__ import annotations

from itertools import chain

from kanalstrategi.content.chooser_model import Answer, Step
from kanalstrategi.content.conventions import GOAL_FOLDER, SEARCH_PAGE
from kanalstrategi.content.dates import is_evaluation_overdue
from kanalstrategi.content.edition_words import standing
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import Wording
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering import components, page_status
from kanalstrategi.rendering.components import draft_mark, email_link, icon, phone_link, search_place, table
from kanalstrategi.rendering.macros import Call, MacroError, Vocabulary, macro


def _sections(content: Content) -> list[str]:
    return sorted({page.section.removeprefix(content.folder) for page in content.pages.values() if not page.is_index} - {""})


_DOCUMENTS = Vocabulary(lambda content: [*content.organisation.documents, *content.organisation.other_documents], Wording("dokumentet $word findes ikke", ""))
_OWNERS = Vocabulary(lambda content: content.organisation.owners, Wording("den ansvarlige $word findes ikke", ""))
_SECTIONS = Vocabulary(_sections, Wording("mappen $word har ingen sider", ""))

download = macro(vocabulary=_DOCUMENTS)(components.download)
status = macro(page_status.status)

NEWEST = "Der er ikke lagt en nyere strategi her."
"""What the site knows about whether the strategy still holds: nothing has taken its place here."""


@macro(vocabulary=_OWNERS)
def contact(call: Call, owner: str = "") -> Element:
    """Return the contact details of a unit, or of the one that keeps the page."""
    return _contact(call.content.organisation.owners[owner] if owner else call.page.owner)


@macro(vocabulary=_SECTIONS)
def cards(call: Call, section: str) -> Element:
    """Return the pages of a folder as cards with an icon, title and description."""
    pages = [page for page in call.content.pages.values() if page.section == f"{call.content.folder}{section}" and not page.is_index]
    return element("ul.cards.web-only", [_card(call, page) for page in pages], data_search_exclude="")


@macro
def evaluation(call: Call) -> Element:
    """Return whether the strategy still holds, as far as dates say: that none is newer, and when it was or will be evaluated."""
    strategy, today = call.content.strategy, call.content.today
    if strategy is None:
        raise MacroError(call.content.say("strategiens datoer mangler"), "udfyld adopted, adopted_by og evaluate_by i docs/index.md")
    deadline = "Fristen for evalueringen" if call.content.former or call.content.folder else "Fristen for den første evaluering"
    if strategy.adopted is None and not call.content.folder:
        return element("p.evaluation", call.content.say("Strategien er ikke vedtaget endnu."), _way_to_goals(call))
    if strategy.evaluate_by is None:
        words = "Der er ikke sat en frist for at evaluere den."
    elif strategy.evaluated:
        words = f"{call.content.say('Strategien blev evalueret')} den {long_date(strategy.evaluated)}."
    elif is_evaluation_overdue(strategy, today):
        words = f"{deadline} var den {long_date(strategy.evaluate_by)}. Det er ikke oplyst, om evalueringen er gennemført."
    else:
        words = f"{deadline} er den {long_date(strategy.evaluate_by)}."
    return element("p.evaluation", _newest(call), words, _way_to_goals(call))


def _way_to_goals(call: Call) -> list[Node]:
    """Return a link to how the strategy's goals are going, if there are pages of them."""
    index = call.content.pages.get(f"{GOAL_FOLDER}/index.md")
    if call.content.folder or not call.content.goals or index is None:
        return []
    return [element("span.web-only", " Se, ", element("a", "hvordan det går med målene", href=call.link(index.url)), ".")]


def _newest(call: Call) -> list[Node]:
    """Return whether anything newer than the strategy lies on the site: nothing about an edition that is not in force itself."""
    if call.content.folder:
        return []
    proposals = [edition for content in call.content.editions if is_open(content) and (edition := content.edition)]
    if not proposals:
        return [f"{call.content.say(NEWEST)} "]
    links = [[", " if number else "", element("a", one.title, href=call.link(one.url)), f" ({standing(one).lower()})"] for number, one in enumerate(proposals)]
    return [call.content.say("Der er et forslag til en nyere strategi: "), *chain.from_iterable(links), ". "]


@macro(is_of_site=True)
def outcomes(call: Call) -> Element:
    """Return the channel chooser as a table of all outcomes, and the situations and answers that lead to them."""
    chooser = call.content.chooser
    if chooser is None:
        raise MacroError("siden vaelg-kanal.md mangler", "opret den, eller slet {{ outcomes() }}")
    rows = []
    for step in chooser.steps:
        situations = [f"Situation: {situation.text}" for situation in chooser.situations if situation.to == step.id]
        ways = [*situations, *(_answers(path) for path in chooser.paths if path and path[-1].to == step.id)]
        if ways:
            link = element("a", step.title, href=call.link(f"{chooser.page.url}#{step.id}"))
            items = [element("li", way) for way in ways]
            rows.append(element("tr", element("th", _icons(call, step), link, scope="row"), element("td", element("ul", items))))
    return table("outcomes", "Alle resultater, og de situationer og svar, der fører til dem", ["Resultat", "Når du vælger"], rows)


@macro(anchors=lambda content: ["stikord"], is_of_site=True)
def search(call: Call) -> Element:
    """Return a placeholder for the search, which the build replaces once all pages have been rendered."""
    if call.page.path != SEARCH_PAGE:
        raise MacroError(f"søgningen hører til i docs/{SEARCH_PAGE}", "slet {{ search() }}")
    return search_place()


def _card(call: Call, page: Page) -> Element:
    link = element("a", icon(page.icon), element("span.card-title", page.title), href=call.link(page.url))
    return element("li.card", link, draft_mark(page), element("span.card-text", page.description))


def _icons(call: Call, step: Step) -> list[Node]:
    """Return the icons of the channels that an outcome mentions, without duplicates."""
    channels = call.content.channels
    names = dict.fromkeys(channels[id].page.icon for id in step.channels if id in channels)
    return [node for name in names for node in icon(name)]


def _answers(path: tuple[Answer, ...]) -> str:
    return " › ".join(answer.text for answer in path)


def _contact(owner: Owner) -> Element:
    return element(
        "div.contact",
        element("p.contact-name", owner.name),
        element("p", "Telefon: ", phone_link(owner)) if owner.phone else "",
        element("p", "E-mail: ", email_link(owner)) if owner.email else "",
    )
