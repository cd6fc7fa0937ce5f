"""What has changed in an edition, in real Chromium: what a screen reader says, and what is seen without colors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kanalstrategi.design.assets import site_style
from kanalstrategi.markdown.renderer import write_html
from tests.support.browser import visiting
from tests.support.editions import changes_of_proposal


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page with what a small proposal changes, in the site's style."""
    folder: Path = tmp_path_factory.mktemp("changes")
    head = '<!doctype html><html lang="da"><title>Ændringer</title><meta charset="utf-8"><link rel="stylesheet" href="site.css">'
    article = f'<article class="md-content__inner md-typeset">{write_html(changes_of_proposal().children)}</article>'
    (folder / "index.html").write_text(head + article, encoding="utf-8")
    (folder / "site.css").write_bytes(site_style())
    with visiting(browser, folder) as page:
        page.goto("./")
        yield page


def said(nodes: dict[str, Any], node: dict[str, Any]) -> str:
    """Return the words of a node of the accessibility tree and of all below it."""
    own = node["name"]["value"] if node["role"]["value"] == "StaticText" else ""
    return re.sub(r"\s+", " ", " ".join([own, *(said(nodes, nodes[id]) for id in node.get("childIds", ()) if id in nodes)])).strip()


def test_a_screen_reader_says_what_is_new_and_what_is_gone(page: Page) -> None:
    found = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in found}
    by_role: dict[str, list[str]] = {}
    for node in found:
        if not node["ignored"]:
            by_role.setdefault(node["role"]["value"], []).append(said(nodes, node))
    assert [text for text in by_role["heading"] if "Ændringer" not in text] == ["Regler", "Telefon", "Videomøder", "Øvrig tekst", "Formål", "Uændret"]
    assert by_role["insertion"] == ["ny tekst: som regel , slut på ny", "ny tekst: vi skal ringe op igen samme dag , slut på ny"]
    gone = "der skal være fysiske mødelokaler, som har det rette udstyr"
    assert by_role["deletion"] == [f"udgået tekst: {gone} , slut på udgået", "udgået tekst: og ansvarlig , slut på udgået"]
    items = [text for text in by_role["listitem"] if "Se i sammenhæng" in text]
    assert [text.partition(" Se i")[0] for text in items] == [
        "Ændret regel Gælder nu:",
        "Ny regel Forslag:",
        "Udgået regel Gælder nu:",
        "Ændret afsnit i »Strategiens sigte« Gælder nu:",
    ]  # fmt: skip - as a list


@pytest.mark.evidence("9.1.4.1", how="colour")
@pytest.mark.parametrize("colors", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"media": "print"}])
def test_what_is_gone_is_struck_and_what_is_new_underlined_whatever_the_colors(page: Page, colors: dict[str, str]) -> None:
    page.emulate_media(**colors)  # type: ignore[arg-type]  # names of media features
    for tag, line in (("del", "line-through"), ("ins", "underline")):
        marks = page.locator(tag)
        assert marks.count() > 0
        assert {marks.nth(number).evaluate("it => getComputedStyle(it).textDecorationLine") for number in range(marks.count())} == {line}
    page.emulate_media(color_scheme="light", forced_colors="none", media="screen")


def test_the_words_for_the_ear_are_not_seen_and_not_copied(page: Page) -> None:
    hidden = page.locator("ins > .visually-hidden").first
    assert hidden.evaluate("it => [it.clientWidth, getComputedStyle(it).userSelect]") == [1, "none"]


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sides = page.locator(".change.changed .change-side").evaluate_all("found => found.slice(0, 2).map(it => it.getBoundingClientRect().top)")
    assert (sides[0] == sides[1]) == (width == 1280)  # side by side where there is room
