"""What the macros share: the call they answer, the error they raise, and small pieces of HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from .addresses import relative_url
from .icons import icon
from .records import Channel, Content, Owner, Page, Rule, Status
from .suggestions import suggestion

DRAFT_MARK = '<strong class="badge draft">Udkast</strong>'
"""Stands wherever a page that is not adopted shows."""


@lru_cache(16384)
def text(words: str) -> str:
    """Words as HTML that Markdown, which the page is read as afterwards, leaves alone too."""
    return escape(words).translate(_MARKDOWN_SIGNS)


_MARKDOWN_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]!~|"}


@dataclass(frozen=True)
class Call:
    """What a macro knows: everything there is, and the page it is called on."""

    content: Content
    page: Page

    def link(self, url: str) -> str:
        """An address relative to the site's root, as the page's HTML needs it."""
        return text(relative_url(url, self.page))


class MacroError(ValueError):
    """A call that cannot be answered. Says what is wrong and what to do, in Danish."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} – {remedy}")
        self.what = what
        self.remedy = remedy


def draft_mark(page: Page) -> str:
    return f" {DRAFT_MARK}" if page.status is Status.DRAFT else ""


def page_link(call: Call, page: Page) -> str:
    return f'<a href="{call.link(page.url)}">{text(page.title)}</a>{draft_mark(page)}'


def picture(name: str) -> str:
    """An icon of the theme as decoration, or nothing where none is named. Paper draws it anew, by its name."""
    return f'<span class="icon" data-icon="{text(name)}" aria-hidden="true">{icon(name)}</span>' if name else ""


def channel_link(call: Call, channel: Channel) -> str:
    """A channel's title with the icon of its group."""
    return f'{picture(channel.page.icon)}<a href="{call.link(channel.url)}">{text(channel.title)}</a>'


def international(phone: str) -> str:
    """A number as it is called from anywhere."""
    number = "".join(phone.split())
    return number if number.startswith("+") else f"+45{number}"


def phone_link(owner: Owner) -> str:
    return f'<a href="tel:{text(international(owner.phone))}">{text(owner.phone)}</a>'


def email_link(owner: Owner) -> str:
    return f'<a href="mailto:{text(owner.email)}">{text(owner.email)}</a>'


def ways_to_reach(owner: Owner) -> str:
    """Phone and e-mail of a unit, in running text."""
    return ", ".join([phone_link(owner)] * bool(owner.phone) + [email_link(owner)] * bool(owner.email))


def reach(owner: Owner) -> str:
    """A unit's name and ways to reach it, in running text."""
    return ", ".join(filter(None, [text(owner.name), ways_to_reach(owner)]))


def heading(level: int, words: str, id: str, mark: str = "", before: str = "") -> str:
    """A heading as Markdown, not HTML, so that it gets into the page's contents; before and after its words may be HTML."""
    plain = text(words).replace(" #", " &#35;")  # which would end the heading
    return f"{'#' * level} {before}{plain}{mark} {{: #{id} }}"


def known_channel(call: Call, id: str) -> Channel:
    """The channel of an id. Raises MacroError."""
    known = call.content.channels
    if id not in known:
        raise MacroError(f"kanalen {id} findes ikke", suggestion(id, known))
    return known[id]


def rule_source(call: Call, rule: Rule, words: str) -> str:
    """A link to where a rule stands, in brackets. To who hears it alone, it says which rule."""
    name = f"{words}: {_shortened(rule.text)}"
    return (
        f'<span class="rule-source">(<a href="{call.link(rule.url)}" aria-label="{text(name)}">'
        f"{text(words)}</a>)</span>"
    )


@lru_cache(4096)
def _shortened(words: str) -> str:
    return textwrap.shorten(words, 60, placeholder=" …")


def rules_heading(channel: Channel) -> str:
    """What the strategy has above a channel's rules, or nothing where that differs among them."""
    headings = {rule.heading.rstrip(":") for rule in channel.rules}
    return headings.pop() if len(headings) == 1 else ""


def count(number: int, one: str, many: str) -> str:
    """`1 åben beslutning`, `4 åbne beslutninger`, `ingen åbne beslutninger`."""
    return f"{number or 'ingen'} {one if number == 1 else many}"


def open_count(number: int) -> str:
    return count(number, "åben beslutning", "åbne beslutninger")


def table(kind: str, caption: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    """A table of HTML that is ready: headings of columns, and rows as `<tr>` elements."""
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<table class="{kind}" data-search-exclude><caption>{text(caption)}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
