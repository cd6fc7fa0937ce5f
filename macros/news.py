"""The macro that lists what is new, and the feeds to follow it by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from babel.dates import format_date

from kanalstrategi.content.model import Content
from kanalstrategi.content.news import NewsItem, feed_urls
from kanalstrategi.content.news import news as news_of
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.components import heading, join_nodes, subscriptions
from kanalstrategi.rendering.macros import Call, macro

_FEEDS_ID = "foelg-med"


def _anchors(content: Content) -> Iterator[str]:
    """Yield the ids of the headings that the macro writes."""
    yield from (_month_id(item) for item in news_of(content))
    yield _FEEDS_ID


@macro(anchors=_anchors, is_of_site=True)
def news(call: Call) -> list[Element]:
    """Return what is new by month, newest first, and the feeds to follow it by. The call must be alone on its line."""
    parts: list[Element] = []
    for id, items in groupby(news_of(call.content), key=_month_id):
        of_month = list(items)
        month = format_date(of_month[0].day, format="MMMM y", locale="da")
        parts.append(heading(2, month[0].upper() + month[1:], id))
        parts.append(element("ul.news", [_item(call, item) for item in of_month], data_search_exclude=""))
    if not parts:
        parts.append(element("p", "Der er intet nyt endnu."))
    return [*parts, heading(2, "Følg med", _FEEDS_ID), *_feeds(call)]


def _month_id(item: NewsItem) -> str:
    return f"nyt-{item.day:%Y-%m}"


def _item(call: Call, item: NewsItem) -> Element:
    """Return one thing that is new: what has happened as a word, what it is about, the day, and the rest in words."""
    links = [[element("a", words, href=call.link(url), aria_label=f"{words}: {item.title}")] for words, url in item.more]
    return element(
        "li",
        element("p.news-title", element("strong.badge.adopted", item.label), " ", element("a", item.title, href=call.link(item.url))),
        element("p", element("span.news-day", f"{long_date(item.day)}:"), f" {item.summary}"),
        element("p", join_nodes(links, " · ")) if links else "",
    )


def _feeds(call: Call) -> list[Element]:
    """Return the links to the feeds."""
    names = {guideline.id: guideline.department for guideline in call.content.guidelines}
    offered = [(names.get(id, "Alt nyt"), url) for id, url in feed_urls(call.content).items()]
    words = "Med et program, der læser nyhedsstrømme (Atom), får du besked, når der er nyt. Kopiér adressen på den strøm, du vil følge."
    return [element("p", words), subscriptions(call, offered)]
