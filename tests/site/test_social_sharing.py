"""What a page says of itself to those who share or index it: its picture, Open Graph, JSON-LD."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.project import read_project
from kanalstrategi.design.icons import icon_svg
from kanalstrategi.publishing.sharing.metadata import SiteFacts, head_html, meta_tags, script_json, social_card_of, structured_data
from kanalstrategi.publishing.sharing.social_card import HEIGHT, WIDTH, SocialCard, draw_card
from tests.support.project import EPOCH, PUBLISHED, ROOT

LARGEST = 30_000
"""Bytes of a picture."""
ICON = icon_svg("material/phone-outline") or ""
HOSTILE = "</script><script>alert(1)</script> \"'><!-- & \u2028\u2029 😀 " + "æ" * 200


@pytest.fixture(scope="module")
def content() -> Content:
    return read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content


@pytest.fixture
def about() -> SiteFacts:
    return SiteFacts("Stedets kanalstrategi", PUBLISHED, "da", "soeg.md", {"kanaler/telefon-og-videomoeder.md": "Kanalerne", "kanaler/index.md": "Kanalerne"})


@pytest.fixture
def phone(content: Content) -> Page:
    return content.pages["kanaler/telefon-og-videomoeder.md"]


def said(page: html.HtmlElement) -> dict[str, str]:
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@content]")}


def graph(page: html.HtmlElement) -> dict[str, dict[str, Any]]:
    """The things of a page's JSON-LD by type."""
    (script,) = page.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def exists(site: Path, url: str) -> bool:
    """Whether an address is one of the site's, with the place on the page that it names."""
    assert url.startswith(PUBLISHED), url
    path, _, anchor = url.removeprefix(PUBLISHED).partition("#")
    file = site / path / "index.html" if path.endswith("/") or not path else site / path
    return file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"))


def built_page(site: Path, path: str) -> html.HtmlElement:
    return html.fromstring((site / path / "index.html").read_bytes())


def test_every_page_says_what_it_is(published: Path, content: Content) -> None:
    pictures: dict[str, str] = {}
    for page in content.pages.values():
        tree = built_page(published, page.url)
        tags = said(tree)
        assert tree.findtext(".//title")
        assert tags["description"] == tags["og:description"] == page.description
        assert tags["og:title"] == page.title
        assert tags["og:type"] == ("article" if page.url else "website")
        assert (tags["og:locale"], tags["og:url"]) == ("da_DK", PUBLISHED + page.url)
        assert tags["og:site_name"] and tags["twitter:card"] == "summary_large_image"
        assert page.title in tags["og:image:alt"]
        assert tags.get("article:modified_time", page.reviewed.isoformat()) == page.reviewed.isoformat()
        assert exists(published, tags["og:image"])
        pictures[page.title] = tags["og:image"]
        file = published / tags["og:image"].removeprefix(PUBLISHED)
        with Image.open(file) as image:
            assert image.format == "PNG"
            assert (str(image.width), str(image.height)) == (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
        assert file.stat().st_size < LARGEST
    assert len(set(pictures.values())) == len(pictures)
    assert len(list((published / "deling").iterdir())) == len(set(pictures.values()))


def test_every_page_says_how_it_is_reached(published: Path, content: Content) -> None:
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


def test_without_an_address_nothing_absolute_is_named(content: Content, phone: Page, about: SiteFacts) -> None:
    at_home = replace(about, url="")
    made = head_html(content, phone, at_home, None)
    assert "://" not in made and "og:title" in made and 'content="summary"' in made
    assert structured_data(content, phone, at_home) == {}


def test_a_draft_is_no_service_and_its_picture_says_so(content: Content, about: SiteFacts) -> None:
    draft = next(page for page in content.pages.values() if page.status.value == "draft")
    tags = {tag.name: tag.content for tag in meta_tags(draft, about, draw_card(social_card_of(content, draft, about)))}
    assert tags["og:image:alt"].startswith("Udkast: ")
    one = SocialCard("Titel", "Sted")
    assert draw_card(one).url != draw_card(replace(one, is_draft=True)).url


def test_no_title_gets_out_of_the_head(content: Content, phone: Page, about: SiteFacts) -> None:
    hostile = replace(phone, title=HOSTILE, description=HOSTILE)
    # As the browser reads it.
    made = head_html(replace(content, pages={**content.pages, phone.path: hostile}), hostile, replace(about, name=HOSTILE), draw_card(SocialCard(HOSTILE, HOSTILE)))
    tree = html.document_fromstring(f"<!doctype html><html><head>{made}</head><body></body></html>")
    assert len(tree.xpath("//script")) == 1 and not tree.body.text_content()
    assert said(tree)["og:title"] == said(tree)["og:description"] == HOSTILE
    assert graph(tree)["BreadcrumbList"]["itemListElement"][-1]["name"] == HOSTILE


@given(st.text())
def test_a_script_holds_any_text(text: str) -> None:
    made = script_json({"name": text})
    assert json.loads(made) == {"name": text}
    assert not set(made) & set("<>&\u2028\u2029")


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.text("abæøåÅMW -.", max_size=900), st.just(HOSTILE), st.text("W", min_size=150, max_size=250)),
    st.text(max_size=100),
    st.booleans(),
    st.sampled_from(["", ICON]),
)
def test_whatever_a_page_is_called_its_picture_is_whole(title: str, other: str, is_draft: bool, sign: str) -> None:
    made = draw_card.__wrapped__(SocialCard(title, other, other, is_draft, sign))
    assert len(made.png) < LARGEST * 2  # of a title that fills it
    with Image.open(io.BytesIO(made.png)) as image:
        assert image.size == (WIDTH, HEIGHT)
        # What lies in the margins is what lies there when there are no words.
        empty = Image.open(io.BytesIO(draw_card(SocialCard("", "", "", False, sign)).png)).convert("RGB")
        margin = 60
        for box in ((0, 0, margin, HEIGHT), (WIDTH - margin, 0, WIDTH, HEIGHT), (0, 0, WIDTH, margin), (0, HEIGHT - 56, WIDTH, HEIGHT)):
            assert image.convert("RGB").crop(box).tobytes() == empty.crop(box).tobytes()


def test_a_picture_is_made_the_same_twice() -> None:
    one = SocialCard("Å, æbler og øl", "Stedets kanalstrategi", "Kanalerne", True, ICON)
    assert draw_card.__wrapped__(one) == draw_card.__wrapped__(one)
    assert draw_card.__wrapped__(replace(one, title="Æ")).url != draw_card(one).url


def test_the_holes_of_an_icon_stay_open() -> None:
    square = "M0 0h24v24H0z"
    hole, again = "M6 6v12h12V6z", "M6 6h12v12H6z"
    images = {
        name: Image.open(io.BytesIO(draw_card(SocialCard("", "", "", False, f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{d}"/></svg>')).png)).convert("RGB")
        for name, d in {"hole": square + hole, "filled": square + again}.items()
    }
    middle = (978, 315)
    assert images["hole"].getpixel(middle) == (255, 255, 255)
    assert images["filled"].getpixel(middle) == (0x0C, 0x4A, 0x60)
