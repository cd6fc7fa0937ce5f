"""The macro that lists the editions of the strategy."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.conventions import CHANGES_FILE, HEARING_FILE
from kanalstrategi.content.edition_data import all_editions, receipt_path
from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.edition_paths import RECEIPT_ID, edition_documents
from kanalstrategi.content.edition_words import state_phrase
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.model import Content
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import heading, table, table_row
from kanalstrategi.rendering.macros import Call, MacroError, macro

_STATE, _ADOPTION, _MORE = _COLUMNS = ("Status", "Vedtaget", "Mere")
"""The headings of the columns after the first."""


def _anchors(content: Content) -> Iterator[str]:
    """Yield the id of the heading that the macro writes."""
    if content.former:
        yield RECEIPT_ID


@macro(anchors=_anchors, is_of_site=True)
def editions(call: Call) -> list[Element]:
    """Return which edition is in force, and if there are others a table of all, and what a receipt is. The call must be alone on its line."""
    content = call.content
    if content.edition is None and content.strategy and content.strategy.adopted is None:
        return [element("p", content.say("Strategien er et udkast. Der er endnu ikke vedtaget nogen udgave."))]
    if content.edition is None:
        raise MacroError(content.say("strategiens udgave har intet navn"), "skriv et navn øverst i docs/index.md, som edition: 2026-2029")
    parts = [_in_force(call, content.edition)]
    if content.editions:
        rows = [_row(call, edition.edition, edition) for edition in all_editions(content) if edition.edition]
        parts.append(table("follow-up", "Alle udgaver", ["Udgave", *_COLUMNS], rows))
    data = element("p", "Udgaverne findes også som data: ", element("a", "data/editions.json", href=call.link("data/editions.json")), ".")
    return [*parts, *(_about_receipts() if content.former else []), data]


def _in_force(call: Call, edition: Edition) -> Element:
    """Return a paragraph about the edition in force, which also says so if nothing newer is proposed."""
    link = element("a", edition.title, href=call.link(edition.url))
    words = f" gælder nu. Den er vedtaget {_adoption(edition)}." if edition.adopted else " gælder nu."
    is_proposed = any(map(is_open, call.content.editions))
    return element("p", link, words if is_proposed else f"{words} Der er ikke offentliggjort et forslag til en ny udgave.")


def _about_receipts() -> list[Element]:
    """Return a section about what is in a receipt, and what it is good for."""
    what = (
        "Kvitteringen viser, om en afløst udgave er, som den var. Den nævner hver fil i udgaven med en kontrolsum (SHA-256), "
        "som blev beregnet, da udgaven blev afløst. Den, der har filerne, kan beregne kontrolsummerne igen og sammenligne."
    )
    check = "Hver gang hjemmesiden bygges, sker det samme. Er blot én byte i en fil anderledes, bliver hjemmesiden ikke bygget."
    in_force = "Den udgave, der gælder, har også en kvittering. Den blev lavet, da udgaven blev vedtaget."
    return [heading(2, "Kvitteringen", RECEIPT_ID), element("p", what), element("p", check), element("p", in_force)]


def _row(call: Call, edition: Edition, content: Content) -> Element:
    adoption: list[Node] = [_adoption(edition) if edition.adopted else "Ikke vedtaget"]
    if edition.decision:
        adoption += [" (", element("a", "beslutningen", href=edition.decision, aria_label=f"Beslutningen om {edition.title}"), ")"]
    links = [element("a", name, href=call.link(url), aria_label=f"{name}: {edition.title}") for name, url in _links(call.content, edition, content)]
    more = element("ul", [element("li", link) for link in links]) if links else ""
    cells = ((_STATE, state_phrase(edition)), (_ADOPTION, adoption), (_MORE, more))
    return table_row(element("a", edition.title, href=call.link(edition.url)), cells)


def _links(site: Content, edition: Edition, content: Content) -> Iterator[tuple[str, str]]:
    """Yield the name and URL of what there is about an edition besides its pages."""
    for name, file in (("Ændringer", CHANGES_FILE), ("Svar på høringen", HEARING_FILE)):
        if page := site.published_pages.get(edition.folder_of_name + file):
            yield name, page.url
    for document in edition_documents(content):
        yield "PDF", document.url
    if edition.state is EditionState.SUPERSEDED or (edition.state is EditionState.ADOPTED and site.former):
        yield "Kvittering", receipt_path(edition)


def _adoption(edition: Edition) -> str:
    """Return when an edition was adopted, and by whom: `den 28. februar 2023 af byrådet`."""
    assert edition.adopted is not None, "only called for adopted editions"
    return f"den {long_date(edition.adopted)}" + (f" af {edition.adopted_by}" if edition.adopted_by else "")
