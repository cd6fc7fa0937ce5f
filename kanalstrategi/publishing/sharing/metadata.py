"""What a page says of itself to those who share or index it: Open Graph, and JSON-LD in the words of schema.org. Pure: from
records to HTML. Both want whole addresses, so where the site's own is not known they say the less.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from kanalstrategi.content.model import Channel, Content, Owner, Page, Status
from kanalstrategi.design.icons import icon_svg
from kanalstrategi.publishing.sharing.social_card import DRAFT_LABEL, HEIGHT, WIDTH, CardImage, SocialCard
from kanalstrategi.rendering.components import international_phone

_LOCALES = {"da": "da_DK"}

_FRONT_PAGE = "index.md"


@dataclass(frozen=True)
class SiteFacts:
    """The site, as its pages tell of it."""

    name: str
    address: str
    """Where it is published, or empty."""
    language: str
    search: str
    """Path of the page with the search."""
    menu: Mapping[str, str]
    """What the menu calls the part that a page lies in, by path."""


@dataclass(frozen=True)
class MetaTag:
    """A `<meta>`: Open Graph has its name in `property`, others have it in `name`."""

    name: str
    content: str

    @property
    def html(self) -> str:
        attribute = "name" if self.name.startswith("twitter:") else "property"
        return f'<meta {attribute}="{escape(self.name)}" content="{escape(self.content)}">'


def head_html(content: Content, page: Page, about: SiteFacts, picture: CardImage | None) -> str:
    """Everything, as it stands in the page's head."""
    lines = [tag.html for tag in meta_tags(page, about, picture)]
    if data := structured_data(content, page, about):
        lines.append(f'<script type="application/ld+json">{script_json(data)}</script>')
    return "\n".join(lines)


def social_card_of(content: Content, page: Page, about: SiteFacts) -> SocialCard:
    """What the page's picture says."""
    below = about.menu.get(page.path) or content.organisation.name
    return SocialCard(page.title, about.name, below, page.status is Status.DRAFT, icon_svg(page.icon) or "")


def meta_tags(page: Page, about: SiteFacts, picture: CardImage | None) -> tuple[MetaTag, ...]:
    tags = {
        "og:title": page.title,
        "og:description": page.description,
        "og:type": "website" if page.path == _FRONT_PAGE else "article",
        "og:locale": _LOCALES.get(about.language, ""),
        "og:site_name": about.name,
    }
    if page.path != _FRONT_PAGE:
        tags["article:modified_time"] = page.reviewed.isoformat()
        tags["article:section"] = about.menu.get(page.path, "")
    if about.address:
        tags["og:url"] = about.address + page.url
    if about.address and picture:
        tags |= {
            "og:image": about.address + picture.url,
            "og:image:type": "image/png",
            "og:image:width": str(WIDTH),
            "og:image:height": str(HEIGHT),
            "og:image:alt": _image_alt(page, about),
        }
    tags["twitter:card"] = "summary_large_image" if "og:image" in tags else "summary"
    return tuple(MetaTag(name, value) for name, value in tags.items() if value)


def _image_alt(page: Page, about: SiteFacts) -> str:
    standing = f"{DRAFT_LABEL}: " if page.status is Status.DRAFT else ""
    section = about.menu.get(page.path, "")
    return f"{standing}»{page.title}«" + (f" under {section}" if section else "") + f". {about.name}."


def structured_data(content: Content, page: Page, about: SiteFacts) -> dict[str, Any]:
    """JSON-LD of the page; nothing where the site's address is not known."""
    graph = [*_graph(content, page, about)] if about.address else []
    return {"@context": "https://schema.org", "@graph": graph} if graph else {}


def _graph(content: Content, page: Page, about: SiteFacts) -> Iterator[dict[str, Any]]:
    if page.path == _FRONT_PAGE:
        yield _website(content, about, page)
    else:
        yield _breadcrumbs(content, page, about)
    group = next((group for group in content.groups if group.page == page), None)
    if group and page.status is Status.ADOPTED:  # a draft is no service that anybody has decided to give
        yield _service(content, group, about)


def _website(content: Content, about: SiteFacts, page: Page) -> dict[str, Any]:
    site = {
        "@type": "WebSite",
        "@id": f"{about.address}#website",
        "url": about.address,
        "name": about.name,
        "description": page.description,
        "inLanguage": about.language,
        "publisher": _organisation(content),
    }
    if search := content.pages.get(about.search):
        site["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{about.address}{search.url}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
    return site


def _breadcrumbs(content: Content, page: Page, about: SiteFacts) -> dict[str, Any]:
    """The way from the front page. A part of the menu that has no page of its own is no place to stop at."""
    way = [(about.name, "")]
    part = about.menu.get(page.path, "")
    opening = content.pages.get(f"{page.section}/{_FRONT_PAGE}")
    if opening and opening != page and about.menu.get(opening.path) == part:
        way.append((part or opening.title, opening.url))
    way.append((page.title, page.url))
    steps = [
        {"@type": "ListItem", "position": number, "name": name, "item": about.address + url} for number, (name, url) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _service(content: Content, group: Channel, about: SiteFacts) -> dict[str, Any]:
    service = {
        "@type": "GovernmentService",
        "@id": f"{about.address}{group.url}#service",
        "name": group.title,
        "description": group.page.description,
        "url": about.address + group.url,
        "provider": _organisation(content, group.page.owner),
    }
    if group.subchannels:
        service["availableChannel"] = [
            {"@type": "ServiceChannel", "name": channel.title, "url": about.address + channel.url} for channel in group.subchannels
        ]
    return service


def _organisation(content: Content, owner: Owner | None = None) -> dict[str, Any]:
    organisation: dict[str, Any] = {"@type": "GovernmentOrganization", "name": content.organisation.name}
    if owner and (owner.phone or owner.email):
        ways = {"telephone": international_phone(owner.phone) if owner.phone else "", "email": owner.email}
        organisation["contactPoint"] = {"@type": "ContactPoint", "name": owner.name, **{key: way for key, way in ways.items() if way}}
    return organisation


_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end a script, or a line of one, before its time. In JSON they stand in texts only, where they may be escaped."""


def script_json(data: Mapping[str, Any]) -> str:
    """JSON that may stand in a `<script>`, whatever its texts hold."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
