"""Builds the link at the end of every page that lets readers suggest a change. No I/O."""

from __future__ import annotations

from urllib.parse import quote

from kanalstrategi.content.frame_words import words
from kanalstrategi.editor.config import entry_url
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import phone_link
from kanalstrategi.rendering.macros import Call


def change_link(call: Call, *, has_editor: bool, edit_url: str, site_url: str) -> list[Node]:
    """Return the best available link: to the editor, to the repository's own editor, or to the owner's e-mail address or phone number.

    `edit_url` is the page in the repository's own editor, and `site_url` is the URL of the published site. Either may be empty.
    The result is empty if no link is possible. No file of the site holds a page of the program, so its link leads to the owner.
    """
    page, language = call.page, call.page.language
    if has_editor and not page.is_of_program:
        return [_paragraph(_link(call.link(entry_url(page, call.content.folders)), language))]
    if edit_url and not page.is_of_program:
        return [_paragraph(_link(edit_url, language))]
    if page.owner.email:
        url = f"{site_url.rstrip('/')}/{page.url}" if site_url else page.path if page.is_of_program else f"docs/{page.path}"
        body = f"Side: {page.title}\r\nAdresse: {url}\r\n\r\nMit forslag:\r\n"
        mail = f"mailto:{quote(page.owner.email, safe='@')}?subject={_encode(page.title)}&body={_encode(body)}"
        return [_paragraph(_link(mail, language), words(language, " – send en mail til den ansvarlige"))]
    if page.owner.phone:
        return [_paragraph(words(language, "Foreslå en ændring: ring "), phone_link(page.owner))]
    return []


def offer_form(root: Element, call: Call) -> None:
    """Put a link to the form of a guideline below its status. `root` is the page's tree."""
    if call.content.guideline_of(call.page) is None:
        return
    position = next((number + 1 for number, child in enumerate(root.children) if type(child) is Element and child.has_class("status")), 0)
    link = element("a.md-button.md-button--primary", "Besvar spørgsmålene", href=call.link(entry_url(call.page, call.content.folders)))
    root.children.insert(position, element("p.web-only", link, data_search_exclude=""))


def _encode(text: str) -> str:
    return quote(text, safe="")  # mail programs take `+` for a plus, not for a space


def _link(url: str, language: str) -> Element:
    return element("a", words(language, "Foreslå en ændring"), href=url)


def _paragraph(*children: Node) -> Element:
    return element("p.suggest-change.web-only", *children, data_search_exclude="")
