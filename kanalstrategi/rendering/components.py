"""Builds the small pieces that macros and pages share, as nodes of a page's tree. No I/O."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import cache, lru_cache

from lxml import etree

from kanalstrategi.content.edition_paths import edition_folder
from kanalstrategi.content.edition_words import STATE_WORDS
from kanalstrategi.content.frame_words import danish_marks, frame_language, frame_marks, words
from kanalstrategi.content.languages import SITE_LANGUAGE, language_of
from kanalstrategi.content.model import Channel, Page, Rule, Status
from kanalstrategi.content.organisation_model import Document, Owner
from kanalstrategi.content.outdated import gone_words
from kanalstrategi.danish.phrases import capitalized
from kanalstrategi.design.icons import icon_svg
from kanalstrategi.markdown.nodes import Element, Node, decode_tree, descendants, element, encode_tree, nodes
from kanalstrategi.rendering.macros import Call


def draft_badge(language: str = SITE_LANGUAGE) -> Element:
    """Return the mark on every mention of a page that is not adopted, in the language of the page that it stands on."""
    return _badge(words(language, "Udkast"))


def _badge(word: str) -> Element:
    return element("strong.badge.draft", word)


def draft_mark(page: Page) -> list[Node]:
    """Return a space and the mark of a draft, or nothing for an adopted page."""
    if page.status is not Status.DRAFT:
        return []
    return [" ", _badge("Forslag") if edition_folder(page.path) else draft_badge()]


def gone_mark(title: str) -> list[Node]:
    """Return a space and the mark on what the strategy does not have any more, given the title of the edition that does not have it."""
    return [" ", element("strong.badge.gone", capitalized(gone_words(title)))]


def page_link(call: Call, page: Page) -> list[Node]:
    """Return a link to a page with its title as text, marked if the page is a draft."""
    return [element("a", page.title, href=call.link(page.url)), *draft_mark(page)]


def subscriptions(call: Call, offered: Iterable[tuple[str, str]]) -> Element:
    """Return links to what a program subscribes to, given names and URLs. Each address is shown whole, if it is known where the site lies."""
    items = [
        element("li", element("a", name, href=call.link(url)), [": ", element("code", call.site_url + url)] if call.site_url else "") for name, url in offered
    ]
    return element("ul.news-feeds", items, data_search_exclude="")


def icon(name: str, token: str = "") -> list[Node]:
    """Return an icon of the theme as decoration, or nothing if there is no name.

    PDFs draw the icon again from its name, in the color of a design token (`overdue`) if there is one.
    """
    return [decode_tree(_encoded_icon(name, token))] if name else []


@cache
def _encoded_icon(name: str, token: str) -> bytes:
    svg = _element_of(etree.fromstring(icon_svg(name) or "<svg/>"))
    svg.attributes = {"xmlns": "http://www.w3.org/2000/svg", **svg.attributes}
    color = {"data_color": token} if token else {}
    return encode_tree(element("span.icon", svg, data_icon=name, **color, aria_hidden="true"))


def _element_of(xml: etree._Element) -> Element:
    """Return an element of an icon with those inside it. The text of an icon is only whitespace."""
    children: list[Node] = [_element_of(child) for child in xml.iterchildren(etree.Element)]  # leaves out comments
    return Element(etree.QName(xml).localname, attributes={str(key): str(value) for key, value in xml.items()}, children=children)


def channel_link(call: Call, channel: Channel) -> list[Node]:
    """Return the icon of a channel's group, followed by a link to the channel with its title as text."""
    return [*icon(channel.page.icon), element("a", channel.title, href=call.link(channel.url))]


def international_phone(phone: str) -> str:
    """Return a phone number in international format: `+4554731000`."""
    number = "".join(phone.split())
    return number if number.startswith("+") else f"+45{number}"


def phone_link(owner: Owner) -> Element:
    """Return a unit's phone number as a link that dials it."""
    return element("a", owner.phone, href=f"tel:{international_phone(owner.phone)}")


def email_link(owner: Owner) -> Element:
    """Return a unit's e-mail address as a link that opens a new e-mail."""
    return element("a", owner.email, href=f"mailto:{owner.email}")


def contact_details(owner: Owner) -> list[Node]:
    """Return a unit's phone and e-mail, as running text."""
    return join_nodes([phone_link(owner) if owner.phone else "", email_link(owner) if owner.email else ""])


def contact_line(owner: Owner) -> list[Node]:
    """Return a unit's name, phone and e-mail, as running text."""
    return join_nodes([owner.name, contact_details(owner)])


def insert_below_status(root: Element, node: Element) -> None:
    """Put an element below the status of a page. `root` is the page's tree, which has got its status."""
    status = (position for position, child in enumerate(root.children) if isinstance(child, Element) and child.has_class("status"))
    root.children.insert(next(status, 0) + 1, node)


def join_nodes(parts: Iterable[Node | Iterable[Node]], separator: str = ", ") -> list[Node]:
    """Return the parts that are not empty as one list, with a separator between them."""
    joined: list[Node] = []
    for part in parts:
        if found := nodes(part):
            joined += [separator, *found] if joined else found
    return joined


def heading(level: int, words: str, id: str, mark: Iterable[Node] = (), before: Iterable[Node] = ()) -> Element:
    """Return a heading. `before` and `mark` are nodes before and after its words."""
    return element(f"h{level}", before, words, mark, id=id)


def rule_source(call: Call, rule: Rule, words: str) -> Element:
    """Return a link to a rule, in brackets. Its accessible name says which rule, for readers who hear the link out of context."""
    name = f"{words}: {shortened(rule.text)}"
    return in_brackets(element("a", words, href=call.link(rule.url), aria_label=name))


def in_brackets(link: Element) -> Element:
    """Return the link to the source of words that are quoted, in brackets behind them."""
    return element("span.rule-source", "(", link, ")")


@lru_cache(4096)
def shortened(words: str) -> str:
    """Return the beginning of a text that is long, and otherwise all of it."""
    return textwrap.shorten(words, 60, placeholder=" …")


def table(kind: str, caption: str, heads: Iterable[Node | Iterable[Node]], rows: Iterable[Element]) -> Element:
    """Return a table, given its CSS classes, the content of its column headings, and its rows (`tr` elements)."""
    columns = [element("th", head, scope="col") for head in heads]
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", columns)),
        element("tbody", rows),
        class_=kind,
        data_search_exclude="",
    )


def table_row(heading: Node | Iterable[Node], cells: Iterable[tuple[Node | Iterable[Node], Node | Iterable[Node]]], kind: str = "") -> Element:
    """Return a table row. Each cell repeats the heading of its column for phones, where cells are stacked."""
    columns = [element("td", element("span.column.web-only", title, ": "), cell) for title, cell in cells]
    return element(f"tr.{kind}" if kind else "tr", element("th", heading, scope="row"), columns)


def search_place() -> Element:
    """Return the output of the macro `search`. The build replaces it once all pages have been rendered and the index is known."""
    return element("div.search-place.web-only")


def download(call: Call, document: str) -> list[Node]:
    """Return a link to a PDF, or nothing in an edition that does not have it. The build fills in its size and page count once the file exists."""
    return _download_in(SITE_LANGUAGE, call, document)


def _download_in(language: str, call: Call, document: str) -> list[Node]:
    """Return the same with the link's own words in a language.

    A document that has nothing but the page has a name in the page's language.
    """
    if document in call.content.organisation.other_documents:
        return []
    found = call.content.organisation.documents[document]
    name, facts = _document_name(call, found), pdf_facts(found.url)
    is_danish, verb = language == SITE_LANGUAGE, words(language, "Download ")
    named_in = language_of(call.page.language if found.pages == (call.page.path,) else SITE_LANGUAGE)
    link = element(
        "a.md-button.md-button--primary",
        *([verb + name] if named_in.code == language else [verb, element("span", name, lang=named_in.code, dir=named_in.direction)]),
        element("span.web-only", f" ({words(language, 'nyt vindue')})"),
        href=call.link(found.url),
        target="_blank",
        rel="noopener",
    )
    return [element("p.download.web-only", link, " ", facts if is_danish else element("span", facts, **danish_marks(language)))]


def _document_name(call: Call, document: Document) -> str:
    """Return what a document is called after "Download": in an edition that is not in force, that edition with its state."""
    edition = call.content.edition
    return f"{edition.title} ({STATE_WORDS[edition.state]})" if edition and edition.folder else document.name


def pdf_facts(url: str, facts: str = "") -> Element:
    """Return the element with the page count and size of a PDF, given its URL, or, without `facts`, a placeholder for it."""
    return element("span.pdf-facts.web-only", f"PDF{facts}", data_pdf=url)


def document_offer(root: Element, call: Call) -> list[Node]:
    """Return a link to the document that a page belongs to, or nothing if the page already links to one."""
    if any(found.has_class("pdf-facts") for found in descendants(root)):
        return []
    documents = call.content.organisation.documents.values()
    document = next((document for document in documents if call.page.path in document.pages), None)
    language = call.page.language
    return [element("div.offer.web-only", _download_in(frame_language(language), call, document.id), **frame_marks(language))] if document else []


def page_foot(reviewed: str, owner: Iterable[Node], change_link: Iterable[Node], language: str) -> Element:
    """Return the footer of a page.

    `reviewed` says when it was last gone through and is empty for a page that nobody reviews, `owner` says who answers for it, and
    `change_link` is what lets a reader suggest a change.
    """
    return element(
        "div.page-foot.web-only",
        owner,
        element("p", reviewed) if reviewed else "",
        change_link,
        element("p", element("button.print-page", words(language, "Udskriv siden"), type="button")),
        element("p", element("a", words(language, "Til toppen"), href="#__content")),
        data_search_exclude="",
        **frame_marks(language),
    )
