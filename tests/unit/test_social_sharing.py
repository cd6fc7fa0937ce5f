"""Social cards, Open Graph and JSON-LD of any page."""

from __future__ import annotations

import io
import json
from dataclasses import replace

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
from tests.support.metadata import graph, metadata_of
from tests.support.project import EPOCH, PUBLISHED, ROOT

MAX_BYTES = 30_000
"""The maximum size of a social card in bytes."""
ICON = icon_svg("material/phone-outline") or ""
HOSTILE = "</script><script>alert(1)</script> \"'><!-- & \u2028\u2029 😀 " + "æ" * 200


@pytest.fixture(scope="module")
def content() -> Content:
    return read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content


@pytest.fixture
def about() -> SiteFacts:
    return SiteFacts("Stedets kanalstrategi", PUBLISHED, "soeg.md", {"kanaler/telefon-og-videomoeder.md": "Kanalerne", "kanaler/index.md": "Kanalerne"})


@pytest.fixture
def phone(content: Content) -> Page:
    return content.pages["kanaler/telefon-og-videomoeder.md"]


def test_without_a_site_url_no_url_is_absolute(content: Content, phone: Page, about: SiteFacts) -> None:
    at_home = replace(about, url="")
    html_of_head = head_html(content, phone, at_home, "")
    assert "://" not in html_of_head and "og:title" in html_of_head and 'content="summary"' in html_of_head
    assert structured_data(content, phone, at_home) == {}


def test_a_draft_is_no_service_and_its_social_card_says_so(content: Content, about: SiteFacts) -> None:
    draft = next(page for page in content.pages.values() if page.status.value == "draft")
    tags = {tag.name: tag.content for tag in meta_tags(content, draft, about, draw_card(social_card_of(content, draft, about)).url)}
    assert tags["og:image:alt"].startswith("Udkast: ")
    one = SocialCard("Titel", "Sted")
    assert draw_card(one).url != draw_card(replace(one, is_draft=True)).url


def test_no_title_gets_out_of_the_head(content: Content, phone: Page, about: SiteFacts) -> None:
    hostile = replace(phone, title=HOSTILE, description=HOSTILE)
    # As a browser parses it.
    html_of_head = head_html(
        replace(content, pages={**content.pages, phone.path: hostile}), hostile, replace(about, name=HOSTILE), draw_card(SocialCard(HOSTILE, HOSTILE)).url
    )
    tree = html.document_fromstring(f"<!doctype html><html><head>{html_of_head}</head><body></body></html>")
    assert len(tree.xpath("//script")) == 1 and not tree.body.text_content()
    assert metadata_of(tree)["og:title"] == metadata_of(tree)["og:description"] == HOSTILE
    assert graph(tree)["BreadcrumbList"]["itemListElement"][-1]["name"] == HOSTILE


@given(st.text())
def test_a_script_holds_any_text(text: str) -> None:
    html_of_head = script_json({"name": text})
    assert json.loads(html_of_head) == {"name": text}
    assert not set(html_of_head) & set("<>&\u2028\u2029")


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.text("abæøåÅMW -.", max_size=900), st.just(HOSTILE), st.text("W", min_size=150, max_size=250)),
    st.text(max_size=100),
    st.booleans(),
    st.sampled_from(["", ICON]),
)
def test_the_social_card_of_any_title_is_whole(title: str, other: str, is_draft: bool, character: str) -> None:
    html_of_head = draw_card(SocialCard(title, other, other, is_draft, character))
    assert len(html_of_head.png) < MAX_BYTES * 2  # for a title that fills it
    with Image.open(io.BytesIO(html_of_head.png)) as image:
        assert image.size == (WIDTH, HEIGHT)
        # The margins are those of a card without words.
        empty = Image.open(io.BytesIO(draw_card(SocialCard("", "", "", False, character)).png)).convert("RGB")
        margin = 60
        for box in ((0, 0, margin, HEIGHT), (WIDTH - margin, 0, WIDTH, HEIGHT), (0, 0, WIDTH, margin), (0, HEIGHT - 56, WIDTH, HEIGHT)):
            assert image.convert("RGB").crop(box).tobytes() == empty.crop(box).tobytes()


def test_a_social_card_is_reproducible() -> None:
    one = SocialCard("Å, æbler og øl", "Stedets kanalstrategi", "Kanalerne", True, ICON)
    assert draw_card(one) == draw_card(one)
    assert draw_card(replace(one, title="Æ")).url != draw_card(one).url


def test_the_holes_of_an_icon_stay_open() -> None:
    square = "M0 0h24v24H0z"
    hole, again = "M6 6v12h12V6z", "M6 6h12v12H6z"
    images = {
        name: Image.open(
            io.BytesIO(draw_card(SocialCard("", "", "", False, f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{d}"/></svg>')).png)
        ).convert("RGB")
        for name, d in {"hole": square + hole, "filled": square + again}.items()
    }
    middle = (978, 315)
    assert images["hole"].getpixel(middle) == (255, 255, 255)
    assert images["filled"].getpixel(middle) == (0x0C, 0x4A, 0x60)
