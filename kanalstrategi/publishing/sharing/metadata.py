"""Renders the metadata of pages for social media and search engines: Open Graph, and JSON-LD with the schema.org vocabulary.

No I/O. Both formats need absolute URLs, so there is less metadata if it is not known where the site is published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from kanalstrategi.content.edition_paths import is_in_force
from kanalstrategi.content.edition_words import edition_phrase
from kanalstrategi.content.languages import language_of
from kanalstrategi.content.model import Channel, Content, Page, Status
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.design.icons import icon_svg
from kanalstrategi.publishing.catalogue import catalogue_links
from kanalstrategi.publishing.feeds import feed_links
from kanalstrategi.publishing.sharing.alternates import alternate_links
from kanalstrategi.publishing.sharing.social_card import DRAFT_LABEL, HEIGHT, WIDTH, SocialCard
from kanalstrategi.rendering.components import international_phone

_FRONT_PAGE = "index.md"
_SCRIPT_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""Escapes for characters that could end a script or a line in it. In JSON they only occur in strings, where escapes are allowed."""


@dataclass(frozen=True)
class SiteFacts:
    """The facts about the site that the metadata of its pages need."""

    name: str
    url: str
    """The URL of the published site with a trailing slash, or empty if it is not known."""
    search_page: str
    """The path of the search page."""
    menu_sections: Mapping[str, str]
    """The title of each page's section in the menu, keyed by the page's path."""


@dataclass(frozen=True)
class MetaTag:
    """A `<meta>` element. Open Graph puts the name in `property`, other vocabularies in `name`."""

    name: str
    content: str

    @property
    def html(self) -> str:
        """Return the element as HTML."""
        attribute = "name" if self.name.startswith("twitter:") else "property"
        return f'<meta {attribute}="{escape(self.name)}" content="{escape(self.content)}">'


def head_html(content: Content, page: Page, site: SiteFacts, image_url: str) -> str:
    """Return all metadata of a page as HTML for its head. `content` is that of the whole site."""
    lines = [] if is_in_force(page.path, content) else ['<meta name="robots" content="noindex">']
    lines += [tag.html for tag in meta_tags(content, page, site, image_url)]
    if data := structured_data(content, page, site):
        lines.append(f'<script type="application/ld+json">{script_json(data)}</script>')
    lines += alternate_links(content, page, site.url)
    lines += feed_links(content, page, site.name)
    lines += catalogue_links(page)
    return "\n".join(lines)


def social_card_of(content: Content, page: Page, site: SiteFacts) -> SocialCard:
    """Return the text and icon of a page's social card."""
    below = edition_phrase(page.path, content) or site.menu_sections.get(page.path) or content.organisation.name
    return SocialCard(page.title, site.name, below, page.status is Status.DRAFT, icon_svg(page.icon) or "")


def meta_tags(content: Content, page: Page, site: SiteFacts, image_url: str) -> tuple[MetaTag, ...]:
    """Return the `<meta>` elements of a page. The URL of the image is relative to the site's root; without one, or a known URL of the site, it is left out."""
    edition = edition_phrase(page.path, content)
    section = edition or site.menu_sections.get(page.path, "")
    tags = {
        "og:title": f"{page.title} – {edition}" if edition else page.title,
        "og:description": page.description,
        "og:type": "website" if page.path == _FRONT_PAGE else "article",
        "og:locale": language_of(page.language).locale,
        "og:site_name": site.name,
    }
    if page.path != _FRONT_PAGE:
        tags["article:modified_time"] = page.reviewed.isoformat()
        tags["article:section"] = section
    if site.url:
        tags["og:url"] = site.url + page.url
    if site.url and image_url:
        tags |= {
            "og:image": site.url + image_url,
            "og:image:type": "image/png",
            "og:image:width": str(WIDTH),
            "og:image:height": str(HEIGHT),
            "og:image:alt": _image_alt(page, section, site),
        }
    tags["twitter:card"] = "summary_large_image" if "og:image" in tags else "summary"
    return tuple(MetaTag(name, value) for name, value in tags.items() if value)


def structured_data(content: Content, page: Page, site: SiteFacts) -> dict[str, Any]:
    """Return the JSON-LD of a page, or an empty dictionary if it is not known where the site is published."""
    graph = [*_graph(content, page, site)] if site.url else []
    return {"@context": "https://schema.org", "@graph": graph} if graph else {}


def script_json(data: Mapping[str, Any]) -> str:
    """Return JSON that is safe inside a `<script>`, whatever its strings contain."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_ESCAPES)


def _image_alt(page: Page, section: str, site: SiteFacts) -> str:
    status = f"{DRAFT_LABEL}: " if page.status is Status.DRAFT else ""
    return f"{status}»{page.title}«" + (f" under {section}" if section else "") + f". {site.name}."


def _graph(content: Content, page: Page, site: SiteFacts) -> Iterator[dict[str, Any]]:
    if page.path == _FRONT_PAGE:
        yield _website(content, page, site)
    else:
        yield _breadcrumbs(content, page, site)
    group = next((group for group in content.groups if group.page == page), None)
    if group and page.status is Status.ADOPTED:  # a draft describes a service that has not been approved yet
        yield _service(content, group, site)


def _website(content: Content, page: Page, site: SiteFacts) -> dict[str, Any]:
    website = {
        "@type": "WebSite",
        "@id": f"{site.url}#website",
        "url": site.url,
        "name": site.name,
        "description": page.description,
        "inLanguage": page.language,
        "publisher": _organisation(content),
    }
    if search := content.pages.get(site.search_page):
        website["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{site.url}{search.url}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
    return website


def _breadcrumbs(content: Content, page: Page, site: SiteFacts) -> dict[str, Any]:
    """Return the breadcrumb trail from the front page. Menu sections without a page of their own are left out."""
    trail = [(site.name, "")]
    section = site.menu_sections.get(page.path, "")
    index = content.pages.get(f"{page.section}/{_FRONT_PAGE}")
    edition = content.content_of(page.path).edition
    if edition and edition.folder and page.url != edition.url:
        trail.append((edition.title, edition.url))
    if index and index != page and site.menu_sections.get(index.path) == section:
        trail.append((section or index.title, index.url))
    trail.append((page.title, page.url))
    items = [{"@type": "ListItem", "position": number, "name": name, "item": site.url + url} for number, (name, url) in enumerate(trail, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _service(content: Content, group: Channel, site: SiteFacts) -> dict[str, Any]:
    service: dict[str, Any] = {
        "@type": "GovernmentService",
        "@id": f"{site.url}{group.url}#service",
        "name": group.title,
        "description": group.page.description,
        "url": site.url + group.url,
        "provider": _organisation(content, group.page.owner),
    }
    if group.subchannels:
        service["availableChannel"] = [{"@type": "ServiceChannel", "name": channel.title, "url": site.url + channel.url} for channel in group.subchannels]
    return service


def _organisation(content: Content, owner: Owner | None = None) -> dict[str, Any]:
    organisation: dict[str, Any] = {"@type": "GovernmentOrganization", "name": content.organisation.name}
    if owner and (owner.phone or owner.email):
        details = {"telephone": international_phone(owner.phone) if owner.phone else "", "email": owner.email}
        given = {key: value for key, value in details.items() if value}
        organisation["contactPoint"] = {"@type": "ContactPoint", "name": owner.name, **given}
    return organisation
