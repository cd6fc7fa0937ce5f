"""Macros of the two doors to the site: the front page for citizens, and the page for staff."""

from __future__ import annotations

from kanalstrategi.content.conventions import ANSWER_FOLDER, SEARCH_PAGE, STAFF_PAGE
from kanalstrategi.diagnostics import Wording
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.components import icon
from kanalstrategi.rendering.macros import Call, MacroError, Vocabulary, macro

FIELD_ID = "front-search"
MAX_QUERY_LENGTH = 200
"""The longest query in characters, as in the header's field."""
_ANSWERS = Vocabulary(lambda content: [answer.id for answer in content.answers], Wording("svaret $word findes ikke", ""))


@macro(anchors=lambda content: [FIELD_ID], vocabulary=_ANSWERS, is_of_site=True)
def ask(call: Call, *names: str) -> Element:
    """Return a large field for a question, and the questions that people ask most, given by the names of their files in `docs/svar/`."""
    answers = {answer.id: answer for answer in call.content.answers}
    if SEARCH_PAGE not in call.content.pages:
        raise MacroError("feltet har ingen søgning at føre til", f"opret filen docs/{SEARCH_PAGE} med {{{{ search() }}}} på en linje")
    form = element(
        "form",
        element("label", "Hvad vil du vide?", **{"for": FIELD_ID}),
        element("div.ask-row", _field(), element("button", icon("material/magnify"), "Søg", type="submit")),
        role="search",
        aria_label="Stil et spørgsmål",
        action=call.link(call.content.pages[SEARCH_PAGE].url),
        method="get",
    )
    links = [element("li", element("a", answers[name].page.title, href=call.link(answers[name].page.url))) for name in names]
    others = element("p", element("a", "Alle spørgsmål og svar", href=call.link(f"{ANSWER_FOLDER}/")))
    common = [element("h2", "Det spørger mange om"), element("ul.ask-links", links), others] if links else []
    return element("div.ask.web-only", form, common, data_search_exclude="")


@macro(is_of_site=True)
def staff_door(call: Call) -> Element:
    """Return the way to the page for staff."""
    page = call.content.pages.get(STAFF_PAGE)
    if page is None:
        raise MacroError(f"siden docs/{STAFF_PAGE} mangler", "opret den, eller slet {{ staff_door() }}")
    words = element("strong", "Arbejder du i kommunen?")
    return element("p.staff-door.web-only", words, " ", element("a", "Vælg kanal, og find regler og retningslinjer", href=call.link(page.url)))


@macro(is_of_site=True)
def situations(call: Call) -> Element:
    """Return the situations that the channel chooser opens with, each as a link to its result."""
    chooser = call.content.chooser
    if chooser is None or chooser.opening is None:
        raise MacroError("kanalvælgeren har ingen situationer", "skriv dem i docs/vaelg-kanal.md, eller slet {{ situations() }}")
    entries = [(entry.text, f"{chooser.page.url}?vej={chooser.opening.id}#{entry.to}") for entry in chooser.situations]
    last = element("li", element("a", chooser.opening.answers[-1].text, href=call.link(f"{chooser.page.url}#{chooser.opening.answers[-1].to}")))
    return element("ul.ask-links", [element("li", element("a", text, href=call.link(url))) for text, url in entries], last)


def _field() -> Element:
    return element("input", id=FIELD_ID, name="q", type="search", maxlength=str(MAX_QUERY_LENGTH), autocomplete="off", autocapitalize="off", spellcheck="false")
