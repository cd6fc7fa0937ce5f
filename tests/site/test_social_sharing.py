"""What every page tells social networks and search engines: its social card, Open Graph and JSON-LD."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from tests.support.metadata import graph, metadata_of
from tests.support.project import EPOCH, PUBLISHED, ROOT

MAX_BYTES = 30_000
"""The maximum size of a social card in bytes."""


@pytest.fixture(scope="module")
def content() -> Content:
    return read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content


def exists(site: Path, url: str) -> bool:
    """Whether a URL is one of the site's, and its fragment is on the page."""
    assert url.startswith(PUBLISHED), url
    path, _, anchor = url.removeprefix(PUBLISHED).partition("#")
    file = site / path / "index.html" if path.endswith("/") or not path else site / path
    return file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"))


def built_page(site: Path, path: str) -> html.HtmlElement:
    return html.fromstring((site / path / "index.html").read_bytes())


def test_every_page_has_open_graph_and_json_ld(published: Path, content: Content) -> None:
    images: dict[str, str] = {}
    for page in (*content.pages.values(), *content.rule_pages.values()):
        tree = built_page(published, page.url)
        tags = metadata_of(tree)
        assert tree.findtext(".//title")
        assert tags["description"] == tags["og:description"] == page.description
        assert tags["og:title"] == page.title
        assert tags["og:type"] == ("article" if page.url else "website")
        assert (tags["og:locale"], tags["og:url"]) == ("da_DK", PUBLISHED + page.url)
        assert tags["og:site_name"] and tags["twitter:card"] == "summary_large_image"
        assert page.title in tags["og:image:alt"]
        assert tags.get("article:modified_time", page.reviewed.isoformat()) == page.reviewed.isoformat()
        assert exists(published, tags["og:image"])
        images[page.title] = tags["og:image"]
        file = published / tags["og:image"].removeprefix(PUBLISHED)
        with Image.open(file) as image:
            assert image.format == "PNG"
            assert (str(image.width), str(image.height)) == (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
        assert file.stat().st_size < MAX_BYTES
    assert len(set(images.values())) == len(images)
    assert len(list((published / "deling").iterdir())) == len(set(images.values()))


def test_every_page_names_its_own_url(published: Path, content: Content) -> None:
    for page in content.pages.values():
        things = graph(built_page(published, page.url))
        assert ("BreadcrumbList" in things) == bool(page.url)
        if not page.url:
            continue
        steps = things["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert all(step["@type"] == "ListItem" and step["name"] and exists(published, step["item"]) for step in steps)
        assert (steps[0]["item"], steps[-1]["item"], steps[-1]["name"]) == (PUBLISHED, PUBLISHED + page.url, page.title)
    steps = graph(built_page(published, "kanaler/telefon-og-videomoeder/"))["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps][1:] == ["Kanalerne", "Telefon og videomøder"]


def test_a_channel_group_is_a_service(published: Path, content: Content) -> None:
    for group in content.groups:
        service = graph(built_page(published, group.url))["GovernmentService"]
        assert (service["name"], service["description"]) == (group.title, group.page.description)
        assert exists(published, service["url"])
        provider = service["provider"]
        assert (provider["@type"], provider["name"]) == ("GovernmentOrganization", content.organisation.name)
        assert provider["contactPoint"]["telephone"] == "+45" + group.page.owner.phone.replace(" ", "")
        channels = service.get("availableChannel", [])
        assert [channel["name"] for channel in channels] == [channel.title for channel in group.subchannels]
        assert all(channel["@type"] == "ServiceChannel" and exists(published, channel["url"]) for channel in channels)
    assert "GovernmentService" not in graph(built_page(published, "strategi/formaal/"))


def test_the_front_page_offers_the_search(published: Path) -> None:
    site = graph(built_page(published, ""))["WebSite"]
    assert site["url"] == PUBLISHED and site["name"]
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{PUBLISHED}soeg/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"
    assert exists(published, f"{PUBLISHED}soeg/")
