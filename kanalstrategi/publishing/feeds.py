"""Writes the news as Atom feeds (RFC 4287). No I/O.

A feed has no more than what is written here, so lxml is enough: a library for feeds would only hide the few elements. Everything in a feed
follows from the content, so that two builds write the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import urlsplit

from lxml import etree
from lxml.builder import ElementMaker

from kanalstrategi.content.conventions import NEWS_FOLDER, NEWS_PAGE
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.news import NewsItem, feed_url, feed_urls, news, news_for
from kanalstrategi.content.urls import relative_url
from kanalstrategi.danish.local_date import midnight_in_denmark

FEED_TYPE = "application/atom+xml"
"""The media type of a feed."""
_NAMESPACE = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MAKE = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})


@dataclass(frozen=True)
class FeedFacts:
    """The facts about the site that all its feeds have."""

    site_url: str
    """The absolute URL of the site, with a trailing slash."""
    page_url: str
    """The URL of the page with the same news, relative to the site."""
    author: str
    today: date
    """When a feed without any news was updated."""


def feeds(content: Content, site_name: str, site_url: str) -> dict[str, bytes]:
    """Return all feeds as XML, keyed by their URLs relative to the site's root. `site_url` is absolute, as URLs in a feed must be."""
    items, page_url = news(content), f"{NEWS_FOLDER}/" if NEWS_PAGE in content.pages else ""
    facts = FeedFacts(site_url, page_url, content.organisation.name or site_name, content.today)
    names = {guideline.id: guideline.department for guideline in content.guidelines}
    return {
        url: atom_feed(feed_title(names.get(department, ""), site_name), url, news_for(items, department) if department else items, facts)
        for department, url in feed_urls(content).items()
    }


def atom_feed(title: str, url: str, items: Sequence[NewsItem], facts: FeedFacts) -> bytes:
    """Return a feed as XML. `url` is its own, relative to the site."""
    updated = max((item.day for item in items), default=facts.today)
    feed = _MAKE.feed(
        _MAKE.title(title),
        _MAKE.id(facts.site_url + url),
        _MAKE.updated(_instant(updated)),
        _MAKE.author(_MAKE.name(facts.author)),
        _MAKE.link(rel="self", type=FEED_TYPE, href=facts.site_url + url),
        _MAKE.link(rel="alternate", type="text/html", href=facts.site_url + facts.page_url),
        *(_entry(item, facts) for item in items),
        **{_XML_LANG: "da"},
    )
    xml: bytes = etree.tostring(feed, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return xml


def feed_title(department: str, site_name: str) -> str:
    """Return the title of a department's feed, or of the one with all news if there is no department."""
    return f"Nyt om {department}: {site_name}" if department else f"Nyt: {site_name}"


def entry_id(item: NewsItem, site_url: str) -> str:
    """Return the id of an entry: a tag URI (RFC 4151), which needs a host, a day and a name that nothing else has on that day."""
    parts = urlsplit(site_url)
    return f"tag:{parts.hostname},{item.day.isoformat()}:{parts.path}{NEWS_FOLDER}/{item.id}"


def feed_links(content: Content, page: Page, site_name: str) -> Iterator[str]:
    """Yield the `<link>` by which programs find the feed that a page is about, as HTML: of a department on its page, of all on the front page."""
    guideline = content.guideline_of(page)
    if guideline or page.path in ("index.md", NEWS_PAGE):
        title = feed_title(guideline.department if guideline else "", site_name)
        href = relative_url(feed_url(guideline.id if guideline else ""), page)
        yield f'<link rel="alternate" type="{FEED_TYPE}" title="{escape(title)}" href="{escape(href)}">'


def _entry(item: NewsItem, facts: FeedFacts) -> etree._Element:
    return _MAKE.entry(
        _MAKE.title(f"{item.label}: {item.title}"),
        _MAKE.id(entry_id(item, facts.site_url)),
        _MAKE.updated(_instant(item.day)),
        _MAKE.published(_instant(item.day)),
        _MAKE.link(rel="alternate", type="text/html", href=facts.site_url + item.url),
        *(_MAKE.link(rel="related", type="text/html", href=facts.site_url + url, title=words) for words, url in item.more),
        _MAKE.summary(item.summary),
        _MAKE.category(term=item.kind.value, label=item.kind.label),
    )


def _instant(day: date) -> str:
    """Return the beginning of a day in Denmark as RFC 3339 has it: `2026-06-01T00:00:00+02:00`."""
    return midnight_in_denmark(day).isoformat()
