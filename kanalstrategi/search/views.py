"""Builds the search page and the index of terms, as nodes of a page's tree. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import draft_badge
from kanalstrategi.search.audiences import Audience
from kanalstrategi.search.term_index import NUMBERS, Entry, Reference

FAILURE_MESSAGE = "Søgningen virker ikke lige nu. Find emnet i stikordsregistret herunder."
"""The message on the page if the index or the script cannot be loaded."""

LinkTo = Callable[[str], str]
"""Turns a URL that is relative to the site's root into one that is relative to the page."""


def search_page_nodes(url: str, index: Mapping[str, Sequence[Entry]], link: LinkTo, script: str, *, has_editions: bool = False) -> list[Node]:
    """Return the content of the search page: the field, the list of results, and the index, which also works without JavaScript.

    `has_editions` says whether there are pages of editions that are not in force.
    """
    field = element(
        "input", id="soegefelt", name_="q", type="search", maxlength="200",
        autocomplete="off", autocapitalize="off", spellcheck="false", enterkeyhint="search",
    )  # fmt: skip # one attribute per line would hide the structure of the page
    form = element(
        "form.search-form",
        element("label", "Hvad vil du vide?", for_="soegefelt"),
        element("div.search-row", field, element("button", "Søg", type="submit")),
        _choices(has_editions=has_editions),
        role="search", aria_label="Søg på hjemmesiden", action=link(url), method="get",
        data_now="", data_script=link(script), data_fault=FAILURE_MESSAGE, data_site=link(""),
    )  # fmt: skip # as above
    return [
        form,
        element("p.search-status", role="status"),
        element("div.search-hint"),
        element("ol.search-results", data_search_results=""),
        element("p.without-script", "Søgefeltet virker kun med JavaScript. Find emnet i stikordsregistret herunder."),
        _index(index, link),
    ]


def _choices(*, has_editions: bool) -> Element:
    """Return the choices of who searches, and of which pages are shown as well: those for other readers, and those of other editions.

    They need the script of the page.
    """

    def radio(audience: Audience, name: str) -> Element:
        checked = {"checked": ""} if audience is Audience.CITIZEN else {}
        return element("label", element("input", name_="for", type="radio", value=audience.value, **checked), f" {name}")

    box = element("input", name_="andre", type="checkbox", value="ja", checked="")
    editions = element("input", name_="udgaver", type="checkbox", value="ja")
    citizens, staff = "Vis også sider for medarbejdere", "Vis også svar til borgere"
    return element(
        "div.search-choices.web-only",
        element("fieldset", element("legend", "Jeg søger som"), radio(Audience.CITIZEN, "borger"), radio(Audience.STAFF, "medarbejder")),
        element("label", box, " ", element("span.others-name", citizens, data_borger=citizens, data_medarbejder=staff)),
        element("label", editions, " Søg også i tidligere udgaver og forslag") if has_editions else "",
    )


def printed_index(index: Mapping[str, Sequence[Entry]], printed: Sequence[str], link: LinkTo) -> Element:
    """Return the tree of the index that replaces the search page in a document: the terms with their page numbers.

    `printed` are the URLs of the pages in the document, in order. Each begins on a new page of the PDF, so no page number is repeated.
    """
    columns = element("div.terms-columns")
    for letter, entries in index.items():
        items = [item for entry in entries if (item := _printed_entry(entry, printed, link))]
        if items:
            columns.children += [element("h2.letter", letter), element("ul.terms", items)]
    return element("div", element("h1.terms-title", "Stikordsregister"), columns)


def _printed_entry(entry: Entry, printed: Sequence[str], link: LinkTo) -> Element | None:
    """Return an entry as a list item, or None if the term does not occur in the document."""
    references = [reference for reference in entry.references if reference.page.url in printed and reference.print_anchor is not None]
    if not references:
        return None
    references.sort(key=lambda reference: printed.index(reference.page.url))
    see = f"se {references[0].page.title} " if len(references) == 1 and references[0].is_keyword else ""
    numbers = [element("a.on-page", href=link(reference.print_url), aria_label=entry.term) for reference in references]
    return element("li", f"{entry.term} {see}", _enumeration(numbers))


def _index(index: Mapping[str, Sequence[Entry]], link: LinkTo) -> Element:
    letters = [element("li", element("a", letter, href=f"#stikord-{_letter_id(letter)}")) for letter in index]
    parts: list[Element] = []
    for letter, entries in index.items():
        items = [element("li", _index_entry(entry, link)) for entry in entries]
        parts += [element("h3", letter, id=f"stikord-{_letter_id(letter)}"), element("ul.terms", items)]
    return element(
        "section.keyword-index",
        element("h2", "Stikord fra A til Å", id="stikord"),
        element("nav", element("ul.letters", letters), aria_label="Bogstaver"),
        parts,
    )


def _letter_id(letter: str) -> str:
    return {"Æ": "ae", "Ø": "oe", "Å": "aa", NUMBERS: "tal"}.get(letter, letter.lower())


def _index_entry(entry: Entry, link: LinkTo) -> list[Node]:
    def links(references: Iterable[Reference]) -> list[Node]:
        return _enumeration([element("a", reference.page.name, href=link(reference.url)) for reference in references])

    adopted = links(reference for reference in entry.references if not reference.page.is_draft)
    drafts = links(reference for reference in entry.references if reference.page.is_draft)
    nodes: list[Node] = [element("span.term", entry.term), " ", *adopted]
    if drafts:
        nodes += [*(["; "] if adopted else []), draft_badge(), " ", *drafts]
    return nodes


def _enumeration(items: Sequence[Element]) -> list[Node]:
    """Return elements with commas between them."""
    nodes: list[Node] = []
    for item in items:
        nodes += [", ", item]
    return nodes[1:]
