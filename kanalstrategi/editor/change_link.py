"""The link at the end of every page by which a reader suggests a change. Pure: from the page to HTML."""

from __future__ import annotations

from urllib.parse import quote

from kanalstrategi.editor.config import entry_url
from kanalstrategi.rendering.components import phone_link
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.rendering.macros import Call


def change_link(call: Call, *, has_editor: bool, edit_url: str, site_url: str) -> str:
    """The best way there is: the editor, the repository's own, a mail to the owner, a call to the owner.

    `edit_url` is the page in the repository's own editor, `site_url` where the site is published;
    empty where there is none.
    """
    page = call.page
    if has_editor:
        return _link(call.link(entry_url(page)))
    if edit_url:
        return _link(escape_text(edit_url))
    if page.owner.email:
        where = f"{site_url.rstrip('/')}/{page.url}" if site_url else f"docs/{page.path}"
        body = f"Side: {page.title}\r\nAdresse: {where}\r\n\r\nMit forslag:\r\n"
        address = f"mailto:{quote(page.owner.email, safe='@')}?subject={_encode(page.title)}&body={_encode(body)}"
        return _link(escape_text(address), f" – send en mail til {escape_text(page.owner.name)}")
    if page.owner.phone:
        return _wrap(f"Foreslå en ændring: ring til {escape_text(page.owner.name)}, {phone_link(page.owner)}")
    return ""


def _encode(words: str) -> str:
    return quote(words, safe="")  # `+` for a space is read as a plus in a mail


def _link(address: str, more: str = "") -> str:
    return _wrap(f'<a href="{address}">Foreslå en ændring</a>{more}')


def _wrap(inner: str) -> str:
    return f'\n<p class="suggest-change web-only" data-search-exclude>{inner}</p>'
